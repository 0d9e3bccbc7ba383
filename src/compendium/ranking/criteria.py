"""Criteria and scores of a context: what is known of each model, and what nobody reported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from compendium import data, project
from compendium.errors import CompendiumError, did_you_mean

TOP = 4
"""The best level of the scale; 0 is the worst."""

FILES = {
    "criteria": "criteria.csv",
    "criterion_requirements": "criterion_requirements.csv",
    "scores": "scores.csv",
}


@dataclass(frozen=True)
class Assessment:
    """What the models are ranked by.

    Attributes
    ----------
    criteria : DataFrame
        Table `context_criteria`.
    scores : DataFrame
        Table `context_scores`: every model by every criterion, with where the score comes from.
    models : list of str
        Codes of the models, in the order of the scores.
    levels : array of shape (models, criteria)
        Levels 0 … 4, 4 being best whatever the criterion's direction; NaN where unknown.
    requirements : DataFrame
        Table `context_criterion_requirements`: what the models require that a criterion gathers.
    """

    criteria: pd.DataFrame
    scores: pd.DataFrame
    models: list[str]
    levels: np.ndarray
    requirements: pd.DataFrame

    @property
    def codes(self) -> list[str]:
        """Codes of the criteria, in their order."""
        return list(self.criteria["criterion"])

    @property
    def unknown(self) -> pd.DataFrame:
        """Models and criteria of the scores that nobody reported."""
        at = self.scores["status"] == "unknown"
        return self.scores.loc[at, ["model", "criterion"]].reset_index(drop=True)


def assess(folder: Path) -> Assessment:
    """Read the criteria and scores of a context's folder.

    Parameters
    ----------
    folder : Path
        A folder of `data/contexts/`, or another of the same kind.

    Raises
    ------
    CompendiumError
        If a file is missing; a criterion is scored nowhere; a score is outside the scale, stands
        twice, is missing without being marked unknown, or is marked unknown and given; or there
        are fewer than two models.
    """
    criteria = data.table("context_criteria", folder / FILES["criteria"])
    scores = data.table("context_scores", folder / FILES["scores"])
    behind = data.table("context_criterion_requirements", folder / FILES["criterion_requirements"])
    _check_criteria(criteria, folder / FILES["criteria"])
    _check_scores(scores, list(criteria["criterion"]), folder / FILES["scores"])
    models = list(dict.fromkeys(scores["model"]))
    levels = (
        scores.pivot(index="model", columns="criterion", values="score")
        .reindex(index=models, columns=list(criteria["criterion"]))
        .to_numpy(dtype=float, na_value=np.nan)
    )
    falling = (criteria["direction"] == "lower").to_numpy()
    levels[:, falling] = TOP - levels[:, falling]
    return Assessment(criteria, scores, models, levels, behind)


def _check_criteria(criteria: pd.DataFrame, file: Path) -> None:
    for at, row in criteria.iterrows():
        if criteria["criterion"].iloc[:at].eq(row["criterion"]).any():
            _refuse(f"The criterion {row['criterion']!r} stands twice.", file, at, "criterion",
                    "Remove one of the two rows.")
        if row["direction"] not in ("higher", "lower"):
            _refuse(f"{row['direction']!r} is not a direction.", file, at, "direction",
                    "Write `higher` or `lower`.")


def _check_scores(scores: pd.DataFrame, criteria: list[str], file: Path) -> None:
    seen: set[tuple[str, str]] = set()
    for at, row in scores.iterrows():
        _check_score(row, at, criteria, file)
        pair = (row["model"], row["criterion"])
        if pair in seen:
            _refuse(f"The model {pair[0]!r} is scored twice by {pair[1]!r}.", file, at, "model",
                    "Remove one of the two rows, or correct the code of the second model.")
        seen.add(pair)
    models = list(dict.fromkeys(scores["model"]))
    if len(models) < 2:
        _refuse(
            f"There is only one model, {models[0]!r}." if models else "There is no model.",
            file, None, "model", "A ranking needs two models or more.",
        )
    for criterion in criteria:
        own = scores[scores["criterion"] == criterion]
        if own.empty:
            _refuse(f"The criterion {criterion!r} has no scores.", file, None, "criterion",
                    "Score the models by it, or take it out of criteria.csv.")
        if own["score"].isna().all():
            _refuse(f"All scores of the criterion {criterion!r} are unknown.", file, None, "score",
                    "It cannot tell the models apart: take it out of criteria.csv, or find a score "
                    "for a model.")
        for model in models:
            if (model, criterion) not in seen:
                _refuse(f"The model {model!r} has no row for the criterion {criterion!r}.", file,
                        None, "criterion", "Add the row; if nobody reported it, with status "
                        "`unknown` and no score.")


def _check_score(row: pd.Series, at: int, criteria: list[str], file: Path) -> None:
    if row["criterion"] not in criteria:
        _refuse(f"There is no criterion {row['criterion']!r}.", file, at, "criterion",
                did_you_mean(row["criterion"], criteria, otherwise="Add it to criteria.csv."))
    given = not pd.isna(row["score"])
    if given and not 0 <= row["score"] <= TOP:
        _refuse(f"The score {row['score']} is outside the scale.", file, at, "score",
                f"Write a level from 0 to {TOP}.")
    if row["status"] not in ("scored", "unknown"):
        _refuse(f"{row['status']!r} is not a status of a score.", file, at, "status",
                "Write `scored` or `unknown`.")
    if given and row["status"] == "unknown":
        _refuse("The score is given, but marked unknown.", file, at, "status",
                "Write `scored`, or take the score out.")
    if not given and row["status"] == "scored":
        _refuse("The score is missing, but marked scored.", file, at, "score",
                "Give the score, or write `unknown`.")


def _refuse(message: str, file: Path, at: int | None, column: str, remedy: str) -> None:
    raise CompendiumError(
        message, path=project.relative(file), row=None if at is None else int(at) + 2,
        column=column, remedy=remedy,
    )
