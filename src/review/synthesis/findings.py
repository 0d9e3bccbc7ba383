"""What the works found: effects with their direction, where they agree, what the article omits."""

from __future__ import annotations

import re

import pandas as pd

SIDES = ("supports", "mixed", "no_effect", "hinders")
"""Directions of an effect, from the best to the worst."""


def effects(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings that report what acts on which outcome.

    Premises, observations of this book and papers that may not be the work meant do not count.

    Parameters
    ----------
    findings : DataFrame
        The resource `work_findings`.

    Returns
    -------
    DataFrame: rows of `findings`, those of an outcome together, in the order of the data
    """
    told = findings[
        (findings["outcome"] != "")
        & findings["direction"].isin(SIDES)
        & (findings["voice"] == "voice_authors")
        & ~findings["candidate"]
    ]
    order = {outcome: at for at, outcome in enumerate(told["outcome"].unique())}
    return told.sort_values("outcome", key=lambda codes: codes.map(order), kind="stable")


def agreement(told: pd.DataFrame) -> pd.DataFrame:
    """Whether findings on the same cause point in one direction, whatever the outcome.

    Parameters
    ----------
    told : DataFrame
        What `effects` returns.

    Returns
    -------
    DataFrame with the columns `acting`, `outcomes` and `works` (codes and keys), one count a
    direction of `SIDES`, and `verdict`: `both_directions` if findings differ in direction, within
    a work or between works; otherwise `same_direction` for several works and `one_work` for one.
    Causes that several works speak of come first
    """
    rows = []
    for acting, own in told.groupby("acting", sort=False):
        works = list(own["work"].unique())
        counts = {side: int((own["direction"] == side).sum()) for side in SIDES}
        differ = sum(count > 0 for count in counts.values()) > 1
        verdict = "same_direction" if len(works) > 1 else "one_work"
        rows.append((acting, list(own["outcome"].unique()), works, *counts.values(),
                     "both_directions" if differ else verdict))  # fmt: skip
    frame = pd.DataFrame(rows, columns=["acting", "outcomes", "works", *SIDES, "verdict"])
    return frame.sort_values(
        "works", key=lambda works: -works.str.len(), kind="stable", ignore_index=True
    )


def contradicted(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings that contradict the article: the one list that every page tells.

    Parameters
    ----------
    findings : DataFrame
        The resource `work_findings`.
    """
    return findings[(findings["beside_article"] == "beside_contradicted") & ~findings["candidate"]]


def beside_article(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings that the article contradicts, leaves out or gives differently, in this order."""
    order = ["beside_contradicted", "beside_omitted", "beside_differs"]
    own = contradicted(findings).index
    told = (findings["voice"] == "voice_authors") | findings.index.isin(own)
    rows = findings[findings["beside_article"].isin(order) & told]
    return rows.sort_values(
        "beside_article", key=lambda codes: codes.map(order.index), kind="stable"
    )


def answers(appraisal: pd.DataFrame, tool: str) -> pd.DataFrame:
    """Items of a tool by works: `yes`, `no`, `cannot_tell`; empty where it is not asked.

    Parameters
    ----------
    appraisal : DataFrame
        The resource `work_appraisal`.
    tool : str
        Code of the tool.
    """
    own = appraisal[appraisal["tool"] == tool]
    order = {item: at for at, item in enumerate(sorted(own["item"].unique(), key=_number))}
    return (
        own.pivot(index="item", columns="work", values="answer")
        .reindex(index=list(order), columns=list(own["work"].unique()))
        .fillna("")
    )


def _number(item: str) -> tuple[int, ...]:
    """Place of an item in its tool: the screening questions of MMAT come first."""
    return tuple(0 if part == "s" else int(part) for part in re.findall(r"s(?=\d)|\d+", item))
