"""The known-item test: do the queries' terms stand in the works that the article selected?

A record is found in Scopus if its title, abstract or keywords hold a term of every concept group.
Titles, abstracts and author keywords were read on public pages as far as these show them; what
they do not show is unknown, never absent.
"""

from __future__ import annotations

import pandas as pd

from scopus_query.kleene import YES, all_of, answer, any_of

FIELDS = ("title", "abstract", "keywords")
QUERIES = ("query1", "query2")


def expected(empirical: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Which works each query should find: those that the article lists as selected from its hits.

    Parameters
    ----------
    empirical, reviews : DataFrame
        The article's Tables 1 and 2, with the column `work`.

    Returns
    -------
    DataFrame with `query` and `work`
    """
    tables = {"query1": empirical, "query2": reviews}
    return pd.concat(
        [table[["work"]].assign(query=query)[["query", "work"]] for query, table in tables.items()],
        ignore_index=True,
    )


def term_hits(
    works: pd.DataFrame, terms: pd.DataFrame, occurrences: pd.DataFrame
) -> pd.DataFrame:
    """Whether each term of a query stands in each work that the query should find.

    Parameters
    ----------
    works : DataFrame
        `query` and `work`, as `expected` gives them.
    terms : DataFrame
        `query_terms`.
    occurrences : DataFrame
        `term_occurrences`: one row a work, field and term that was read.

    Returns
    -------
    DataFrame with `query`, `concept_group`, `term`, `work`, an answer for each field (yes, no,
    unknown where nothing was read) and `found`, their Kleene *or*
    """
    read = {
        (row.work, row.field, row.term): answer(bool(row.present))
        for row in occurrences.itertuples()
        if not pd.isna(row.present)
    }
    rows = []
    for pair in terms.merge(works, on="query").itertuples():
        fields = {
            field: read.get((pair.work, field, pair.term), answer(None)) for field in FIELDS
        }
        rows.append(
            {
                "query": pair.query,
                "concept_group": pair.concept_group,
                "term": pair.term,
                "work": pair.work,
                **fields,
                "found": any_of(fields.values()),
            }
        )
    columns = ["query", "concept_group", "term", "work", *FIELDS, "found"]
    return pd.DataFrame(rows, columns=columns)


def group_hits(hits: pd.DataFrame) -> pd.DataFrame:
    """Whether a work holds a term of each concept group: Kleene *or* over terms and fields.

    Returns
    -------
    DataFrame with `query`, `work`, `concept_group`, `found`, `fields` (those in which a term was
    found, divided by blanks) and `terms` (those found, divided by semicolons)
    """
    rows = []
    for (query, work, group), held in hits.groupby(["query", "work", "concept_group"], sort=False):
        rows.append(
            {
                "query": query,
                "work": work,
                "concept_group": group,
                "found": any_of(held["found"]),
                "fields": " ".join(f for f in FIELDS if (held[f] == YES).any()),
                "terms": "; ".join(held.loc[held["found"] == YES, "term"]),
            }
        )
    columns = ["query", "work", "concept_group", "found", "fields", "terms"]
    return pd.DataFrame(rows, columns=columns)


def query_hits(groups: pd.DataFrame) -> pd.DataFrame:
    """Whether a work holds a term of every concept group of its query: Kleene *and* over groups.

    Returns
    -------
    DataFrame with `query`, `work` and `found`
    """
    found = groups.groupby(["query", "work"], sort=False)["found"].agg(all_of)
    return found.reset_index()


def reading(works: pd.DataFrame, occurrences: pd.DataFrame) -> pd.DataFrame:
    """What was read of each work: how many terms each field settled, and on which page.

    Returns
    -------
    DataFrame with `work`, `field`, `settled` (terms), `asked` (terms) and `seen_at`
    """
    asked = occurrences["term"].nunique()
    rows = []
    for work in works["work"].drop_duplicates():
        for field in FIELDS:
            held = occurrences[(occurrences["work"] == work) & (occurrences["field"] == field)]
            pages = held["seen_at"].drop_duplicates().tolist()
            rows.append(
                {
                    "work": work,
                    "field": field,
                    "settled": int(held["present"].notna().sum()),
                    "asked": asked,
                    "seen_at": "; ".join(pages),
                }
            )
    return pd.DataFrame(rows, columns=["work", "field", "settled", "asked", "seen_at"])


def of_each_query(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """A result table divided by query, in the queries' order; empty where a query has no rows."""
    return [frame[frame["query"] == query] for query in QUERIES]
