"""The front page: key figures from what the other chapters found, and how to cite."""

from __future__ import annotations

import pandas as pd

from compendium import data
from compendium.language import _, current, join, number, percent

FIELDS = ("title", "abstract", "keywords")
DECIDED = ("agrees", "differs")


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
        Result of the screening: one row a work and stage.
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
    agree, differ = (by_verdict.get(verdict, 0) / checks for verdict in DECIDED)
    return {
        "records": int(counts["hits"].sum()),
        "rows": len(included),
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


def told(figures: dict[str, float]) -> dict[str, str]:
    """The key figures as the language writes them, under the keys of the front page."""
    return {
        f"overview_{key}": percent(value) if key in SHARES else number(value)
        for key, value in figures.items()
    }


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
        _("The compendium’s authors"),
        _("University–Industry Collaboration for Kazakhstan’s Electronics Industry"),
        _("An executable systematic review"),
        # Translators: version of the data and of the book, in a reference
        _("Version {version}").format(version=data.package()["version"]),
    ]
    return ". ".join(parts) + "."
