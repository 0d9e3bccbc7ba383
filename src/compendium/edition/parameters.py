"""The scenario: the chapters' parameters, from `parameters.yml`, checked against defaults."""

from __future__ import annotations

import ast

from compendium import project
from compendium.edition import chapters
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _
from compendium.yaml_file import read_yaml

FILE = "parameters.yml"


def defaults(cells: list[dict]) -> dict:
    """Parameters of a chapter and their default values, from its cell tagged `parameters`."""
    for cell in cells:
        if "parameters" in cell["metadata"].get("tags", []):
            return {
                target.id: ast.literal_eval(statement.value)
                for statement in ast.parse(cell["source"]).body
                if isinstance(statement, ast.Assign)
                for target in statement.targets
                if isinstance(target, ast.Name)
            }
    return {}


def scenario() -> dict:
    """Values of `parameters.yml`.

    Raises
    ------
    CompendiumError
        If it names a parameter that no chapter has, or gives one a value of another type.
    """
    values = read_yaml(project.path(FILE), FILE) or {}
    if not isinstance(values, dict):
        raise CompendiumError(
            _("The file holds no keys."), path=FILE, remedy=_("Write e.g. `{example}`.").format(
                example="corpus: ../exports/scopus.csv"))  # fmt: skip
    known: dict[str, object] = {}
    for name in chapters.names():
        known |= defaults(chapters.cells(name))
    for parameter, value in values.items():
        if parameter not in known:
            raise CompendiumError(
                _("No chapter has this parameter."),
                path=FILE,
                column=parameter,
                remedy=did_you_mean(parameter, known, otherwise=_("Take it out.")),
            )
        check_type(parameter, value, known[parameter])
    return values


def check_type(parameter: str, value: object, default: object) -> None:
    """Refuse a value whose type is not the default's; a whole number passes for a fraction.

    Raises
    ------
    CompendiumError
        If the types differ.
    """
    wanted = (int, float) if type(default) is float else type(default)
    if not isinstance(value, wanted) or isinstance(value, bool) != isinstance(default, bool):
        raise CompendiumError(
            _("{value} is of type {kind}; the parameter takes {wanted}, such as {example}.").format(
                value=repr(value), kind=type(value).__name__, wanted=type(default).__name__,
                example=repr(default),
            ),
            path=FILE,
            column=parameter,
        )


def of_chapter(cells: list[dict], values: dict) -> dict:
    """Those of the values that this chapter takes."""
    takes = defaults(cells)
    return {parameter: value for parameter, value in values.items() if parameter in takes}
