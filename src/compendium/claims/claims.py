"""Claims of a publication: each is tried by its check, and comes to a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from inspect import signature

import pandas as pd

from compendium import data, project
from compendium.addresses import page_cell, place
from compendium.claims import result_lines
from compendium.claims.check import (
    BASES,
    DIFFERING,
    PROBLEMS,
    VERDICTS,
    CheckResult,
    Counter,
    Evidence,
    checks,
)
from compendium.display import Cell
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _, text
from compendium.language.codebook import codebook
from compendium.works import work_cell

COLUMNS = [
    "claim",
    "kind",
    "place",
    "statement",
    "check",
    "basis",
    "verdict",
    "reason",
    "problem",
    "evidence",
]


def kinds() -> list[str]:
    """The kinds of claims that the codebook has, in its order."""
    return [code for code, entry in codebook().items() if entry["set"] == "claim_kind"]


@dataclass(frozen=True)
class Claim:
    """A claim of the publication.

    Attributes
    ----------
    id : str
    kind : str
        One of `kinds()`.
    place : str
        Where the publication makes it.
    says : str
        What the publication says, in our words, in English; `language.text` translates it.
    check : str
        Name of the check.
    arguments : dict
        What the check is given.
    expected : str
        The verdict that the check reached when the claim was last read.
    used : tuple of str
        Sections of the book in which the claim is used, as `chapter#label`.
    problem : str
        What is wrong where the claim does not hold; claims with the same problem count once.
    counters : tuple of dict
        Arguments of counter-claims written by hand; they take the place of machine-made ones.
    """

    id: str
    kind: str
    place: str
    says: str
    check: str
    arguments: dict = field(default_factory=dict)
    expected: str = ""
    used: tuple[str, ...] = ()
    problem: str = ""
    counters: tuple[dict, ...] = ()

    @property
    def basis(self) -> str:
        """What its check rests on; one of `check.BASES`."""
        return checks()[self.check].basis


@dataclass(frozen=True)
class Verdict:
    """A claim and what its check came to.

    Attributes
    ----------
    claim : Claim
    result : CheckResult
    resources : tuple of str
        Resources of the data package that the check read.
    addresses : tuple of str
        Pages on which the facts were read.
    works : tuple of str
        Works that the check is about, by their keys.
    """

    claim: Claim
    result: CheckResult
    resources: tuple[str, ...]
    addresses: tuple[str, ...]
    works: tuple[str, ...] = ()

    @property
    def links(self) -> list[Cell]:
        """Links to the works, and to the pages that may be printed."""
        shown = [*map(work_cell, self.works), *map(page_cell, self.addresses)]
        return list(dict.fromkeys(cell for cell in shown if cell.href))

    @property
    def problem(self) -> str:
        """What the verdict lays open; nothing where the claim holds or stays open."""
        return (self.claim.problem or self.claim.id) if self.result.verdict in PROBLEMS else ""

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that the file announces."""
        return self.result.verdict == self.claim.expected


def claims() -> list[Claim]:
    """The claims of the resource `claims`, in its order.

    Raises
    ------
    CompendiumError
        If an entry lacks a part, names no check that there is, or repeats an identifier.
    """
    by_id: dict[str, Claim] = {}
    for entry in data.document("claims") or [] if data.holds("claims") else []:
        claim = _claim(entry)
        if claim.id in by_id:
            raise CompendiumError(
                _("Two claims are called {id!r}.").format(id=claim.id), path=data.place_of("claims")
            )
        by_id[claim.id] = claim
    return list(by_id.values())


def problems_of_entries() -> Iterator[CompendiumError]:
    """What is wrong with the claims as they are written, before any of them is tried."""
    for claim in claims():
        try:
            signature(checks()[claim.check].run).bind(None, **claim.arguments)
            place(claim.place)
        except (TypeError, CompendiumError) as error:
            yield CompendiumError(
                _("The claim {id!r} gives its check {check!r} what it cannot use: {error}.").format(
                    id=claim.id, check=claim.check, error=str(error).rstrip(".")),
                path=data.place_of("claims"),
                remedy=_("Compare the arguments with the check's function."),
            )  # fmt: skip


def judge(claim: Claim, evidence: Evidence) -> Verdict:
    """Try one claim.

    Parameters
    ----------
    claim : Claim
    evidence : Evidence
        Where the check reads.

    Raises
    ------
    CompendiumError
        If the check cannot take the arguments that the file gives it.
    """
    own = evidence.anew(claim.place)
    result = _run(claim, claim.arguments, own)
    return Verdict(claim, result, tuple(own.resources), tuple(own.addresses), tuple(own.works))


def counter_verdicts(claim: Claim, evidence: Evidence) -> list[tuple[dict, str]]:
    """What a claim's counter-claims come to; none may agree, or the check is blind.

    Parameters
    ----------
    claim : Claim
    evidence : Evidence

    Returns
    -------
    list of (arguments, verdict)
    """
    if claim.counters:
        made = [Counter({**claim.arguments, **changed}) for changed in claim.counters]
    else:
        made = list(checks()[claim.check].counters(claim.arguments, evidence))
    return [
        (
            counter.arguments,
            _run(
                claim, counter.arguments, evidence.instead(counter.tables).anew(claim.place)
            ).verdict,
        )
        for counter in made
    ]


def _run(claim: Claim, arguments: dict, evidence: Evidence) -> CheckResult:
    try:
        return checks()[claim.check].run(evidence, **arguments)
    except (TypeError, KeyError, IndexError, ValueError) as error:
        raise CompendiumError(
            _("The claim {id!r} gives its check {check!r} what it cannot use: {error}.").format(
                id=claim.id, check=claim.check, error=error
            ),
            path=data.place_of("claims"),
            remedy=_("Compare the arguments with the check's function."),
        ) from error


def judged() -> list[Verdict]:
    """Every claim with its verdict, in the file's order; tried anew once the data have changed."""
    compendium = project.current()
    # Made anew when any of these has changed; but only what the checks read is an input.
    files = [compendium.place("data", entry["path"]) for entry in data.package()["resources"]]
    verdicts, read = compendium.kept.get(
        "judged claims", files, lambda: compendium.heard(_judged)
    )
    for path, column in read:
        compendium.ask(path, column)
    return list(verdicts)


def _judged() -> tuple[Verdict, ...]:
    evidence = Evidence()
    return tuple(judge(claim, evidence) for claim in claims())


def frame(verdicts: Iterable[Verdict]) -> pd.DataFrame:
    """The claims and verdicts as a table of codes: the resource `claim_verdicts`."""
    return pd.DataFrame(
        [
            (
                v.claim.id,
                v.claim.kind,
                v.claim.place,
                v.claim.says,
                v.claim.check,
                v.claim.basis,
                v.result.verdict,
                v.result.reason,
                v.problem,
                " ".join([*v.resources, *v.addresses]),
            )
            for v in verdicts
        ],
        columns=COLUMNS,
    )


def document(verdict: Verdict) -> dict:
    """A claim and its verdict for a machine; texts in the reader's language."""
    claim, result = verdict.claim, verdict.result
    return {
        "id": claim.id,
        "kind": claim.kind,
        "place": claim.place,
        "says": text(claim.says),
        "check": {claim.check: claim.arguments},
        "basis": claim.basis,
        "verdict": result.verdict,
        "found": result_lines.lines(result),
        "expected": claim.expected,
        "evidence": list(verdict.resources),
        "addresses": [cell.href for cell in verdict.links],
    }


def counts(verdicts: pd.DataFrame) -> pd.DataFrame:
    """How many claims of each kind came to each verdict.

    Parameters
    ----------
    verdicts : DataFrame
        Columns `kind` and `verdict`.

    Returns
    -------
    DataFrame with kinds as rows and verdicts as columns, both in their order; zero where none
    """
    return pd.crosstab(verdicts["kind"], verdicts["verdict"]).reindex(
        index=kinds(), columns=list(VERDICTS), fill_value=0
    )


def problems(verdicts: pd.DataFrame) -> list[str]:
    """The distinct problems that claims lay open, each once however many claims meet it.

    Parameters
    ----------
    verdicts : DataFrame
        The columns `problem` and `verdict`, as `frame` gives them.
    """
    return list(_by_problem(verdicts).index)


def shown_problems(verdicts: pd.DataFrame) -> list[str]:
    """Those of the problems whose first claim differs from its sources; the others are open."""
    first = _by_problem(verdicts)
    return list(first.index[first.isin(DIFFERING)])


def _by_problem(verdicts: pd.DataFrame) -> pd.Series:
    """The verdict on the first claim that meets each problem."""
    met = verdicts[verdicts["problem"].fillna("") != ""]
    return met.groupby("problem", sort=False)["verdict"].first()


def by_basis(verdicts: pd.DataFrame) -> dict[str, int]:
    """How many claims rest on what their checks computed, on coded answers, or are only noted."""
    counted = verdicts["basis"].value_counts()
    return {basis: int(counted.get(basis, 0)) for basis in BASES}


def _claim(entry: dict) -> Claim:
    if not isinstance(entry, dict):
        raise CompendiumError(
            _("Names with a colon each are wanted here."), path=data.place_of("claims"),
            remedy=_("Begin each claim with `- id:`, as the example does."),
        )
    name = entry.get("id", "?")
    for part in ("id", "kind", "place", "says", "check", "expected"):
        if not entry.get(part):
            raise CompendiumError(
                _("The claim {name!r} lacks `{part}`.").format(name=name, part=part),
                path=data.place_of("claims"),
            )
    if not isinstance(entry["check"], dict) or len(entry["check"]) != 1:
        raise CompendiumError(
            _("The claim {name!r} names no check with its arguments.").format(name=name),
            path=data.place_of("claims"),
            remedy=_("Write the check with a colon, and its arguments behind it."),
        )
    [(check, arguments)] = entry["check"].items()
    for value, known, told in (
        (check, checks(), _("The claim {name!r} names no check that there is: {value!r}.")),
        (entry["kind"], kinds(), _("The claim {name!r} is of no kind that there is: {value!r}.")),
        (
            entry["expected"], VERDICTS,
            _("The claim {name!r} expects no verdict that there is: {value!r}."),
        ),
    ):
        if value not in known:
            raise CompendiumError(
                told.format(name=name, value=value),
                path=data.place_of("claims"),
                remedy=did_you_mean(
                    value, known, otherwise=_("Name one of: {what}.").format(what=", ".join(known))
                ),
            )
    return Claim(
        id=name,
        kind=entry["kind"],
        place=entry["place"],
        says=entry["says"],
        check=check,
        arguments=arguments or {},
        expected=entry["expected"],
        used=tuple(entry.get("used", ())),
        problem=entry.get("problem", ""),
        counters=tuple(entry.get("counters", ())),
    )
