"""The PDF of one language edition: Sphinx's single HTML page, through pandoc, set by Typst.

Sphinx has numbered headings, figures and tables and resolved the references, so the PDF says what
the site says. `printable` makes its page ready, `theme/book.lua` hands it over to the functions
of `theme/book.typ`, and Typst refuses whatever would make the PDF inaccessible or unarchivable.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pypandoc
import typst
from filelock import FileLock

from compendium import digest, project
from compendium.book import FILE
from compendium.edition import columns
from compendium.edition.excerpts import BRIEF, Excerpt
from compendium.errors import CompendiumError
from compendium.files import replacing
from compendium.language import N_, _, ngettext

if TYPE_CHECKING:
    from typst import PDFStandard

STANDARDS: list[PDFStandard] = ["ua-1", "a-2a"]

WHOLE = """\
#import "book.typ": *
#show: book.with(..json("edition.json"))
"""
FITTED = """\
#import "book.typ": *
#import "brief.typ": brief
#show: {template}.with(..json("edition.json"), size: float(sys.inputs.size) * 1pt)
"""
SIZES = (10.5, 10.25, 10.0, 9.75, 9.5, 9.25, 9.0, 8.75, 8.5, 8.25, 8.0)
"""Sizes of an excerpt's type, in points: the largest that fits on its pages is taken."""


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
        ``edition`` (name of the language edition, for the cover), ``licence`` (one line),
        ``annex`` (what the whole book is to its report, if it has one), ``numbers`` (of figures
        and tables in an excerpt).
    font_dir : Path
        Folder with the TrueType fonts.
    online : str
        Address of the edition's pages; empty where it is not known.
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
    online: str = ""


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
    _typeset(_typst_source(page, target, edition, WHOLE), target, edition)
    return target


def build_excerpt(singlehtml: Path, target: Path, edition: PdfEdition, said: Excerpt) -> Path:
    """Make the brief or the report of an edition, in the largest type that fits on its pages.

    Parameters
    ----------
    singlehtml, target, edition
        As of `build_pdf`.
    said : Excerpt

    Raises
    ------
    CompendiumError
        If a part is not in the book, or if they do not fit on the pages in the smallest type.
    """
    page = singlehtml / "index.html"
    head = FITTED.format(template="brief" if said.field == BRIEF else "book")
    main = _typst_source(page, target, edition, head, said)
    for size in SIZES:
        inputs = {"size": str(size)}
        if _pages(main, edition, inputs) <= said.pages:
            _typeset(main, target, edition, inputs)
            return target
    raise CompendiumError(
        _("The {excerpt} does not fit on {pages}.").format(
            excerpt=said.field, pages=ngettext("%d page", "%d pages", said.pages) % said.pages
        ),
        path=target,
        remedy=_("Shorten its sections, or leave one out in {file}.").format(file=FILE),
    )


@contextmanager
def alone() -> Iterator[None]:
    """Inside, no other edition is converted or set: a whole book takes half a gigabyte then."""
    with FileLock(project.path("_build", "printing.lock")):
        yield


def _pages(main: Path, edition: PdfEdition, inputs: dict[str, str]) -> int:
    """How many pages a document has."""
    told = typst.query(
        main, "<pages>", field="value", one=True, root=main.parent,
        font_paths=[edition.font_dir], ignore_system_fonts=True, sys_inputs=inputs,
    )  # fmt: skip
    return int(json.loads(told))


def _typst_source(
    page: Path, target: Path, edition: PdfEdition, head: str, said: Excerpt | None = None
) -> Path:
    """The document for Typst, with its template, its facts and its drawings beside it.

    The text stays beside the PDF: a change of its template leaves nothing but Typst's work.
    """
    room, lua = target.parent / "typst" / target.stem, project.theme("book.lua")
    text, stamp = room / "text.typ", room / "made.sha256"
    made_of = [page.parent, Path(__file__).parent, lua, edition.font_dir]
    made_of += [project.path("requirements.lock")]
    now = digest.of_texts(digest.of_files(made_of, without=[room]),
                          repr(said), edition.online)  # fmt: skip
    if not (stamp.is_file() and stamp.read_text() == now):
        from compendium.edition.printable import printable

        shutil.rmtree(room, ignore_errors=True)
        room.mkdir(parents=True)
        html = printable(page, room, columns.ruler(edition.font_dir), said, edition.online)
        with alone():
            typst_text = pypandoc.convert_text(
                html,
                "typst",
                format="html-auto_identifiers",
                extra_args=["--wrap=none", f"--lua-filter={lua}"],
            )
        text.write_text(typst_text, encoding="utf-8")
        stamp.write_text(now)
    for template in ("book.typ", "brief.typ"):
        shutil.copyfile(project.theme(template), room / template)
    (room / "edition.json").write_text(_facts(edition, said), encoding="utf-8")
    (room / "main.typ").write_text(head + text.read_text(encoding="utf-8"), encoding="utf-8")
    return room / "main.typ"


def _facts(edition: PdfEdition, said: Excerpt | None) -> str:
    own = {"kind": edition.strings.get("annex", "")}
    if said:
        own = {"kind": said.title, "note": edition.strings.get("numbers", "")}
    if said and said.field == BRIEF:
        own = {"kind": said.title, "question": said.question, "online": edition.online}
    return json.dumps(
        {
            **own,
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


def _typeset(
    main: Path, target: Path, edition: PdfEdition, inputs: dict[str, str] | None = None
) -> None:
    try:
        with alone(), replacing(target) as unfinished:
            typst.compile(
                main,
                output=unfinished,
                root=main.parent,
                font_paths=[edition.font_dir],
                ignore_system_fonts=True,  # the same PDF on every machine
                format="pdf",
                pdf_standards=STANDARDS,
                sys_inputs=inputs or {},
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


_ALT = N_('Give every figure an alternative text: Figure(…, alt=_("…")), or `:alt:`.')
REMEDIES = {
    "alt text": _ALT,
    "alternative": _ALT,
    "font": N_("Put a font that has this character into theme/fonts/."),
}
