"""What a chapter shows of the laboratory: a desk, which the page's script makes usable.

The script (`theme/compendium/static/laboratory.js`) starts Python when the reader asks for it.
Without a script, and in print, the page says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from compendium import language
from compendium.language import _, definition, label, number
from compendium.screening import decisions
from compendium.works import short_name
from scopus_query.grammar import SIGNS
from scopus_query.known import Facts


@dataclass(frozen=True)
class Example:
    """A query that the reader can begin with.

    Attributes
    ----------
    code : str
        By which an address names it; the codebook has its label.
    text : str
    works : sequence of str
        Keys of the works that it should find.
    """

    code: str
    text: str
    works: Sequence[str] = ()


@dataclass(frozen=True, repr=False)
class QueryDesk:
    """A text box for a query, and everything that can be said of it.

    Attributes
    ----------
    examples : sequence of Example
    facts : Facts, optional
        What was read of the works that a query should find.
    rules : str
        Address of the page that explains the rules; empty if the book has none.
    """

    examples: Sequence[Example] = ()
    facts: Facts | None = None
    rules: str = ""

    @classmethod
    def of(
        cls, queries: Sequence[Mapping], selected: pd.DataFrame, facts: Facts, rules: str = ""
    ) -> QueryDesk:
        """The desk with a review's own queries.

        Parameters
        ----------
        queries : sequence of dict
            With `id` and `text`.
        selected : DataFrame
            `query` and `work`: what each should find.
        facts : Facts
        rules : str
        """
        works = selected.groupby("query")["work"].agg(list).to_dict()
        examples = [Example(one["id"], one["text"], works.get(one["id"], ())) for one in queries]
        return cls(examples, facts, rules)

    def to_text(self) -> str:
        """The examples."""
        return "\n\n".join(f"{label(one.code)}\n{one.text}" for one in self.examples)

    def _repr_html_(self) -> str:
        return _shown("query", self.document())

    def __repr__(self) -> str:
        return f"QueryDesk: {len(self.examples)} examples"

    def document(self) -> dict:
        """What the script reads."""
        works = list(dict.fromkeys(work for one in self.examples for work in one.works))
        return {
            "lang": language.current(),
            "rules": self.rules,
            "examples": [{"code": one.code, "name": label(one.code), "text": one.text,
                          "works": list(one.works)} for one in self.examples],
            "works": {work: short_name(work) for work in works},
            "facts": self.facts.as_data() if self.facts else None,
            "signs": SIGNS.replace("(?P<", "(?<"),
            # Translators: read aloud by a screen reader
            "phrases": {"Selection deleted": _("Selection deleted")},
            "words": {**_common(), **_of_query()},
        }  # fmt: skip


@dataclass(frozen=True, repr=False)
class ExportDesk:
    """A place to drop an export: what can be read of it, duplicates, the hits of a query, the flow.

    Attributes
    ----------
    criteria : sequence of str
        Codes of the criteria that a screening sheet offers.
    """

    criteria: Sequence[str] = ()

    def to_text(self) -> str:
        """The formats that are read."""
        from compendium.records.registry import known

        return "\n".join(_(kind.label) for kind in known().values())

    def _repr_html_(self) -> str:
        return _shown("export", self.document())

    def __repr__(self) -> str:
        return "ExportDesk"

    def document(self) -> dict:
        """What the script reads."""
        stage = decisions.TITLE_ABSTRACT
        codes = (*decisions.CHOICES[stage], stage, decisions.OTHER, *self.criteria,
                 "not_reported", "unknown")  # fmt: skip
        return {
            "lang": language.current(),
            "formats": {"ris": "RIS", "csv": "CSV"},
            "review": {"criteria": list(self.criteria), "group": number(123_456)[3:-3],
                       "codes": {code: (label(code), definition(code)) for code in codes}},
            "words": {**_common(), **_of_export()},
        }  # fmt: skip


@dataclass(frozen=True, repr=False)
class OfflineButton:
    """A button by which a reader keeps the whole book, to read it without a network.

    What it keeps is listed by `edition.offline`, and so is the size that it tells.
    """

    def to_text(self) -> str:
        """What stands in its place without a script."""
        return _without()

    def _repr_html_(self) -> str:
        return _shown("", self.document(), "offline")

    def __repr__(self) -> str:
        return "OfflineButton"

    def document(self) -> dict:
        """What the script reads."""
        return {"lang": language.current(), "words": {
            # Translators: button; {size} is a number
            "keep": _("Read the whole book offline: {size} MB"),
            "keeping": _("{done} of {size} MB are kept."),
            "kept": _("This language of the book is kept in your browser and opens without a "
                      "network. With one, you always see the latest build."),
            # Translators: button that deletes what the browser has kept
            "drop": _("Delete it from this browser"),
            "gone": _("Nothing is kept."),
            "failed": _("It could not be kept: {why}"),
            "unable": _("This browser keeps no pages here: that needs https, and no private "
                        "window."),
            "decimal": _decimal(),
        }}  # fmt: skip


def _shown(kind: str, document: Mapping, name: str = "laboratory") -> str:
    told = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    told = told.replace("<", "\\u003c")
    without = _without()
    return (
        f'<div class="{name}" data-kind="{kind}">\n'
        f'<p class="without">{escape(without)}</p>\n'
        f'<script type="application/json">{told}</script>\n</div>'
    )


def _without() -> str:
    return _("This part of the page needs a browser with JavaScript.")


def _common() -> dict[str, str]:
    return {
        # Translators: button that loads Python into the page
        "start": _("Start"),
        # Translators: {size} is a number
        "about": _("Python runs here, on your own machine, once you start it. {size} MB are loaded "
                   "from this site and kept by your browser. What you enter goes nowhere."),
        "loading": _("Loading: {share}"),
        "preparing": _("Python is starting."),
        "ready": _("Ready. From here on it also works offline."),
        "working": _("Working…"),
        "absent": _("This copy of the book was built without the laboratory."),
        "local": _("A browser starts Python only on a page that comes from a server. "
                   "`compendium serve` is one."),
        "failed": _("Python could not be started: {why}"),
        "broke": _("This could not be answered: {why}"),
        "deep": _("This is nested too deep for a browser. Python was started anew; a file that was "
                  "read before has to be chosen again."),
        "stopped": _("Stopped. A file that was read before has to be chosen again."),
        "copy": _("Copy"),
        "copied": _("Copied"),
        "decimal": _decimal(),
    }  # fmt: skip


def _decimal() -> str:
    return number(0.5, 1).strip("05")


def _of_query() -> dict[str, str]:
    return {
        "query": _("A query for Scopus"),
        # Translators: read aloud by a screen reader; F8 and Tab are keys
        "keys": _("F8 goes to the next finding, Tab leaves the box."),
        "examples": _("Begin with:"),
        # Translators: button that takes back the last change of the query
        "undo": _("Undo"),
        # Translators: button that copies the page's address, with the query in it
        "link": _("Copy the link to this query"),
        "findings": _("Findings"),
        "none": _("Nothing to repair."),
        "error": _("error"), "warning": _("warning"), "note": _("note"),
        # Translators: link to a place of the query; line and column
        "place": _("line {line}, character {column}"),
        "times": _("and {n} more times"),
        # Translators: button; {how} says what is written or deleted, and where
        "mend": _("Repair: {how}"),
        "readings": _("What the query may mean"),
        # Translators: button; {how} says what is written or deleted, and where
        "reading": _("Take this: {how}"),
        "formatted": _("Written in order"),
        "take": _("Take this"),
        "explanation": _("What it asks for"),
        "tree": _("As a tree"),
        "translations": _("For other databases"),
        "nothing": _("Nothing of it can be asked there."),
        "losses": _("asked for differently: {n}"),
        "items": _("Known works"),
        "unread": _("A query that cannot be read finds nothing."),
        "recall": _("Of the works selected from {query} its words find {found} of {all}; "
                    "missed: {missed}, undecided: {unknown}."),
        "work": _("Work"), "selected": _("Selected from"),
        "words": _("Words"), "filters": _("Filters"),
        "yes": _("found"), "no": _("missed"), "unknown": _("undecided"),
        # Translators: a query's filters keep a work, or leave it out
        "kept": _("kept"), "left": _("left out"),
        "items_note": _("Only the terms of the review’s own queries were looked for in these "
                        "works. Any other term is undecided."),
    }  # fmt: skip


def _of_export() -> dict[str, str]:
    return {
        "file": _("Choose files, or drop them here. They are read on your machine and go nowhere."),
        "progress": _("Records: {n}"),
        # Translators: button that ends what takes long
        "stop": _("Stop"),
        "halted": _("Stopped."),
        # Translators: the account of an export
        "account": _("{file} ({format}, {encoding}). Entries: {entries}; records: {found}; "
                     "refused: {refused}."),
        "refused": _("Refused"), "notes": _("Notes"), "records": _("Records"),
        "line": _("line {line}: {reason}"),
        "more": _("… and {n} more"),
        # Translators: button that saves a file; {format} is RIS or CSV
        "take": _("Save as {format}"),
        # Translators: button that looks for records of one publication
        "find": _("Look for duplicates"),
        # Translators: button that asks the query in the box above about the records of the file
        "run": _("Ask the query above"),
        "publications": _("Records: {all}; publications: {unique}; duplicates: {removed}."),
        "open": _("Pairs that a person has to decide: {n}."),
        "hits": _("Records: {all}; found by the query: {found}; missed: {missed}; "
                  "undecided: {unknown}."),
        "unread": _("A query that cannot be read finds nothing."),
        # Translators: button that draws the PRISMA flow of the records
        "flow": _("Draw the flow"),
        # Translators: name of a file of a drawing, in a button "Save as {format}"
        "svg": "SVG",
        "flow_title": _("PRISMA flow, up to the screening"),
        # Translators: label of a box for a name
        "reviewer": _("Who screens"),
        # Translators: button that saves a workbook in which a reviewer decides
        "sheet": _("Save the screening sheet (.xlsx)"),
        "sheet_note": _("The sheet holds what the query finds or may find; all records if no query "
                        "was asked. `compendium screening read` takes it back."),
    }  # fmt: skip
