"""What the page asks of Python in its worker: JSON in, JSON out. Nothing here knows a browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from scopus_query import answers, known, language
from scopus_query.errors import ScopusQueryError
from scopus_query.parse import read

if TYPE_CHECKING:
    from compendium.records.dedup import Plan
    from compendium.records.record import Record

Progress = Callable[[int], None]
SHOWN = 200
"""Records that a list shows; what is taken away holds all."""


def reply(message: str, progress: Progress = lambda done: None) -> str:
    """Answer a message of the page.

    Parameters
    ----------
    message : str
        JSON with `task`, `lang` and what the task needs.
    progress : callable
        Told how many records are done.

    Returns
    -------
    str
        JSON: `result`, or `error`, a sentence in the reader's language.
    """
    given = json.loads(message)
    lang = given.get("lang")
    language.use(lang if lang in language.LANGUAGES else language.SOURCE)
    try:
        told = {"result": TASKS[given["task"]](given, progress)}
    except ScopusQueryError as error:
        told = {"error": str(error)}
    return json.dumps(told, ensure_ascii=False)


def query(given: dict, progress: Progress) -> dict:
    """What is said of a query, and each mending as a sentence."""
    from scopus_query.rules import Edit

    def sentence(edits: list[dict]) -> str:
        return " ".join(Edit(**edit).describe(given["query"]) for edit in edits)

    told = answers.answer(given["query"])
    mends = [[sentence(fix) for fix in finding["fixes"]] for finding in told["findings"]]
    readings = [sentence(reading["edits"]) for reading in told.get("readings", ())]
    return told | {"mends": mends, "edits": readings}


def translations(given: dict, progress: Progress) -> list[dict]:
    """The query for other databases, with their names."""
    from scopus_query.platforms import BY_NAME

    names = {name: platform.label for name, platform in BY_NAME.items()}
    return [{**told, "label": names.get(told["platform"], "OpenAlex")}
            for told in answers.translations(given["query"])]  # fmt: skip


def items(given: dict, progress: Progress) -> dict[str, dict[str, bool | None]]:
    """What the query says of each known work; nothing of a query that cannot be read."""
    tree = read(given["query"]).tree
    if tree is None:
        return {}
    facts = known.Facts.from_data(given["facts"])
    return {work: known.verdicts(tree, facts, work) for work in given["works"]}


@dataclass
class Export:
    """The export that the page holds: its records, which are one publication, and the hits."""

    records: list[Record] = field(default_factory=list)
    plan: Plan | None = None
    found: list[int] = field(default_factory=list)

    def begin(self, records: list[Record]) -> None:
        """Hold other records."""
        self.records, self.plan, self.found = records, None, []


_held = Export()


def export(given: dict, progress: Progress) -> dict:
    """Read a file: what was read of it and what was refused, as `records read --json` says it."""
    from compendium.errors import CompendiumError
    from compendium.language import _
    from compendium.language.active import speak
    from compendium.records import ledger

    speak(given["lang"])
    accounts: list[ledger.Ledger] = []
    failed: list[CompendiumError] = []
    _held.begin([])
    try:
        _held.begin(list(ledger.records([Path(given["file"])], accounts, progress, failed)))
    except ModuleNotFoundError:
        raise ScopusQueryError(
            _("This kind of file is not read in the page."), remedy=_("Save the table as CSV."),
        ) from None
    return {
        "files": [account.as_data() for account in accounts],
        "failed": [str(error) for error in failed],
        "records": [_shown(record) for record in islice(_held.records, SHOWN)],
    }


def duplicates(given: dict, progress: Progress) -> dict:
    """How many publications the records are, as `records dedup --json` counts them."""
    from compendium.language.active import speak
    from compendium.records import dedup

    speak(given["lang"])
    _held.plan = plan = dedup.planned(_told(_held.records, progress), progress=progress)
    total, unique = len(plan.group), len(set(plan.group))
    names = {record.key: record for record in _held.records}
    return {
        "in": total, "out": unique, "removed": total - unique, "uncertain": len(plan.open),
        "groups": plan.groups,
        "merged": [[_shown(names[name]) for name in group if name in names]
                   for group in islice(plan.groups.values(), SHOWN)],
        "open": [[pair.title, pair.other_title] for pair in plan.open[:SHOWN]],
    }  # fmt: skip


def hits(given: dict, progress: Progress) -> dict:
    """Which records the query finds, and what was found in each."""
    from compendium.search import exports
    from scopus_query.evaluate import evaluate, matches

    tree = read(given["query"]).tree
    if tree is None:
        return {}
    shown: list[dict] = []
    unknown, _held.found = 0, []
    for at, record in enumerate(_told(_held.records, progress)):
        searched = exports.as_searched(record)
        said = evaluate(tree, searched)
        unknown += said is None
        if said:
            _held.found.append(at)
            if len(shown) < SHOWN:
                words = dict.fromkeys(
                    str(searched[match.column])[match.start : match.end]
                    for match in matches(tree, searched)
                )
                shown.append({**_shown(record), "words": list(words)[:12]})
    total, found = len(_held.records), len(_held.found)
    return {"all": total, "found": found, "unknown": unknown, "missed": total - found - unknown,
            "records": shown}  # fmt: skip


def take(given: dict, progress: Progress) -> dict:
    """A file to take away: all records, one a publication, or the query's hits."""
    from compendium.records import write

    records: Iterator[Record] | list[Record] = _held.records
    if given["which"] == "merged" and _held.plan:
        records = (record for _first, record in _held.plan.merged(_held.records))
    elif given["which"] == "found":
        records = [_held.records[at] for at in _held.found]
    kind = write.writers()[given["format"]]
    texts = [write.entry(record, kind) for record in records]
    text = kind.opening + kind.between.join(texts) + kind.closing
    return {"name": f"records{kind.suffix}", "text": text, "count": len(texts)}


def _shown(record: Record) -> dict:
    return {"title": record.title, "authors": "; ".join(record.authors[:3]),
            "year": record.year, "source": record.source, "doi": record.doi}  # fmt: skip


def _told(records: list[Record], progress: Progress) -> Iterator[Record]:
    for at, record in enumerate(records):
        if not at % 200:
            progress(at)
        yield record


TASKS: dict[str, Callable[[dict, Progress], object]] = {
    "query": query, "translations": translations, "items": items,
    "export": export, "duplicates": duplicates, "hits": hits, "take": take,
}  # fmt: skip
