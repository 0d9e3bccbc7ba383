"""What the prose of the chapter on the synthesis tells: how many works, cells and keywords."""

from __future__ import annotations

import pandas as pd

from compendium.language import _, inside, join, label, ngettext, number, pair
from compendium.works import short_names
from review.synthesis.findings import contradicted


def content(cells: pd.DataFrame, extraction: pd.DataFrame) -> dict[str, int]:
    """How many cells of the content analysis hold a fact, and how many there are."""
    return {"content_filled": len(cells), "content_cells": len(extraction)}


def categories(extraction: pd.DataFrame) -> dict[str, str]:
    """The categories of the content analysis in one list."""
    return {"content_categories": join([inside(label(c)) for c in extraction["category"].unique()])}


def found(findings: pd.DataFrame, told: pd.DataFrame) -> dict[str, int | str]:
    """How many statements were read, of how many works, and how many report an effect.

    Those of a paper that may not be the work meant are counted apart.

    Parameters
    ----------
    findings : DataFrame
        The resource `work_findings`.
    told : DataFrame
        What `effects` returns.
    """
    own = findings[~findings["candidate"]]
    return {
        "findings_all": len(own),
        "findings_works": own["work"].nunique(),
        "findings_effects": len(told),
        "findings_effect_works": told["work"].nunique(),
        "findings_of_models": told.loc[told["model"] != "", "work"].nunique(),
        "findings_abstract": int((own["read_in"] == "read_abstract").sum()),
        "findings_candidate": int(findings["candidate"].sum()),
        "findings_contradicting_works": _against(list(contradicted(findings)["work"].unique())),
        "findings_against_collaboration": _unwelcome(own),
    }


def _against(works: list[str]) -> str:
    """Which works' findings contradict the article, in a sentence."""
    if not works:
        return _("No finding that we read contradicts the article.")
    return _("The article is contradicted by findings of {works}.").format(works=short_names(works))


def _unwelcome(findings: pd.DataFrame) -> str:
    """Which works found that universities hinder what the article hopes for, untold by it."""
    told = findings[
        (findings["acting"] == "act_universities") & (findings["direction"] == "hinders")
        & (findings["beside_article"] == "beside_omitted")
    ]  # fmt: skip
    works = list(told["work"].unique())
    if not works:
        return ""
    return _(
        "The article leaves out that collaboration with universities also went with worse outcomes "
        "({works})."
    ).format(works=short_names(works))


def certainty(levels: pd.DataFrame) -> dict[str, str]:
    """How many review findings deserve which overall confidence.

    Parameters
    ----------
    levels : DataFrame
        What `certainty.levels` returns.
    """
    overall = levels.loc[levels["component"] == "cq_overall", "level"]
    return {"certainty_told": _deserved(overall.value_counts())}


def _deserved(counts: pd.Series) -> str:
    """How many findings deserve which confidence, in a sentence."""
    levels = [inside(label(str(level))) for level in counts.index]
    if len(levels) == 1:
        return ngettext(
            "By these rules, confidence in the {n} finding is {level}.",
            "By these rules, confidence in all {n} findings is {level}.",
            int(counts.sum()),
        ).format(n=number(int(counts.sum())), level=levels[0])
    each = join([pair(level, number(int(n))) for level, n in zip(levels, counts, strict=True)])
    # Translators: {each} are levels of confidence, each with a number of findings
    return _("By these rules, confidence in the findings differs: {each}.").format(each=each)


def crossings(
    work_models: pd.DataFrame, work_theories: pd.DataFrame, works: pd.Series
) -> dict[str, int]:
    """How many works are tied to a model, and of how many of them no theory is reported.

    Parameters
    ----------
    work_models, work_theories : DataFrame
        The resources of these names.
    works : Series
        Keys of all works.
    """
    tied = works[works.isin(work_models["work"])]
    return {
        "crossings_tied": len(tied),
        "crossings_works": len(works),
        "crossings_silent": int((~tied.isin(work_theories["work"])).sum()),
    }


def keywords(use: pd.DataFrame, pairs: pd.DataFrame, works: pd.Series) -> dict[str, int]:
    """How many keywords there are, in how many works, and how many are shared.

    Parameters
    ----------
    use, pairs : DataFrame
        What `keyword_use` and `keyword_pairs` return.
    works : Series
        Keys of all works.
    """
    return {
        "keywords_works": use["work"].nunique(),
        "keywords_of": len(works),
        "keywords_all": use["keyword"].nunique(),
        "keywords_pairs": len(pairs),
        "keywords_shared": use.loc[use["works"] > 1, "keyword"].nunique(),
        "keywords_again": int((pairs["works"] > 1).sum()),
    }


def needs(matrix: pd.DataFrame) -> dict[str, str | int]:
    """How many needs some work names, and which no work names.

    Parameters
    ----------
    matrix : DataFrame
        What `covered` returns.
    """
    named = (matrix != "").any(axis=1)
    unnamed = [inside(label(need)) for need in matrix.index[~named]]
    return {
        "needs_named": int(named.sum()),
        "needs_all": len(named),
        "needs_unnamed": _unnamed(unnamed),
    }


def _unnamed(needs: list[str]) -> str:
    """Which needs no work names, in a sentence; empty if there are none."""
    if not needs:
        return ""
    return ngettext(
        "One need is named by no work: {needs}.", "{n} needs are named by no work: {needs}.",
        len(needs),
    ).format(n=number(len(needs)), needs=join(needs))  # fmt: skip
