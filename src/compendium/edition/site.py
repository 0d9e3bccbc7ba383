"""The site: editions, PDFs and downloads put together beside the last good one, then swapped in."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from compendium import laboratory, project
from compendium.edition import chapters, markup, offline, search_index
from compendium.edition.edition import FILES, Edition, site_url
from compendium.files import replace
from compendium.laboratory import runtime
from compendium.language import LANGUAGES

_LEFT_BEHIND = shutil.ignore_patterns(
    ".buildinfo*", "objects.inv", "searchindex.js", "genindex.html", "search.html", "_sources",
    "doctools.js", "sphinx_highlight.js", "searchtools.js", "language_data.js",
    "documentation_options.js", "basic.css", "file.png", "minus.png", "plus.png", "myst-nb.css",
    "mystnb*.css", "design-tabs.js", "sphinx-design.min.css", "tabs.js", "webpack-macros.html",
)
STATIC = "_static"
"""Where Sphinx puts style, scripts and fonts."""


def folder() -> Path:
    """The published folder."""
    return project.path("_build", "site")


def static() -> list[Path]:
    """Folders of the pages' style, scripts and fonts: the engine's, then the compendium's own."""
    return [
        folder / "theme" / "compendium" / "static" for folder in (project.PACKAGE, project.path())
    ]


def restyle(edition: Edition) -> None:
    """Give an edition's pages today's style, scripts and fonts; no page names their content."""
    for source in static():
        if source.is_dir():
            shutil.copytree(source, edition.html / STATIC, dirs_exist_ok=True)


def assemble(editions: list[Edition], kept: Sequence[Edition] = ()) -> Path:
    """Put the built editions together and swap the result in.

    Editions that were not built now are taken over from the last site. Without any edition there
    is nothing to publish, and nothing is done.

    Parameters
    ----------
    editions : list of Edition
        Those whose pages were built now.
    kept : list of Edition
        Those of which only style or files to take away were: their pages and search index stay.

    Returns
    -------
    path of the site
    """
    last, new = folder(), project.path("_build", "site.new")
    if not editions and not kept:
        return last
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for code in LANGUAGES:
        edition = Edition(code)
        if edition in editions:
            _copy_edition(edition, new / code)
            search_index.write(new / code, code)
            _pack(new / code)
        elif (last / code).is_dir():
            shutil.copytree(last / code, new / code, copy_function=_link)
            if edition in kept:
                _publish_static(edition, new / code)
                for file in _printed(edition):
                    _put(file, new / code / file.name)
    if chapters.import_any(laboratory.__name__):
        runtime.write(new / runtime.FOLDER)
    _root_page(new)
    offline.write(new)
    _swap(new, last)
    return last


def publish_pages(edition: Edition) -> list[Path]:
    """Put into the published folder those pages of an edition that differ from what it holds.

    The search index, the files to take away and the downloads stay as they are.

    Returns
    -------
    list of Path
        The pages that were put there.
    """
    target, put = folder() / edition.language, []
    _publish_static(edition, target)
    for page in sorted(edition.html.glob("*.html")):
        shown, text = target / page.name, markup.packed(page.read_text(encoding="utf-8"))
        if shown.is_file() and shown.read_text(encoding="utf-8") != text:
            replace(shown, text)
            put.append(shown)
    return put


def _publish_static(edition: Edition, target: Path) -> None:
    shutil.copytree(edition.html / STATIC, target / STATIC, ignore=_LEFT_BEHIND,
                    copy_function=_put, dirs_exist_ok=True)  # fmt: skip


def _put(source: str | Path, target: str | Path) -> str:
    """A copy in one step, only where it changes something; a link to the last site's file stays."""
    if not Path(target).is_file() or not filecmp.cmp(source, target):
        replace(Path(target), Path(source).read_bytes())
    return str(target)


def _copy_edition(edition: Edition, target: Path) -> None:
    # Copied, not linked: the next build writes over its output, never over a published page.
    shutil.copytree(edition.html, target, ignore=_LEFT_BEHIND)
    for file in _printed(edition):
        shutil.copy2(file, target)
    downloads = target / "downloads"
    downloads.mkdir()
    results = project.path("_build", "results", edition.language)
    for name in chapters.names():
        shutil.copy2(edition.source / f"{name}.ipynb", downloads)
        if (results / name / "downloads").is_dir():
            shutil.copytree(results / name / "downloads", downloads / name)


def _printed(edition: Edition) -> list[Path]:
    """The edition's files to take away that there are."""
    return [file for step in FILES if (file := edition.file(step)).is_file()]


def _link(source: str | Path, target: str | Path) -> str:
    """A hard link where the file system has them; else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return str(target)


def _pack(target: Path) -> None:
    """Pack what is folded on the pages; after the index is made, or the search would not see it."""
    for page in target.glob("*.html"):
        page.write_text(markup.packed(page.read_text(encoding="utf-8")), encoding="utf-8")


def _root_page(target: Path) -> None:
    from jinja2 import Environment, FileSystemLoader, select_autoescape

    address = site_url()
    environment = Environment(
        loader=FileSystemLoader(
            [project.path("theme", "root"), project.PACKAGE / "theme" / "root"]
        ), autoescape=select_autoescape()
    )
    titles = {code: Edition(code).about() for code in LANGUAGES}
    for name in ("index.html", "404.html"):
        page = environment.get_template(name).render(
            languages=list(LANGUAGES.values()), titles=titles, site_url=address
        )
        (target / name).write_text(page, encoding="utf-8")
    shutil.copy2(project.theme("compendium", "static", "favicon.svg"), target)
    (target / ".nojekyll").touch()
    robots = "User-agent: *\nAllow: /\n"
    if address:
        robots += f"Sitemap: {address}sitemap.xml\n"
        pages = [f"{address}{p.relative_to(target)}" for p in sorted(target.glob("*/*.html"))]
        urls = "".join(f"<url><loc>{page}</loc></url>\n" for page in pages if "404" not in page)
        (target / "sitemap.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
        )
    (target / "robots.txt").write_text(robots)


def _swap(new: Path, last: Path) -> None:
    old = last.with_name("site.old")
    shutil.rmtree(old, ignore_errors=True)
    if last.exists():
        last.rename(old)
    new.rename(last)
    shutil.rmtree(old, ignore_errors=True)
