"""The data package checked: by Frictionless, and for what a spreadsheet or CLDR would not take."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from compendium import data, language, project
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import N_, _
from compendium.language.codebook import codebook
from compendium.ranking import context, scoring
from compendium.spreadsheet import is_formula
from compendium.synthesis import certainty, form

MISSING = "missing"
"""The set whose codes may stand for a value of any other set: unknown, not reported, no data."""
FEW = 12
"""Up to so many codes of a set are named where a wrong one resembles none."""

_REMEDIES = {
    "primary-key": N_("Every row needs a key of its own: change or remove one of the two."),
    "foreign-key": N_("Use a value of the table it refers to, or add it there."),
    "missing-label": N_("Add the column; datapackage.json describes it."),
    "extra-label": N_("Remove the column, or describe it in datapackage.json."),
    "type-error": N_("Correct the cell, or leave it empty if the value is unknown."),
    "constraint-error": N_("Correct the cell, or change the rule in datapackage.json."),
    "encoding-error": N_("Save the file as UTF-8."),
    "source-error": N_("Save the file as a CSV in UTF-8."),
}


def check() -> list[CompendiumError]:
    """Everything that is wrong with `data/`, each with file, row and remedy."""
    found: list[CompendiumError] = []
    tables = [entry for entry in data.package()["resources"] if "schema" in entry]
    for entry in tables:
        found += _file_problems(entry)
    if found:
        return found
    found += _frictionless()
    for entry in tables:
        found += of_table(entry["name"])
    if data.holds("extraction"):
        found += form.problems(data.table("extraction"))
    for name in context.names():
        found += scoring.problems(project.path("data", "contexts", name))
    return found


def of_table(name: str) -> list[CompendiumError]:
    """What is wrong with the cells of a table: formulas, codes, countries, its own rules."""
    return [*_cell_problems(data.resource(name)), *certainty.problems(name)]


def require(name: str) -> None:
    """Let a chapter read a table only if nothing is wrong with it.

    Raises
    ------
    CompendiumError
        If a cell is wrong: names the first.
    """
    for problem in of_table(name):
        raise problem


def _file_problems(entry: dict) -> Iterator[CompendiumError]:
    file = project.path("data", entry["path"])
    shown = project.relative(file)
    try:
        data.read_csv(file, [field["name"] for field in entry["schema"]["fields"]])
    except CompendiumError as error:
        yield error
        return
    if file.read_bytes().startswith(b"\xef\xbb\xbf"):
        yield CompendiumError(
            _("The file begins with a byte order mark."), path=shown,
            remedy=_("Save it as plain UTF-8."),
        )


def _frictionless() -> Iterator[CompendiumError]:
    from frictionless import Package

    package = Package(str(project.path("data", "datapackage.json")))
    for task in package.validate().tasks:
        for error in task.errors:
            details = error.to_dict()
            yield CompendiumError(
                details["message"].rstrip(".") + ".",
                path=f"data/{task.place}" if task.place else "data/datapackage.json",
                row=details.get("rowNumber"),
                column=details.get("fieldName"),
                remedy=_(_REMEDIES[details["type"]]) if details["type"] in _REMEDIES else None,
            )


def _cell_problems(entry: dict) -> Iterator[CompendiumError]:
    file = project.path("data", entry["path"])
    shown = project.relative(file)
    codes = {f["name"]: f["codes"] for f in entry["schema"]["fields"] if f.get("codes")}
    texts = {f["name"] for f in entry["schema"]["fields"] if f.get("type") == "string"}
    with file.open(encoding="utf-8", newline="") as stream:
        for at, row in enumerate(csv.DictReader(stream), start=2):
            for column in texts:
                if is_formula(row[column]):
                    yield CompendiumError(
                        _("A spreadsheet would run this cell as a formula."),
                        path=shown, row=at, column=column,
                        remedy=_("Begin the cell with another character."),
                    )
            for column, wanted in codes.items():
                if row[column]:
                    yield from _code_problems(row[column], wanted, shown, at, column)
            if row.get("country"):
                yield from _country_problems(row["country"], shown, at)


def _code_problems(code, wanted, path, row, column) -> Iterator[CompendiumError]:
    known = codebook().get(code)
    if known is None or known["set"] not in (wanted, MISSING):
        members = [c for c, entry in codebook().items() if entry["set"] in (wanted, MISSING)]
        yield CompendiumError(
            _("{code} is not a code of the set {name}.").format(code=repr(code), name=repr(wanted)),
            path=path, row=row, column=column,
            remedy=did_you_mean(code, members, otherwise=(
                _("Name one of: {names}.").format(names=", ".join(members))
                if len(members) <= FEW else _("Add it to data/codebook.csv.")
            )),
        )


def _country_problems(code, path, row) -> Iterator[CompendiumError]:
    try:
        language.country(code)
    except CompendiumError as error:
        yield CompendiumError(
            error.message, path=path, row=row, column="country", remedy=error.remedy
        )
