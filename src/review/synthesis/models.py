"""Models: the works tied to each, and the countries named for it beside those that they study."""

from __future__ import annotations

import pandas as pd

ARTICLE = ("article_table", "article_text")


def model_ties(work_models: pd.DataFrame) -> pd.DataFrame:
    """Which work is tied to which model, and on how many grounds.

    Parameters
    ----------
    work_models : DataFrame
        The resource of this name: one row a ground.

    Returns
    -------
    DataFrame with the columns `model`, `work` and `grounds`
    """
    return work_models.groupby(["model", "work"], sort=False).size().reset_index(name="grounds")


def evidence_map(
    model_countries: pd.DataFrame, work_models: pd.DataFrame, work_countries: pd.DataFrame
) -> pd.DataFrame:
    """Countries named for a model beside those that the works tied to it study.

    Countries of the works are those that the article's tables print. A region is matched with
    itself only: a work on Europe is no evidence for one of its countries.

    Parameters
    ----------
    model_countries, work_models, work_countries : DataFrame
        The resources of these names.

    Returns
    -------
    DataFrame with the columns `model`, `country`, `named` (Table 3 names it), `works` (how many
    tied works study it) and `keys` (their keys, divided by blanks); models and countries in the
    order in which they are named
    """
    studied = work_countries[work_countries["provenance"].isin(ARTICLE)]
    tied = (
        model_ties(work_models)
        .merge(studied[["work", "country"]].drop_duplicates(), on="work")
        .groupby(["model", "country"], sort=False)["work"]
        .agg(works="size", keys=" ".join)
        .reset_index()
    )
    named = model_countries[["model", "country"]].assign(named=True)
    cells = named.merge(tied, on=["model", "country"], how="outer", sort=False)
    cells["named"] = cells["named"].eq(True).fillna(False).astype(bool)
    cells["works"] = cells["works"].fillna(0).astype(int)
    cells["keys"] = cells["keys"].fillna("").astype("str")
    models = _order(model_countries["model"], tied["model"])
    countries = _order(model_countries["country"], tied["country"])
    return cells.sort_values(
        ["model", "country"],
        key=lambda column: column.map(models if column.name == "model" else countries),
        ignore_index=True,
    )


def _order(*columns: pd.Series) -> dict[str, int]:
    return {value: at for at, value in enumerate(pd.concat(columns).unique())}
