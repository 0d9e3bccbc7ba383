"""DOIs, ISSNs, ISBNs, EIDs and their like, as their own agencies write them."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_MARKUP = re.compile(r"</?[a-z]{1,6}\s*/?>", re.IGNORECASE)
_ISSN = re.compile(r"(?<!\d)(\d{4})-?(\d{3}[\dXx])(?![\d-])")
_ISBN = re.compile(r"(?<![\d-])(?:97[89][\d -]{10,14}|\d[\d -]{8,11}[\dXx])(?!\d)")
_EID = re.compile(r"2-s2\.0-\d+")
_WOS = re.compile(r"(?:WOS|ISI|BCI|MEDLINE|KJD|CSCD|DIIDW|INSPEC|SCIELO|RSCI|ZOOREC|CABI|FSTA|"
                  r"DRCI|CCC|BIOABS|BIOSIS|PPRN|PQDT|ARCI):[A-Z0-9]+(?:-[A-Z0-9]+)*")
_OPENALEX = re.compile(r"\bW\d{4,}\b")


def doi(text: str) -> str:
    """A DOI in lower case without address or prefix; empty if there is none.

    Blanks around brackets, TeX and entities are not part of it; angle brackets may be, as in
    `10.1002/(sici)1097-0266(199602)17:2<93::aid-smj999>3.0.co;2-h`.
    """
    if "10." not in text:
        return ""
    text = unquote(text) if "%" in text else text
    text = html.unescape(text) if "&" in text else text
    if "\\" in text or "{" in text:
        text = re.sub(r"[{}]|\\(?=[_&%#$<>~^{}-])", "", text)
    text = re.sub(r"(?<=[\d(\[])\s+(?=[\[(])|(?<=[\[(])\s+|\s+(?=[\])])", "", text)
    found = _DOI.search(_MARKUP.sub(" ", text))
    if not found:
        return ""
    own = re.split(r"[;,](?=10\.\d{4})", found[0])[0].rstrip(".,;:}\"'")
    for opened, closed in ("()", "[]", "<>"):
        while own.endswith(closed) and own.count(closed) > own.count(opened):
            own = own[:-1].rstrip(".,;")
    return own.lower()


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
    return found[0].replace("ISI:", "WOS:") if found else ""


def openalex(text: str) -> str:
    """OpenAlex's identifier of a work, from an address; empty if there is none."""
    found = _OPENALEX.search(text)
    return found[0] if found else ""


def pmid(text: str) -> str:
    """PubMed's number; empty if there is none."""
    found = re.search(r"(?<![\d.])[1-9]\d{0,8}(?!\d)", text)
    return found[0] if found else ""
