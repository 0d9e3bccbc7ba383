"""EndNote: its XML, and its tagged text that others write as `.enw`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from compendium.language import N_
from compendium.records import tagged, xml_stream
from compendium.records.formats import ris
from compendium.records.record import Record, Refusal
from compendium.records.registry import Format, register
from compendium.records.source import Source

_KINDS = {
    "journal article": "JOUR", "book": "BOOK", "edited book": "EDBOOK", "book section": "CHAP",
    "conference proceedings": "CPAPER", "conference paper": "CPAPER", "thesis": "THES",
    "report": "RPRT", "electronic article": "EJOUR", "magazine article": "MGZN", "dataset": "DATA",
    "newspaper article": "NEWS", "unpublished work": "UNPB", "web page": "ELEC", "generic": "GEN",
    "manuscript": "MANSCPT", "electronic book": "EBOOK", "electronic book section": "ECHAP",
    "government document": "GOVDOC", "patent": "PAT", "serial": "SER", "conference": "CPAPER",
    "encyclopedia": "ENCYC", "blog": "BLOG", "standard": "STAND", "preprint": "UNPB",
}  # fmt: skip
_TAGS = {
    "0": "TY", "A": "AU", "T": "TI", "J": "T2", "B": "T2", "D": "PY", "V": "VL", "N": "IS",
    "P": "SP", "R": "DO", "X": "AB", "K": "KW", "U": "UR", "@": "SN", "I": "PB", "E": "A2",
    "G": "LA", "M": "AN", "8": "DA", "+": "AD", "Z": "N1", "9": "M3", "~": "DB", "W": "DP",
}  # fmt: skip
_PLACES = {
    "TI": ("titles/title",), "T2": ("titles/secondary-title", "periodical/full-title"),
    "J2": ("titles/alt-title", "periodical/abbr-1"),
    "AU": ("contributors/authors/author",), "A2": ("contributors/secondary-authors/author",),
    "SP": ("pages",), "VL": ("volume",), "IS": ("number", "issue"), "PY": ("dates/year",),
    "DA": ("dates/pub-dates/date",), "AB": ("abstract",), "DO": ("electronic-resource-num",),
    "SN": ("isbn",), "AN": ("accession-num",), "KW": ("keywords/keyword",),
    "UR": ("urls/related-urls/url", "urls/web-urls/url"), "LA": ("language",),
    "PB": ("publisher",), "M3": ("work-type",), "AD": ("auth-address",), "N1": ("notes",),
    "DB": ("remote-database-name",), "DP": ("remote-database-provider",),
}  # fmt: skip
_SEVERAL = frozenset({"AU", "A2", "KW", "UR"})
_READ = {place for places in _PLACES.values() for place in places} | {
    "rec-number", "foreign-keys", "ref-type", "database", "source-app"}  # fmt: skip
_RECORD = re.compile(r"<records[\s>].*<record[\s>]", re.DOTALL)


@register
class EndNoteXml(Format):
    """EndNote, XML."""

    name = "endnote-xml"
    label = N_("EndNote, XML")
    by_code = ("pages", "date", "accession", "pmid")

    def fills(self):
        """See `Format`."""
        return ris.fills_of(_PLACES)

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        start = head[:20_000]
        return start.lstrip().startswith("<") and _RECORD.search(start) is not None

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        yield from xml_stream.records(source, frozenset({"record"}), _record)


def _record(element: Element, line: int) -> Record:
    entry = tagged.Entry(line)
    kind = element.find("ref-type")
    if kind is not None:
        entry.add("TY", _KINDS.get((kind.get("name") or "").casefold(), "GEN"))
    for tag, places in _PLACES.items():
        found = [text for place in places for text in xml_stream.texts(element, place)]
        for text in found if tag in _SEVERAL else found[:1]:
            entry.add(tag, text)
    record = ris.made(entry)
    if kind is not None and entry.tags.get("TY") == ["GEN"] and (said := kind.get("name")):
        record.original["document_type"] = said
    for name, text in _others(element):
        before = record.extra.get(name)
        record.extra[name] = f"{before}\n{text}" if before else text
    return record


def _others(element: Element) -> Iterator[tuple[str, str]]:
    """What stands in elements that have no field, by their names."""
    for child in element:
        if child.tag in _READ:
            continue
        parts = [part for part in child if part.tag != "style"]
        for part in parts or [child]:
            place = child.tag if part is child else f"{child.tag}/{part.tag}"
            below = [f"{place}/{each.tag}" for each in part] if part is not child else []
            text = xml_stream.text(part)
            if text and place not in _READ and _READ.isdisjoint(below):
                yield part.tag, text


@register
class EndNoteTagged(Format):
    """EndNote, tagged text."""

    name = "endnote"
    label = N_("EndNote, tagged text (.enw)")
    by_code = ("pages", "date", "accession", "pmid")
    _FIRST = re.compile(r"\s*%(?:(0) \S|(T) \S.*\r?\n(?:.*\r?\n)*?%[0ABDJ] )")  # some begin with T
    _TAG = re.compile(r"%([0-9A-Z@!+~^&*<>()\[\]?$#|}{])(?:[ \t](.*)|\s*$)", re.DOTALL)

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return self._FIRST.match(head) is not None

    def fills(self):
        """See `Format`."""
        return ris.fills_of(_TAGS.values())

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        begun = self._FIRST.match(source.head)
        first = begun[1] or begun[2] if begun else "0"
        for entry in tagged.entries(source, self._TAG, first, "", closing=first):
            if isinstance(entry, Refusal):
                yield entry
                continue
            tags, entry.tags = entry.tags, {}
            for tag, values in tags.items():
                own = _TAGS.get(tag, f"%{tag}")
                if tag == "0":
                    values = [_KINDS.get(values[0].casefold(), "GEN")]
                elif tag == "K":
                    values = [one for value in values for one in re.split("\n|;", value)]
                entry.tags.setdefault(own, []).extend(values)
            yield ris.made(entry)
