"""What the local page shows and saves: a folder of decisions, one reviewer at a time.

The table of decisions is the only place where anything is kept. It is read anew when somebody else
has written to it, so that several pages, sheets and commands may work on it at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from threading import RLock

import pandas as pd

from compendium.errors import CompendiumError
from compendium.language import LANGUAGES, _, definition, label, speaking
from compendium.records.record import Record
from compendium.screening import (
    decisions,
    full_texts,
    highlights,
    outcomes,
    protocol,
    remarks,
    sharing,
    sheets,
    work,
)
from compendium.screening.decisions import Decision
from compendium.screening.layout import SheetPlan
from compendium.screening.remarks import Remark

_OTHER_TITLES = {"tt", "ot", "translated title", "title_translated", "original title",
                 "original_title", "title_original", "vernacular title", "title_en", "title_ru",
                 "title_kk", "название", "атауы", "title (english)"}  # fmt: skip
_OTHER_ABSTRACTS = {"oab", "translated abstract", "abstract_translated", "original abstract",
                    "original_abstract", "abstract_original", "abstract_en", "abstract_ru",
                    "abstract_kk", "аннотация", "аңдатпа", "abstract (english)"}  # fmt: skip
"""Columns and tags under which exports keep a title or an abstract in a second language."""


@dataclass(frozen=True)
class Answer:
    """What a reviewer says of a record in the page."""

    reviewer: str
    role: str
    record: str
    decision: str
    criterion: str = ""
    reason: str = ""


class Desk:
    """Records, decisions and remarks of a folder, for the page.

    Parameters
    ----------
    file : Path
        The records.
    folder : Path
        Of the decisions.
    plan : SheetPlan
        What is asked, and which words are coloured.
    choice : work.Choice
        Which records are read, and in which order.
    """

    def __init__(
        self, file: Path, folder: Path, plan: SheetPlan, choice: work.Choice = work.NO_CHOICE
    ):
        self.folder, self.plan = folder, plan
        self.protocol = protocol.read(folder)
        self.records, self.unknown = work.chosen(file, folder, plan.stage, choice)
        if not self.records:
            raise CompendiumError(
                _("No record has reached this stage."), path=file,
                remedy=_("Look at the query, and at the decisions of the stage before."),
            )  # fmt: skip
        decisions.identify(
            folder,
            (decisions.Identified(r.key, title=r.title) for r in self.records.values()),
        )
        self._lock = RLock()
        self._seen: tuple[int, int] | None = None
        self._held: dict[tuple[str, str, str, str], Decision] = {}

    def reviewers(self) -> list[str]:
        """Everybody who has a sheet or has decided anything here."""
        with self._lock:
            self._renew()
            given = sharing.read(self.folder)
            named = [*given["reviewer"], *(place[2] for place in self._held)]
        return sorted({name for name in named if name and name != work.PROGRAM})

    def listing(self, reviewer: str, role: str = decisions.INDEPENDENT) -> list[dict]:
        """A reviewer's records in order, each with its title, what they decided and why.

        Who settles sees the records in conflict; who decides on their own sees those shared out to
        them, or all where nothing was.
        """
        with self._lock:
            self._renew()
            return [
                {"key": key, "title": record.title, "year": record.year or "",
                 **_said(self._own(key, reviewer, role))}
                for key, record in self._mine(reviewer, role).items()
            ]  # fmt: skip

    def record(self, key: str, reviewer: str, role: str = decisions.INDEPENDENT) -> dict:
        """All that the page shows of a record, texts as HTML with the query's words marked.

        Raises
        ------
        CompendiumError
            If there is no such record.
        """
        record = self._known(key)
        texts = highlights.texts(record)
        spans = self.plan.highlight(record) if self.plan.highlight else {}
        marked = {name: _marked(text, spans.get(name, ())) for name, text in texts.items()}
        with self._lock:
            self._renew()
            own = self._own(key, reviewer, role)
            before = self._before(key) if role == decisions.SETTLING else []
        said = remarks.read(self.folder)
        mine = said[(said["record"] == key) & (said["reviewer"] == reviewer)]
        shown = {
            "key": key, **marked, "other": _other_languages(record),
            "authors": "; ".join(record.authors), "year": record.year or "",
            "source": record.source, "link": sheets.link(record),
            **_said(own),
            "labels": mine["labels"].iloc[0] if len(mine) else "",
            "note": mine["note"].iloc[0] if len(mine) else "",
            "earlier": before,
        }  # fmt: skip
        if self.plan.stage == decisions.FULL_TEXT:
            there = full_texts.there([record], self.folder / full_texts.FOLDER)
            shown["pdf"] = there[key].name if key in there else ""
            shown["pdf_name"] = full_texts.name(record)
        return shown

    def decide(self, answer: Answer) -> dict:
        """Add a decision to the table; the same one a second time adds nothing.

        Returns
        -------
        dict with `decision`, and with `before`: what this reviewer had decided until now

        Raises
        ------
        CompendiumError
            If the decision does not fit.
        """
        self._known(answer.record)
        decision = Decision(
            answer.record, self.plan.stage, " ".join(answer.reviewer.split()), answer.role,
            answer.criterion, answer.decision, " ".join(answer.reason.split()),
            date.today().isoformat(),
        )  # fmt: skip
        if problem := decisions.wrong(decision, self.protocol.reasons):
            _column, message, remedy = problem
            raise CompendiumError(message, remedy=remedy)
        with self._lock, decisions.locked(self.folder):
            self._renew()
            earlier = self._held.get(decision.place)
            before = earlier if earlier and earlier.decision != decisions.WITHDRAWN else None
            withdraws = decision.decision == decisions.WITHDRAWN
            if not (before is None if withdraws else before and before.said == decision.said):
                decisions.append(self.folder, [decision])
                self._held[decision.place] = decision
                self._seen = self._state()
        return {"decision": "" if withdraws else decision.decision,
                "before": before.decision if before else ""}  # fmt: skip

    def remark(self, reviewer: str, record: str, labels: str, note: str) -> None:
        """Keep a reviewer's labels and note."""
        self._known(record)
        said = [part.strip() for part in labels.split(";") if part.strip()]
        remarks.append(self.folder, [
            Remark(record, " ".join(reviewer.split()), "; ".join(said), " ".join(note.split()),
                   date.today().isoformat())
        ])  # fmt: skip

    def progress(self, reviewer: str, role: str = decisions.INDEPENDENT) -> dict:
        """How far the team is; what it decided, for who settles, or once everybody is done."""
        settles = role == decisions.SETTLING
        people, states = sharing.progress(self.folder, self.protocol, blind=not settles)
        people, states = (t[t["stage"] == self.plan.stage] for t in (people, states))
        team = {(name, decisions.INDEPENDENT) for name in people["reviewer"]} | {(reviewer, role)}
        rows = []
        for name, what in sorted(team):
            listed = self.listing(name, what)
            rows.append({
                "reviewer": f"{name} ({label(what)})" if what == decisions.SETTLING else name,
                "assigned": len(listed), "decided": sum(bool(each["decision"]) for each in listed),
            })  # fmt: skip
        return {
            "reviewers": rows,
            "records": [{"state": sharing.state(row.state), "n": row.records}
                        for row in states.itertuples()],
        }  # fmt: skip

    def choices(self) -> dict:
        """What can be chosen, in the language in use."""
        codes = (*decisions.CHOICES[self.plan.stage],)
        return {
            "decisions": [{"code": code, "label": label(code)} for code in codes],
            "criteria": [{"code": code, "label": label(code), "definition": definition(code)}
                         for code in self.plan.offered],
            "other": decisions.OTHER,
            "needed": self.plan.stage in self.protocol.reasons,
            "labels": list(self.protocol.labels),
            "stage": label(self.plan.stage),
            "role": {code: label(code) for code in (decisions.INDEPENDENT, decisions.SETTLING)},
            "after": self._after(),
        }  # fmt: skip

    def _after(self) -> dict[str, str]:
        """What comes when all is decided, by the role of who decided it."""
        ends = (
            _("Next come the full texts of what was included: begin with --stage full_text.")
            if self.plan.stage == decisions.TITLE_ABSTRACT
            else _("Next, `compendium screening flow` counts what was decided.")
        )
        alone = self.protocol.reviewers == 1
        meets = _("When the other reviewers are done too, conflicts are settled here, by who "
                  "begins with “{role}”.").format(role=label(decisions.SETTLING))  # fmt: skip
        return {decisions.INDEPENDENT: ends if alone else meets, decisions.SETTLING: ends}

    def _known(self, key: str) -> Record:
        if key not in self.records:
            raise CompendiumError(_("There is no such record here: {key}.").format(key=key[:80]))
        return self.records[key]

    def _mine(self, reviewer: str, role: str) -> dict[str, Record]:
        if role == decisions.SETTLING:
            found = outcomes.conflicts(self._frame(), self.plan.stage, self.protocol.reviewers)
            settled = {place[0] for place in self._held if place[2:] == (reviewer, role)}
            keys = set(found["record"]) | settled
            return {key: record for key, record in self.records.items() if key in keys}
        given = sharing.read(self.folder)
        given = given[(given["stage"] == self.plan.stage) & (given["reviewer"] == reviewer)]
        if given.empty:
            return self.records
        wanted = set(given["record"])
        return {key: record for key, record in self.records.items() if key in wanted}

    def _own(self, key: str, reviewer: str, role: str) -> Decision | None:
        found = self._held.get((key, self.plan.stage, reviewer, role))
        return found if found and found.decision != decisions.WITHDRAWN else None

    def _before(self, key: str) -> list[str]:
        """What each reviewer decided, for whoever settles."""
        return [
            work.said(held) for place, held in self._held.items()
            if place[:2] == (key, self.plan.stage) and held.role != decisions.SETTLING
            and held.decision != decisions.WITHDRAWN
        ]  # fmt: skip

    def _frame(self) -> pd.DataFrame:
        rows = [[getattr(held, name) for name in decisions.COLUMNS]
                for held in self._held.values()]  # fmt: skip
        return pd.DataFrame(rows, columns=list(decisions.COLUMNS))

    def _state(self) -> tuple[int, int] | None:
        """What changes when anybody writes to the table."""
        file = self.folder / decisions.DECISIONS
        if not file.is_file():
            return None
        told = file.stat()
        return told.st_mtime_ns, told.st_ino

    def _renew(self) -> None:
        state = self._state()
        if state == self._seen:
            return
        found = decisions.read_decisions(self.folder)
        held = [Decision(*row) for row in found.itertuples(index=False)]
        self._held = {decision.place: decision for decision in held}
        self._seen = state


def _said(own: Decision | None) -> dict[str, str]:
    """A reviewer's own decision as the page takes it; empty words where there is none."""
    return dict(zip(("decision", "criterion", "reason"), own.said if own else ("",) * 3,
                    strict=True))  # fmt: skip


def words() -> dict[str, dict[str, str]]:
    """The page's words by language and key."""
    told = {}
    for code in LANGUAGES:
        with speaking(code):
            told[code] = _words()
    return told


def _words() -> dict[str, str]:
    return {
        "title": _("Screening"),
        "who": _("Who are you?"),
        "name": _("Your name, as you sign"),
        "role": _("What do you do?"),
        "begin": _("Begin"),
        "language": _("Language"),
        "records": _("Records"),
        "record": _("Record"),
        "abstract": _("Abstract"),
        "keywords": _("Keywords"),
        "authors": _("Authors"),
        "source": _("Source"),
        "link": _("Link"),
        "no_title": _("(no title in the export)"),
        "no_abstract": _("(no abstract in the export)"),
        "decision": _("Decision"),
        "criterion": _("Criterion not met"),
        "no_criterion": _("none chosen"),
        "reason": _("Reason"),
        "labels": _("Labels"),
        "labels_hint": _("Labels, with a semicolon between them"),
        "note": _("Note"),
        "undo": _("Undo"),
        "next": _("Next"),
        "previous": _("Previous"),
        "next_open": _("Next undecided"),
        "show": _("Show"),
        "all": _("All"),
        "open": _("Undecided"),
        "keys": _("Keyboard shortcuts"),
        "keys_on": _("Use single keys"),
        # Translators: follows the keys of the decisions, e.g. "I Include · E Exclude · "
        "keys_more": _("after E, or before it: 1–9 criterion, 0 without one · U undo · ← → or J K "
                       "previous and next · O next undecided · Esc leaves a box · Enter there "
                       "confirms another reason"),
        "progress": _("Progress of the team"),
        # Translators: progress of a reviewer, e.g. "12 of 60 decided"
        "done": _("{n} of {all} decided"),
        "reviewer": _("Reviewer"),
        "saved": _("Saved"),
        "saving": _("Saving …"),
        "unsaved": _("Not saved yet: {n}. The page keeps trying; leave it open."),
        "drafts": _("Draft, not saved: {n}"),
        "draft": _("draft"),
        "lacking": _("no criterion"),
        "lacking_all": _("Excluded without a criterion: {n}"),
        "show_lacking": _("Excluded without a criterion"),
        "none": _("There is no such record."),
        "criteria": _("Criteria in full"),
        "without": _("Without a criterion"),
        "cancel": _("Cancel"),
        "stays": _("A criterion belongs to an exclusion only."),
        "nothing_to_undo": _("There is nothing to undo in this window."),
        "anew": _("The program was started anew. Open the address that it shows in the terminal."),
        "kept": _("What is not saved waits in this browser: {n}."),
        "missed": _("A key pressed before this record was shown did nothing."),
        "skipped": _("Record {n} is left undecided."),
        "only_open": _("This is the only undecided record."),
        "from_start": _("The end of the list is reached; this is the first undecided record."),
        "unreachable": _("The program does not answer. Is it still running?"),
        "change": _("Change"),
        "finished": _("Every record here is decided."),
        "nothing": _("There is no record here for you."),
        "undone": _("Undone: {decision}"),
        "choose_criterion": _("Choose the criterion that it does not meet."),
        "write_reason": _("Write the reason."),
        "earlier": _("Decisions to settle"),
        "other_language": _("In another language"),
        "pdf": _("Full text (PDF)"),
        "pdf_missing": _("Not in the folder yet; save it as"),
        "elsewhere": _("Decided in another window: {decision}"),
    }  # fmt: skip


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text as HTML, the places marked."""
    parts, at = [], 0
    for start, end in highlights.merged(spans, len(text)):
        parts += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
        at = end
    return "".join((*parts, escape(text[at:])))


def _other_languages(record: Record) -> list[str]:
    """Title and abstract in another language, where the export keeps them, as HTML."""
    found = []
    for names, own in ((_OTHER_TITLES, record.title), (_OTHER_ABSTRACTS, record.abstract)):
        found += [
            escape(text) for name, text in record.extra.items()
            if name.strip().casefold() in names and text.strip() and text.strip() != own
        ]  # fmt: skip
    return found
