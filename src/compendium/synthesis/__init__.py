"""Synthesis: what the article reports of its works, counted, mapped to models, and its gaps."""

from compendium.synthesis.counts import Counted, counted, works_by_year
from compendium.synthesis.evidence_map import evidence_map, model_ties
from compendium.synthesis.extraction import category_status, reported, status_matrix
from compendium.synthesis.trends import gap, theories, trend_support

__all__ = [
    "Counted",
    "category_status",
    "counted",
    "evidence_map",
    "gap",
    "model_ties",
    "reported",
    "status_matrix",
    "theories",
    "trend_support",
    "works_by_year",
]
