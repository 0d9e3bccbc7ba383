"""Step 3 of the review: what was extracted from the works, and the models it makes."""

from compendium.synthesis.counts import Counted, counted, works_by_year
from compendium.synthesis.crossings import KINDS, crossings
from compendium.synthesis.extraction import category_status, reported, status_matrix
from compendium.synthesis.keywords import keyword_pairs, keyword_use
from compendium.synthesis.models import evidence_map, model_ties
from compendium.synthesis.needs import covered, texts
from compendium.synthesis.trends import gap, naming, theories, trend_support

__all__ = [
    "KINDS",
    "Counted",
    "category_status",
    "counted",
    "covered",
    "crossings",
    "evidence_map",
    "gap",
    "keyword_pairs",
    "keyword_use",
    "model_ties",
    "naming",
    "reported",
    "status_matrix",
    "texts",
    "theories",
    "trend_support",
    "works_by_year",
]
