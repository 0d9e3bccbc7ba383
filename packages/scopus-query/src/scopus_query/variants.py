"""Forms of a word that Scopus finds for one another, brought to one: the singular, in American.

The pairs of British and American spellings in `spellings.csv` are those of the package breame
0.1.2 (Charles Pierse, Apache License 2.0), without the ones that the rules here settle. A form is
a key, not a word of a language: `enterprise` and `enterprize` may share one, for no other word
does.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

_LETTERS = """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi
rho sigma tau upsilon phi chi psi omega"""
GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _LETTERS.split(), strict=True))

IRREGULAR = {
    "criteria": "criterion", "phenomena": "phenomenon", "indices": "index", "matrices": "matrix",
    "appendices": "appendix", "vertices": "vertex", "women": "woman", "men": "man",
    "children": "child", "people": "person", "mice": "mouse", "feet": "foot", "teeth": "tooth",
    "lives": "life", "wives": "wife", "knives": "knife", "leaves": "leaf", "halves": "half",
    "selves": "self", "shelves": "shelf", "bacteria": "bacterium", "curricula": "curriculum",
    "strata": "stratum", "stimuli": "stimulus", "fungi": "fungus", "nuclei": "nucleus",
    "theses": "thesis", "bases": "basis", "crises": "crisis", "oases": "oasis", "axes": "axis",
    "gases": "gas", "biases": "bias", "lenses": "lens", "atlases": "atlas", "buses": "bus",
    "heroes": "hero", "potatoes": "potato", "tomatoes": "tomato", "echoes": "echo",
}  # fmt: skip
_ALIKE = {
    "series", "species", "news", "bias", "gas", "lens", "atlas", "canvas", "alias", "whereas",
    "perhaps", "always",
}  # fmt: skip
_GREEK_PLURAL = re.compile(r"(analy|hypothe|synthe|diagno|progno|parenthe|neuro|psycho|paraly)ses")
_HUSHED = re.compile(r".*(?:ss|x|zz|sh|(?<!a)(?<!i)ch|(?:ea|oa|ti|hi|ri|wi)ch|[lrv]us|[aeo]tus|"
                     r"[np]us|ocus|ircus|ius|nsus)es")  # fmt: skip
_ISE = re.compile(r"(?<=[a-z]{3})(is|ys)(?=(?:e|es|ed|er|ers|ing|ation|ations|able)$)")


@lru_cache
def spellings() -> dict[str, str]:
    """American spellings by British ones."""
    file = Path(__file__).with_name("spellings.csv")
    with file.open(encoding="utf-8", newline="") as rows:
        return {row["british"]: row["american"] for row in csv.DictReader(rows)}


def american(word: str) -> str:
    """A word as Americans spell it."""
    known = spellings().get(word)
    return known or _ISE.sub(lambda found: found[0][0] + "z", word)


def singular(word: str) -> str:
    """A noun without its plural; a verb loses its `s` too, which does no harm."""
    if word in _ALIKE or len(word) < 4:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if _HUSHED.fullmatch(word):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=1 << 18)
def form(word: str) -> str:
    """What the plural, the possessive and the spellings of a word have in common.

    Parameters
    ----------
    word : str
        One word in lower case, as `normal.words` gives it.
    """
    word = GREEK.get(word, word)
    if not word.isalpha() or not word.isascii():
        return word
    known = IRREGULAR.get(word)
    if known is None and _GREEK_PLURAL.fullmatch(word):
        known = word[:-2] + "is"
    return american(known or singular(american(word)))
