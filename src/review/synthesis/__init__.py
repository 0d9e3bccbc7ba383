"""Step 3 of the review: what was extracted from the works, and the models it makes."""

from compendium.synthesis.extraction import category_status, status_matrix
from review.synthesis.counts import Counted, counted, works_by_year
from review.synthesis.crossings import crossings
from review.synthesis.extraction import reported
from review.synthesis.findings import agreement, answers, beside_article, effects
from review.synthesis.keywords import keyword_pairs, keyword_use
from review.synthesis.models import evidence_map, model_ties
from review.synthesis.needs import covered, texts
from review.synthesis.trends import gap, naming, theories, trend_support

__all__ = [
    "Counted",
    "agreement",
    "answers",
    "beside_article",
    "category_status",
    "counted",
    "covered",
    "crossings",
    "effects",
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
