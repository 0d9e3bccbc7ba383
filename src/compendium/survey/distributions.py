"""What the answers say about weights and scores, as SMAA draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.ranking.smaa import OrdinalScores
from compendium.survey.read import Answer


@dataclass(frozen=True)
class SurveyWeights:
    """Weights as they differ among respondents: a draw takes those of one of them.

    Attributes
    ----------
    answers : sequence of Answer
    """

    answers: Sequence[Answer]

    def __post_init__(self):
        if not self.answers:
            raise CompendiumError(
                _("There is no answer to draw weights from."),
                remedy=_("Field the survey, or mend the refused rows."),
            )

    def draw(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Weights of shape (criteria, draws), columns adding up to 1."""
        own = np.array([answer.weights for answer in self.answers])
        return own[rng.integers(0, len(own), draws)].T


@dataclass(frozen=True)
class SurveyScores:
    """Levels as they differ among respondents.

    A draw takes, for each model and criterion, the level that one of those who gave one gave. A
    level that nobody gave is unknown and drawn from the whole scale. The scale between the levels
    is drawn as in `OrdinalScores`. Levels are drawn apart from the weights and from each other:
    what one respondent says of several things is not kept together.

    Attributes
    ----------
    answers : sequence of Answer
    """

    answers: Sequence[Answer]

    @cached_property
    def given(self) -> np.ndarray:
        """Levels of shape (answers, models, criteria); NaN where none was given."""
        return np.array([answer.levels for answer in self.answers])

    @cached_property
    def unknown(self) -> np.ndarray:
        """Row and column of each score that nobody gave."""
        return np.argwhere(np.isnan(self.given).all(axis=0))

    @cached_property
    def _scale(self) -> OrdinalScores:
        return OrdinalScores(np.full(self.given.shape[1:], np.nan))

    def values(self, rng: np.random.Generator, weights: np.ndarray) -> np.ndarray:
        """Weighted sums of shape (models, draws), for weights of shape (criteria, draws)."""
        draws = weights.shape[1]
        worth = self._scale.scale(rng, draws) * weights
        models, criteria = self.given.shape[1:]
        columns = np.arange(draws)
        sums = np.zeros((models, draws))
        for model in range(models):
            for criterion in range(criteria):
                own = self.given[:, model, criterion]
                own = own[~np.isnan(own)].astype(int)
                pool = own if len(own) else np.arange(len(worth))
                levels = pool[rng.integers(0, len(pool), draws)]
                sums[model] += worth[levels, criterion, columns]
        return sums
