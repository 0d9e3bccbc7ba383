"""What the ranking says, as frames and values for the page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from compendium.ranking.criteria import Assessment
from compendium.ranking.smaa import Ranking


def acceptability(assessment: Assessment, ranking: Ranking) -> pd.DataFrame:
    """Rank acceptability, one row a model and rank, the best models first.

    Returns
    -------
    DataFrame with `model`, `rank`, `acceptability`, `standard_error`
    """
    order = np.argsort(ranking.expected_rank, kind="stable")
    return pd.DataFrame(
        [
            {
                "model": assessment.models[at],
                "rank": rank + 1,
                "acceptability": ranking.acceptability[at, rank],
                "standard_error": ranking.standard_error[at, rank],
            }
            for at in order
            for rank in range(len(order))
        ]
    )


def levels(assessment: Assessment) -> pd.DataFrame:
    """Levels of the models by criterion; missing where nobody reported anything.

    Returns
    -------
    DataFrame with `criterion` and a column a model
    """
    frame = pd.DataFrame(assessment.levels.T, columns=assessment.models)
    return frame.assign(criterion=assessment.codes)[["criterion", *assessment.models]]


@dataclass(frozen=True)
class Lead:
    """The model that comes first most often, beside the next.

    Attributes
    ----------
    first, second : str
        Codes of the models.
    first_share, second_share : float
        Shares of the draws in which they come first.
    before : float
        Share of the draws in which the first comes before the second.
    """

    first: str
    second: str
    first_share: float
    second_share: float
    before: float


def lead(assessment: Assessment, ranking: Ranking) -> Lead:
    """Which two models come first most often, and how clearly they differ."""
    firsts = ranking.acceptability[:, 0]
    one, two = np.argsort(-firsts, kind="stable")[:2]
    return Lead(
        assessment.models[one],
        assessment.models[two],
        float(firsts[one]),
        float(firsts[two]),
        float(ranking.pairwise[one, two]),
    )
