"""Confidence in each review finding by GRADE-CERQual: judged by a reader, counted by a rule."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from compendium import data
from review.synthesis.findings import SIDES

ASKED = {
    "engineer_shortage": ["req_engineers"],
    "infrastructure_gap": ["req_shared_infrastructure"],
    "programme_threshold": ["req_sme_access"],
    "motivation_gap": ["req_shared_goals"],
}
"""Requirements of the assessment that a barrier of the article is about."""

MINOR, MODERATE, SERIOUS = "concern_minor", "concern_moderate", "concern_serious"
COMPONENTS = ("cq_method", "cq_coherence", "cq_adequacy", "cq_relevance")
ENOUGH = 3
"""Works or studies from which on the data of a finding are not called few."""


@dataclass(frozen=True)
class Behind:
    """What stands behind a review finding.

    Attributes
    ----------
    works : list of str
        The reviewed works that are tied to it.
    studies : list of str
        Studies of the country that speak of it.
    readings : list of str
        Directions of the effects and of the studies' findings.
    contradicted : bool
        Whether a work contradicts what the article says of it.
    """

    works: list[str]
    studies: list[str]
    readings: list[str]
    contradicted: bool


def ties() -> dict[str, list[str]]:
    """Works by the code of the model, trend or barrier that they are tied to or cited for.

    The gap in the literature has the works that are cited for the trend that tells of it.
    """
    works = data.table("citations").set_index("citation")["work"]
    tied: dict[str, list[str]] = {}
    for row in data.table("work_models").itertuples():
        tied.setdefault(row.model, []).append(row.work)
    for name, column in (("trend_citations", "trend"), ("barrier_citations", "barrier")):
        for row in data.table(name).itertuples():
            if work := works.get(row.citation, ""):
                tied.setdefault(getattr(row, column), []).append(work)
    return tied | {"gap_in_literature": tied.get("uneven_research", [])}


def near(naming: pd.Series, studied: pd.DataFrame, country: str) -> set[str]:
    """Works that name the industry of the review or study its country.

    Parameters
    ----------
    naming : Series
        What `synthesis.naming` returns.
    studied : DataFrame
        The resource `work_countries`.
    country : str
        Code of the country.
    """
    return {*naming.index[naming], *studied.loc[studied["country"] == country, "work"]}


def counted(near: set[str]) -> pd.DataFrame:
    """Levels of every review finding of the data by the rule of counting; see `components`."""
    stated = data.table("review_findings")
    found = behind(
        stated, ties(), data.table("work_findings"), data.table("context_study_findings"), ASKED
    )
    kinds = stated.set_index("finding")["kind"]
    return components(found, data.table("work_appraisal"), kinds, near)


def levels(codings: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """Levels that count: those of the two codings as they were resolved, and what they amount to.

    Parameters
    ----------
    codings : DataFrame
        The resource `certainty_codings`.
    counted : DataFrame
        What `counted` returns.

    Returns
    -------
    DataFrame: `counted` with the resolved levels, and `cq_overall` computed from them
    """
    settled = codings[codings["coding"] == "coding_resolved"]
    coded = settled.set_index(["finding", "item_kind"])["value"].to_dict()
    for finding, own in settled.groupby("finding"):
        coded[finding, "cq_overall"] = _overall(list(own["value"]))
    keys = zip(counted["finding"], counted["component"], strict=True)
    return counted.assign(level=[coded[key] for key in keys])


def behind(
    review_findings: pd.DataFrame,
    ties: dict[str, list[str]],
    findings: pd.DataFrame,
    study_findings: pd.DataFrame,
    asked: dict[str, list[str]],
) -> dict[str, Behind]:
    """What stands behind each review finding.

    Parameters
    ----------
    review_findings, findings, study_findings : DataFrame
        The resources `review_findings`, `work_findings` and `context_study_findings`.
    ties : dict
        Works by the code of a model, trend or barrier.
    asked : dict
        Requirements that a barrier is about, by its code.
    """
    told = findings[~findings["candidate"] & (findings["voice"] == "voice_authors")]
    found = {}
    for row in review_findings.itertuples():
        works = list(dict.fromkeys(ties.get(row.finding, [])))
        own = told[told["work"].isin(works)]
        effects = own.iloc[:0]  # of a trend, the gap or a barrier the effects of works say nothing
        if row.kind == "finding_of_model":
            own = own[own["model"] == row.finding]
            effects = own[own["outcome"] != ""]
            local = study_findings[study_findings["model"] == row.finding]
        else:
            local = study_findings[study_findings["requirement"].isin(asked.get(row.finding, []))]
        local = local[local["direction"].isin(SIDES)]
        sides = [*effects["direction"], *local["direction"]]
        found[row.finding] = Behind(
            works=works,
            studies=list(local["study"].unique()),
            readings=[side for side in sides if side in SIDES],
            contradicted=bool((own["beside_article"] == "beside_contradicted").any()),
        )
    return found


def components(
    found: dict[str, Behind],
    appraisal: pd.DataFrame,
    kinds: pd.Series,
    near: set[str],
) -> pd.DataFrame:
    """Level of each component and the overall confidence of each review finding.

    - Methodological limitations: minor if three quarters of the appraisal items of the works are
      answered yes, moderate from one half on, serious below and where there is nothing to appraise.
      Studies of the country are not appraised: behind a barrier the level is moderate.
    - Coherence: serious if a work contradicts the article or nothing gives a direction; moderate if
      directions differ; minor otherwise. A barrier is coherent if studies call the point a
      hindrance.
    - Adequacy: minor with three works or studies or more, moderate with two, serious with fewer.
    - Relevance: minor if studies of the country speak of it; moderate if a work studies the country
      or the industry; serious otherwise.
    - Overall: from high, one step down for each moderate and two for each serious concern.

    Parameters
    ----------
    found : dict
        What `behind` returns.
    appraisal : DataFrame
        The resource `work_appraisal`.
    kinds : Series
        Kind of each review finding, by its code.
    near : set of str
        Works that study the country or the industry of the review.

    Returns
    -------
    DataFrame with the columns `finding`, `component` (the four and `cq_overall`), `level`, and the
    numbers that it rests on: `works`, `studies`, `answered` and `items`, `supports`, `against`
    """
    rows = []
    for code, own in found.items():
        barrier = kinds[code] == "finding_of_barrier"
        items = appraisal[appraisal["work"].isin(own.works)]
        yes = int((items["answer"] == "yes").sum())
        numbers = (
            len(own.works), len(own.studies), yes, len(items),
            own.readings.count("supports"),
            sum(side in ("hinders", "no_effect") for side in own.readings),
        )  # fmt: skip
        levels = {
            "cq_method": _method(yes, len(items), barrier and bool(own.studies)),
            "cq_coherence": _coherence(own, barrier),
            "cq_adequacy": _adequacy(len(own.works) + len(own.studies)),
            "cq_relevance": _relevance(own, near),
        }
        levels["cq_overall"] = _overall(list(levels.values()))
        rows += [(code, part, level, *numbers) for part, level in levels.items()]
    return pd.DataFrame(
        rows,
        columns=["finding", "component", "level", "works", "studies", "answered", "items",
                 "supports", "against"],
    )  # fmt: skip


def _method(yes: int, items: int, local: bool) -> str:
    if local:
        return MODERATE
    share = yes / items if items else 0
    return MINOR if share >= 0.75 else MODERATE if share >= 0.5 else SERIOUS


def _coherence(own: Behind, barrier: bool) -> str:
    sides = set(own.readings)
    if own.contradicted or not sides:
        return SERIOUS
    return MINOR if sides == ({"hinders"} if barrier else {"supports"}) else MODERATE


def _adequacy(pieces: int) -> str:
    return MINOR if pieces >= ENOUGH else MODERATE if pieces == ENOUGH - 1 else SERIOUS


def _relevance(own: Behind, near: set[str]) -> str:
    if own.studies:
        return MINOR
    return MODERATE if near & set(own.works) else SERIOUS


def _overall(levels: list[str]) -> str:
    steps = sum({MODERATE: 1, SERIOUS: 2}.get(level, 0) for level in levels)
    return ["cert_high", "cert_moderate", "cert_low", "cert_very_low"][min(steps, 3)]
