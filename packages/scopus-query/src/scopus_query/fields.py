"""Scopus's field codes: what each searches, and the one that a misspelled code means.

They are those of Elsevier's guide (`rule_sources`). Since when each exists is not known: the guide
dates none of them.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from scopus_query import values
from scopus_query.language import N_

TEXT = {
    "ALL": N_("all fields"),
    "TITLE-ABS-KEY": N_("title, abstract or keywords"),
    "TITLE-ABS-KEY-AUTH": N_("title, abstract, keywords or authors"),
    "TITLE-ABS": N_("title or abstract"),
    "TITLE": N_("title"),
    "ABS": N_("abstract"),
    "KEY": N_("keywords"),
    "AUTHKEY": N_("author keywords"),
    "INDEXTERMS": N_("index terms"),
    "AUTH": N_("authors"),
    "AUTHOR-NAME": N_("author's name"),
    "AUTHFIRST": N_("author's first name"),
    "AUTHLASTNAME": N_("author's last name"),
    "AUTHSUFFIX": N_("suffix of an author's name"),
    "AUTHNAME": N_("author's name as written"),
    "AUTHCOLLAB": N_("collaboration named as author"),
    "FIRSTAUTH": N_("first author"),
    "AU-ID": N_("author identifier"),
    "ORCID": N_("ORCID"),
    "AFFIL": N_("affiliation"),
    "AFFILORG": N_("affiliated organisation"),
    "AFFILCITY": N_("affiliation's city"),
    "AFFILCOUNTRY": N_("affiliation's country"),
    "AF-ID": N_("affiliation identifier"),
    "EDITOR": N_("editor"),
    "EDFIRST": N_("editor's first name"),
    "EDLASTNAME": N_("editor's last name"),
    "SRCTITLE": N_("source title"),
    "EXACTSRCTITLE": N_("exact source title"),
    "PUBLISHER": N_("publisher"),
    "BOOKPUB": N_("publisher of a book"),
    "SRCID": N_("source identifier"),
    "SOURCE-ID": N_("source identifier"),
    "CONF": N_("conference"),
    "CONFNAME": N_("conference name"),
    "CONFLOC": N_("conference location"),
    "CONFSPONSORS": N_("conference sponsors"),
    "FUND-ALL": N_("funding"),
    "FUND-SPONSOR": N_("funding sponsor"),
    "FUND-ACR": N_("sponsor's acronym"),
    "FUND-NO": N_("grant number"),
    "REF": N_("references"),
    "REFTITLE": N_("title of a reference"),
    "REFAUTH": N_("author of a reference"),
    "REFAUTHLASTNAME": N_("last name of a reference's author"),
    "REFAUTHFIRST": N_("first name of a reference's author"),
    "REFSRCTITLE": N_("source title of a reference"),
    "REFARTNUM": N_("article number of a reference"),
    "REFPAGE": N_("pages of a reference"),
    "REFPAGEFIRST": N_("first page of a reference"),
    "REFEID": N_("Scopus identifier of a reference"),
    "CHEM": N_("chemical"),
    "CHEMNAME": N_("chemical name"),
    "CASREGNUMBER": N_("CAS number"),
    "TRADENAME": N_("trade name"),
    "MANUFACTURER": N_("manufacturer"),
    "SEQBANK": N_("sequence bank"),
    "SEQNUMBER": N_("sequence number"),
    "WEBSITE": N_("website"),
    "DOI": N_("DOI"),
    "EID": N_("Scopus identifier"),
    "PMID": N_("PubMed identifier"),
    "ISBN": N_("ISBN"),
    "ISSN": N_("ISSN"),
    "EISSN": N_("electronic ISSN"),
    "ISSNP": N_("print ISSN"),
    "CODEN": N_("CODEN"),
    "ARTNUM": N_("article number"),
    "VOLUME": N_("volume"),
    "ISSUE": N_("issue"),
    "PAGES": N_("pages"),
    "PAGEFIRST": N_("first page"),
    "PAGELAST": N_("last page"),
}
FILTER = {
    "LANGUAGE": N_("language"),
    "DOCTYPE": N_("document type"),
    "SRCTYPE": N_("source type"),
    "PUBSTAGE": N_("publication stage"),
    "OPENACCESS": N_("open access"),
    "OA": N_("open access"),
    "FREETOREAD": N_("free to read"),
    "SUBJAREA": N_("subject area"),
    "SUBJMAIN": N_("main subject"),
    "SUBJTERMS": N_("subject terms"),
    "EXACTKEYWORD": N_("exact keyword"),
    "PREFNAMEAUID": N_("author"),
    "INDEX": N_("database"),
    "PUBDATETXT": N_("publication date as printed"),
}
NUMBER = {
    "PUBYEAR": N_("publication year"),
    "REFPUBYEAR": N_("publication year of a reference"),
    "LOAD-DATE": N_("date of the last update"),
    "ORIG-LOAD-DATE": N_("date of the first entry"),
}
LABELS = TEXT | FILTER | NUMBER
NAMES = {"AUTH", "AUTHOR-NAME", "AUTHLASTNAME", "FIRSTAUTH", "EDITOR", "REFAUTH", "AFFIL",
         "AFFILORG", "AFFILCITY", "CONF", "CONFLOC", "REF", "PREFNAMEAUID"}  # fmt: skip
"""Fields in which a comma is part of a name: `smith, j` is one author."""

NUMBERED = {"AU-ID", "AF-ID", "ORCID", "SRCID", "SOURCE-ID", "DOI", "EID", "REFEID", "PMID", "ISBN",
            "ISSN", "EISSN", "ISSNP", "CODEN", "CASREGNUMBER", "FUND-NO", "SEQNUMBER", "ARTNUM",
            "VOLUME", "ISSUE", "PAGES", "PAGEFIRST", "PAGELAST", "REFARTNUM", "REFPAGE",
            "REFPAGEFIRST"}  # fmt: skip
"""Fields of numbers and signs, which have no plural and no other spelling."""

SHORT = NUMBERED | {"AFFILCOUNTRY", "AUTHFIRST", "EDFIRST", "REFAUTHFIRST", "AUTHSUFFIX"}
"""Fields in which one letter or figure before a wildcard says much: initials, countries."""

VERBATIM = {"AU-ID", "AF-ID"}
"""Fields that take a name and a number, and no operators."""

OWN_SYNTAX = NAMES | VERBATIM

PARTS = {
    "REF": {"REFAUTH", "REFAUTHLASTNAME", "REFAUTHFIRST", "REFTITLE", "REFSRCTITLE", "REFPUBYEAR",
            "REFPAGE", "REFPAGEFIRST", "REFARTNUM", "REFEID", "WEBSITE"},
    "REFAUTH": {"REFAUTHLASTNAME", "REFAUTHFIRST"},
    "AFFIL": {"AFFILORG", "AFFILCITY", "AFFILCOUNTRY"},
    "AUTHOR-NAME": {"AUTHLASTNAME", "AUTHFIRST", "AUTHSUFFIX", "AUTHNAME"},
    "AUTH": {"AUTHLASTNAME", "AUTHFIRST"},
    "EDITOR": {"EDLASTNAME", "EDFIRST"},
    "CONF": {"CONFNAME", "CONFLOC", "CONFSPONSORS"},
    "CHEM": {"CHEMNAME", "CASREGNUMBER"},
}  # fmt: skip
"""Combined fields and the fields that may stand inside them (Scopus Search Guide, Elsevier)."""

VALUES = {
    code: {word: value.code for word, value in values.named(kind).items() if value.code}
    for code, kind in {"DOCTYPE": "document_type", "PUBSTAGE": "stage",
                       "SRCTYPE": "source_type"}.items()
} | {"SUBJAREA": values.SUBJECT_AREAS}  # fmt: skip
"""Filters whose values are codes, by every word that people write instead."""

FUNCTIONS = {"LIMIT-TO": False, "EXCLUDE": True}
"""Functions of the results page; the value says whether it leaves out."""

_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
_OPERATORS = {"AND", "OR", "NOT", "ANDNOT", "AND-NOT"}


def _squashed(word: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", word.upper())


_SQUASHED = {_squashed(code): code for code in (*LABELS, *FUNCTIONS)}


@lru_cache(maxsize=4096)
def canonical(word: str) -> str:
    """The code as Scopus writes it, whatever its case and hyphens: `Title–Abs–Key` is known."""
    upper = word.upper()
    if upper in LABELS:
        return upper
    if not upper.isascii() and any(s.isalnum() and not s.isascii() for s in upper):
        return upper
    return _SQUASHED.get(_squashed(word), upper)


def is_known(code: str) -> bool:
    """Whether Scopus has such a field."""
    return code in LABELS


def is_like_code(word: str) -> bool:
    """Whether a word of letters and figures is a code, whatever its case and missing hyphens."""
    return word.upper() in _SQUASHED


def is_text(code: str) -> bool:
    """Whether it is the code of a known field that is searched for words or values."""
    return code in LABELS and code not in NUMBER


def is_number(code: str) -> bool:
    """Whether a field is compared instead of searched."""
    return code in NUMBER


def is_filter(code: str) -> bool:
    """Whether a field describes the publication, not what it says."""
    return code in FILTER or code in NUMBER


def is_code(code: str) -> bool:
    """Whether a word is written like a field code."""
    return (
        len(code) > 1 and _CODE.fullmatch(code) is not None
        and code not in _OPERATORS and code not in FUNCTIONS
    )  # fmt: skip


def reserved(word: str) -> bool:
    """Whether a bare word can only be a field code: a date, or a code with a hyphen."""
    word = word.rstrip(":").upper()
    if word in NUMBER:
        return True
    known = canonical(word) if "-" in word else ""
    return known in LABELS or known in FUNCTIONS


@lru_cache(maxsize=1024)
def nearest(word: str) -> str | None:
    """The known code that a misspelled one most likely means."""
    if not 3 <= len(word) <= 25:
        return None
    plain = _squashed(word)
    near = get_close_matches(plain, _SQUASHED, n=1, cutoff=0.78)
    # Another beginning, or much more or less, is another field, not a slip: REFAUTH is no AUTH.
    if near and near[0][0] == plain[0] and abs(len(near[0]) - len(plain)) <= 2:
        return _SQUASHED[near[0]]
    return None
