"""Checks of claims: named functions that reach a verdict from the data and say what they found.

One module a kind of check. To add a check, write a function with `@check` in the module that it
belongs to; its name is what `data/article/claims.yml` calls it by.
"""

from compendium.claims.check import (
    CANNOT,
    CHECKS,
    CONFIRMED,
    DIFFERS,
    NOT_REPORTED,
    NOT_SUPPORTED,
    NOT_TRACEABLE,
    VERDICTS,
    Evidence,
    Finding,
    check,
)
from review.audit.checks import cited, conclusions, counts, methods, searches, sector, works

__all__ = [
    "CANNOT",
    "CHECKS",
    "CONFIRMED",
    "DIFFERS",
    "NOT_REPORTED",
    "NOT_SUPPORTED",
    "NOT_TRACEABLE",
    "VERDICTS",
    "Evidence",
    "Finding",
    "check",
    "cited",
    "conclusions",
    "counts",
    "methods",
    "searches",
    "sector",
    "works",
]
