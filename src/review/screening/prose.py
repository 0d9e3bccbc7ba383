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
        told[f"{key}_contradictions"] = "; ".join(
            # Translators: a work and the criterion that something speaks against
            _("{work} ({criterion})").format(
                work=works.short_name(row.work), criterion=label(row.criterion).lower()
            )
            for row in against.itertuples()
        ) or _("none")
    return told


def team(shown: Shown, counts: pd.DataFrame) -> dict[str, str]:
    """Whose decisions the diagram shows, how many records are in conflict, and how many found."""
    whose = (
        _("those of the folder “{folder}”, not the article's").format(folder=shown.folder)
        if shown.folder
        else _("those that the article reports")
    )
    n = shown.conflicts
    silent = (
        _("no record was decided by two reviewers")
        if shown.folder
        else label("not_reported").lower()
    )
    return {
        "decisions_shown": whose,
        "queries_found": number(int(counts["hits"].sum())),
        "decisions_conflicts": silent if n is None else number(n),
    }


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
