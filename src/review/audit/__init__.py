"""Step 5 of the review: what the article says beside what can be counted or read."""

from compendium.claims import claims
from review.audit.citations import candidates, citation_confidence, rise_in_text, table_order

__all__ = [
    "candidates",
    "citation_confidence",
    "claims",
    "rise_in_text",
    "table_order",
]
