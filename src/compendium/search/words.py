"""Forms of a word that Scopus finds for one another: plural, possessive, British and American."""

from __future__ import annotations

import re
from functools import lru_cache

_COMMON = """
a about after all also an and another any are as at be because been before being between but by came
can come did do each for from get got had has have he her here him himself his how if in into is it
its like make many me might more most much must my never now of on only or other our out over said
same see should since some still such take than that the their them then there these they this those
through to too under up very was way we well were what where which while who with would you your
"""
STOP_WORDS = frozenset(_COMMON.split())
"""Words that Scopus passes over outside quotation marks."""

_IRREGULAR = {
    "criteria": "criterion", "phenomena": "phenomenon", "analyses": "analysis",
    "theses": "thesis", "hypotheses": "hypothesis", "syntheses": "synthesis", "crises": "crisis",
    "bases": "basis", "indices": "index", "matrices": "matrix", "women": "woman", "men": "man",
    "children": "child", "people": "person", "mice": "mouse", "feet": "foot", "teeth": "tooth",
    "lives": "life", "studies": "study", "series": "series", "species": "species",
}  # fmt: skip
_SPELLINGS = [
    (re.compile(pattern), american)
    for pattern, american in (
        (r"isation(?=s?$)", "ization"), (r"is(?=(?:e|ed|es|er|ers|ing)$)", "iz"),
        (r"ys(?=(?:e|ed|es|er|ers|ing)$)", "yz"), (r"our(?=(?:s|ed|ing|al|ally|able|ism)?$)", "or"),
        (r"(?<=[bt])re(?=s?$)", "er"), (r"ogue(?=s?$)", "og"), (r"ence$", "ense"),
        (r"ll(?=(?:ed|ing|er|ers)$)", "l"), (r"aem", "em"), (r"paed", "ped"), (r"oed", "ed"),
        (r"^programme(?=s?$)", "program"), (r"ageing$", "aging"),
    )
]  # fmt: skip
_LETTERS = """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi
rho sigma tau upsilon phi chi psi omega"""
_GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _LETTERS.split(), strict=True))


def words(text: str) -> tuple[str, ...]:
    """A term or loose phrase as words: a hyphen is a blank, punctuation is passed over."""
    plain = re.sub(r"[’'`´]s?\b", "", text.casefold())
    return tuple(re.findall(r"[\w*?]+", plain.replace("_", " ")))


@lru_cache(maxsize=4096)
def form(word: str) -> str:
    """What all forms of a word have in common; a word with wildcards stands for itself."""
    if "*" in word or "?" in word or not word.isalpha():
        return word
    word = _GREEK.get(word, word)
    word = _IRREGULAR.get(word, word)
    for pattern, american in _SPELLINGS:
        word = pattern.sub(american, word)
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and re.search(r"(?:s|x|ch|sh)es$", word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not re.search(r"(?:ss|us|is)$", word):
        return word[:-1]
    return word
