"""Models crossed with theories, countries and methods: how many works stand in each cell."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

NO_MODEL, SILENT = "", "not_reported"
COLUMNS = ["kind", "value", "model", "works", "article", "keys"]


def crossings(
    work_models: pd.DataFrame, facts: Mapping[str, pd.DataFrame], works: pd.Series
) -> pd.DataFrame:
    """Works by model and by each kind of fact; a work counts in every cell that it belongs to.

    Parameters
    ----------
    work_models : DataFrame
        The resource of this name: which works are tied to which model.
    facts : mapping of str to DataFrame
        By kind (`theory`, `country`, `method`) the resource that joins works to values of the
        column of this name, with its `provenance`.
    works : Series
        Keys of all works. One that no model is tied to counts under `NO_MODEL`; one without a
        fact of a kind counts under the value `SILENT`.

    Returns
    -------
    DataFrame
        One row a cell that a work stands in: `kind`, `value`, `model`, `works`, `article` (works
        of which the article itself says it) and `keys` (divided by blanks). Values stand in the
        order of their frequency, `SILENT` last; models in the order of `work_models`.
    """
    ties = work_models[["work", "model"]].drop_duplicates()
    untied = works[~works.isin(ties["work"])]
    models = pd.concat([ties, pd.DataFrame({"work": untied, "model": NO_MODEL})])
    parts = [_cells(kind, models, frame, works) for kind, frame in facts.items()]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def _cells(
    kind: str, models: pd.DataFrame, facts: pd.DataFrame, works: pd.Series
) -> pd.DataFrame:
    said = facts.assign(article=facts["provenance"] != "source_page")
    pairs = said.groupby(["work", kind], sort=False)["article"].any().reset_index()
    silent = pd.DataFrame({"work": works[~works.isin(facts["work"])], kind: SILENT})
    whole = pd.concat([pairs, silent.assign(article=False)])
    joined = models.merge(whole, on="work")
    cells = joined.groupby([kind, "model"], sort=False).agg(
        works=("work", "size"), article=("article", "sum"), keys=("work", " ".join)
    )
    cells = cells.reset_index().rename(columns={kind: "value"}).assign(kind=kind)
    frequency = pairs[kind].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    values = {value: at for at, value in enumerate([*frequency.index, SILENT])}
    order = {model: at for at, model in enumerate(models["model"].unique())}
    cells["article"] = cells["article"].astype(int)
    return cells.sort_values(
        ["value", "model"],
        key=lambda column: column.map(values if column.name == "value" else order),
        ignore_index=True,
    )[COLUMNS]
