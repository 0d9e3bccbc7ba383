"""The rule by which levels follow from evidence: one for every model and every criterion.

What evidence shows outranks what is only said. A limit that is stated is scored like one that is
implied. A piece of evidence enters one criterion, once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

import pandas as pd

from compendium import data, project
from compendium.errors import CompendiumError
from compendium.ranking.context import FILES as CONTEXT_FILES
from compendium.ranking.context import table_if_there
from compendium.ranking.criteria import FILES, TOP

SAID = 2
"""The best level of what is said of a model and nothing shows."""

SHOWN = ("evidence_fact", "evidence_indicator", "evidence_source", "evidence_study",
         "evidence_case")
"""Kinds of evidence that show something; a passage of the article says it."""

BROUGHT = ("rule_brought", "rule_source", "rule_described", "rule_answered")
"""Rules of what the model brings; a level above SAID needs evidence that shows it."""


def leaning(readings: Collection[str]) -> str:
    """What the pieces of evidence on one requirement amount to.

    Parameters
    ----------
    readings : collection of str
        `supports`, `mixed` or `hinders` for each piece; `unknown` where there is none.

    Returns
    -------
    str
        `supports` if something supports and nothing hinders, `hinders` if something hinders and
        nothing supports, `mixed` otherwise; `unknown` without evidence.
    """
    found = set(readings) - {"unknown"}
    if not found:
        return "unknown"
    if "hinders" not in found and "supports" in found:
        return "supports"
    return "hinders" if "hinders" in found and "supports" not in found else "mixed"


def evidence_level(readings: Collection[str]) -> int | None:
    """The level that pieces of evidence amount to.

    A piece that goes both ways counts half to each side. All for it, by two pieces or more: 4;
    more for than against, or a single piece for: 3; as many: 2; more against, or a single piece
    against: 1; all against, by two pieces or more: 0.

    Parameters
    ----------
    readings : collection of str
        `supports`, `mixed` or `hinders` for each piece; others do not count.

    Returns
    -------
    int or None
        None if no piece counts.
    """
    counts = Counter(readings)
    support, against = counts["supports"], counts["hinders"]
    pieces = support + against + counts["mixed"]
    if not pieces:
        return None
    if pieces > 1 and pieces in (support, against):
        return TOP if support else 0
    return 2 + int(support > against) - int(support < against)


def required_levels(
    model_requires: pd.DataFrame, offers: pd.DataFrame, criterion_requirements: pd.DataFrame
) -> pd.DataFrame:
    """Levels that follow from what the models require and the context offers.

    Of several requirements under one criterion the lowest level counts; if nothing was found on
    one, the level is unknown. How a requirement is known, stated or implied, makes no difference.

    Parameters
    ----------
    model_requires, offers, criterion_requirements : DataFrame
        Tables of the context of these names.

    Returns
    -------
    DataFrame
        One row a model and criterion that the model requires something of: `model`, `criterion`,
        `requirement` (the first that gives the level) and `level` (missing if unknown).
    """
    found = offers.groupby("requirement")["reading"].agg(list).map(evidence_level)
    asked = model_requires.merge(criterion_requirements, on="requirement")
    rows = []
    for (model, criterion), own in asked.groupby(["model", "criterion"], sort=False):
        levels = [found.get(code) for code in own["requirement"]]
        known = [level for level in levels if not pd.isna(level)]
        level = int(min(known)) if len(known) == len(levels) else None
        at = levels.index(level) if level is not None else [*map(pd.isna, levels)].index(True)
        rows.append((model, criterion, own["requirement"].iloc[at], level))
    frame = pd.DataFrame(rows, columns=["model", "criterion", "requirement", "level"])
    return frame.astype({"level": "Int64"})


def precedent_levels(cases: pd.DataFrame) -> dict[str, int | None]:
    """The level of each model that its cases amount to.

    Parameters
    ----------
    cases : DataFrame
        Table `context_precedents`: `model` and `direction` of each case.
    """
    return {model: evidence_level(list(own))
            for model, own in cases.groupby("model", sort=False)["direction"]}


def problems(folder: Path) -> list[CompendiumError]:
    """Scores of a context that do not follow from the rule, each with its row.

    Parameters
    ----------
    folder : Path
        A folder of `data/contexts/`.
    """
    files = FILES | {name: CONTEXT_FILES[name] for name in ("model_requires", "offers")}
    try:
        tables = {name: data.table(f"context_{name}", folder / file)
                  for name, file in files.items()}
        tables["precedents"] = table_if_there("precedents", folder)
    except CompendiumError as error:  # a file that cannot be read has no rows to judge
        return [error]
    return [
        *_wrong_levels(tables, folder / FILES["scores"]),
        *_entered_twice(tables, folder),
    ]


def _wrong_levels(tables: dict[str, pd.DataFrame], file: Path) -> Iterator[CompendiumError]:
    required = required_levels(
        tables["model_requires"], tables["offers"], tables["criterion_requirements"]
    )
    wanted = {(row.model, row.criterion): row for row in required.itertuples()}
    cases = precedent_levels(tables["precedents"])
    for at, row in enumerate(tables["scores"].itertuples()):
        what = f"the model {row.model!r} by the criterion {row.criterion!r}"
        need = wanted.get((row.model, row.criterion))
        for column, message, remedy in _complaints(row, what, need, cases):
            yield _problem(message, file, at, column, remedy)


def _complaints(row, what: str, need, cases: dict[str, int | None]) -> Iterator[tuple]:
    """Column, message and remedy of what is wrong with a score."""
    if row.rule == "rule_required":
        if need is None:
            yield ("rule", f"The context does not say what {what} requires.",
                   "Add the requirement to model_requires.csv, or give another rule.")
        elif row.requirement != need.requirement:
            yield ("requirement", f"The level of {what} follows from {need.requirement!r}.",
                   "Name the requirement whose level is the lowest.")
        elif not _same(row.score, need.level):
            yield ("score", f"The level of {what} does not follow from its requirements.",
                   _write(need.level))
        return
    if need is not None and (pd.isna(need.level) or _above(row.score, need.level)):
        yield ("rule", f"What {what} requires gives a lower level, or none.",
               "Write `rule_required`, or take the requirement out of model_requires.csv.")
    elif row.rule == "rule_silent":
        if row.status != "unknown" or row.evidence_kind != "evidence_none":
            yield ("rule", f"Silence on {what} is no score.",
                   "Leave the score and the evidence out, or name the rule of the score.")
    elif row.rule == "rule_precedent":
        if cases and not _same(row.score, cases.get(row.model)):
            yield ("score", f"The level of {what} does not follow from its cases.",
                   _write(cases.get(row.model)))
    elif row.rule in BROUGHT:
        if row.evidence_kind not in SHOWN and _above(row.score, SAID):
            yield ("score", f"Nothing but a passage says that {what} has this level.",
                   f"Write {SAID} or less, or give the evidence that shows it.")
    else:
        yield ("rule", f"{row.rule!r} is not a rule of a score.",
               f"Name one of: rule_required, rule_precedent, {', '.join(BROUGHT)}, rule_silent.")


def _entered_twice(tables: dict[str, pd.DataFrame], folder: Path) -> Iterator[CompendiumError]:
    """Facts, indicators and sources that count by more than one criterion, or twice by one."""
    criteria = tables["criterion_requirements"].groupby("requirement")["criterion"].agg(list)
    entered: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    offers = tables["offers"]
    for at, row in enumerate(offers.itertuples()):
        if row.evidence_kind in SHOWN:
            for criterion in criteria.get(row.requirement, []):
                place = (criterion, row.requirement)
                before = entered[row.evidence_kind, row.evidence] - {place}
                if before:
                    yield _twice(row, before, folder / CONTEXT_FILES["offers"], at)
                entered[row.evidence_kind, row.evidence].add(place)
    for at, row in enumerate(tables["scores"].itertuples()):
        if row.evidence_kind in SHOWN and row.rule != "rule_required":
            place = (row.criterion, "")
            before = entered[row.evidence_kind, row.evidence] - {place}
            if before:
                yield _twice(row, before, folder / FILES["scores"], at)
            entered[row.evidence_kind, row.evidence].add(place)


def _twice(row, before: set[tuple[str, str]], file: Path, at: int) -> CompendiumError:
    criteria = ", ".join(sorted({criterion for criterion, _ in before}))
    return _problem(
        f"The evidence {row.evidence!r} already counts by {criteria}.", file, at, "evidence",
        "One piece of evidence enters one criterion once: keep it where it says most.",
    )


def _above(score, level) -> bool:
    """Whether a score is given and higher; a missing one is told where it should be there."""
    return pd.notna(score) and bool(score > level)


def _same(given, wanted) -> bool:
    return pd.isna(wanted) if pd.isna(given) else bool(pd.notna(wanted) and given == wanted)


def _write(level) -> str:
    return "Leave it out, with status `unknown`." if pd.isna(level) else f"Write {level}."


def _problem(message: str, file: Path, at: int, column: str, remedy: str) -> CompendiumError:
    return CompendiumError(
        message, path=project.relative(file), row=at + 2, column=column, remedy=remedy
    )
