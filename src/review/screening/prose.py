"""What the prose of the chapter on the screening tells: counted nouns and names of works."""

from __future__ import annotations

import pandas as pd

from compendium import works
from compendium.language import _, label, ngettext, number
from review.screening.criteria import contradictions
from review.screening.decided import Shown
from review.screening.flow import ArticleFlow

STAGES = {"stage_empirical": "first", "stage_review": "second"}


def flow(prisma: ArticleFlow, included: pd.DataFrame) -> dict[str, str]:
    """Numbers of the flow, and the works that stand in both tables."""
    both = included.dropna(subset=["table1", "table2"])["work"]
    told = {
        "table_rows": ngettext("%d row", "%d rows", prisma.rows) % prisma.rows,
        "unique_works": counted_works(prisma.works),
        "works_in_both": names(both),
    }
    for query in prisma.ways:
        n, rows = prisma.not_selected(query), prisma.selected(query)
        told[f"{query}_not_selected"] = ngettext("%d publication", "%d publications", n) % n
        told[f"{query}_rows"] = ngettext("%d row", "%d rows", rows) % rows
    return told


def criteria(whole: pd.DataFrame) -> dict[str, str]:
    """Marks of both stages by kind, and what is contradicted."""
    told = {}
    for stage, key in STAGES.items():
        held = whole[whole["stage"] == stage]
        for met in ("yes", "no", "unknown", "contradicted"):
            n = int((held["met"] == met).sum())
            told[f"{key}_{met}"] = ngettext("%d mark", "%d marks", n) % n
        against = contradictions(held)
        told[f"{key}_contradictions"] = _contradicted(stage, "; ".join(
            # Translators: a work and the criterion that something speaks against
            _("{work} ({criterion})").format(
                work=works.short_name(row.work), criterion=label(row.criterion).lower()
            )
            for row in against.itertuples()
        ))  # fmt: skip
    return told


def _contradicted(stage: str, works: str) -> str:
    """Against the selection of which works something speaks, in a sentence."""
    first = stage == "stage_empirical"
    if not works:
        return (
            _("In the first stage, nothing that we saw speaks against the selection of a work.")
            if first
            else _("In the second stage, nothing that we saw speaks against the selection of a "
                   "work.")
        )
    # Translators: {works} are works, each with the criterion in brackets
    told = (
        _("In the first stage, something that we saw speaks against the selection of {works}.")
        if first
        else _("In the second stage, something that we saw speaks against the selection of "
               "{works}.")
    )
    return told.format(works=works)


def team(shown: Shown, counts: pd.DataFrame) -> dict[str, str]:
    """Whose decisions the diagram shows, what conflicts there are, and how many records."""
    whose = (
        _("those of the folder “{folder}”, not the article's").format(folder=shown.folder)
        if shown.folder
        else _("those that the article reports")
    )
    return {
        "decisions_shown": whose,
        "queries_found": number(int(counts["hits"].sum())),
        "decisions_conflicts": _conflicts(shown),
    }


def _conflicts(shown: Shown) -> str:
    """About how many records reviewers disagree, in a sentence."""
    n = shown.conflicts
    if n is not None:
        told = ngettext(
            "Reviewers disagree about {n} record.", "Reviewers disagree about {n} records.", n
        )
        return told.format(n=number(n))
    if shown.folder:
        return _("No record was decided by two reviewers.")
    return _("The article does not report whether reviewers disagreed.")


def reporting(frame: pd.DataFrame) -> dict[str, str]:
    """How many items of a report on the screening the article reports, and how many not."""
    by_item = frame.groupby("item")["status"].agg(lambda held: (held == "reported").all())
    by_item = by_item.astype(bool)
    told = {}
    for key, n in (("reported", int(by_item.sum())), ("silent", int((~by_item).sum()))):
        told[f"screening_{key}"] = ngettext("%d item", "%d items", n) % n
    return told


def names(keys) -> str:
    """Works in a sentence; a word for none where the list is empty."""
    return works.short_names(keys) or _("none")


def counted_works(n: int) -> str:
    """A number of works."""
    return ngettext("%d work", "%d works", n) % n
