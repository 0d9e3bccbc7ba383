"""What the prose of the chapter on the search tells: counted nouns and names of works."""

from __future__ import annotations

import pandas as pd

from compendium import works
from compendium.language import _, label, ngettext, percent
from review.search.known_items import QUERIES
from scopus_query.kleene import NO, UNKNOWN, YES


def counts(frame: pd.DataFrame) -> dict[str, str]:
    """Publications found and selected by each query, and the share."""
    told = {}
    for row in frame.itertuples():
        told[f"{row.query}_hits"] = publications(row.hits)
        told[f"{row.query}_selected"] = publications(row.selected)
        known = pd.notna(row.share_selected)
        told[f"{row.query}_share"] = percent(row.share_selected) if known else label("no_data")
    return told


def readings(ways: dict[str, list]) -> dict[str, int]:
    """How many ways there are to read each query."""
    return {f"{query}_readings": len(held) for query, held in ways.items()}


def answers(query_hits: pd.DataFrame) -> dict[str, str]:
    """Works by answer for each query, and the names of those that are not surely found."""
    told = {}
    for query in QUERIES:
        held = query_hits[query_hits["query"] == query]
        for answer in (YES, NO, UNKNOWN):
            told[f"{query}_{answer}"] = counted_works(int((held["found"] == answer).sum()))
        told[f"{query}_undecided"] = names(held.loc[held["found"] == UNKNOWN, "work"])
    missed = query_hits.loc[query_hits["found"] == NO, "work"].drop_duplicates()
    return told | {"missed_works": _missed(list(missed))}


def _missed(missed: list[str]) -> str:
    if not missed:
        return _("No selected work is known to lack the terms of a group.")
    return ngettext(
        "In what we read of it, {works} lacks a term of at least one group.",
        "In what we read of them, {works} lack a term of at least one group.",
        len(missed),
    ).format(works=works.short_names(missed))


def unidentified(sources: pd.DataFrame) -> dict[str, str]:
    """Names of the works that the article does not let a reader identify."""
    return {"unidentified_works": names(sources.loc[sources["title"] == "", "key"])}


def names(keys) -> str:
    """Works in a sentence; a word for none where the list is empty."""
    # Translators: instead of a list of works, where there is no such work
    return works.short_names(keys) or _("none")


def publications(n: int) -> str:
    """A number of publications."""
    return ngettext("%d publication", "%d publications", n) % n


def counted_works(n: int) -> str:
    """A number of works."""
    return ngettext("%d work", "%d works", n) % n
