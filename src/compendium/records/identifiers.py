"""DOIs, ISSNs, ISBNs, EIDs and their like, as their own agencies write them."""

from __future__ import annotations

import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ISSN = re.compile(r"(?<!\d)(\d{4})-?(\d{3}[\dXx])(?![\d-])")
_ISBN = re.compile(r"(?<![\d-])(?:97[89][\d -]{10,14}|\d[\d -]{8,11}[\dXx])(?!\d)")
_EID = re.compile(r"2-s2\.0-\d+")
_WOS = re.compile(r"(?:WOS|BCI|MEDLINE|KJD|CSCD|DIIDW|INSPEC|SCIELO|RSCI):[A-Z0-9]+")
_OPENALEX = re.compile(r"\bW\d{4,}\b")


def doi(text: str) -> str:
    """A DOI in lower case without address or prefix; empty if there is none."""
    if not text:
        return ""
    found = _DOI.search(unquote(text) if "%" in text else text)
    return found[0].rstrip(".,;>}\"'").lower() if found else ""


def issns(text: str) -> tuple[str, ...]:
    """ISSNs as `0166-4972`, each once."""
    return tuple(dict.fromkeys(f"{a}-{b.upper()}" for a, b in _ISSN.findall(text)))


def isbns(text: str) -> tuple[str, ...]:
    """ISBNs as digits, each once."""
    found = (re.sub(r"[ -]", "", one).upper() for one in _ISBN.findall(text))
    return tuple(dict.fromkeys(one for one in found if len(one) in (10, 13)))


def eid(text: str) -> str:
    """Scopus's identifier, from a cell or an address; empty if there is none."""
    found = _EID.search(text)
    return found[0] if found else ""


def wos(text: str) -> str:
    """Web of Science's accession number; empty if there is none."""
    found = _WOS.search(text)
    return found[0] if found else ""


def openalex(text: str) -> str:
    """OpenAlex's identifier of a work, from an address; empty if there is none."""
    found = _OPENALEX.search(text)
    return found[0] if found else ""


def pmid(text: str) -> str:
    """PubMed's number; empty if there is none."""
    found = re.search(r"\d+", text)
    return found[0] if found else ""
