"""The plan of a new review: a YAML file that says what it asks, searches, extracts and shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compendium import prisma_p
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import N_, _
from compendium.language.active import SOURCE, Language
from compendium.screening import protocol as screening
from compendium.yaml_file import read_yaml

ALWAYS = ("search", "screening", "synthesis")
PARTS = ("effects", "directions", "map", "assessment", "grade", "cerqual", "claims")
"""Chapters that a review may have or not, in the order of its contents."""
KINDS = {
    "original": ("assessment",),
    "rerun": ("assessment", "claims"),
    "living": ("assessment",),
    "update": ("assessment", "claims"),
    "scoping": ("map",),
    "map": ("map",),
}
"""Kinds of review, and the chapters that each has unless its plan says otherwise."""
SUBTITLES = {
    "original": N_("An executable systematic review"),
    "rerun": N_("A published review, run again from its data"),
    "living": N_("An executable living review"),
    "update": N_("An executable update of a published review"),
    "scoping": N_("An executable scoping review"),
    "map": N_("An executable evidence map"),
}
TYPES = ("text", "number", "year", "code", "effect")
"""What a category of the extraction form holds."""
METHODS = ("none", "grade", "cerqual")
"""What a plan may say of the assessment in a word, in the place of models and criteria."""
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_FIELDS = (
    "title", "languages", "kind", "authors", "queries", "criteria", "extraction", "chapters",
    "assessment", "map", "protocol", "screening",
)  # fmt: skip


@dataclass(frozen=True)
class Category:
    """A category of the extraction form: label, type, a number's unit, or codes with labels."""

    label: str
    type: str = "text"
    unit: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Dimension:
    """One side of an evidence map: what it is, and its codes with their labels."""

    label: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Criterion:
    """A criterion of the assessment, and whether more of it is better."""

    label: str
    better: str = "higher"


@dataclass(frozen=True)
class Plan:
    """What a new review is to be; what is left out stays a marked example.

    Attributes
    ----------
    title : dict
        By language; empty for the example.
    languages : tuple of str
        Codes; English, which the chapters are written in, is one of them.
    kind : str
        One of `KINDS`.
    parts : tuple of str
        Which of `PARTS` it has, in their order.
    protocol : dict
        By the fields of `prisma_p`, what the protocol says that nothing else does, by language.
    screening : dict
        What `screening.yml` says; empty where the plan leaves it as it is.
    """

    title: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    kind: str = "rerun"
    authors: str = ""
    queries: tuple[Mapping[str, str], ...] = ()
    criteria: Mapping[str, str] = field(default_factory=dict)
    extraction: Mapping[str, Category] = field(default_factory=dict)
    parts: tuple[str, ...] = KINDS["rerun"]
    models: Mapping[str, str] = field(default_factory=dict)
    compared_by: Mapping[str, Criterion] = field(default_factory=dict)
    rows: Dimension | None = None
    columns: Dimension | None = None
    protocol: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    screening: Mapping[str, Any] = field(default_factory=dict)


def read(file: Path) -> Plan:
    """A plan, checked.

    Parameters
    ----------
    file : Path
        A YAML file; `compendium init --example` prints one.

    Raises
    ------
    CompendiumError
        If it cannot be read, or says something that no review has.
    """
    try:
        said = read_yaml(file)
    except OSError as error:
        raise CompendiumError(
            _("The file cannot be read: {why}.").format(why=error.strerror), path=file
        ) from None
    return of(said, file)


def of(said: object, file: Path | None = None) -> Plan:
    """A plan from what its YAML says, checked as `read` does; the file is named in errors."""
    return _Reader(file).plan(said)


class _Reader:
    """Reads a plan's parts; every error names the file and the field."""

    def __init__(self, file: Path | None):
        self.file = file

    def plan(self, said: object) -> Plan:
        top = self.mapping(said, "", _FIELDS)
        kind = self.one_of(top.get("kind", "original"), KINDS, "kind")
        method, compared = self.assessment(top.get("assessment"))
        sides = self.mapping(top.get("map"), "map", ("rows", "columns"))
        return Plan(
            title=self.title(top.get("title")),
            languages=self.languages(top.get("languages", [SOURCE])),
            kind=kind,
            authors=self.string(top.get("authors", ""), "authors"),
            queries=self.queries(top.get("queries", [])),
            criteria=self.labels(top.get("criteria"), "criteria"),
            extraction=self.extraction(top.get("extraction")),
            parts=self.parts(top.get("chapters"), kind, method),
            models=self.labels(compared.get("models"), "assessment.models"),
            compared_by=self.compared_by(compared.get("criteria")),
            rows=self.dimension(sides.get("rows"), "map.rows"),
            columns=self.dimension(sides.get("columns"), "map.columns"),
            protocol=self.protocol(top.get("protocol")),
            screening=self.screening(top.get("screening")),
        )

    def wrong(self, message: str, where: str, remedy: str = "") -> CompendiumError:
        return CompendiumError(message, path=self.file, column=where or None, remedy=remedy or None)

    def mapping(self, said: object, where: str, allowed: Iterable[str] = ()) -> dict[str, Any]:
        if said is None:
            return {}
        if not isinstance(said, dict):
            raise self.wrong(_("Names with a colon each are wanted here."), where)
        for name in said:
            if allowed and name not in allowed:
                raise self.wrong(
                    _("A plan has no field {name}.").format(name=repr(name)),
                    where, did_you_mean(
                        name, allowed,
                        otherwise=_("Name one of: {names}.").format(names=", ".join(allowed)),
                    ),
                )  # fmt: skip
        return said

    def string(self, said: object, where: str) -> str:
        if isinstance(said, dict | list) or said is None:
            raise self.wrong(_("A text is wanted here."), where)
        return str(said).strip()

    def one_of(self, said: object, known: Iterable[str], where: str) -> str:
        if said not in list(known):
            raise self.wrong(
                _("Not known here: {value}.").format(value=repr(said)), where,
                did_you_mean(
                    said, known,
                    otherwise=_("Name one of: {names}.").format(names=", ".join(known)),
                ),
            )  # fmt: skip
        return str(said)

    def code(self, said: object, where: str) -> str:
        if not isinstance(said, str) or not _CODE.fullmatch(said):
            raise self.wrong(
                _("{value} is no code.").format(value=repr(said)), where,
                _("Write small letters a–z, digits and underscores, a letter first."),
            )
        return said

    def title(self, said: object) -> dict[str, str]:
        if said is None:
            return {}
        if isinstance(said, dict) and not said.get(SOURCE):
            raise self.wrong(_("The title in English is missing."), f"title.{SOURCE}")
        return self.by_language(said, "title")

    def languages(self, said: object) -> tuple[str, ...]:
        if not isinstance(said, list) or not said:
            raise self.wrong(_("A list is wanted here."), "languages")
        codes = tuple(dict.fromkeys(Language.of(str(code)).code for code in said))
        return codes if SOURCE in codes else (SOURCE, *codes)

    def labels(self, said: object, where: str) -> dict[str, str]:
        return {
            self.code(code, where): self.string(text, f"{where}.{code}")
            for code, text in self.mapping(said, where).items()
        }

    def queries(self, said: object) -> tuple[dict[str, str], ...]:
        if not isinstance(said, list):
            raise self.wrong(_("A list is wanted here."), "queries")
        found = []
        for at, each in enumerate(said):
            where = f"queries[{at}]"
            entry = self.mapping(each, where, ("id", "label", "database", "text"))
            for name in ("id", "text"):
                if not entry.get(name):
                    raise self.wrong(_("The text is missing."), f"{where}.{name}", _("Write it."))
            found.append({
                "id": self.code(entry["id"], f"{where}.id"),
                "label": self.string(entry.get("label", entry["id"]), f"{where}.label"),
                "database": self.string(entry.get("database", ""), f"{where}.database"),
                "text": self.string(entry["text"], f"{where}.text"),
            })  # fmt: skip
        twice = {each["id"] for each in found if sum(e["id"] == each["id"] for e in found) > 1}
        if twice:
            raise self.wrong(
                _("Two queries have the id {name}.").format(name=repr(min(twice))), "queries",
                _("Give each its own."),
            )
        return tuple(found)

    def extraction(self, said: object) -> dict[str, Category]:
        found = {}
        for code, each in self.mapping(said, "extraction").items():
            where = f"extraction.{self.code(code, 'extraction')}"
            if not isinstance(each, dict):
                found[code] = Category(self.string(each, where))
                continue
            entry = self.mapping(each, where, ("label", "type", "unit", "codes"))
            codes = self.labels(entry.get("codes"), f"{where}.codes")
            kind = self.one_of(
                entry.get("type", "code" if codes else "text"), TYPES, f"{where}.type"
            )
            if (kind == "code") != bool(codes):
                raise self.wrong(
                    _("Codes belong to the type `code`, and it needs them."), f"{where}.codes"
                )
            found[code] = Category(
                self.string(entry.get("label", code), f"{where}.label"), kind,
                self.string(entry.get("unit", ""), f"{where}.unit"), codes,
            )  # fmt: skip
        return found

    def assessment(self, said: object) -> tuple[str, dict[str, Any]]:
        """The method, where a word says it, and otherwise what is compared."""
        if said is None or isinstance(said, dict):
            return "", self.mapping(said, "assessment", ("models", "criteria"))
        return self.one_of(said, METHODS, "assessment"), {}

    def parts(self, said: object, kind: str, method: str) -> tuple[str, ...]:
        """The chapters named, or the kind's; a method brings its own in the place of ranking."""
        if said is None:
            wanted = set(KINDS[kind]) - ({"assessment"} if method else set())
        elif isinstance(said, list):
            wanted = {self.one_of(each, (*ALWAYS, *PARTS), "chapters") for each in said}
        else:
            raise self.wrong(_("A list is wanted here."), "chapters")
        return tuple(part for part in PARTS if part in wanted | {method})

    def protocol(self, said: object) -> dict[str, dict[str, str]]:
        return {
            name: self.by_language(text, f"protocol.{name}")
            for name, text in self.mapping(said, "protocol", prisma_p.fields()).items()
        }

    def screening(self, said: object) -> dict[str, Any]:
        entry = self.mapping(said, "screening", ("reviewers", "reasons", "labels", "pilot"))
        screening.of(entry, self.file or Path("plan.yml"))
        return entry

    def by_language(self, said: object, where: str) -> dict[str, str]:
        if not isinstance(said, dict):
            return {SOURCE: self.string(said, where)}
        return {code: self.string(text, f"{where}.{code}") for code, text in said.items()}

    def compared_by(self, said: object) -> dict[str, Criterion]:
        found = {}
        for code, each in self.mapping(said, "assessment.criteria").items():
            where = f"assessment.criteria.{self.code(code, 'assessment.criteria')}"
            if isinstance(each, dict):
                entry = self.mapping(each, where, ("label", "better"))
                found[code] = Criterion(
                    self.string(entry.get("label", code), f"{where}.label"),
                    self.one_of(entry.get("better", "higher"), ("higher", "lower"),
                                f"{where}.better"),
                )  # fmt: skip
            else:
                found[code] = Criterion(self.string(each, where))
        return found

    def dimension(self, said: object, where: str) -> Dimension | None:
        if said is None:
            return None
        entry = self.mapping(said, where, ("label", "codes"))
        codes = self.labels(entry.get("codes"), f"{where}.codes")
        if not entry.get("label") or not codes:
            raise self.wrong(_("A dimension has a label and codes."), where)
        return Dimension(self.string(entry["label"], f"{where}.label"), codes)
