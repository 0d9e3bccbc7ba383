"""The data package checked: by Frictionless, and for what a spreadsheet or CLDR would not take."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from compendium import data, language, project
from compendium.claims import claims
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import N_, _
from compendium.language.codebook import codebook
from compendium.ranking import context, criteria, scoring
from compendium.reporting import checklists
from compendium.screening import decision_rules
from compendium.search import query_rules
from compendium.spreadsheet import is_formula
from compendium.synthesis import table_rules

Rule = Callable[[], Iterable[CompendiumError]]

MISSING = "missing"
"""The set whose codes may stand for a value of any other set: unknown, not reported, no data."""
_PLACE = re.compile(r"([a-z_0-9]+):[0-9]+")
UPDATE = "update"
"""Stands for a section in the place of a row that an update would add."""
FEW = 12
"""Up to so many codes of a set are named where a wrong one resembles none."""

_REMEDIES = {
    "primary-key": N_("Every row needs a key of its own: change or remove one of the two."),
    "foreign-key": N_("Use a value of the table it refers to, or add it there."),
    "missing-label": N_("Add the column; datapackage.json describes it."),
    "extra-label": N_("Remove the column, or describe it in datapackage.json."),
    "missing-cell": N_("Give the row as many cells as the header has; one may be empty."),
    "extra-cell": N_("Give the row as many cells as the header has: a comma inside a cell needs "
                     "quotation marks around the cell."),
    "blank-row": N_("Take the empty row out."),
    "type-error": N_("Correct the cell, or leave it empty if the value is unknown."),
    "constraint-error": N_("Correct the cell, or change the rule in datapackage.json."),
    "encoding-error": N_("Save the file as UTF-8."),
    "source-error": N_("Save the file as a CSV in UTF-8."),
}


def check() -> list[CompendiumError]:
    """Everything that is wrong with `data/`, each with file, row and remedy."""
    found: list[CompendiumError] = []
    entries = data.package()["resources"]
    for entry in entries:
        found += _file_problems(entry)
    if found:
        return found
    found += _frictionless()
    for entry in entries:
        if "schema" in entry:
            found += _answers(partial(of_table, entry["name"]))
    for rule in _rules():
        found += _answers(rule)
    return list({str(problem): problem for problem in found}.values())


def of_table(name: str) -> list[CompendiumError]:
    """What is wrong with the cells of a table: formulas, codes, countries, its own rules."""
    return [*_cell_problems(data.resource(name)), *table_rules.problems(name)]


def _rules() -> Iterator[Rule]:
    """What several tables, or a table and another file, have to say alike."""
    if data.holds("queries"):
        yield query_rules.problems
    if data.holds("screening_decisions"):
        folder = project.current().data.file("screening_decisions").parent
        yield partial(decision_rules.problems, folder)
    if data.holds("claims"):
        yield claims.problems_of_entries
        if data.holds("checklist_report"):
            for name in checklists.CHECKLISTS:
                yield partial(_none_of, partial(checklists.report, name, whole=False))
    for name in context.names():
        folder = project.path("data", "contexts", name)
        yield partial(scoring.problems, folder)
        yield partial(_none_of, partial(context.load, name))
        yield partial(_none_of, partial(criteria.assess, folder))


def _none_of(call: Callable) -> tuple[()]:
    """A call that is made for what it refuses."""
    call()
    return ()


def _answers(rule: Rule) -> list[CompendiumError]:
    """What a rule finds; what it raises is found, too."""
    found = []
    try:
        for problem in rule():
            found.append(problem)
    except CompendiumError as error:
        found.append(error)
    return found


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
    if "schema" not in entry:
        if file.suffix in (".yml", ".yaml"):
            yield from _answers(partial(_none_of, partial(data.document, entry["name"])))
        return
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
        for at, row in enumerate(csv.DictReader(stream, restval=""), start=2):
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
            if found := _PLACE.fullmatch(row.get("place") or ""):
                yield from _section_problems(found[1], shown, at)
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


def _section_problems(section: str, path: Path, row: int) -> Iterator[CompendiumError]:
    if section not in codebook() and section != UPDATE:
        known = [code for code, entry in codebook().items() if entry["set"] == "section"]
        yield CompendiumError(
            _("There is no section {name}.").format(name=repr(section)),
            path=path, row=row, column="place",
            remedy=did_you_mean(section, known, otherwise=_(
                "Name a section of the set `section` in data/codebook.csv, or add it there.")),
        )  # fmt: skip


def _country_problems(code, path, row) -> Iterator[CompendiumError]:
    try:
        language.country(code)
    except CompendiumError as error:
        yield CompendiumError(
            error.message, path=path, row=row, column="country", remedy=error.remedy
        )
