"""Checks of counts and links within a publication's own tables, for any review."""

from __future__ import annotations

from collections.abc import Iterator

from compendium.claims.check import (
    COMPUTED,
    CONFIRMED,
    DIFFERS,
    CheckResult,
    Counter,
    Evidence,
    check,
    number_changed,
    where,
)


@check(basis=COMPUTED, counters=number_changed("equals"))
def counted(
    evidence: Evidence,
    tables: list[str],
    equals: int,
    distinct: str = "",
    rows: dict | None = None,
) -> CheckResult:
    """The rows of one or more tables, or the different values of a column, are as many."""
    frames = [where(evidence.table(name), rows or {}) for name in tables]
    all_rows = sum(map(len, frames))
    if not distinct:
        return CheckResult(CONFIRMED if all_rows == equals else DIFFERS, (("count", all_rows),))
    different = len(set().union(*(frame[distinct] for frame in frames)))
    return CheckResult(
        CONFIRMED if different == equals else DIFFERS, (("distinct", different, all_rows),)
    )


def a_link_less(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims on a table that lacks the links of one key."""
    table, column = arguments["table"], arguments["column"]
    linked = evidence.table(table)
    for key in evidence.table(arguments["of"])[column].unique():
        yield Counter(arguments, {table: linked[linked[column] != key]})


@check(basis=COMPUTED, counters=a_link_less)
def all_linked(
    evidence: Evidence, table: str, column: str, of: str, otherwise: str = DIFFERS
) -> CheckResult:
    """Every row of the table `of` has a row in `table`; the keys of both have the same name."""
    keys = list(dict.fromkeys(evidence.table(of)[column]))
    held = set(evidence.table(table)[column])
    missing = [key for key in keys if key not in held]
    lines: list[tuple] = [("share", len(keys) - len(missing), len(keys))]
    if missing:
        lines.append(("without", missing))
    return CheckResult(otherwise if missing else CONFIRMED, tuple(lines))


def _a_row_less(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    frame = evidence.table(arguments["table"])
    for at in frame.index:
        yield Counter(arguments, {arguments["table"]: frame.drop(index=at)})


@check(basis=COMPUTED, counters=_a_row_less)
def same_in_groups(evidence: Evidence, table: str, group: str, column: str) -> CheckResult:
    """Every group of a table's rows holds the same values."""
    sets = evidence.table(table).groupby(group, sort=False)[column].agg(frozenset)
    different = [str(name) for name, held in sets.items() if held != sets.iloc[0]]
    line = ("same", len(sets) - len(different), len(sets))
    return CheckResult(DIFFERS if different else CONFIRMED, (line,))
