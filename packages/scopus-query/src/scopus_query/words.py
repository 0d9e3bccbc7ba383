"""Words that Scopus passes over outside quotation marks."""

from __future__ import annotations

_COMMON = """
a about after all also an and another any are as at be because been before being between but by came
can come did do each for from get got had has have he her here him himself his how if in into is it
its like make many me might more most much must my never now of on only or other our out over said
same see should since some still such take than that the their them then there these they this those
through to too under up very was way we well were what where which while who with would you your
"""
STOP_WORDS = frozenset(_COMMON.split())
"""Words that Scopus passes over outside quotation marks."""
