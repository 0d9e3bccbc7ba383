"""New hits as a page: each with the words that the query found in it, or with what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from compendium.language import _, current, join, ngettext, number
from compendium.records.record import Record
from compendium.search.hits import highlighted
from compendium.update.sifting import NewHit
from scopus_query import columns, evaluate, explain
from scopus_query.tree import Node

_STYLE = """\
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid #8888;padding:.5rem 0}
h2{font-size:1.1rem;margin:.5rem 0;overflow-wrap:anywhere}
p{margin:.4rem 0;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
mark{background:#ffe08a;color:#000}
"""


def page(query: str, tree: Node, hits: Sequence[NewHit], about: str) -> str:
    """The hits as HTML, in the language in use.

    Parameters
    ----------
    query : str
        The query as it was asked.
    tree : Node
    hits : sequence of NewHit
    about : str
        Which exports they are from.
    """
    found = sum(hit.found for hit in hits)
    heading = _("New hits")
    told = ngettext("%s record is found", "%s records are found", found) % number(found)
    left = len(hits) - found
    open_ = ngettext("%s lacks a field that would decide", "%s lack a field that would decide",
                     left) % number(left)  # fmt: skip
    return "\n".join([
        f'<!doctype html>\n<html lang="{current()}">\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(heading)}</title>\n<style>\n{_STYLE}</style>",
        f"<h1>{escape(heading)}</h1>\n<p>{escape(about)}</p>\n<pre>{escape(query)}</pre>",
        f"<p>{escape(told)}; {escape(open_)}.</p>",
        *(article(at, tree, hit) for at, hit in enumerate(hits, start=1)),
        "</html>\n",
    ])  # fmt: skip


def article(at: int, tree: Node, hit: NewHit) -> str:
    """One hit as HTML."""
    cells = hit.cells
    matches = evaluate.matches(tree, cells)
    title = highlighted(str(cells["title"] or ""), _of(matches, "title"))
    title = title or escape(_("(no title in the export)"))
    parts = [
        f'<h2 id="hit-{at}">{number(at)}. {title}</h2>',
        f"<p>{_place(hit.record)}</p>",
    ]
    if not hit.found:
        lacking = join([explain.column(column) for column in hit.lacking(tree)])
        told = _("Undecided. The record lacks: {fields}.").format(fields=lacking)
        parts.append(f"<p><strong>{escape(told)}</strong></p>")
    for column in (*columns.TEXTS, *columns.FILTERS):
        held = _of(matches, column)
        if held and column != "title":
            text = columns.shown(column, str(cells[column]))
            name = escape(explain.column(column))
            parts.append(f"<p><b>{name}</b> {highlighted(text, held)}</p>")
    return "<article>\n" + "\n".join(parts) + "\n</article>"


def _of(matches: list[evaluate.Match], column: str) -> list[evaluate.Match]:
    return [match for match in matches if match.column == column]


def _place(record: Record) -> str:
    told = ("; ".join(record.authors), str(record.year or ""), record.source)
    place = escape(". ".join(filter(None, told)))
    address = f"https://doi.org/{record.doi}" if record.doi else record.url
    if not address.startswith(("https://", "http://")):
        return place
    return f'{place}. <a href="{escape(address)}">{escape(address)}</a>'
