"""Step 4 of the review: the context, and what each model would need there."""

from compendium.ranking.context import Context, load
from review.applicability.directions import (
    adapted_models,
    direction_support,
    without_direction,
    without_model,
)
from review.applicability.indicators import positions, strips
from review.applicability.matrix import context_offers, model_matrix, profiles
from review.applicability.subjects import subjects

__all__ = [
    "Context",
    "adapted_models",
    "context_offers",
    "direction_support",
    "load",
    "model_matrix",
    "positions",
    "profiles",
    "strips",
    "subjects",
    "without_direction",
    "without_model",
]
