"""Where a fact stands: a place of the article, or a page of a source, as a reader can follow it."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from compendium import data
from compendium.display import Cell, link
from compendium.errors import CompendiumError
from compendium.language import _, label

SEEN_AT = "seen_at"
"""Column of the page that a fact was read on, in every table that has one."""
_PLACE = re.compile(r"([a-z_0-9]+):([0-9]+)")
_ADDRESS = re.compile(r"https?://[^\s;,]+")

# Copies of a work or of a catalogue that are not its publisher's, university's or index's own.
# Their addresses stay in the data; a page names no host of them.
MIRRORS = {
    "9pdf.net",
    "ceurspt.wikidata.dbis.rwth-aachen.de",
    "edu.alljournals.com.cn",
    "lboro-test-vufind.koha-ptfs.co.uk",
    "topsight.net",
}


def place(code: str) -> str:
    """A place of the article in the reader's language.

    Parameters
    ----------
    code : str
        Section and paragraph, or table and row, e.g. ``"results:6"`` or ``"table1:3"``; empty
        stays empty.

    Raises
    ------
    CompendiumError
        If it is not of this form.
    """
    if not code:
        return ""
    match = _PLACE.fullmatch(code)
    if not match:
        raise CompendiumError(
            _("{code} is not a place of the article.").format(code=repr(code)),
            remedy=_(
                "Write section and paragraph, e.g. `results:6`, or table and row, `table1:3`."
            ),
        )
    section, number = match.groups()
    if section.startswith("table"):
        # Translators: a row of one of the article's tables, e.g. "Table 1, row 3"
        return _("{table}, row {number}").format(table=label(section), number=number)
    # Translators: a paragraph of a section of the article, e.g. "Results, paragraph 6"
    return _("{section}, paragraph {number}").format(section=label(section), number=number)


def source_cell(place_code: str, seen_at: str) -> Cell:
    """Where a fact was read: the page, by its host, or else the place of the article.

    Parameters
    ----------
    place_code : str
        A place of the article, or nothing.
    seen_at : str
        Address of a page, perhaps with a remark or a second address after it, or nothing.
    """
    if not seen_at:
        return Cell(place(place_code))
    return page_cell(seen_at)


def page_cell(seen_at: str) -> Cell:
    """A page that was read, by its host; without link or name where the host is a mirror."""
    for address in _ADDRESS.findall(seen_at):
        host = urlsplit(address).hostname or ""
        if not _hidden(host) and address.startswith("https://"):
            return link(host.removeprefix("www."), address)
    # Translators: where a fact was read, if the page's address is not for printing
    return Cell(_("page read"))


def read_on(day: str) -> str:
    """When a page was read; some early rows do not say."""
    if day == "unknown":
        # Translators: in a table, under the page that was read
        return _("date of reading not recorded")
    # Translators: the day on which a page was read
    return _("read on {day}").format(day=day)


def prose() -> dict[str, int]:
    """How many facts were read on a page, and how many of these on one that is not linked."""
    read = [
        resource["name"] for resource in data.package()["resources"]
        if any(field["name"] == SEEN_AT for field in resource.get("schema", {}).get("fields", ()))
    ]  # fmt: skip
    told = [address for name in read for address in data.column(name, SEEN_AT) if address]
    hidden = [address for address in told if not page_cell(address).href]
    return {"pages_all": len(told), "pages_unlinked": len(hidden)}


def _hidden(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host.removeprefix("www.") in MIRRORS
    return True
