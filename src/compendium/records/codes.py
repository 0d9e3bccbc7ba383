"""Codes of languages, document types, stages, kinds of source and open access."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

DOCUMENT_TYPES = {
    "article": "article, ar, journal article, research article, journal-article, article-journal, "
    "jour, article; early access",
    "review": "review, re, review article, systematic review, literature review",
    "conference_paper": "conference paper, cp, proceedings paper, conference-paper, "
    "proceedings-article, paper-conference, inproceedings, conference, cpaper, article; "
    "proceedings paper, meeting, conference proceeding",
    "conference_review": "conference review, cr, proceedings, conf",
    "book": "book, bk, monograph, edited-book",
    "book_chapter": "book chapter, ch, chapter, chap, book-chapter, incollection, inbook, "
    "article; book chapter",
    "editorial": "editorial, ed, editorial material",
    "erratum": "erratum, er, correction, published erratum",
    "letter": "letter, le",
    "note": "note, no",
    "short_survey": "short survey, sh",
    "data_paper": "data paper, dp, article; data paper",
    "retracted": "retracted, tb, retracted publication, retraction",
    "report": "report, rp, rprt, techreport",
    "abstract_report": "abstract report, ab, meeting abstract",
    "thesis": "thesis, dissertation, phdthesis, mastersthesis, thes",
    "preprint": "preprint, posted-content, unpublished",
    "dataset": "dataset, data",
    "book_review": "book review, review-book",
    "other": "other, gen, misc, paratext, document",
}
SOURCE_TYPES = {
    "journal": "journal, j, jour, repository journal",
    "book": "book, b",
    "book_series": "book series, k, ser, s, book-series",
    "conference": "conference proceeding, conference, p, conf, c, proceedings",
    "trade_journal": "trade journal, d",
    "repository": "repository",
}
STAGES = {"final": "final, published", "in_press": "article in press, aip, in press, early access"}
OPEN_ACCESS = {
    "all": "all open access, true, yes, 1, open",
    "gold": "gold, publisherfullgold, diamond, doaj gold",
    "hybrid_gold": "hybrid gold, hybrid, publisherhybridgold, other gold",
    "bronze": "bronze, publisherfree2read",
    "green": "green, repository, green published, green accepted, green submitted",
    "none": "closed, none, false, no, 0",
}
_THREE = {
    "eng": "en", "rus": "ru", "kaz": "kk", "fre": "fr", "fra": "fr", "ger": "de", "deu": "de",
    "spa": "es", "ita": "it", "por": "pt", "chi": "zh", "zho": "zh", "jpn": "ja", "kor": "ko",
    "pol": "pl", "tur": "tr", "ukr": "uk", "cze": "cs", "ces": "cs", "dut": "nl", "nld": "nl",
    "hun": "hu", "swe": "sv", "nor": "no", "dan": "da", "fin": "fi", "rum": "ro", "ron": "ro",
    "slv": "sl", "hrv": "hr", "srp": "sr", "lit": "lt", "lav": "lv", "est": "et", "per": "fa",
    "fas": "fa", "ara": "ar", "heb": "he", "gre": "el", "ell": "el", "cat": "ca", "slo": "sk",
    "slk": "sk", "bul": "bg", "ind": "id", "tha": "th", "vie": "vi", "uzb": "uz", "kir": "ky",
    "bosnian": "bs", "moldavian": "ro", "castilian": "es", "rusça": "ru",
}  # fmt: skip


def _inverted(table: dict[str, str]) -> dict[str, str]:
    return {
        word.strip(): code
        for code, words in table.items()
        for word in (code, code.replace("_", " "), *words.split(","))
    }


_KNOWN = {
    "document_type": _inverted(DOCUMENT_TYPES),
    "source_type": _inverted(SOURCE_TYPES),
    "stage": _inverted(STAGES),
    "open_access": _inverted(OPEN_ACCESS),
}


@lru_cache
def _languages() -> dict[str, str]:
    """Languages of two-letter codes by code and by their names in English and Russian."""
    known = dict(_THREE)
    for told in ("en", "ru"):
        for code, name in Locale(told).languages.items():
            if len(code) == 2:
                known[name.casefold()] = known[code] = code
    return known


@lru_cache(maxsize=4096)
def code(kind: str, text: str) -> str:
    """The code that a word means; the word itself, in lower case, if nobody knows it."""
    word = " ".join(text.split()).casefold()
    found = _KNOWN[kind].get(word)
    if found is None and ";" in word:  # Web of Science: `Article; Early Access`
        found = _KNOWN[kind].get(word.split(";")[0].strip())
    return found or word


@lru_cache(maxsize=4096)
def languages(text: str) -> tuple[str, ...]:
    """ISO 639-1 codes of the languages named, each once; an unknown name is left as it is."""
    known = _languages()
    words = (" ".join(part.split()).casefold() for part in text.replace("|", ";").split(";"))
    found = (known.get(word) or known.get(word.split("-")[0]) or word for word in words if word)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def open_access(text: str) -> tuple[str, ...]:
    """Codes of the ways in which a publication is open; with any, `all` comes first."""
    parts = text.replace("|", ";").replace(",", ";").split(";")
    found = [code("open_access", part) for part in parts if part.strip()]
    if found and found != ["none"] and "all" not in found:
        found.insert(0, "all")
    return tuple(dict.fromkeys(found))
