"""Certainty of evidence: GRADE's level follows from judgements; of CERQual's, each has its reasons.

GRADE: Guyatt et al. (2011), doi:10.1016/j.jclinepi.2010.04.026. GRADE-CERQual: Lewin et al. (2018),
doi:10.1186/s13012-017-0688-3, where the overall confidence is judged and never computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from compendium import data
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _

UNKNOWN = "unknown"
LEVELS = ("grade_very_low", "grade_low", "grade_moderate", "grade_high")
START = {"start_randomised": 3, "start_observational": 1}
"""Where a level begins, counted in `LEVELS`."""
DOMAINS = ("risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias")
UPGRADES = ("large_effect", "dose_response", "confounding")
STEPS = {
    "not_serious": 0, "serious": -1, "very_serious": -2,
    "": 0, "no_upgrade": 0, "one_level_up": 1, "two_levels_up": 2,
}  # fmt: skip
"""Levels that a judgement moves; a reason to raise the level that nobody looked at is empty."""
CONCERNS = ("cerqual_none", "cerqual_minor", "cerqual_moderate", "cerqual_serious")
CONFIDENCE = ("confidence_very_low", "confidence_low", "confidence_moderate", "confidence_high")
COMPONENTS = ("methodological_limitations", "coherence", "adequacy", "relevance")


def level(judged) -> str:
    """The certainty that follows from the judgements on an outcome; unknown while one is missing.

    Parameters
    ----------
    judged : named tuple
        A row of the resource `grade`, its codes as the codebook has them.
    """
    codes = [getattr(judged, name) for name in (*DOMAINS, *UPGRADES)]
    if judged.start not in START or not all(code in STEPS for code in codes):
        return UNKNOWN
    steps = START[judged.start] + sum(STEPS[code] for code in codes)
    return LEVELS[min(max(steps, 0), len(LEVELS) - 1)]


def signs(levels: Sequence[str]) -> dict[str, str]:
    """Filled circles for each of some levels, the lowest first."""
    most = len(levels)
    return {code: "●" * (at + 1) + "○" * (most - 1 - at) for at, code in enumerate(levels)}


def works(cell: str) -> list[str]:
    """Keys of works in a cell that parts them by semicolons."""
    return [key.strip() for key in cell.split(";") if key.strip()]


def problems(name: str) -> Iterator[CompendiumError]:
    """What is wrong with a table of judgements beyond its codes.

    Parameters
    ----------
    name : {"grade", "cerqual"}
        The resource; any other has no problem here.
    """
    if name not in RULES:
        return
    frame, path = data.table(name), f"data/{data.resource(name)['path']}"
    known = set(data.table("sources")["key"])
    outcomes = _outcomes() if name == "grade" else None
    for at, row in enumerate(frame.itertuples(), start=2):
        for key in works(str(row.works)):
            if key not in known:
                yield CompendiumError(
                    _("The work {key} is not among the sources.").format(key=repr(key)),
                    path=path, row=at, column="works",
                    remedy=did_you_mean(key, known, otherwise=_("Add a row for it there.")),
                )  # fmt: skip
        if outcomes is not None and row.outcome not in outcomes and not (row.works and row.effect):
            yield CompendiumError(
                _("No effect and no direction has the outcome {outcome}.").format(
                    outcome=repr(row.outcome)),
                path=path, row=at, column="outcome",
                remedy=did_you_mean(row.outcome, outcomes, otherwise=_(
                    "Add it there, or write its works and its effect in this row.")),
            )  # fmt: skip
        for message, column, remedy in RULES[name](row):
            yield CompendiumError(message, path=path, row=at, column=column, remedy=remedy)


def _outcomes() -> set[str] | None:
    """Outcomes of the tables that works and effect come from; None where there is no such table."""
    held = [name for name in ("effects", "effect_directions") if data.holds(name)]
    return {out for name in held for out in data.table(name)["outcome"]} if held else None


def _of_grade(row) -> Iterator[tuple[str, str, str]]:
    moved = [name for name in (*DOMAINS, *UPGRADES) if STEPS.get(getattr(row, name))]
    if moved and not row.explanation:
        yield (
            _("The level is moved and nobody says why."), "explanation",
            _("Explain the judgement in `{column}`.").format(column=moved[0]),
        )  # fmt: skip


def _of_cerqual(row) -> Iterator[tuple[str, str, str]]:
    if row.confidence not in CONFIDENCE:
        return
    open_ones = [name for name in COMPONENTS if getattr(row, name) not in CONCERNS]
    if open_ones:
        yield (
            _("The confidence rests on four components, and this one is not judged."),
            open_ones[0],
            _("Judge it first, or write `unknown` as the confidence."),
        )
    if not row.explanation:
        yield (
            _("The confidence is not explained."), "explanation",
            _("Say what lowers it, or that nothing does."),
        )  # fmt: skip


RULES: dict[str, Callable] = {"grade": _of_grade, "cerqual": _of_cerqual}


def judged(name: str) -> pd.DataFrame:
    """A table of judgements, with its works as lists of keys."""
    frame = data.table(name)
    return frame.assign(works=[works(cell) for cell in frame["works"]])
