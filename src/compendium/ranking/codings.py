"""Two codings of every requirement, offer, case and score, and the tables that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from compendium import data
from compendium.errors import CompendiumError
from compendium.files import replace
from compendium.language import _
from compendium.ranking import scoring
from compendium.ranking.criteria import Assessment

CODE = ["value", "rule", "rests_on", "reason"]
"""Columns that a coder fills."""

CONCERNS = ("concern_serious", "concern_moderate", "concern_minor")

SCALES = {
    "coded_requirement": ("stated", "implied"),
    "coded_offer": ("hinders", "mixed", "supports"),
    "coded_precedent": ("hinders", "mixed", "supports"),
    "coded_score": ("0", "1", "2", "3", "4"),
    **dict.fromkeys(("cq_method", "cq_coherence", "cq_adequacy", "cq_relevance"), CONCERNS),
}
"""Values of each kind that lie on a scale, in its order; others stand beside it."""

BESIDE = {
    "coded_requirement": ("no",),
    "coded_offer": ("irrelevant",),
    "coded_precedent": ("not_a_case",),
    "coded_score": ("unknown",),
}
"""Values of each kind that lie on no scale."""

PRECEDENT = "crit_precedent"
"""The criterion that cases are evidence of."""

_CAUTIOUS = {"coded_requirement": "implied", "coded_offer": "mixed", "coded_precedent": "mixed"}


def item_columns(table: pd.DataFrame) -> list[str]:
    """Columns that name what was coded, beside the number of the item and its code."""
    return [name for name in table.columns if name not in ("item", "coding", *CODE)]


def resolve(kind: str, first: str, second: str) -> str | None:
    """The code that two codings amount to by the rule.

    Equal codes stand. Of neighbours on a scale the more cautious one counts: `implied`, `mixed`,
    the lower level, or the more serious concern.

    Parameters
    ----------
    kind : str
        A key of `SCALES`.
    first, second : str
        The two codes.

    Returns
    -------
    str or None
        None if the evidence has to be read a third time.
    """
    if first == second:
        return first
    scale = SCALES[kind]
    if first not in scale or second not in scale:
        return None
    low, high = sorted((scale.index(first), scale.index(second)))
    return _CAUTIOUS.get(kind, scale[low]) if high - low == 1 else None


def side_by_side(codings: pd.DataFrame) -> pd.DataFrame:
    """One row an item with its first, second and resolved code.

    Parameters
    ----------
    codings : DataFrame
        The resource `context_codings`, or another one of its form.

    Returns
    -------
    DataFrame with the columns that name the item, then `coding_first`, `coding_second`,
    `coding_resolved` (values) and `how`: `equal`, `rule` or, where another code counts than the
    rule gives, `third_reading`
    """
    item = item_columns(codings)
    wide = codings.pivot(index=item, columns="coding", values="value").reset_index()
    wide = wide.reindex(columns=[*item, "coding_first", "coding_second", "coding_resolved"])
    how = []
    for row in wide.itertuples():
        if row.coding_resolved != resolve(row.item_kind, row.coding_first, row.coding_second):
            how.append("third_reading")
        else:
            how.append("equal" if row.coding_first == row.coding_second else "rule")
    return wide.assign(how=how)


def pairs(codings: pd.DataFrame, kind: str) -> pd.DataFrame:
    """First and second code of every item of a kind, as they were made."""
    both = side_by_side(codings)
    columns = [*item_columns(codings), "coding_first", "coding_second"]
    return both.loc[both["item_kind"] == kind, columns]


def set_aside(codings: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Items of a kind that both codings took as evidence and a third reading did not.

    Returns
    -------
    DataFrame as `side_by_side` returns it
    """
    both = side_by_side(codings)
    counted = both[["coding_first", "coding_second"]].isin(SCALES[kind]).all(axis=1)
    dropped = both["coding_resolved"].isin(BESIDE[kind])
    return both[(both["item_kind"] == kind) & counted & dropped]


def summary(codings: pd.DataFrame) -> pd.DataFrame:
    """How many items of each kind were coded alike, settled by the rule, and read a third time.

    Returns
    -------
    DataFrame with the columns `item_kind`, `items`, `equal`, `rule` and `third_reading`
    """
    both = side_by_side(codings)
    counts = pd.crosstab(both["item_kind"], both["how"]).reindex(
        index=[kind for kind in SCALES if kind in set(both["item_kind"])],
        columns=["equal", "rule", "third_reading"],
        fill_value=0,
    )
    return counts.assign(items=counts.sum(axis=1)).rename_axis(columns=None).reset_index()


def resolved(codings: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The codes that count, of one kind of item."""
    return codings[(codings["coding"] == "coding_resolved") & (codings["item_kind"] == kind)]


def read(sheet: pd.DataFrame, items: pd.DataFrame, file: str) -> pd.DataFrame:
    """A coder's sheet, in the order of the items, with only what may stand in it.

    Parameters
    ----------
    sheet : DataFrame
        Columns `item` and those of `CODE`, as text.
    items : DataFrame
        The resource `context_coding_items`.
    file : str
        Name of the sheet, for errors.

    Raises
    ------
    CompendiumError
        If an item is missing, stands twice, or has a value that its kind does not know.
    """
    if sheet["item"].duplicated().any():
        twice = sheet.loc[sheet["item"].duplicated(), "item"].iloc[0]
        raise CompendiumError(
            _("The item {twice!r} stands twice.").format(twice=twice),
            path=file,
            remedy=_("Remove one of the two rows."),
        )
    named = items[["item", *item_columns(items)]]
    filled = named.merge(sheet[["item", *CODE]], on="item", how="left")
    for at, row in enumerate(filled.itertuples()):
        allowed = (*SCALES[row.item_kind], *BESIDE.get(row.item_kind, ()))
        if row.value not in allowed:
            raise CompendiumError(
                _("The item {item} has no code, or one that is not known: {value!r}.").format(
                    item=row.item, value=row.value
                ),
                path=file,
                row=at + 2,
                column="value",
                remedy=_("Write one of: {what}.").format(what=", ".join(allowed)),
            )
    return filled


def combine(
    first: pd.DataFrame, second: pd.DataFrame, third: Mapping[str, Mapping[str, str]]
) -> tuple[pd.DataFrame, list[str]]:
    """Both codings and the codes that count, as the resource `context_codings`.

    Parameters
    ----------
    first, second : DataFrame
        What `read` returns of the two sheets.
    third : mapping
        By item, the columns of `CODE` of a third reading.

    Returns
    -------
    DataFrame, and the items that the rule does not settle and `third` does not hold
    """
    item = item_columns(first)
    rows, open_items = [], []
    for one, two in zip(first.to_dict("records"), second.to_dict("records"), strict=True):
        named = {column: one[column] for column in item}
        settled = resolve(one["item_kind"], one["value"], two["value"])
        rows.append(named | {"coding": "coding_first"} | {c: one[c] for c in CODE})
        rows.append(named | {"coding": "coding_second"} | {c: two[c] for c in CODE})
        if settled is None and one["item"] not in third:
            open_items.append(one["item"])
            continue
        if settled is None:
            code = dict(third[one["item"]])
        else:
            source = two if two["value"] == settled != one["value"] else one
            code = {c: source[c] for c in CODE} | {"value": settled}
        rows.append(named | {"coding": "coding_resolved"} | {c: code[c] for c in CODE})
    frame = pd.DataFrame(rows, columns=[*item, "coding", *CODE])
    return frame.fillna(""), open_items


class Tables(NamedTuple):
    """What follows from the codes that count: tables of a context, as text."""

    model_requires: pd.DataFrame
    offers: pd.DataFrame
    directions: dict[str, str]
    scores: pd.DataFrame


def tables(
    codings: pd.DataFrame,
    measured: pd.DataFrame,
    criteria: list[str],
    behind: pd.DataFrame,
) -> Tables:
    """The tables of a context that the resolved codes amount to, by the rule of scoring.

    Parameters
    ----------
    codings : DataFrame
        The resource `context_codings`.
    measured : DataFrame
        Rows of `context_offers` that are not coded: indicators, read by their own rule.
    criteria : list of str
        Codes of the criteria, in their order.
    behind : DataFrame
        The resource `context_criterion_requirements`.

    Returns
    -------
    Tables: `context_model_requires`, `context_offers`, the reading of each case, `context_scores`
    """
    needed = resolved(codings, "coded_requirement").query("value != 'no'")
    requires = pd.DataFrame(
        {
            "model": needed["model"],
            "requirement": needed["criterion_or_requirement"],
            "basis": needed["value"],
            "place": [_first(own.rests_on, own.evidence) for own in needed.itertuples()],
        }
    ).reset_index(drop=True)
    offers = _offers(codings, measured, list(behind["requirement"].unique()))
    asked = set(requires["requirement"])
    cases = resolved(codings, "coded_precedent")
    levels = scoring.required_levels(requires, offers, behind[behind["requirement"].isin(asked)])
    found = scoring.precedent_levels(cases.rename(columns={"value": "direction"}))
    scores = _scores(codings, criteria, requires, levels, found, cases)
    directions = dict(zip(cases["evidence"], cases["value"], strict=True))
    return Tables(requires, offers, directions, scores)


def levels(
    codings: pd.DataFrame, offers: pd.DataFrame, assessment: Assessment
) -> dict[str, np.ndarray]:
    """Levels as each of the two codings has them by itself.

    Parameters
    ----------
    codings : DataFrame
        The resource `context_codings`.
    offers : DataFrame
        The resource `context_offers`, of which the indicators are read by their own rule.
    assessment : Assessment
        Names the models and criteria, and what the criteria gather.

    Returns
    -------
    dict of str to array of shape (models, criteria)
        By `first` and `second`; NaN where unknown. Empty where nobody has coded.
    """
    found: dict[str, np.ndarray] = {}
    if codings.empty:
        return found
    measured = offers[offers["evidence_kind"] == "evidence_indicator"]
    for name in ("first", "second"):
        own = codings[codings["coding"] == f"coding_{name}"].assign(coding="coding_resolved")
        scores = tables(own, measured, assessment.codes, assessment.requirements).scores
        wide = scores.pivot(index="model", columns="criterion", values="score")
        wide = wide.reindex(index=assessment.models, columns=assessment.codes)
        found[name] = wide.apply(pd.to_numeric).to_numpy(dtype=float)
    return found


def _first(rests_on: str, passages: str) -> str:
    """The first passage that a coder names, or that the item rests on."""
    known = passages.split()
    named = [part.strip(",;") for part in rests_on.split() if part.strip(",;") in known]
    return (named or known)[0]


def _offers(codings: pd.DataFrame, measured: pd.DataFrame, known: list[str]) -> pd.DataFrame:
    """What bears on each requirement, also on one that no model has: another coding may find it."""
    coded = resolved(codings, "coded_offer").query("value != 'irrelevant'")
    rows = pd.concat(
        [
            pd.DataFrame(
                {
                    "requirement": coded["criterion_or_requirement"],
                    "reading": coded["value"],
                    "evidence_kind": coded["evidence_kind"],
                    "evidence": coded["evidence"],
                    "note": coded["reason"],
                }
            ),
            measured,
        ]
    )
    silent = [code for code in known if code not in set(rows["requirement"])]
    nothing = pd.DataFrame(
        {
            "requirement": silent,
            "reading": "unknown",
            "evidence_kind": "evidence_none",
            "evidence": "",
            "note": NEEDED[None],
        }
    )
    rows = pd.concat([rows, nothing])
    order = {code: at for at, code in enumerate(known)}
    return rows.sort_values(
        "requirement", key=lambda codes: codes.map(order), kind="stable", ignore_index=True
    )


def _scores(codings, criteria, requires, levels, found, cases) -> pd.DataFrame:
    brought = resolved(codings, "coded_score").set_index(["model", "criterion_or_requirement"])
    needs = {(row.model, row.criterion): row for row in levels.itertuples()}
    places = requires.set_index(["model", "requirement"])["place"]
    rows = []
    for model in dict.fromkeys(requires["model"]):
        for criterion in criteria:
            need = needs.get((model, criterion))
            if criterion == PRECEDENT:
                row = _by_cases(found.get(model), cases[cases["model"] == model])
            else:
                row = _brought(brought.loc[(model, criterion)])
                if need is not None and _lower(need.level, row["score"]):
                    row = _needed(need, places[model, need.requirement])
            rows.append({"model": model, "criterion": criterion} | row)
    columns = [
        "model",
        "criterion",
        "status",
        "score",
        "rule",
        "requirement",
        "evidence_kind",
        "evidence",
        "reason",
    ]
    return pd.DataFrame(rows, columns=columns)


def _lower(level, brought: str) -> bool:
    """Whether what is needed decides: it is unknown, or nothing better-known is lower."""
    return bool(pd.isna(level) or brought == "" or int(level) <= int(brought))


def _row(score: str, rule: str, requirement: str, kind: str, evidence: str, reason: str) -> dict:
    return {
        "status": "scored" if score else "unknown",
        "score": score,
        "rule": rule,
        "requirement": requirement,
        "evidence_kind": kind,
        "evidence": evidence,
        "reason": reason,
    }


NEEDED = {
    None: "Nothing was found on what it needs.",
    0: "All evidence on what it needs is against it.",
    1: "More evidence on what it needs is against it than for it.",
    2: "The evidence on what it needs goes both ways.",
    3: "More evidence on what it needs is for it than against it.",
    4: "All evidence on what it needs is for it.",
}
CASES = {
    None: "No case was found.",
    0: "All cases speak against it.",
    1: "More cases speak against it than for it.",
    2: "The cases go both ways.",
    3: "More cases speak for it than against it.",
    4: "All cases speak for it.",
}
NO_OUTCOME = "No case speaks clearly for it or against it."
SILENT = "Nobody reported it."
"""Reasons of computed levels; data, so that they are translated where the data are."""


def _needed(need, place: str) -> dict:
    level = None if pd.isna(need.level) else int(need.level)
    if level is None:
        return _row("", "rule_required", need.requirement, "evidence_none", "", NEEDED[None])
    return _row(
        str(level), "rule_required", need.requirement, "evidence_article", place, NEEDED[level]
    )


def _by_cases(level: int | None, cases: pd.DataFrame) -> dict:
    counted = cases[cases["value"].isin(SCALES["coded_precedent"])]
    if level is None:
        return _row("", "rule_silent", "", "evidence_none", "", CASES[None])
    reason = NO_OUTCOME if set(counted["value"]) == {"mixed"} else CASES[level]
    return _row(
        str(level), "rule_precedent", "", "evidence_case", counted["evidence"].iloc[0], reason
    )


def _brought(code: pd.Series) -> dict:
    if code["value"] == "unknown":
        return _row("", "rule_silent", "", "evidence_none", "", SILENT)
    shown = int(code["value"]) > scoring.SAID
    named = code["rests_on"] if shown else _first(code["rests_on"], code["evidence"])
    return _row(
        code["value"],
        code["rule"],
        "",
        "evidence_source" if shown else "evidence_article",
        named,
        code["reason"],
    )


def _replace(file: Path, table: pd.DataFrame) -> None:
    replace(file, table.to_csv(index=False, lineterminator="\n"))


def write(codings: pd.DataFrame, folder: Path) -> None:
    """Write the codings into a context's folder, and renew the tables that follow from them.

    The reading of a fact, a finding or a case that is coded becomes its direction, unless another
    row tells the same.
    """
    measured = data.table("context_offers", folder / "offers.csv")
    made = tables(
        codings,
        measured[measured["evidence_kind"] == "evidence_indicator"],
        list(data.table("context_criteria", folder / "criteria.csv")["criterion"]),
        data.table("context_criterion_requirements", folder / "criterion_requirements.csv"),
    )
    _replace(folder / "codings.csv", codings)
    for name in ("model_requires", "offers", "scores"):
        _replace(folder / f"{name}.csv", getattr(made, name))
    coded = resolved(codings, "coded_offer")
    readings = made.directions | dict(zip(coded["evidence"], coded["value"], strict=True))
    for name, key in (("facts", "fact"), ("study_findings", "finding"), ("precedents", "case")):
        file = folder / f"{name}.csv"
        fields = data.resource(f"context_{name}")["schema"]["fields"]
        rows = data.read_csv(file, [field["name"] for field in fields])
        once = rows["told_by"] == ""  # what another row tells keeps its word that it counts there
        coded_rows = rows[key].map(readings).where(once)
        rows["direction"] = coded_rows.fillna(rows["direction"])
        _replace(file, rows)
