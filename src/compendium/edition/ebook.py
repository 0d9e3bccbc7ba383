"""The EPUB of an edition, and the Word file of its report: the PDF's page, through pandoc.

`printable` makes Sphinx's single page ready as it does for the PDF. `theme/ebook.lua` turns what it
says in calls into classes and Word styles. Drawings become PNG files, which Typst makes with the
book's fonts: neither e-book readers nor Word have these.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pypandoc

from compendium import project
from compendium.edition import columns
from compendium.edition.excerpts import Excerpt
from compendium.edition.pdf import PdfEdition, alone
from compendium.edition.printable import printable
from compendium.errors import CompendiumError
from compendium.files import replacing
from compendium.language import _

SHARPNESS = 200
"""Dots of a drawing an inch."""

_IMAGE = re.compile(r'<img\b[^>]*?src="([^"]+\.svg)"[^>]*?>')
_BOX = re.compile(r'viewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+[\d.]+"')


def build_epub(singlehtml: Path, target: Path, edition: PdfEdition) -> Path:
    """Make the EPUB 3 of an edition: the whole book, a file a chapter.

    Parameters
    ----------
    singlehtml, target, edition
        As of `compendium.edition.pdf.build_pdf`.

    Raises
    ------
    CompendiumError
        If pandoc cannot make it.
    """
    options = [
        "--to=epub3", "--split-level=1", "--toc", "--toc-depth=2",
        f"--css={project.theme('epub.css')}",
    ]  # fmt: skip
    with _ready(singlehtml, edition) as room:
        return _convert(room, target, edition, options, {"date": edition.issued.isoformat()})


def build_docx(singlehtml: Path, target: Path, edition: PdfEdition, said: Excerpt) -> Path:
    """Make the Word file of an excerpt.

    Parameters
    ----------
    singlehtml, target, edition
        As of `compendium.edition.pdf.build_pdf`.
    said : Excerpt

    Raises
    ------
    CompendiumError
        If a part is not in the book, or if pandoc cannot make it.
    """
    options = ["--to=docx", f"--reference-doc={project.theme('reference.docx')}"]
    of_cover = (edition.date, *(edition.strings.get(k, "") for k in ("version", "licence")))
    said_of_it = {
        "title": f"{said.title}: {edition.title}",
        "date": ". ".join((" · ".join(filter(None, of_cover)), edition.strings.get("numbers", ""))),
    }
    with _ready(singlehtml, edition, said) as room:
        return _convert(room, target, edition, options, said_of_it)


@contextmanager
def _ready(singlehtml: Path, edition: PdfEdition, said: Excerpt | None = None) -> Iterator[Path]:
    """The page for pandoc, with its drawings as PNG beside it."""
    with TemporaryDirectory(prefix="compendium-ebook-") as folder:
        room = Path(folder)
        html = printable(
            singlehtml / "index.html", room, columns.ruler(edition.font_dir), said, edition.online
        )
        widths = _draw(room, sorted(set(_IMAGE.findall(html))), edition.font_dir)

        def drawn(match: re.Match) -> str:
            width = widths[match[1]] / columns.PORTRAIT
            shown = match[0].replace(match[1], f"{match[1]}.png")
            return shown.replace("<img", f'<img width="{width:.0%}"', 1)

        (room / "page.html").write_text(_IMAGE.sub(drawn, html), encoding="utf-8")
        yield room


def _draw(room: Path, drawings: Sequence[str], fonts: Path) -> dict[str, float]:
    """Write each drawing as a PNG file; how wide each is in points, at most as the text."""
    if not drawings:
        return {}
    widths = {}
    for name in drawings:
        box = _BOX.search((room / name).read_text(encoding="utf-8"))
        widths[name] = min(float(box[1]) if box else columns.PORTRAIT, columns.PORTRAIT)
    (room / "drawings.typ").write_text(
        "".join(
            f"#page(width: {width}pt, height: auto, margin: 0pt, image({json.dumps(name)}, "
            f"width: {width}pt))\n"
            for name, width in widths.items()
        ),
        encoding="utf-8",
    )
    drawn = subprocess.run(
        [sys.executable, "-P", Path(__file__).with_name("png.py"), room / "drawings.typ", fonts,
         str(SHARPNESS)],
        capture_output=True, text=True,
    )  # fmt: skip
    if drawn.returncode:
        raise CompendiumError(
            _("Typst does not set the book: {why}.").format(why=drawn.stderr.strip()), path=room
        )
    for at, name in enumerate(drawings):
        (room / f"drawings-{at}.png").rename(room / f"{name}.png")
    return widths


def _convert(
    room: Path, target: Path, edition: PdfEdition, options: Sequence[str], told: dict[str, str]
) -> Path:
    metadata = {**_metadata(edition, target.name), **told}
    (room / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    issued = dt.datetime.combine(edition.issued, dt.time(), dt.UTC)
    with alone(), replacing(target) as unfinished:
        done = subprocess.run(
            [
                pypandoc.get_pandoc_path(), "--from=html-auto_identifiers", "page.html",
                "--metadata-file=metadata.json", f"--lua-filter={project.theme('ebook.lua')}",
                *options, f"--output={unfinished.resolve()}",
            ],
            cwd=room, capture_output=True, text=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(int(issued.timestamp()))},
        )  # fmt: skip
        if done.returncode:
            raise CompendiumError(
                _("pandoc fails: {why}").format(why=done.stderr.strip()), path=target
            )
    return target


def _metadata(edition: PdfEdition, name: str) -> dict:
    version = edition.strings.get("version", "")
    return {
        "title": edition.title,
        "subtitle": edition.subtitle,
        "author": list(edition.authors),
        "lang": edition.lang,
        "description": edition.description,
        "subject": list(edition.keywords),
        "keywords": list(edition.keywords),
        "rights": edition.strings.get("licence", ""),
        # The same for every build of one version, so that a reader's place in it is kept.
        "identifier": "-".join(f"urn:compendium:{name}:{version or edition.issued}".split()),
        "toc-title": edition.strings.get("contents", ""),
    }
