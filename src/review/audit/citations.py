"""Citation numbers: which work each most likely means, and how far their order tells it."""

from __future__ import annotations

import pandas as pd

CONFIDENCE = ("certain", "likely", "unknown")
LISTS = {"table1": "models:1", "table2": "trends:1"}
"""Where the article lists the numbers of the works of each of its tables."""


def citation_confidence(citations: pd.DataFrame) -> pd.DataFrame:
    """How many citation numbers are known with which confidence.

    Returns
    -------
    DataFrame with the columns `confidence` and `citations`
    """
    counts = citations["confidence"].value_counts().reindex(CONFIDENCE, fill_value=0)
    return counts.rename_axis("confidence").rename("citations").reset_index()


def candidates(citations: pd.DataFrame, citation_candidates: pd.DataFrame) -> pd.DataFrame:
    """What each number without a known work may mean; numbers with the same candidates share a row.

    Parameters
    ----------
    citations, citation_candidates : DataFrame
        The resources of these names.

    Returns
    -------
    DataFrame with the columns `citations` (a list) and `candidates` (triples of work, reference
    and address, the best first; empty if none was found)
    """
    ordered = citation_candidates.sort_values(["citation", "order"], kind="stable")
    of = {
        citation: tuple(zip(rows["work"], rows["reference"], rows["seen_at"], strict=True))
        for citation, rows in ordered.groupby("citation")
    }
    open_numbers = citations.loc[citations["confidence"] == "unknown", "citation"]
    shared: dict[tuple, list[int]] = {}
    for citation in open_numbers:
        shared.setdefault(of.get(citation, ()), []).append(int(citation))
    return pd.DataFrame(
        {"citations": list(shared.values()), "candidates": [list(c) for c in shared]}
    )


def rise_in_text(citation_uses: pd.DataFrame, codebook: pd.DataFrame) -> bool:
    """Whether the numbers rise in the order in which the article first uses them.

    Numbers that are first used in the same paragraph are not compared.

    Parameters
    ----------
    citation_uses, codebook : DataFrame
        The resources of these names; the codebook lists the sections in the article's order.
    """
    sections = list(codebook.loc[codebook["set"] == "section", "code"])
    positions = [_position(place, sections) for place in citation_uses["place"]]
    first = pd.Series(positions, index=citation_uses["citation"]).groupby(level=0).min()
    return bool(first.sort_index().is_monotonic_increasing)


def table_order(
    citations: pd.DataFrame,
    citation_uses: pd.DataFrame,
    empirical: pd.DataFrame,
    reviews: pd.DataFrame,
) -> pd.DataFrame:
    """Whether the numbers follow the rows of the article's tables, where the work is known.

    Parameters
    ----------
    citations, citation_uses, empirical, reviews : DataFrame
        The resources of these names.

    Returns
    -------
    DataFrame with the columns `table`, `citation`, `work`, `expected` (the row that the number
    would mean if the numbers followed the table), `row` (the row of its work) and `same`
    """
    known = citations[citations["work"] != ""].set_index("citation")["work"]
    rows = []
    for table, printed in (("table1", empirical), ("table2", reviews)):
        listed = sorted(citation_uses.loc[citation_uses["place"] == LISTS[table], "citation"])
        row_of = printed.set_index("work")["row"]
        for expected, citation in enumerate(listed, start=1):
            if citation in known.index and known[citation] in row_of.index:
                work = known[citation]
                rows.append((table, int(citation), work, expected, int(row_of[work])))
    order = pd.DataFrame(rows, columns=["table", "citation", "work", "expected", "row"])
    return order.assign(same=order["expected"] == order["row"])


def _position(place: str, sections: list[str]) -> tuple[int, int]:
    section, paragraph = place.split(":")
    return sections.index(section), int(paragraph)
