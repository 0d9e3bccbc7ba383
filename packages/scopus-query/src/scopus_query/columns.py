"""What a record has: the columns of a corpus, and those that each field code searches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from scopus_query import values as vocabulary

TEXTS = ("title", "abstract", "author_keywords", "keywords", "index_terms", "authors",
         "author_ids", "first_author", "affiliations", "source", "publisher", "conference",
         "editors", "funding", "references", "chemicals", "identifiers")  # fmt: skip
"""Columns that are searched for words; `keywords` holds author keywords and index terms."""

LISTS = {"author_keywords", "keywords", "index_terms", "authors", "author_ids", "affiliations",
         "editors", "references", "chemicals", "identifiers", "funding"}  # fmt: skip
"""Columns whose entries semicolons divide; no phrase crosses from one entry into the next."""

FILTERS = ("language", "document_type", "stage", "open_access", "source_type", "subject_area")
"""Columns that hold values, as `| en | fr |`."""

YEAR = "year"

_TOPIC = ("title", "abstract", "keywords")
CODES: dict[str, tuple[str, ...]] = {
    "TITLE": ("title",),
    "ABS": ("abstract",),
    "KEY": ("keywords",),
    "AUTHKEY": ("author_keywords",),
    "INDEXTERMS": ("index_terms",),
    "TITLE-ABS": ("title", "abstract"),
    "TITLE-ABS-KEY": _TOPIC,
    "TITLE-ABS-KEY-AUTH": (*_TOPIC, "authors"),
    "ALL": (*_TOPIC, "authors", "affiliations", "source", "references"),
    "AUTH": ("authors",), "AUTHOR-NAME": ("authors",), "AUTHLASTNAME": ("authors",),
    "AUTHFIRST": ("authors",), "FIRSTAUTH": ("first_author",), "AUTHSUFFIX": ("authors",),
    "AUTHNAME": ("authors",), "AU-ID": ("author_ids",),
    "AFFIL": ("affiliations",), "AFFILORG": ("affiliations",), "AFFILCITY": ("affiliations",),
    "AFFILCOUNTRY": ("affiliations",),
    "EDITOR": ("editors",), "EDLASTNAME": ("editors",), "EDFIRST": ("editors",),
    "SRCTITLE": ("source",), "EXACTSRCTITLE": ("source",),
    "PUBLISHER": ("publisher",), "BOOKPUB": ("publisher",),
    "CONF": ("conference",), "CONFNAME": ("conference",), "CONFLOC": ("conference",),
    "FUND-ALL": ("funding",), "FUND-SPONSOR": ("funding",), "FUND-ACR": ("funding",),
    "FUND-NO": ("funding",),
    "REF": ("references",), "REFTITLE": ("references",), "REFAUTH": ("references",),
    "REFSRCTITLE": ("references",), "REFAUTHLASTNAME": ("references",),
    "REFAUTHFIRST": ("references",), "REFPAGE": ("references",), "REFPAGEFIRST": ("references",),
    "REFARTNUM": ("references",), "WEBSITE": ("references",),
    "CHEM": ("chemicals",), "CHEMNAME": ("chemicals",), "TRADENAME": ("chemicals",),
    "CASREGNUMBER": ("chemicals",), "MANUFACTURER": ("chemicals",),
    "DOI": ("identifiers",), "EID": ("identifiers",), "PMID": ("identifiers",),
    "ISBN": ("identifiers",), "ISSN": ("identifiers",), "EISSN": ("identifiers",),
    "CODEN": ("identifiers",), "ISSNP": ("identifiers",),
    "EXACTKEYWORD": ("keywords",),
    "LANGUAGE": ("language",), "DOCTYPE": ("document_type",), "PUBSTAGE": ("stage",),
    "OA": ("open_access",), "OPENACCESS": ("open_access",), "FREETOREAD": ("open_access",),
    "SRCTYPE": ("source_type",), "SUBJAREA": ("subject_area",), "SUBJMAIN": ("subject_area",),
}  # fmt: skip
"""Columns by field codes; a code that is not here is unknown in every record.

A term outside any field code is searched as Scopus's ALL.
"""

TOGETHER = {"REF", "REFAUTH", "AFFIL"}
"""Codes whose words must stand in one entry: `REF(darwin 1859)` asks for one reference."""

WHOLE = {"EXACTKEYWORD", "EXACTSRCTITLE"}
"""Codes that ask for a whole entry, not for words in it."""

_OPEN_WAYS = ("publisher", "repository")


class Where(NamedTuple):
    """Where a part of a query is searched."""

    code: str
    columns: tuple[str, ...]

    @property
    def is_filter(self) -> bool:
        """Whether the columns hold values instead of words."""
        return bool(self.columns) and self.columns[0] in FILTERS

    @property
    def is_whole(self) -> bool:
        """Whether an entry is asked for as a whole."""
        return self.code in WHOLE


def where(code: str) -> Where:
    """The columns that a field code searches; none if a corpus cannot have any."""
    return Where(code, CODES.get(code, ()))


def value(column: str, text: str) -> str:
    """A filter's value as one word: `Article` and `ar` are the same document type."""
    plain = " ".join(text.split()).casefold()
    if column == "language":
        known = vocabulary.languages().get(plain)
        plain = known.name if known else plain
    elif column in vocabulary.KINDS:
        known = vocabulary.named(column).get(plain)
        plain = (known.code or known.name) if known else plain
    return re.sub(r"[^\w*?]|_", "", plain) or "-"


@lru_cache(maxsize=1 << 12)
def values(column: str, text: str) -> str:
    """A filter's cell as the values between breaks; such a cell is left as it is."""
    parts = [part for part in re.split(r"[;,|]", text) if part.strip()]
    found = [value(column, part) for part in parts]
    if column == "open_access" and any(e.startswith(_OPEN_WAYS) for e in found):
        found.insert(0, "all")
    return f" | {' | '.join(dict.fromkeys(found))} | "


def shown(column: str, text: str) -> str:
    """A cell as people read it: the values of a filter stand between semicolons."""
    return values(column, text).strip(" |").replace(" | ", "; ") if column in FILTERS else text


def unsearched(codes: set[str]) -> list[str]:
    """Those of some field codes for which no corpus has a column."""
    return sorted(code for code in codes if code not in CODES and code != "PUBYEAR")


_NO_ABSTRACT = re.compile(r"\s*\[?no abstract( available)?\]?\.?\s*", re.IGNORECASE)


def record(cells: Mapping[str, str]) -> dict[str, str | int | None]:
    """Cells as a record: what is absent is None, keywords are put together, values are codes."""
    texts = {column: " ".join((cells.get(column) or "").split()) or None for column in TEXTS}
    if texts["abstract"] and _NO_ABSTRACT.fullmatch(texts["abstract"]):
        texts["abstract"] = None
    both = (texts["author_keywords"], texts["index_terms"], texts["keywords"])
    texts["keywords"] = "; ".join(part for part in both if part) or None
    if not texts["first_author"] and texts["authors"]:
        texts["first_author"] = re.split(r"; ?|(?<=\.), ", texts["authors"])[0]
    found: dict[str, str | int | None] = dict(texts)
    for column in FILTERS:
        text = (cells.get(column) or "").strip()
        found[column] = values(column, text) if text else None
    year = re.search(r"\d{4}", cells.get("year") or "")
    found[YEAR] = int(year[0]) if year else None
    found["key"] = cells.get("key") or None
    return found
