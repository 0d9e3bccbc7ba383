"""Claims of the article: each is tried by its check, and comes to a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from compendium import data, project
from compendium.addresses import page_cell
from compendium.claims import found
from compendium.display import Cell
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import text
from compendium.works import work_cell
from review.audit.checks import CHECKS, VERDICTS, Evidence, Finding

FILE = "data/article/claims.yml"
KINDS = (
    "claim_count",
    "claim_attribution",
    "claim_cell",
    "claim_citation",
    "claim_query",
    "claim_method",
    "claim_sector",
    "claim_conclusion",
)

COLUMNS = ["claim", "kind", "place", "statement", "check", "verdict", "reason", "evidence"]


@dataclass(frozen=True)
class Claim:
    """A claim of the article.

    Attributes
    ----------
    id : str
    kind : str
        One of `KINDS`.
    place : str
        Where the article makes it.
    says : str
        What the article says, in our words, in English; `language.text` translates it.
    check : str
        Name of the check.
    arguments : dict
        What the check is given.
    expected : str
        The verdict that the check reached when the claim was last read.
    used : tuple of str
        Sections of the book in which the claim is used, as `chapter#label`.
    """

    id: str
    kind: str
    place: str
    says: str
    check: str
    arguments: dict = field(default_factory=dict)
    expected: str = ""
    used: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """A claim and what its check came to.

    Attributes
    ----------
    claim : Claim
    finding : Finding
    resources : tuple of str
        Resources of the data package that the check read.
    addresses : tuple of str
        Pages on which the facts were read.
    works : tuple of str
        Works that the check is about, by their keys.
    """

    claim: Claim
    finding: Finding
    resources: tuple[str, ...]
    addresses: tuple[str, ...]
    works: tuple[str, ...] = ()

    @property
    def links(self) -> list[Cell]:
        """Links to the works, and to the pages that may be printed."""
        shown = [*map(work_cell, self.works), *map(page_cell, self.addresses)]
        return list(dict.fromkeys(cell for cell in shown if cell.href))

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that the file announces."""
        return self.finding.verdict == self.claim.expected


def claims() -> list[Claim]:
    """The claims of `data/article/claims.yml`, in its order.

    Raises
    ------
    CompendiumError
        If an entry lacks a part, names no check that there is, or repeats an identifier.
    """
    by_id: dict[str, Claim] = {}
    for entry in data.document("claims") or []:
        claim = _claim(entry)
        if claim.id in by_id:
            raise CompendiumError(f"Two claims are called {claim.id!r}.", path=FILE)
        by_id[claim.id] = claim
    return list(by_id.values())


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
    own = evidence.anew()
    try:
        finding = CHECKS[claim.check](own, **claim.arguments)
    except (TypeError, KeyError, IndexError, ValueError) as error:
        raise CompendiumError(
            f"The claim {claim.id!r} gives its check {claim.check!r} what it cannot use: {error}.",
            path=FILE,
            remedy="Compare the arguments with the function in src/compendium/audit/checks/.",
        ) from error
    return Verdict(claim, finding, tuple(own.resources), tuple(own.addresses), tuple(own.works))


@lru_cache(maxsize=1)
def _all(root: str) -> tuple[Verdict, ...]:
    evidence = Evidence()
    return tuple(judge(claim, evidence) for claim in claims())


def judged() -> list[Verdict]:
    """Every claim with its verdict, in the file's order; the data are read once."""
    return list(_all(str(project.root())))


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
                v.finding.verdict,
                v.finding.reason,
                " ".join([*v.resources, *v.addresses]),
            )
            for v in verdicts
        ],
        columns=COLUMNS,
    )


def document(verdict: Verdict) -> dict:
    """A claim and its verdict for a machine; texts in the reader's language."""
    claim, finding = verdict.claim, verdict.finding
    return {
        "id": claim.id,
        "kind": claim.kind,
        "place": claim.place,
        "says": text(claim.says),
        "check": {claim.check: claim.arguments},
        "verdict": finding.verdict,
        "found": found.lines(finding),
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
        index=KINDS, columns=VERDICTS, fill_value=0
    )


def _claim(entry: dict) -> Claim:
    name = entry.get("id", "?")
    for part in ("id", "kind", "place", "says", "check", "expected"):
        if not entry.get(part):
            raise CompendiumError(f"The claim {name!r} lacks `{part}`.", path=FILE)
    [(check, arguments)] = entry["check"].items()
    for value, known, what in (
        (check, CHECKS, "check"),
        (entry["kind"], KINDS, "kind"),
        (entry["expected"], VERDICTS, "verdict"),
    ):
        if value not in known:
            raise CompendiumError(
                f"The claim {name!r} names no {what} that there is: {value!r}.",
                path=FILE,
                remedy=did_you_mean(value, known, otherwise=f"Name one of: {', '.join(known)}"),
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
    )
