"""Checks of counts and links within the article's own tables."""

from __future__ import annotations

from compendium.claims.check import CONFIRMED, DIFFERS, Evidence, Finding, check, where


@check
def counted(
    evidence: Evidence,
    tables: list[str],
    equals: int,
    distinct: str = "",
    rows: dict | None = None,
) -> Finding:
    """The rows of one or more tables, or the different values of a column, are as many."""
    frames = [where(evidence.table(name), rows or {}) for name in tables]
    all_rows = sum(map(len, frames))
    if not distinct:
        return Finding(CONFIRMED if all_rows == equals else DIFFERS, (("count", all_rows),))
    different = len(set().union(*(frame[distinct] for frame in frames)))
    return Finding(
        CONFIRMED if different == equals else DIFFERS, (("distinct", different, all_rows),)
    )


@check
def all_linked(
    evidence: Evidence, table: str, column: str, of: str, otherwise: str = DIFFERS
) -> Finding:
    """Every row of the table `of` has a row in `table`; the keys of both have the same name."""
    keys = list(dict.fromkeys(evidence.table(of)[column]))
    held = set(evidence.table(table)[column])
    missing = [key for key in keys if key not in held]
    lines: list[tuple] = [("share", len(keys) - len(missing), len(keys))]
    if missing:
        lines.append(("without", missing))
    return Finding(otherwise if missing else CONFIRMED, tuple(lines))


@check
def same_in_groups(evidence: Evidence, table: str, group: str, column: str) -> Finding:
    """Every group of a table's rows holds the same values."""
    sets = evidence.table(table).groupby(group, sort=False)[column].agg(frozenset)
    different = [str(name) for name, held in sets.items() if held != sets.iloc[0]]
    line = ("same", len(sets) - len(different), len(sets))
    return Finding(DIFFERS if different else CONFIRMED, (line,))
