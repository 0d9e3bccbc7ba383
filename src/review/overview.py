"""The front page: where it leads, who could do what, and how to cite."""

from __future__ import annotations

import pandas as pd

from compendium import data, project
from compendium.claims.check import CONFIRMED, DIFFERING
from compendium.display import Buttons, Lists
from compendium.language import _, current, inside, join, label, text
from review.applicability import prose

ACTORS = ("state", "universities", "business")
"""Whom the article's directions address, in the order in which it calls on them."""


def buttons() -> Buttons:
    """The ways to take the answer away, for who reads no further."""
    return Buttons([
        # Translators: button: the two-page summary for those who decide
        (_("Policy brief, two pages"), f"brief-{current()}.pdf"),
        # Translators: button: the findings and main figures of every chapter, some thirty pages
        (_("Report, PDF"), f"report-{current()}.pdf"),
        # Translators: button
        (_("The whole book, PDF"), f"compendium-{current()}.pdf"),
        # Translators: button: jumps to the list of what the state, universities and business can do
        (_("Who could do what"), "#overview-actions"),
    ])  # fmt: skip


def actions(recommendations: pd.DataFrame, direction_models: pd.DataFrame) -> Lists:
    """The article's directions by whom they address, in its own words, with the models they adapt.

    Parameters
    ----------
    recommendations, direction_models : DataFrame
        Tables of these names.
    """
    adapted = direction_models.groupby("direction")["model"].agg(list)

    def told(row) -> str:
        models = join([inside(label(model)) for model in adapted.get(row.direction, [])])
        # Translators: a direction of action, and the model or models that it adapts
        said = _("{action} (adapts {models})") if models else _("{action} (adapts no model)")
        return said.format(action=text(row.statement), models=models)

    by_actor = dict(iter(recommendations.groupby("addressee")))
    return Lists({
        label(actor): [told(row) for row in by_actor[actor].itertuples()]
        if actor in by_actor else []
        for actor in ACTORS
    })


def without_direction() -> str:
    """The models that no direction of the article adapts, in a sentence."""
    told = prose.directions(
        data.table("models"), data.table("directions"), data.table("direction_models")
    )
    return told["models_without_direction"]


def certainty(verdicts: pd.DataFrame) -> dict[str, int]:
    """How many claims were tried, and with what outcome, by the keys that the prose glues."""
    confirmed = int((verdicts["verdict"] == CONFIRMED).sum())
    differing = int(verdicts["verdict"].isin(DIFFERING).sum())
    return {
        "overview_claims": len(verdicts),
        "overview_confirmed": confirmed,
        "overview_differing": differing,
        "overview_open": len(verdicts) - confirmed - differing,
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
    book = project.current().book
    parts = [
        f"{join(book.authors())} ({book.published().year})",
        book.told("title"),
        book.told("subtitle"),
        # Translators: version of the data and of the book, in a reference
        _("Version {version}").format(version=data.package()["version"]),
    ]
    return ". ".join(parts) + "."
