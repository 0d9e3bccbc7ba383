"""A review's protocol by PRISMA-P 2015: what its plan says under each item, or that it is missing.

The items and all that the protocol says stand in `template/protocol.csv`, in each language side by
side; nothing that the plan does not say is made up.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from compendium.language.active import SOURCE

if TYPE_CHECKING:
    from compendium.review_plan import Category, Plan

TEXTS = Path(__file__).parent / "template" / "protocol.csv"
FILE = "PROTOCOL.md"
_UPDATES = {
    "original": "original", "scoping": "original", "map": "original", "living": "living",
    "rerun": "rerun", "update": "update",
}  # fmt: skip
"""By the kind of review, what the protocol says of its being an update."""


@cache
def _rows() -> tuple[Mapping[str, str], ...]:
    with TEXTS.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def fields() -> tuple[str, ...]:
    """What a plan may say under `protocol`: a field for each item that no other part tells."""
    return tuple(row["field"] for row in _rows() if row["field"])


def languages() -> tuple[str, ...]:
    """Languages that the items are told in."""
    heads = [name.partition("_") for name in _rows()[0]]
    return tuple(code for kind, _line, code in heads if kind == "label")


def files(folder: Path) -> list[Path]:
    """The protocol of a review in each of its languages, English first; none if there is none."""
    return sorted(folder.glob("PROTOCOL*.md"), key=lambda file: (file.name != FILE, file.name))


def unwritten(text: str) -> int:
    """How many items of a protocol are still to be written."""
    marks = [re.escape(row[f"label_{code}"]) for row in _rows() if row["key"] == "write"
             for code in languages()]  # fmt: skip
    return len(re.findall(rf"^(?:{'|'.join(marks)})", text, re.MULTILINE))


def write(folder: Path, plan: Plan, title: str) -> None:
    """Write the protocol in each of the review's languages that its items are told in.

    Parameters
    ----------
    folder : Path
        The review's.
    plan : Plan
    title : str
        Of the review, in English.
    """
    for code in languages():
        if code == SOURCE or code in (plan.languages or languages()):
            name = FILE if code == SOURCE else f"PROTOCOL.{code}.md"
            (folder / name).write_text(_Protocol(plan, title, code).text(), encoding="utf-8")


class _Protocol:
    """The protocol in a language."""

    def __init__(self, plan: Plan, title: str, code: str):
        self.plan, self.code = plan, code
        self.title = plan.title.get(code) or title
        self.rows = {row["key"]: row for row in _rows()}

    def say(self, key: str) -> str:
        return self.rows[key][f"label_{self.code}"]

    def text(self) -> str:
        parts = [f"# {self.title}", f"**{self.say('protocol')}**", self.say("intro")]
        section = ""
        for row in _rows():
            if row["section"] in ("section", "said"):
                continue
            if row["section"] != section:
                section = row["section"]
                parts.append(f"## {self.say(section)}")
            parts += [f"### {row['key']}. {self.say(row['key'])}", *self.item(row)]
        return "\n\n".join(parts) + "\n"

    def item(self, row: Mapping[str, str]) -> list[str]:
        """What stands under an item: what follows from the plan, what it says, or what to write."""
        computed = [text for text in getattr(self, f"item_{row['key']}", lambda: ())() if text]
        own = self.plan.protocol.get(row["field"], {})
        said = own.get(self.code) or own.get(SOURCE, "")
        wanted = not said and self.lacks(row["key"], bool(computed))
        ask = f"{self.say('write')} {row[f'ask_{self.code}']}"
        return [*computed, *filter(None, (said, ask if wanted else ""))]

    def lacks(self, item: str, computed: bool) -> bool:
        if item == "1b":
            return self.plan.kind in ("rerun", "update")
        return item == "3a" or not computed  # names alone reach nobody

    def listed(self, head: str, lines: list[str]) -> list[str]:
        return [self.say(head), "\n".join(f"- {line}" for line in lines)] if lines else []

    def item_1a(self) -> list[str]:
        return [f"{self.say('this_is')} {self.title}"]

    def item_1b(self) -> list[str]:
        return [self.say(_UPDATES[self.plan.kind])]

    def item_3a(self) -> list[str]:
        return ["\n".join(f"- {name.strip()}" for name in self.plan.authors.split(";") if name)]

    def item_8(self) -> list[str]:
        return self.listed("criteria", list(self.plan.criteria.values()))

    def item_9(self) -> list[str]:
        named = dict.fromkeys(query["database"] for query in self.plan.queries)
        return self.listed("databases", [name for name in named if name])

    def item_10(self) -> Iterator[str]:
        for query in self.plan.queries:
            database = f" ({query['database']})" if query["database"] else ""
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", query["text"])), default=0))
            yield f"{query['label']}{database}:\n\n{fence}text\n{query['text']}\n{fence}"

    def item_11b(self) -> list[str]:
        said = {"stages": "", **self.plan.screening} if self.plan.screening else {}
        return [
            self.say(key).format(key=self.listed_stages(value) if key == "reasons" else value)
            for key, value in said.items() if key in self.rows
        ]  # fmt: skip

    def listed_stages(self, said: str | list[str]) -> str:
        return ", ".join(self.say(stage) for stage in ([said] if isinstance(said, str) else said))

    def item_12(self) -> list[str]:
        return self.listed("items", [self.category(c) for c in self.plan.extraction.values()])

    def category(self, category: Category) -> str:
        held = self.say(category.type)
        if category.codes:
            held = f"{held}: {', '.join(category.codes.values())}"
        return f"{category.label} ({', '.join(filter(None, (held, category.unit)))})"

    def item_15a(self) -> list[str]:
        return [self.say("pool_when" if "effects" in self.plan.parts else "no_pooling")]

    def item_15b(self) -> list[str]:
        return [self.say("pool_how" if "effects" in self.plan.parts else "no_pooling")]

    def item_15d(self) -> Iterator[str]:
        yield self.say("side_by_side")
        if "directions" in self.plan.parts:
            yield self.say("directions")
        sides = [side for side in (self.plan.rows, self.plan.columns) if side]
        if "map" in self.plan.parts and sides:
            yield from self.listed(
                "map", [f"{side.label}: {', '.join(side.codes.values())}" for side in sides]
            )
        if "assessment" in self.plan.parts and self.plan.models and self.plan.compared_by:
            criteria = [criterion.label for criterion in self.plan.compared_by.values()]
            yield from self.listed(
                "assessment", [", ".join(self.plan.models.values()), ", ".join(criteria)]
            )

    def item_17(self) -> list[str]:
        return [self.say(part) for part in ("grade", "cerqual") if part in self.plan.parts]
