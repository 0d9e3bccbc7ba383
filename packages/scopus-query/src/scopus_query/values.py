"""What the values of filters are called: languages, document types, stages, sources, open access.

One vocabulary for queries, exports and pages: `LIMIT-TO(LANGUAGE, "Russian")`, the code `ru` of an
export and the name "Russian" of another are one value. Each row is a value's own name, the code
that Scopus has for it (empty where it has none), and what else it is called.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Value(NamedTuple):
    """A value of a filter: its own name, Scopus's code, what it is called elsewhere."""

    name: str
    code: str
    words: tuple[str, ...] = ()


def _table(rows: dict[str, tuple[str, str]]) -> tuple[Value, ...]:
    return tuple(
        Value(name, code, tuple(word.strip() for word in words.split(",") if word.strip()))
        for name, (code, words) in rows.items()
    )


DOCUMENT_TYPES = _table({
    "article": ("ar", "journal article, research article, journal-article, article-journal, jour, "
                "article; early access, case report, case reports, brief report, "
                "rapid communication"),
    "article_in_press": ("ip", ""),
    "review": ("re", "review article, systematic review, literature review"),
    "conference_paper": ("cp", "proceedings paper, conference-paper, proceedings-article, "
                         "paper-conference, inproceedings, conference, cpaper, "
                         "article; proceedings paper, meeting, conference proceeding, proceeding, "
                         "conference proceedings article"),
    "conference_review": ("cr", "proceedings, conf"),
    "book": ("bk", "monograph, edited-book, edited book"),
    "book_chapter": ("ch", "chapter, chap, book-chapter, incollection, inbook, "
                     "article; book chapter"),
    "editorial": ("ed", "editorial material"),
    "erratum": ("er", "correction, published erratum"),
    "letter": ("le", ""),
    "note": ("no", ""),
    "short_survey": ("sh", ""),
    "data_paper": ("dp", "article; data paper"),
    "retracted": ("tb", "retracted publication, retraction"),
    "report": ("rp", "rprt, techreport"),
    "abstract_report": ("ab", "meeting abstract, conference abstract"),
    "business_article": ("bz", ""),
    "press_release": ("pr", ""),
    "multimedia": ("mm", ""),
    "preprint": ("pp", "posted-content, unpublished"),
    "thesis": ("", "dissertation, phdthesis, mastersthesis, thes"),
    "dataset": ("", "data"),
    "book_review": ("", "review-book"),
    "other": ("", "gen, misc, paratext, document"),
})  # fmt: skip
SOURCE_TYPES = _table({
    "journal": ("j", "jour, repository journal"),
    "book": ("b", ""),
    "book_series": ("k", "ser, s, book-series"),
    "conference": ("p", "conference proceeding, conf, c, proceedings"),
    "trade_journal": ("d", ""),
    "report": ("r", ""),
    "repository": ("", ""),
})  # fmt: skip
STAGES = _table({
    "final": ("final", "published"),
    "in_press": ("aip", "article in press, early access"),
})  # fmt: skip
OPEN_ACCESS = _table({
    "all": ("all", "all open access, all oa, true, yes, 1, open"),
    "gold": ("publisherfullgold", "diamond, doaj gold, gold open access"),
    "hybrid_gold": ("publisherhybridgold", "hybrid, other gold, hybrid gold open access"),
    "bronze": ("publisherfree2read", "bronze open access"),
    "green": ("repository", "green published, green accepted, green submitted, green open access, "
              "green final open access, green accepted open access"),
    "none": ("none", "closed, false, no, 0"),
})  # fmt: skip
SUBJECT_AREAS = {
    "agricultural and biological sciences": "agri", "arts and humanities": "arts",
    "biochemistry, genetics and molecular biology": "bioc",
    "business, management and accounting": "busi", "chemical engineering": "ceng",
    "chemistry": "chem", "computer science": "comp", "decision sciences": "deci",
    "dentistry": "dent", "earth and planetary sciences": "eart",
    "economics, econometrics and finance": "econ", "energy": "ener", "engineering": "engi",
    "environmental science": "envi", "health professions": "heal",
    "immunology and microbiology": "immu", "materials science": "mate", "mathematics": "math",
    "medicine": "medi", "neuroscience": "neur", "nursing": "nurs",
    "pharmacology, toxicology and pharmaceutics": "phar", "physics and astronomy": "phys",
    "psychology": "psyc", "social sciences": "soci", "veterinary": "vete",
    "multidisciplinary": "mult",
}
"""Codes of subject areas by their names (Scopus Search Guide, Elsevier)."""
KINDS = {"document_type": DOCUMENT_TYPES, "source_type": SOURCE_TYPES, "stage": STAGES,
         "open_access": OPEN_ACCESS}  # fmt: skip
"""Values by the column of a corpus that holds them."""


@cache
def named(kind: str) -> dict[str, Value]:
    """Values of a kind by every word for them, in lower case."""
    return {
        word: value
        for value in KINDS[kind]
        for word in (*value.words, value.name, value.name.replace("_", " "), value.code)
        if word
    }


@cache
def languages() -> dict[str, Value]:
    """Languages by ISO 639 code of two or three letters and by name; their own name is English."""
    found: dict[str, Value] = {}
    with Path(__file__).with_name("languages.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            other = [word.strip() for word in row["other"].split(";") if word.strip()]
            words = (row["code"], *row["three"].split(), row["en"], row["ru"], *other)
            value = Value(row["en"], row["code"], words)
            found |= {word: value for word in words if word}
    return found
