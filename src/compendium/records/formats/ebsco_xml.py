"""EBSCOhost's XML: `rec` elements that hold what RIS holds, under other names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from compendium.records import tagged, xml_stream
from compendium.records.formats import ris
from compendium.records.record import Record, Refusal
from compendium.records.registry import Format, register
from compendium.records.source import Source

_PLACES = {
    "AU": "artinfo/aug/au", "AD": "artinfo/aug/affil", "A2": "bkinfo/aug/au", "AB": "artinfo/ab",
    "SN": "jinfo/issn", "IB": "bkinfo/isbn", "VL": "pubinfo/vid", "IS": "pubinfo/iid",
    "SP": "artinfo/pages", "PB": "pubinfo/pub", "KW": "artinfo/sug/subj", "LA": "language",
    "DO": "artinfo/ui[@type='doi']", "C2": "artinfo/ui[@type='pmid']", "M3": "artinfo/doctype",
}  # fmt: skip
_SEVERAL = frozenset({"AU", "AD", "A2", "SN", "KW"})


@register
class EbscoXml(Format):
    """EBSCOhost, XML."""

    name = "ebsco-xml"
    label = "EBSCOhost, XML"
    by_code = ("pages", "date", "pmid", "title", "source", "year", "url")

    def fills(self):
        """See `Format`."""
        return ris.fills_of(_PLACES)

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return head.lstrip().startswith("<") and _HEAD.search(head[:20_000]) is not None

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        yield from xml_stream.records(source, frozenset({"rec"}), _record)


_HEAD = re.compile(r"<records[\s>].*<rec[\s>].*<header [^>]*(?:shortDbName|uiTerm)=", re.DOTALL)


def _record(element: Element, line: int) -> Record:
    entry = tagged.Entry(line)
    header = element.find("header")
    header = element if header is None else header
    told = header.find("controlInfo")
    told = header if told is None else told
    journal, book = (xml_stream.text(told, at) for at in ("jinfo/jtl", "bkinfo/btl"))
    title = xml_stream.text(told, "artinfo/tig/atl") or book
    whole = journal or (book if book != title else "")  # of an article, `btl` repeats the title
    entry.add("TY", "JOUR" if journal else "CHAP" if whole else "BOOK")
    entry.add("TI", title)
    entry.add("T2", whole)
    for tag, place in _PLACES.items():
        found = xml_stream.texts(told, place)
        for text in found if tag in _SEVERAL else found[:1]:
            entry.add("SN" if tag == "IB" else tag, text)
    if (day := told.find("pubinfo/dt")) is not None:
        parts = (day.get(part, "") for part in ("year", "month", "day"))
        entry.add("DA", "/".join(part for part in parts if part.strip("0")))
    entry.add("AN", header.get("uiTerm", ""))
    entry.add("DB", header.get("longDbName", ""))
    entry.add("UR", xml_stream.text(header, "displayInfo/pLink/url"))
    return ris.made(entry)
