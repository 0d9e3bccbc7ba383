"""Checks of the article's claims: named functions that reach a verdict from the data.

One module a kind of check. To add a check, write a function with `@check` in the module that it
belongs to, with its basis and a maker of counter-claims; its name is what `claims.yml` calls it by.
"""

from review.audit import lines
from review.audit.checks import cited, conclusions, methods, searches, sector, works

__all__ = ["cited", "conclusions", "lines", "methods", "searches", "sector", "works"]
