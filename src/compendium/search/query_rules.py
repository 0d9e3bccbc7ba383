"""What is wrong with the list of queries, each with the line of its entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import yaml

from compendium import data, project
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _
from compendium.language.codebook import codebook
from compendium.search import platforms

Wrong = tuple[str, str, str]
"""Field, message and remedy."""


def problems() -> Iterator[CompendiumError]:
    """Every entry of the resource `queries` that a chapter could not show."""
    path, file = data.place_of("queries"), project.current().data.file("queries")
    listed = data.document("queries") or []
    if not isinstance(listed, list):
        yield CompendiumError(
            _("A list is wanted here."), path=path,
            remedy=_("Begin each query with `- id:`, as the example does."),
        )
        return
    read = yaml.compose(file.read_text(encoding="utf-8-sig"))
    lines = [node.start_mark.line + 1 for node in read.value] if listed and read else []
    seen: set[str] = set()
    for at, query in zip(lines, listed, strict=True):
        for column, message, remedy in _of(query, seen):
            yield CompendiumError(message, path=path, row=at, column=column, remedy=remedy)


def _of(query: object, seen: set[str]) -> Iterator[Wrong]:
    if not isinstance(query, dict):
        yield "id", _("Names with a colon each are wanted here."), _("Write `- id: scopus`.")
        return
    for name in ("id", "text"):
        if not query.get(name) or not isinstance(query[name], str):
            yield name, _("The text is missing."), _("Write it.")
            return
    code = query["id"]
    if code in seen:
        yield "id", _("Two queries have the id {name}.").format(name=repr(code)), _(
            "Give each its own.")  # fmt: skip
    seen.add(code)
    known = [each for each, row in codebook().items() if row["set"] == "query"]
    if code not in known:
        yield "id", _("The query {name} has no row in the codebook.").format(name=repr(code)), (
            did_you_mean(code, known, otherwise=_(
                "Add a row with its code, the set `query` and its label to data/codebook.csv.")))
    yield from _counts(query)
    yield from _places(query)
    if (found := platforms.wrong(query)) and not query.get("place"):
        message, remedy = found
        yield "text", message, " ".join((remedy, _(
            "If a published review prints it so, say where with `place: methods:2`; then the "
            "chapter shows how it may be read.")))  # fmt: skip


def _counts(query: dict) -> Iterator[Wrong]:
    for name in ("reported_hits", "reported_selected"):
        number = query.get(name)
        if number is not None and (type(number) is not int or number < 0):
            yield name, _("{value} is not a number.").format(value=repr(number)), _(
                "Write a whole number without unit or thousands, or leave it empty.")  # fmt: skip
    day = query.get("as_of")
    if day is not None and not _is_day(day):
        yield "as_of", _("{value} is not a day.").format(value=repr(day)), _(
            "Write it as 2026-01-31.")  # fmt: skip


def _is_day(day: object) -> bool:
    try:
        date.fromisoformat(str(day))
    except ValueError:
        return False
    return True


def _places(query: dict) -> Iterator[Wrong]:
    table = query.get("included_in")
    names = [each["name"] for each in data.package()["resources"] if "schema" in each]
    if table and table not in names:
        yield "included_in", _("The data package has no resource {name}.").format(
            name=repr(table)), did_you_mean(table, names, otherwise=_(
                "Name the table that lists the works included, such as `included`."))  # fmt: skip
    stage = query.get("stage")
    criteria = data.table("criteria") if data.holds("criteria") else None
    if stage and criteria is not None and "stage" in criteria:
        known = list(dict.fromkeys(criteria["stage"]))
        if stage not in known:
            yield "stage", _("{value!r} is no stage.").format(value=stage), did_you_mean(
                stage, known, otherwise=_("Write one of: {values}.").format(
                    values=", ".join(known)))  # fmt: skip
