"""Tables of what the printed queries can mean, and of which selected works each reading finds."""

from __future__ import annotations

import pandas as pd

from compendium import works
from compendium.display import Cell, Column, Table, mark
from compendium.language import _, label, number, span
from compendium.search import platforms
from compendium.search.readings import Foreign, Recall, scope
from scopus_query import rule_pages
from scopus_query.kleene import answer
from scopus_query.lint import lint
from scopus_query.repair import Reading
from scopus_query.rules import place


def findings(queries: list[dict]) -> pd.DataFrame:
    """What stops a query, or deserves a reviewer's eye, once every reading is mended.

    Scopus's rules look at queries of Scopus alone; of others it is told what stops them.

    Parameters
    ----------
    queries : list of dict
        `id` and `text`.

    Returns
    -------
    DataFrame with `query`, `line`, `column`, `code`, `severity`, `message`, `remedy`
    """
    rows = []
    for query in queries:
        if platforms.platform(query) != platforms.SCOPUS:
            if wrong := platforms.wrong(query):
                rows.append({"query": query["id"], "code": "", "message": wrong[0],
                             "remedy": wrong[1]})  # fmt: skip
            continue
        for found in lint(query["text"]).findings:
            line, column = place(query["text"], found.span.start)
            rows.append(
                {
                    "query": query["id"],
                    "line": line,
                    "column": column,
                    "code": found.rule.code,
                    "severity": found.rule.severity,
                    "message": found.message,
                    "remedy": found.remedy,
                }
            )
    columns = ["query", "line", "column", "code", "severity", "message", "remedy"]
    return pd.DataFrame(rows, columns=columns)


def findings_table(frame: pd.DataFrame) -> Table:
    """Findings with their place in the query; two columns, so that a phone shows them."""
    shown = pd.DataFrame(
        {
            "place": frame[["query", "line", "column"]].to_numpy().tolist(),
            "said": frame[["code", "message", "remedy"]].to_numpy().tolist(),
        }
    )
    return Table(
        shown,
        {
            "place": Column(_("Query and character"), _placed),
            "said": Column(_("Rule, finding and remedy"), _said),
        },
        label=_("Findings"),
    )


def readings_table(found: dict[str, list[Reading]], queries: list[dict]) -> Table:
    """What each reading changes, and where it then looks for each concept group."""
    texts = {query["id"]: query["text"] for query in queries}
    rows = [
        {
            "name": [query, number_],
            "edits": _changes(reading, texts[query]),
            "scope": [f"{term} …: {_place(code)}" for term, code in scope(reading)],
        }
        for query, ways in found.items()
        for number_, reading in enumerate(ways, start=1)
    ]
    return Table(
        pd.DataFrame(rows),
        {
            # Translators: column header, a query and one way to read it
            "name": Column(_("Query and reading"), named),
            "edits": Column(_("Changes, by line and character"), list),
            "scope": Column(_("Where each group is looked for"), list),
        },
        label=_("Readings"),
    )


def _changes(reading: Reading, text: str) -> list[Cell]:
    """What a reading mends, or what an export is asked otherwise than the database was."""
    if isinstance(reading, Foreign):
        # Translators: a part of a query, and what becomes of it
        told = [_("{text}: {reason}").format(text=f"`{loss.text}`", reason=loss.reason)
                for loss in reading.losses]  # fmt: skip
    else:
        told = [edit.describe(text) for edit in reading.edits]
    return [Cell(each, code=True) for each in told]


def items_table(items: pd.DataFrame) -> Table:
    """Selected works by readings: words and filters apart."""
    selected = items[items["selected"].astype(bool)]
    words = selected.pivot(index=["query", "work"], columns="reading", values="text")
    filters = selected.groupby(["query", "work"])["filters"].first()
    frame = words.join(filters).loc[selected[["query", "work"]].drop_duplicates().agg(tuple, 1)]
    numbers = list(words.columns)
    columns = {
        f"words{n}": Column(_("Words, reading {number}").format(number=number(n)), mark)
        for n in numbers
    }
    shown = pd.DataFrame(
        {
            "work": [work for _query, work in frame.index],
            "query": [query for query, _work in frame.index],
            **{f"words{n}": [_answer(value) for value in frame[n]] for n in numbers},
            "filters": [_answer(value) for value in frame["filters"]],
        }
    )
    return Table(
        shown,
        {
            "work": Column(_("Work"), works.work_cell),
            "query": Column(_("Query"), label),
            **columns,
            "filters": Column(_("Filters"), mark),
        },
        label=_("Known items"),
    )


def recall_table(found: dict[tuple[str, int], Recall]) -> Table:
    """Recall of each reading, with the bounds that unknown answers leave."""
    rows = [
        {
            "name": list(key),
            "found": value.found,
            "missed": value.missed,
            "unknown": value.unknown,
            "bounds": span(value.low, value.high),
        }
        for key, value in found.items()
    ]
    return Table(
        pd.DataFrame(rows),
        {
            "name": Column(_("Query and reading"), named),
            "found": Column(_("Found for certain"), number, "number"),
            # Translators: column header: works that lack a term in all that was read
            "missed": Column(_("Missed in what was read"), number, "number"),
            "unknown": Column(_("Undecided"), number, "number"),
            # Translators: column header; recall is the share of wanted works that a search finds
            "bounds": Column(_("Recall, from – to"), kind="number"),
        },
        label=_("Recall"),
    )


def named(pair: list) -> list[str]:
    """A query and one way to read it, as the lines of a cell."""
    query, number_ = pair
    return [label(query), reading_name(number_)]


def reading_name(number_: int) -> str:
    """A reading by its number."""
    return _("reading {number}").format(number=number(number_))


def _placed(place: list) -> list[str]:
    query, line, column = place
    if pd.isna(line):
        return [label(query)]
    # Translators: where in a query something stands, e.g. "character 322"
    at = _("character {number}").format(number=number(column))
    if line > 1:
        at = _("line {line}, {character}").format(line=number(line), character=at)
    return [label(query), at]


def _said(said: list[str]) -> list[Cell]:
    code, *sentences = said
    if not code:
        return _coded(sentences)
    return [Cell(code, href=rule_pages.address(code)), *_coded(sentences)]


def _place(code: str) -> str:
    return _("all fields") if code == "ALL" else code


def _coded(said: list[str]) -> list[Cell]:
    return [Cell(sentence, code=True) for sentence in said]


def _answer(value) -> str:
    return answer(None if pd.isna(value) else bool(value))
