"""The page that lists the versions and tells what each one changed, in a language of the book."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, select_autoescape

from compendium import project
from compendium.edition.edition import Edition
from compendium.edition.offline import DOWNLOADS
from compendium.language import LANGUAGES, _, day, ngettext, number, speaking
from compendium.publication.changes import Changes

if TYPE_CHECKING:
    from compendium.publication.versions import Version

FOLDER = "versions"
SHOWN = 100
"""Changes of a version that its list shows; the rest is counted."""
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """A change of a table: what changed, and before and after where it is a cell."""

    what: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class Table:
    """A table that changed: its chapter, its name, its address where there is one, its changes."""

    chapter: str
    name: str
    url: str
    lines: tuple[Line, ...]


def page(
    code: str, folder: Path, listed: Sequence[Version], changes: Sequence[Changes | None]
) -> str:
    """The page in a language.

    Parameters
    ----------
    code : str
    folder : Path
        Where the versions lie.
    listed : sequence of Version
        Oldest first.
    changes : sequence of Changes or None
        What each version changed.
    """
    with speaking(code):
        told = [
            {
                "version": version.version,
                "date": day(date.fromisoformat(version.date)),
                "url": f"../{version.path}/{code}/index.html"
                if (folder / version.path / code / "index.html").is_file()
                else f"../{version.path}/",
                "said": _said(found, is_first=version is listed[0]),
                "tables": _tables(found, folder, version.path, code),
                "more": _more(found),
            }
            for version, found in zip(listed, changes, strict=True)
        ]  # fmt: skip
        return _template("versions.html").render(
            lang=code,
            dir=LANGUAGES[code].direction,
            book=Edition(code).about()["title"],
            # Translators: title of the page that lists the versions of the book
            title=_("Versions of this book"),
            latest=_("Read the latest version"),
            language=_("Language"),
            languages=list(LANGUAGES.values()),
            versions=told[::-1],
        )


def door() -> str:
    """The first page of a folder of versions, which leads to the latest."""
    return _template("latest.html").render(title=Edition("en").about()["title"])


def _template(name: str):
    folders = [project.path("theme", "root"), project.PACKAGE / "theme" / "root"]
    return Environment(
        loader=FileSystemLoader(folders), autoescape=select_autoescape(), trim_blocks=True,
        lstrip_blocks=True,
    ).get_template(name)  # fmt: skip


def _said(found: Changes | None, *, is_first: bool) -> str:
    if is_first:
        # Translators: of a version of the book
        return _("The first version.")
    if found is None:
        return _("There was no edition in this language before.")
    if not found:
        return _("No table of results changed.")
    told: list[tuple[Sequence, Callable[[int], str]]] = [
        (found.tables_added, lambda n: ngettext("{n} table added", "{n} tables added", n)),
        (found.tables_gone, lambda n: ngettext("{n} table gone", "{n} tables gone", n)),
        (found.columns_added, lambda n: ngettext("{n} column added", "{n} columns added", n)),
        (found.columns_gone, lambda n: ngettext("{n} column gone", "{n} columns gone", n)),
        (found.rows_added, lambda n: ngettext("{n} row added", "{n} rows added", n)),
        (found.rows_gone, lambda n: ngettext("{n} row gone", "{n} rows gone", n)),
        (found.cells, lambda n: ngettext("{n} cell changed", "{n} cells changed", n)),
    ]
    counted = [(len(changed), text(len(changed))) for changed, text in told if changed]
    return "; ".join(text.format(n=number(n)) for n, text in counted) + "."


def _lines(found: Changes) -> list[tuple[str, Line]]:
    """Every change with its table, by the tables' names."""
    lines = [(table, Line(_("The table is new."))) for table in found.tables_added]
    lines += [(table, Line(_("The table is gone."))) for table in found.tables_gone]
    for named, told in (
        (found.columns_added, _("Column added: {name}")),
        (found.columns_gone, _("Column gone: {name}")),
        (found.rows_added, _("Row added: {name}")),
        (found.rows_gone, _("Row gone: {name}")),
    ):
        lines += [(table, Line(told.format(name=_short(name)))) for table, name in named]
    lines += [
        (cell.table, Line(f"{_short(cell.row)} · {_short(cell.column)}", _short(cell.before) or "–",
                          _short(cell.after) or "–"))
        for cell in found.cells
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line[0])


def _tables(found: Changes | None, folder: Path, path: str, code: str) -> list[Table]:
    if not found:
        return []
    shown = _lines(found)[:SHOWN]
    out = []
    for table, lines in groupby(shown, key=lambda line: line[0]):
        chapter, _slash, name = table.partition("/")
        file = f"{path}/{code}/{DOWNLOADS}/{table}.csv"
        out.append(Table(
            _chapter(folder / path / code, chapter), f"{name or chapter}.csv",
            f"../{file}" if (folder / file).is_file() else "",
            tuple(line for _table, line in lines),
        ))  # fmt: skip
    return out


def _more(found: Changes | None) -> str:
    left = sum(found.counts().values()) - SHOWN if found else 0
    return ngettext("… and %d more", "… and %d more", left) % left if left > 0 else ""


def _chapter(edition: Path, name: str) -> str:
    """Title of a chapter, as its page has it."""
    file = edition / f"{name}.html"
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    title = _TITLE.search(text)
    return unescape(title[1]).partition(" · ")[0].strip() if title else name


def _short(text: str, length: int = 160) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
