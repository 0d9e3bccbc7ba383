"""Hits in the page: each record with the words that a reading found marked, and where they are."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby

import pandas as pd

from compendium.chapter import Chapter
from compendium.display import Column, Table
from compendium.language import _, join, label, ngettext, number
from compendium.search.export_run import Asked
from compendium.search.hits import Hit, highlighted
from compendium.search.reading_tables import named, reading_name
from scopus_query import columns, explain
from scopus_query.unparse import unparse

SHOWN = 25
"""Hits of a query that stand in the page; the table of results has all."""


def state(asked: list[Asked]) -> str:
    """Whether an export was asked, as a sentence."""
    if not asked:
        return _(
            "No export is published with this book, so no hits are shown here. If you have "
            "an export, name it in the file parameters.yml."
        )
    count = asked[0].result.records
    told = ngettext("The export holds %s record.", "The export holds %s records.", count)
    return told % number(count)


def show(chapter: Chapter, asked: list[Asked]) -> None:
    """Show what each reading finds, and the hits; nothing where no export was asked."""
    if not asked:
        return
    chapter.show("export-counts", counts(asked))
    for query, held in groupby(asked, key=lambda one: one.query):
        chapter.show(f"export-hits-{query}", Hits(query, tuple(held)))


def counts(asked: list[Asked]) -> Table:
    """How many records each reading finds, leaves open and does not find."""
    rows = [
        {
            "name": [one.query, one.reading],
            "found": one.result.found,
            "unknown": one.result.unknown,
            "not_found": one.result.not_found,
        }
        for one in asked
    ]
    return Table(
        pd.DataFrame(rows),
        {
            "name": Column(_("Query and reading"), named),
            "found": Column(_("Found"), number, "number"),
            "unknown": Column(_("Undecided"), number, "number"),
            "not_found": Column(_("Not found"), number, "number"),
        },
        label=_("Records of the export by reading"),
    )


@dataclass(frozen=True)
class Hits:
    """The hits of a query, each with the readings that find it.

    Attributes
    ----------
    query : str
    asked : tuple of Asked
    """

    query: str
    asked: tuple[Asked, ...]

    def found(self) -> list[tuple[Hit, list[int]]]:
        """Each record once, with the numbers of the readings that find it."""
        by_record: dict[int, tuple[Hit, list[int]]] = {}
        for one in self.asked:
            for hit in one.hits:
                by_record.setdefault(hit.number, (hit, []))[1].append(one.reading)
        return [by_record[record] for record in sorted(by_record)]

    def _repr_html_(self) -> str:
        found = self.found()
        head = f'<p class="rubric">{escape(label(self.query))}</p>'
        parts = [head, *(_article(hit, readings) for hit, readings in found[:SHOWN])]
        more = len(found) - SHOWN
        if not found:
            nothing = _("No record is found.")
            parts.append(f"<p>{escape(nothing)}</p>")
        if more > 0:
            told = ngettext("and %d more record", "and %d more records", more) % more
            parts.append(f"<p>{escape(told)}</p>")
        return '<div class="hits">\n' + "\n".join(parts) + "\n</div>"

    def to_text(self) -> str:
        """The titles, for a file."""
        return "\n".join(f"{_name(hit)} · {_by(readings)}" for hit, readings in self.found())

    def __repr__(self) -> str:
        return f"Hits: {label(self.query)}"


def _article(hit: Hit, readings: list[int]) -> str:
    year = hit.record["year"]
    title = highlighted(hit.shown("title") or "?", _of(hit, "title"))
    lines = [f"<p><strong>{title}</strong>{f' ({year})' if year else ''} · {escape(_by(readings))}"]
    for column in columns.TEXTS[1:]:
        held, text = _of(hit, column), hit.shown(column)
        if held:
            name = explain.column(column).capitalize()
            lines.append(f"<p><em>{escape(name)}.</em> {highlighted(text, held)}")
    lines.append(f'<p class="caption">{escape(_told(hit))}')
    return '<div class="hit">' + "".join(f"{line}</p>" for line in lines) + "</div>"


def _told(hit: Hit) -> str:
    """Which parts of the query stand in which fields, as a sentence."""
    places: dict[str, dict[str, None]] = {}
    for match in hit.matches:
        column = explain.column(match.column)
        places.setdefault(unparse(match.node), {})[column] = None
    return "; ".join(
        # Translators: a part of the query, and where it stands, e.g. "model: title, abstract"
        _("{term}: {fields}").format(term=term, fields=join(list(held)))
        for term, held in places.items()
        if not term.startswith(("PUBYEAR", "LIMIT-TO"))
    )


def _of(hit: Hit, column: str) -> list:
    return [match for match in hit.matches if match.column == column]


def _by(readings: list[int]) -> str:
    return ", ".join(reading_name(reading) for reading in readings)


def _name(hit: Hit) -> str:
    year = hit.record["year"]
    return f"{hit.record['title'] or '?'}{f' ({year})' if year else ''}"
