"""The PDF of one language edition: Sphinx's single HTML page, through pandoc, set by Typst.

Sphinx has numbered headings, figures and tables and resolved the references, so the PDF says what
the site says. `printable` makes its page ready, `theme/book.lua` hands it over to the functions
of `theme/book.typ`, and Typst refuses whatever would make the PDF inaccessible or unarchivable.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pypandoc
import typst

from compendium import project
from compendium.edition import columns
from compendium.edition.printable import printable
from compendium.errors import CompendiumError
from compendium.files import replacing
from compendium.language import N_, _

if TYPE_CHECKING:
    from typst import PDFStandard

STANDARDS: list[PDFStandard] = ["ua-1", "a-2a"]

MAIN = """\
#import "book.typ": *
#show: book.with(..json("edition.json"))
"""


@dataclass(frozen=True)
class PdfEdition:
    """What the PDF says of itself, in the reader's language.

    Attributes
    ----------
    lang : str
        BCP 47 code.
    title, subtitle : str
    authors : sequence of str
    date : str
        The date as a reader reads it.
    issued : date
        The same date for the metadata, which PDF/A demands.
    description : str
    keywords : sequence of str
    strings : mapping
        ``contents`` (heading), ``page`` (pattern of a page number, e.g. ``"%s-бет"``),
        ``edition`` (name of the language edition, for the cover), ``licence`` (one line).
    font_dir : Path
        Folder with the TrueType fonts.
    """

    lang: str
    title: str
    subtitle: str
    authors: Sequence[str]
    date: str
    issued: dt.date
    description: str
    keywords: Sequence[str]
    strings: Mapping[str, str]
    font_dir: Path


def build_pdf(singlehtml: Path, target: Path, edition: PdfEdition) -> Path:
    """Make the PDF of an edition.

    Parameters
    ----------
    singlehtml : Path
        Folder that Sphinx's builder `singlehtml` wrote.
    target : Path
        The PDF to write; it appears only once it is complete.
    edition : PdfEdition

    Returns
    -------
    Path
        The target.

    Raises
    ------
    CompendiumError
        If there is no page, or if Typst refuses it.
    """
    page = singlehtml / "index.html" if singlehtml.is_dir() else singlehtml
    if not page.is_file():
        raise CompendiumError(
            _("The single-page HTML for the PDF is not there."),
            path=page,
            remedy=_("Build it first, with Sphinx's builder `singlehtml`."),
        )
    with TemporaryDirectory(prefix="compendium-pdf-") as folder:
        room = Path(folder)
        html = printable(page, room, columns.ruler(edition.font_dir))
        text = pypandoc.convert_text(
            html,
            "typst",
            format="html-auto_identifiers",
            extra_args=["--wrap=none", f"--lua-filter={project.theme('book.lua')}"],
        )
        shutil.copyfile(project.theme("book.typ"), room / "book.typ")
        (room / "edition.json").write_text(_facts(edition), encoding="utf-8")
        (room / "main.typ").write_text(MAIN + text, encoding="utf-8")
        if kept := os.environ.get("COMPENDIUM_KEEP_TYPST"):
            shutil.copytree(room, kept, dirs_exist_ok=True)
        _typeset(room / "main.typ", target, edition)
    return target


def _facts(edition: PdfEdition) -> str:
    return json.dumps(
        {
            "lang": edition.lang,
            "title": edition.title,
            "subtitle": edition.subtitle,
            "authors": list(edition.authors),
            "date": edition.date,
            "description": edition.description,
            "keywords": list(edition.keywords),
            "strings": dict(edition.strings),
            "issued": edition.issued.timetuple()[:3],
        },
        ensure_ascii=False,
    )


def _typeset(main: Path, target: Path, edition: PdfEdition) -> None:
    try:
        with replacing(target) as unfinished:
            typst.compile(
                main,
                output=unfinished,
                root=main.parent,
                font_paths=[edition.font_dir],
                ignore_system_fonts=True,  # the same PDF on every machine
                format="pdf",
                pdf_standards=STANDARDS,
            )
    except typst.TypstError as error:
        hints = " ".join(error.hints)
        raise CompendiumError(
            _("Typst does not set the book: {why}.").format(why=error.message),
            path=target,
            remedy=_remedy(error.message) or hints or _("See theme/book.typ and the page's HTML."),
        ) from error


def _remedy(message: str) -> str:
    said = message.lower()
    return next((_(remedy) for sign, remedy in REMEDIES.items() if sign in said), "")


_ALT = N_("Give every figure an alternative text: Figure(…, alt=_(\"…\")), or `:alt:`.")
REMEDIES = {
    "alt text": _ALT,
    "alternative": _ALT,
    "font": N_("Put a font that has this character into theme/fonts/."),
}
