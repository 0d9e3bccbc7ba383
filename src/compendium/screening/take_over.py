"""Decisions taken over from other tools' exports, with their reasons, labels and notes.

Rayyan (CSV, RIS) writes who decided what into a note. ASReview and revtools have a column of one
person's decisions, so that person has to be named. Covidence exports what its team settled, a file
a category, and writes the reason into the notes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from compendium import project
from compendium.errors import CompendiumError
from compendium.language import _
from compendium.records.record import IDENTIFIERS, Record
from compendium.screening import decisions, layout, protocol, remarks, sources
from compendium.screening.decisions import Decision, Identified
from compendium.screening.remarks import Remark

_RAYYAN = {"Included": decisions.INCLUDE, "Excluded": decisions.EXCLUDE, "Maybe": decisions.UNSURE}
_REVTOOLS = {"selected": decisions.INCLUDE, "excluded": decisions.EXCLUDE}
_COVIDENCE = {
    "irrelevant": ((decisions.TITLE_ABSTRACT, decisions.EXCLUDE),),
    "excluded": ((decisions.TITLE_ABSTRACT, decisions.INCLUDE),
                 (decisions.FULL_TEXT, decisions.EXCLUDE)),
    "included": ((decisions.TITLE_ABSTRACT, decisions.INCLUDE),
                 (decisions.FULL_TEXT, decisions.INCLUDE)),
    "select": ((decisions.TITLE_ABSTRACT, decisions.INCLUDE),),
}  # fmt: skip
"""What a category of Covidence says, by the word that its file's name has."""


@dataclass(frozen=True)
class Said:
    """What an export says of a record."""

    stage: str
    reviewer: str
    decision: str
    reason: str = ""
    note: str = ""
    date: str = ""
    role: str = decisions.INDEPENDENT


@dataclass
class TakenOver:
    """What became of an export.

    Attributes
    ----------
    tool : str
    new, revised, unchanged : int
        Decisions.
    open : int
        Records about which the export says nothing.
    strange : list of str
        Titles of records that are not, or not clearly, among those identified.
    refused : list of str
        Records about which the folder holds another decision of the same reviewer.
    """

    tool: str
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    open: int = 0
    strange: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def take_over(
    file: Path,
    folder: Path,
    *,
    records: Path | None = None,
    reviewer: str = "",
    stage: str = decisions.TITLE_ABSTRACT,
    category: str | None = None,
    register: bool = False,
    revise: bool = False,
) -> TakenOver:
    """Add an export's decisions to a folder.

    Parameters
    ----------
    file : Path
    folder : Path
        Of the decisions.
    records : Path, optional
        The records that are screened: another tool keeps fewer identifiers, and with these a
        record is known by any of them.
    reviewer : str
        Who decided, where the export does not say.
    stage : str
        At which stage, where the export does not say.
    category : str, optional
        Covidence's, where the file's name does not say: a key of the categories.
    register : bool
        Whether a record that the folder does not know is registered as found.
    revise : bool
        Whether another decision of the same reviewer is added behind the earlier one.

    Raises
    ------
    CompendiumError
        If the export holds no decisions, or does not say whose they are.
    """
    held = sources.records_of(file)
    tool, read = _tool(held, file)
    found = TakenOver(tool)
    options = {"file": file, "reviewer": " ".join(reviewer.split()), "stage": stage,
               "category": category}  # fmt: skip
    said = [(record, list(read(record, **options))) for record in held]
    if not any(told for _record, told in said):
        raise CompendiumError(_("The export of {tool} holds no decision.").format(tool=tool),
                              path=project.relative(file))  # fmt: skip
    with decisions.locked(folder):
        known = set(decisions.read_records(folder)["record"])
        names = _names(sources.unique([records]).values() if records else [], known)
        register = register or not known
        offered = (*protocol.criteria(protocol.read(folder)), decisions.OTHER)
        made, noted, new = {}, [], []
        for record, told in said:
            key = _key(record, names) or (record.key if register else None)
            if key is None:
                found.strange.append(record.title)
                continue
            if key not in known:
                new.append(Identified(key, source=record.database, title=record.title))
            found.open += not told
            for each in told:
                made[f"{key} {each.stage} {each.reviewer}"] = _decision(key, each, offered)
                if each.note:
                    noted.append(Remark(key, each.reviewer, "", each.note, each.date))
            if labels := _labels(record):
                noted.append(Remark(key, tool, labels))
        decisions.identify(folder, new)
        added = decisions.add(folder, made, revise=revise)
        remarks.append(folder, noted)
    found.new, found.revised, found.unchanged = added.new, added.revised, added.unchanged
    found.refused = [made[name].record for name in added.refused]
    return found


def _tool(held: Sequence[Record], file: Path) -> tuple[str, Callable[..., Iterator[Said]]]:
    for record in held:
        cells = _cells(record)
        if "RAYYAN-INCLUSION" in _notes(record):
            return "Rayyan", _rayyan
        if "covidence #" in cells:
            return "Covidence", _covidence
        if {"screened_titles", "screened_abstracts"} & set(cells):
            return "revtools", _revtools
        if {"asreview_label", "included", "label_included"} & set(cells):
            return "ASReview", _asreview
    raise CompendiumError(
        _("The file holds no decisions of Rayyan, Covidence, ASReview or revtools."),
        path=project.relative(file), remedy=_("Export them with the decisions."),
    )  # fmt: skip


def _rayyan(record: Record, *, stage: str, **_options) -> Iterator[Said]:
    notes = _notes(record)
    inclusion = re.search(r"RAYYAN-INCLUSION:\s*\{(.*?)\}", notes)
    reason = "; ".join(_listed(notes, "RAYYAN-EXCLUSION-REASONS"))
    written = dict(re.findall(r'"([^"]+)"\s*=>\s*\["(.*?)"\]', notes.partition("USER-NOTES:")[2]))
    for name, told in re.findall(r'"([^"]+)"\s*=>\s*"(\w+)"', inclusion[1] if inclusion else ""):
        if told in _RAYYAN:
            why = reason if told == "Excluded" else ""
            yield Said(stage, name, _RAYYAN[told], why, written.get(name, ""))


def _covidence(record: Record, *, file: Path, category: str | None, **_options) -> Iterator[Said]:
    notes = next((text for name, text in _cells(record).items() if name == "notes"), "")
    reason = re.search(r"Exclusion reason:\s*([^;|\n]*)", notes, re.IGNORECASE)
    named = category or next((w for w in _COVIDENCE if w in file.stem.casefold()), None)
    if named is None and reason:
        named = "excluded"
    if named is None:
        raise CompendiumError(
            _("Nothing says which category of Covidence the file holds."),
            path=project.relative(file),
            remedy=_("Name it with --category: {values}.").format(values=", ".join(_COVIDENCE)),
        )
    for stage, decision in _COVIDENCE[named]:
        why = reason[1].strip() if reason and decision == decisions.EXCLUDE else ""
        yield Said(stage, "Covidence", decision, why, role=decisions.SETTLING)


def _revtools(
    record: Record, *, file: Path, reviewer: str, stage: str, **_options
) -> Iterator[Said]:
    cells = _cells(record)
    for column in ("screened_abstracts", "screened_titles"):
        if told := _REVTOOLS.get(cells.get(column, "").casefold()):
            why = cells.get("notes", "")
            out = told == decisions.EXCLUDE
            yield Said(stage, _named(reviewer, file), told, why if out else "",
                       "" if out else why)  # fmt: skip
            return


def _asreview(
    record: Record, *, file: Path, reviewer: str, stage: str, **_options
) -> Iterator[Said]:
    cells = _cells(record)
    told = next((cells[name] for name in ("asreview_label", "included", "label_included")
                 if cells.get(name)), "")  # fmt: skip
    if told.removesuffix(".0") not in ("0", "1"):
        return
    notes = [text for name, text in cells.items()
             if name == "asreview_note" or name.startswith("exported_notes")]  # fmt: skip
    included = told.startswith("1")
    why = " ".join(dict.fromkeys(notes))
    yield Said(
        stage, cells.get("asreview_user_name") or _named(reviewer, file),
        decisions.INCLUDE if included else decisions.EXCLUDE, "" if included else why,
        why if included else "", _day(cells.get("asreview_time", "")),
    )  # fmt: skip


def _decision(key: str, said: Said, offered: Sequence[str]) -> Decision:
    """A decision; a reason that is no criterion of the review stays as the text that it is."""
    criterion, reason = "", said.reason
    if said.decision == decisions.EXCLUDE:
        code = layout.code_of(reason, offered) if reason else None
        if code and code != decisions.OTHER:
            criterion, reason = code, ""
        elif reason or said.stage == decisions.FULL_TEXT:
            criterion = decisions.OTHER
            reason = reason or _("no reason in the export")
    return Decision(key, said.stage, said.reviewer, said.role, criterion, said.decision, reason,
                    said.date)  # fmt: skip


def _named(reviewer: str, file: Path) -> str:
    if not reviewer:
        raise CompendiumError(
            _("The export does not say who decided."), path=project.relative(file),
            remedy=_("Name them with --reviewer."),
        )  # fmt: skip
    return reviewer


def _names(records: Iterable[Record], known: set[str]) -> dict[str, set[str]]:
    """Keys by every name that a record may have elsewhere."""
    names: dict[str, set[str]] = defaultdict(set)
    for key in known:
        names[key].add(key)
    for record in records:
        if not known or record.key in known:
            for name in _aliases(record):
                names[name].add(record.key)
    return names


def _key(record: Record, names: dict[str, set[str]]) -> str | None:
    """The key of a record by the strongest of its names that is one record's only."""
    for name in _aliases(record):
        if len(found := names.get(name, set())) == 1:
            return next(iter(found))
    return None


def _aliases(record: Record) -> Iterator[str]:
    """Names of a record, as it would have them with one of its identifiers alone, or with none."""
    yield record.key
    none: dict[str, Any] = dict.fromkeys(IDENTIFIERS, "")
    bare = replace(record, extra={}, **none)
    for name in IDENTIFIERS:
        if value := getattr(record, name):
            yield replace(bare, **{name: value}).key
    if record.title:
        yield bare.key


def _cells(record: Record) -> dict[str, str]:
    return {name.strip().casefold(): text.strip() for name, text in record.extra.items()}


def _notes(record: Record) -> str:
    """Everything that Rayyan wrote, wherever the format kept it."""
    return " | ".join(
        f"{name}: {text}" if name.startswith("RAYYAN-") else text
        for name, text in record.extra.items() if "RAYYAN-" in name or "RAYYAN-" in text
    )  # fmt: skip


def _listed(notes: str, head: str) -> list[str]:
    found = re.search(rf"{head}:\s*(.*?)\s*(?:\||$)", notes)
    told = found[1].split(",") if found else []
    return [part.strip().removeprefix("__EXR__") for part in told if part.strip()]


def _labels(record: Record) -> str:
    tags = _cells(record).get("tags", "") if "covidence #" in _cells(record) else ""
    found = [*_listed(_notes(record), "RAYYAN-LABELS"), *filter(None, tags.split("; "))]
    return "; ".join(dict.fromkeys(found))


def _day(stamp: str) -> str:
    """The day of a time in seconds; empty where it is something else, such as a place in a row."""
    try:
        seconds = float(stamp)
    except ValueError:
        return stamp[:10] if re.match(r"\d{4}-\d\d-\d\d", stamp) else ""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds > 1e9 else ""
