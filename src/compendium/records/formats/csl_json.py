"""CSL-JSON, as Zotero exports it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from compendium.language import N_
from compendium.records import dates, fill, json_stream, names, rest
from compendium.records.record import Record, Refusal
from compendium.records.registry import Format, Writer, register
from compendium.records.source import Source

_TEXTS = {
    "title": fill.text("title"), "abstract": fill.text("abstract"),
    "container-title": fill.text("source"),
    "container-title-short": fill.text("abbreviated_source"),
    "journalAbbreviation": fill.text("abbreviated_source"),
    "volume": fill.text("volume"), "issue": fill.text("issue"),
    "number": fill.text("article_number"),
    "page": fill.made("pages", dates.pages), "DOI": fill.DOI, "ISSN": fill.ISSN, "ISBN": fill.ISBN,
    "PMID": fill.PMID, "URL": fill.text("url"), "language": fill.LANGUAGE,
    "type": fill.DOCUMENT_TYPE, "publisher": fill.text("publisher"),
    "event-title": fill.text("conference"), "event": fill.text("conference"),
    "keyword": fill.entries("keywords", ","),
}  # fmt: skip
_TYPES = {
    "article": "article-journal", "review": "article-journal", "book": "book",
    "conference_paper": "paper-conference", "book_chapter": "chapter", "thesis": "thesis",
    "report": "report", "preprint": "article", "dataset": "dataset",
}  # fmt: skip

_OF_OPENALEX = re.compile(r'"(?:id|openalex)": ?"https?://openalex\.org/')


@register
class CslJson(Format, Writer):
    """CSL-JSON."""

    name = "csl-json"
    label = N_("CSL-JSON (Zotero)")
    suffix = ".json"
    by_code = ("authors", "editors", "date", "year")

    def fills(self):
        """See `Format`."""
        return _TEXTS.values()
    opening, between, closing = "[\n", ",\n", "\n]\n"

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        start = head[:20_000]
        if not start.lstrip().startswith(("[", "{")) or _OF_OPENALEX.search(start):
            return False
        keys = ("id", "author", "container-title", "issued", "event-title")
        return re.search(r'"type": ?"', start) is not None and any(f'"{k}":' in start for k in keys)

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        return json_stream.records(source, _record, "items")

    def entry(self, record: Record, rest: str) -> str:
        """See `Writer`."""
        return json.dumps(_item(record, rest), ensure_ascii=False)

    def back(self, text: str) -> Record:
        """See `Writer`."""
        return _record(json.loads(text), 0)


def _record(item: dict, line: int) -> Record:
    record = Record(line=line)
    custom = item.get("custom")
    for key, value in item.items():
        if key == "id":
            continue
        if key in _TEXTS and isinstance(value, str | int | float):
            if str(value).strip():
                _TEXTS[key](record, str(value))
        elif key in ("author", "editor") and isinstance(value, list):
            setattr(record, f"{key}s", tuple(filter(None, map(_name, value))))
        elif key == "issued" and isinstance(value, dict):
            record.date = _date(value)
            record.year = dates.year(record.date)
        elif key == "custom" and isinstance(value, dict) and rest.NAME in value:
            continue
        elif value not in (None, "", [], {}):
            record.extra[key] = value if isinstance(value, str) else _json(value)
    if isinstance(custom, dict) and isinstance(custom.get(rest.NAME), dict):
        rest.restore(record, _json(custom[rest.NAME]))
    if (own := str(item.get("id") or "")) and own != _id(record):
        record.extra["id"] = own
    return record


def _id(record: Record) -> str:
    return record.extra.get("id") or record.key


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False)


def _name(person) -> str:
    if not isinstance(person, dict):
        return names.name(str(person), given_first=True)
    if "literal" in person:
        return fill.plain(str(person["literal"]))
    particles = (person.get("non-dropping-particle"), person.get("dropping-particle"))
    family = " ".join(str(p) for p in (*particles, person.get("family")) if p)
    parts = (family, names.given(str(person.get("given") or "")), person.get("suffix"))
    return ", ".join(str(part) for part in parts if part)


def _date(issued: dict) -> str:
    parts = issued.get("date-parts")
    if parts and isinstance(parts, list) and parts[0]:
        return dates.date("-".join(str(part) for part in parts[0] if part))
    return dates.date(str(issued.get("raw") or issued.get("literal") or ""))


def _item(record: Record, rest_: str) -> dict:
    kind = _TYPES.get(record.document_type, "article-journal" if record.source else "document")
    item: dict = {"id": _id(record), "type": kind}
    texts = {"title": record.title, "abstract": record.abstract, "container-title": record.source,
             "container-title-short": record.abbreviated_source, "volume": record.volume,
             "issue": record.issue, "number": record.article_number, "page": record.pages,
             "DOI": record.doi, "ISSN": "; ".join(record.issn), "ISBN": "; ".join(record.isbn),
             "PMID": record.pmid, "URL": record.url, "publisher": record.publisher,
             "event-title": record.conference, "language": "; ".join(record.language),
             "keyword": ", ".join(record.keywords or record.author_keywords)}  # fmt: skip
    item |= {key: text for key, text in texts.items() if text}
    for key, persons in (("author", record.authors), ("editor", record.editors)):
        if persons:
            item[key] = [_person(name) for name in persons]
    if re.fullmatch(r"\d+(-\d+)*", record.date):
        item["issued"] = {"date-parts": [[int(part) for part in record.date.split("-")]]}
    if rest_:
        item["custom"] = {rest.NAME: json.loads(rest_)}
    return item


def _person(name: str) -> dict:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}
