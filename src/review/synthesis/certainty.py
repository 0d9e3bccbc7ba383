"""Confidence in each review finding by GRADE-CERQual: two readings, and what stands behind."""

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

COMPONENTS = ("cq_method", "cq_coherence", "cq_adequacy", "cq_relevance")
_STEPS = {"concern_minor": 0, "concern_moderate": 1, "concern_serious": 2}


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
    """

    works: list[str]
    studies: list[str]
    readings: list[str]


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


def levels(codings: pd.DataFrame) -> pd.DataFrame:
    """Levels that count, as the two codings were resolved, and what they rest on.

    The overall confidence goes from high one step down for each moderate concern and two for each
    serious one.

    Parameters
    ----------
    codings : DataFrame
        The resource `certainty_codings`.

    Returns
    -------
    DataFrame with the columns `finding`, `component` (the four and `cq_overall`), `level`, and the
    numbers behind: `works`, `studies`, `answered` and `items` of the appraisal, `supports`,
    `against`
    """
    stated = data.table("review_findings")
    found = behind(
        stated, ties(), data.table("work_findings"), data.table("context_study_findings"), ASKED
    )
    settled = codings[codings["coding"] == "coding_resolved"]
    coded = settled.set_index(["finding", "item_kind"])["value"]
    rows = [
        {"finding": code, "component": part, "level": level, **numbers}
        for code, numbers in _numbers(found, data.table("work_appraisal")).items()
        for own in (coded[code],)
        for part, level in [*((c, own[c]) for c in COMPONENTS), ("cq_overall", overall(list(own)))]
    ]
    return pd.DataFrame(rows)


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
        )
    return found


def _numbers(found: dict[str, Behind], appraisal: pd.DataFrame) -> dict[str, dict[str, int]]:
    """How many works, studies, appraisal items and directions stand behind each finding."""
    out = {}
    for code, own in found.items():
        items = appraisal[appraisal["work"].isin(own.works)]
        out[code] = {
            "works": len(own.works), "studies": len(own.studies),
            "answered": int((items["answer"] == "yes").sum()), "items": len(items),
            "supports": own.readings.count("supports"),
            "against": sum(side in ("hinders", "no_effect") for side in own.readings),
        }  # fmt: skip
    return out


def overall(levels: list[str]) -> str:
    """Overall confidence in a finding by the levels of its four components."""
    steps = sum(_STEPS[level] for level in levels)
    return ["cert_high", "cert_moderate", "cert_low", "cert_very_low"][min(steps, 3)]
