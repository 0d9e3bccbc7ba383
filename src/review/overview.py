"""The front page: key figures from what the other chapters found, and how to cite."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

import pandas as pd

from compendium import book, data
from compendium.chapter import Chapter
from compendium.language import _, current, join, label, number, percent

RESULTS = (
    ("1-search", "counts"),
    ("1-search", "term_hits"),
    ("2-screening", "included_works"),
    ("4-applicability", "model_matrix"),
    ("5-audit", "verdicts"),
)
FIELDS = ("title", "abstract", "keywords")
DECIDED = ("agrees", "differs")


def results(chapter: Chapter) -> list[pd.DataFrame]:
    """What the other chapters left that the key figures are counted from, in `key_figures`' order.

    Raises
    ------
    CompendiumError
        If one of these chapters has not run.
    """
    return [chapter.load(name, table) for name, table in RESULTS]


def key_figures(
    counts: pd.DataFrame,
    term_hits: pd.DataFrame,
    included: pd.DataFrame,
    matrix: pd.DataFrame,
    verdicts: pd.DataFrame,
) -> dict[str, float]:
    """What the chapters found, in a few numbers.

    Parameters
    ----------
    counts, term_hits : DataFrame
        Results of the search: publications found by each query (`hits`); answers for each work
        and term in title, abstract and keywords.
    included : DataFrame
        Result of the screening: one row a work, with its row in `table1` and in `table2`.
    matrix : DataFrame
        Result of the chapter on applicability: one row a model and requirement.
    verdicts : DataFrame
        Result of the audit: how many checks came to each verdict.

    Returns
    -------
    dict
        `records`, `rows`, `works`, `models`, `requirements`, `answers` and `settled` (answers on
        terms, each work, term and field once), `checks`, and the shares of checks `agree`,
        `differ` and `open` (neither).
    """
    answers = term_hits.drop_duplicates(["work", "term"])[list(FIELDS)]
    by_verdict = verdicts.groupby("verdict")["checks"].sum()
    checks = int(by_verdict.sum())
    agree, differ = (
        by_verdict.get(verdict, 0) / checks if checks else math.nan for verdict in DECIDED
    )
    return {
        "records": int(counts["hits"].sum()),
        "rows": int(included[["table1", "table2"]].notna().to_numpy().sum()),
        "works": included["work"].nunique(),
        "models": matrix["model"].nunique(),
        "requirements": len(matrix),
        "answers": int(answers.size),
        "settled": int((answers != "unknown").to_numpy().sum()),
        "checks": checks,
        "agree": agree,
        "differ": differ,
        "open": 1 - agree - differ,
    }


SHARES = ("agree", "differ", "open")


@dataclass(frozen=True)
class KeyFigures:
    """Numbers with what they count, each linked to where it comes from.

    Attributes
    ----------
    items : list of (str, str, str)
        Number, what it counts, and the address of the place.
    """

    items: list[tuple[str, str, str]]

    def _repr_html_(self) -> str:
        inner = "\n".join(
            f"<div><dt>{escape(value)}</dt>"
            f'<dd><a href="{escape(href)}">{escape(what)}</a></dd></div>'
            for value, what, href in self.items
        )
        return f'<dl class="key-figures">\n{inner}\n</dl>'

    def to_text(self) -> str:
        """One line a number."""
        return "\n".join(f"{value}: {what}" for value, what, _href in self.items)

    def __repr__(self) -> str:
        return f"Key figures: {self.to_text()}"


def shown(figures: dict[str, float]) -> KeyFigures:
    """The key figures in the reader's language."""
    rows = (
        ("records", _("publications that the two queries found, as reported"), "1-search.html"),
        ("settled", _("answers on terms in titles, abstracts and keywords of the works"),
         "1-search.html#search-known-items"),
        ("rows", _("table rows of selected publications"), "2-screening.html"),
        ("works", _("different works behind the rows"), "2-screening.html"),
        ("models", _("models of collaboration"), "3-synthesis.html"),
        ("requirements", _("requirements of models, set against the context"),
         "4-applicability.html#applicability-matrix"),
        ("checks", _("checks of the article and of its sources"), "5-audit.html"),
        ("agree", _("of the checks agree"), "5-audit.html"),
        ("differ", _("of the checks differ"), "5-audit.html"),
        ("open", _("of the checks stay open"), "5-audit.html"),
    )
    return KeyFigures(
        [
            (_figure(figures[key], key in SHARES), what, href)
            for key, what, href in rows
        ]
    )


def _figure(value: float, share: bool) -> str:
    if math.isnan(value):
        return label("no_data")
    return percent(value) if share else number(value)


def cite_article(article: dict) -> str:
    """How to cite the article; where it has no title in the reader's language, its own is used."""
    own = current() if article["title"].get(current()) else article["language"]
    authors = join([author[own] for author in article["authors"]])
    title, journal = article["title"][own].strip(), article["journal"]["name"]
    issue = f"{article['volume']}({article['number']})"
    pages = article["pages"].replace("-", "–")
    return f"{authors} ({article['year']}). {title}. {journal}, {issue}, {pages}."


def cite_compendium() -> str:
    """How to cite this book."""
    parts = [
        join(book.authors()),
        book.told("title"),
        book.told("subtitle"),
        # Translators: version of the data and of the book, in a reference
        _("Version {version}").format(version=data.package()["version"]),
    ]
    return ". ".join(parts) + "."
