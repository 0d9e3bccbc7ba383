"""Hits that explain themselves: which part of the query stands where in the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from pathlib import Path

from compendium.language import _, current
from compendium.search import corpus
from scopus_query import columns
from scopus_query.engines import Engine, engine
from scopus_query.evaluate import Match, Record, matches
from scopus_query.meaning import codes
from scopus_query.tree import Node
from scopus_query.unparse import unparse

_AT_ONCE = 1_000
_CONTEXT = 40


@dataclass(frozen=True)
class Hit:
    """A record that a query finds.

    Attributes
    ----------
    record : mapping
        Cells by column; also `record`, its number in the corpus, and `file`.
    matches : tuple of Match
        In the order of the columns and their texts.
    """

    record: Record
    matches: tuple[Match, ...]

    @property
    def key(self) -> str:
        """The key of the record, as `Record.key` gives it."""
        return str(self.record["key"])

    @property
    def number(self) -> int:
        """The number of the record in the corpus."""
        number = self.record["record"]
        assert isinstance(number, int)
        return number

    def shown(self, column: str) -> str:
        """A cell as it is shown; empty if the record lacks it."""
        return columns.shown(column, str(self.record[column] or ""))

    def as_data(self) -> dict:
        """The hit as plain values, for JSON."""
        names = ("record", "key", "file", "title", "authors", "year", "source", "identifiers")
        return {
            **{name: self.record[name] for name in names},
            "matches": [
                {
                    "leaf": unparse(match.node),
                    "field": match.column,
                    "start": match.start,
                    "end": match.end,
                    "text": self.shown(match.column)[match.start : match.end],
                    "query_start": match.node.span.start,
                    "query_end": match.node.span.end,
                }
                for match in self.matches
            ],
        }

    def lines(self) -> Iterator[str]:
        """The hit as lines of text: what it is, then each leaf with its first place."""
        year = self.record["year"] or _("no year")
        title = self.record["title"] or _("(no title)")
        yield f"{title} ({year})"
        shown: dict[tuple[str, str], list[Match]] = {}
        for match in self.matches:
            shown.setdefault((unparse(match.node), match.column), []).append(match)
        for (leaf, column), held in shown.items():
            first = held[0]
            text = self.shown(column)
            before = text[max(0, first.start - _CONTEXT) : first.start]
            after = text[first.end : first.end + _CONTEXT]
            more = _(" (and {count} more)").format(count=len(held) - 1) if len(held) > 1 else ""
            found = f"{before}[{text[first.start : first.end]}]{after}"
            # Translators: a part of the query, the field, from which character to which
            where = _("{leaf} in {field} {start}–{end}").format(
                leaf=leaf, field=column, start=first.start, end=first.end
            )
            yield f"    {where}{more}: {found}"

    def html(self) -> str:
        """The hit as HTML: title and every column that holds a match, with marks."""
        parts = []
        for column in ("title", *columns.TEXTS[1:], *columns.FILTERS):
            held = [match for match in self.matches if match.column == column]
            text = self.shown(column)
            if not text or not (held or column == "title"):
                continue
            name = "h3" if column == "title" else "p"
            label = "" if column == "title" else f"<b>{column.replace('_', ' ')}</b> "
            parts.append(f"<{name}>{label}{highlighted(text, held)}</{name}>")
        return "<article>\n" + "\n".join(parts) + "\n</article>"


@dataclass(frozen=True)
class Result:
    """What a query finds in a corpus.

    Attributes
    ----------
    tree : Node
    folder : Path
        The prepared corpus.
    engine : Engine
    records, found, unknown : int
        How many there are, are found, and lack a field that would decide.
    """

    tree: Node
    folder: Path
    engine: Engine
    records: int
    found: int
    unknown: int

    @property
    def not_found(self) -> int:
        """How many are not found."""
        return self.records - self.found - self.unknown

    @property
    def unsearched(self) -> list[str]:
        """Field codes of the query that no export has, unknown in every record."""
        return columns.unsearched(codes(self.tree))

    def hits(self, limit: int | None = None) -> Iterator[Hit]:
        """The hits, a few at a time."""
        return islice(hits(self.tree, self.folder, self.engine), limit)


def run(tree: Node, folder: Path, name: str = "duckdb") -> Result:
    """Ask a prepared corpus a query.

    Parameters
    ----------
    tree : Node
    folder : Path
        As `corpus.prepared` gives it.
    name : str
        The engine's.
    """
    chosen = engine(name)
    found, unknown = chosen.count(tree, folder), chosen.unknown(tree, folder)
    return Result(tree, folder, chosen, corpus.size(folder), found, unknown)


def hits(tree: Node, folder: Path, engine: Engine) -> Iterator[Hit]:
    """The records of a prepared corpus that a query finds, a few at a time.

    Parameters
    ----------
    tree : Node
    folder : Path
        A prepared corpus.
    engine : Engine
        What finds them; the reference then explains them.
    """
    numbers = iter(sorted(engine.hits(tree, folder)))
    while some := list(islice(numbers, _AT_ONCE)):
        for record in records(folder, some):
            yield explained(tree, record)


def explained(tree: Node, record: Record) -> Hit:
    """A record with the places where the query's leaves stand in it."""
    order = {name: at for at, name in enumerate((*columns.TEXTS, *columns.FILTERS))}
    found = sorted(matches(tree, record), key=lambda m: (order[m.column], m.start, m.end))
    return Hit(record, tuple(found))


def records(folder: Path, numbers: Iterable[int]) -> list[Record]:
    """Some records of a prepared corpus, in order, with their texts as read."""
    import duckdb

    names = ("record", "key", "file", columns.YEAR, *columns.TEXTS, *columns.FILTERS)
    quoted = ", ".join(f'"{name}"' for name in names)
    wanted = sorted(numbers)
    with duckdb.connect() as connection:
        relation = connection.execute(
            f"SELECT {quoted} FROM read_parquet(?) WHERE record BETWEEN ? AND ? "
            "AND list_contains(?, record) ORDER BY record",
            [str(folder / "*.parquet"), wanted[0], wanted[-1], wanted],
        )
        return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]


def highlighted(text: str, held: Iterable[Match]) -> str:
    """A text as HTML, escaped, with each match marked; what overlaps is marked once."""
    runs: list[tuple[int, int, str]] = []
    for match in sorted(held, key=lambda m: (m.start, -m.end)):
        leaf = unparse(match.node)
        if runs and match.start < runs[-1][1]:
            start, end, before = runs[-1]
            leaves = before if leaf in before.split(" · ") else f"{before} · {leaf}"
            runs[-1] = (start, max(end, match.end), leaves)
        else:
            runs.append((match.start, match.end, leaf))
    parts, at = [], 0
    for start, end, leaves in runs:
        parts.append(escape(text[at:start]))
        parts.append(f'<mark title="{escape(leaves)}">{escape(text[start:end])}</mark>')
        at = end
    return "".join((*parts, escape(text[at:])))


def page(query: str, found: Iterable[Hit]) -> Iterator[str]:
    """A page of hits, piece by piece, so that it never has to fit into memory."""
    title = escape(_("Hits"))
    yield (
        f'<!doctype html>\n<html lang="{current()}">\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        "<style>body{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
        "mark{background:#ffe08a}</style>\n"
        f"<h1>{title}</h1>\n<pre>{escape(query)}</pre>\n"
    )
    for hit in found:
        yield hit.html() + "\n"
    yield "</html>\n"
