"""Step 4 of the review: the context, and what each model would need there."""

from compendium.ranking.context import Context, load
from review.applicability.directions import (
    direction_support,
    without_direction,
    without_model,
)
from review.applicability.indicators import positions, strips
from review.applicability.matrix import context_offers, model_matrix, profiles

__all__ = [
    "Context",
    "context_offers",
    "direction_support",
    "load",
    "model_matrix",
    "positions",
    "profiles",
    "strips",
    "without_direction",
    "without_model",
]
