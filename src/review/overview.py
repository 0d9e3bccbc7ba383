"""The front page: key figures from what the other chapters found, and how to cite."""

from __future__ import annotations

import pandas as pd

from compendium import book, data
from compendium.chapter import Chapter
from compendium.claims.check import CONFIRMED, PROBLEMS
from compendium.claims.claims import problems
from compendium.display import KeyFigures
from compendium.language import _, current, join, number

RESULTS = (
    ("1-search", "counts"),
    ("1-search", "term_hits"),
    ("2-screening", "included_works"),
    ("evidence", "model_matrix"),
    ("5-audit", "claim_verdicts"),
)
FIELDS = ("title", "abstract", "keywords")


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
) -> dict[str, int]:
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
        Result of the audit: one row a claim, with its verdict and problem.

    Returns
    -------
    dict
        `records`, `rows`, `works`, `models`, `requirements`, `answers` and `settled` (answers on
        terms, each work, term and field once), `claims`, of which `confirmed` and `unsettled`
        (nothing at hand settles them), and distinct `problems`.
    """
    answers = term_hits.drop_duplicates(["work", "term"])[list(FIELDS)]
    return {
        "records": int(counts["hits"].sum()),
        "rows": int(included[["table1", "table2"]].notna().to_numpy().sum()),
        "works": included["work"].nunique(),
        "models": matrix["model"].nunique(),
        "requirements": len(matrix),
        "answers": int(answers.size),
        "settled": int((answers != "unknown").to_numpy().sum()),
        "claims": len(verdicts),
        "confirmed": int((verdicts["verdict"] == CONFIRMED).sum()),
        "problems": len(problems(verdicts)),
        "unsettled": int((~verdicts["verdict"].isin([CONFIRMED, *PROBLEMS])).sum()),
    }


def shown(figures: dict[str, int]) -> KeyFigures:
    """The key figures in the reader's language."""
    rows = (
        ("records", _("publications that the two queries found, as reported"), "1-search.html"),
        ("settled", _("answers on terms in titles, abstracts and keywords of the works"),
         "1-search.html#search-known-items"),
        ("rows", _("table rows of selected publications"), "2-screening.html"),
        ("works", _("different works behind the rows"), "2-screening.html"),
        ("models", _("models of collaboration"), "3-synthesis.html"),
        ("requirements", _("requirements of models, set against the context"),
         "evidence.html#applicability-matrix"),
        ("claims", _("claims of the article, each tried by a check"), "claims.html#claims-list"),
        ("confirmed", _("claims confirmed"), "5-audit.html#audit-verdicts"),
        ("problems", _("distinct problems that the claims lay open"),
         "5-audit.html#audit-problems"),
        ("unsettled", _("claims that nothing at hand settles"), "5-audit.html#audit-verdicts"),
    )
    return KeyFigures(
        [
            (number(figures[key]), what, href)
            for key, what, href in rows
        ]
    )


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
