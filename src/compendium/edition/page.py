"""What every page tells its template: the same page elsewhere, downloads, citation, description."""

from __future__ import annotations

import base64
import hashlib
import json

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from compendium import language, project
from compendium.edition import excerpts, markup, search_index
from compendium.edition.edition import Edition, site_url
from compendium.edition.excerpts import BRIEF, REPORT
from compendium.language import _, ngettext, speaking
from compendium.reporting import declarations

CARD = "_static/card.png"
"""The picture of a link to the edition; there where the site's address is known."""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DESCRIPTION = 200
WORDS_A_MINUTE = 200
"""Below the 238 that Brysbaert (2019), doi:10.1016/j.jml.2019.104047, found for English."""
SCRIPTS: dict[str, str] = {
    'class="claims"': "claims.js",
    'class="laboratory"': "laboratory.js",
    'class="offline"': "offline.js",
    'class="ranks"': "ranks.js",
    'class="own-weights"': "weights.js",
    'class="own-assessment"': "assessment.js",
}
"""Text that marks a page, to the script of the theme that such a page, and no other, loads."""
EARLY = (
    'document.documentElement.dataset.code="off";try{document.documentElement.dataset.code='
    'localStorage.getItem("compendium.code")||"off";'
    'let t=localStorage.getItem("compendium.theme");'
    "if(t)document.documentElement.dataset.theme=t}catch{}"
)
"""Runs before a page is drawn, so that it is drawn in the reader's colours at once."""


def book_context(app: Sphinx) -> None:
    """Hand the edition's words to every page."""
    edition = Edition(app.config.compendium_language)
    about = edition.about()
    app.config.html_title = about["title"]
    app.config.html_context |= {
        "edition": {
            "lang": edition.language,
            "dir": language.LANGUAGES[edition.language].direction,
            "languages": _languages(edition.language),
            "title": about["title"],
            "subtitle": about["subtitle"],
            "description": about["description"],
            "authors": about["authors"],
            "keywords": about["keywords"],
            "year": about["published"].year,
            "date": about["date"],
            "pdf": edition.file_name("pdf"),
            "files": _files(edition),
            "cited_authors": declarations.cited_authors(),
            "facts": _facts(edition),
            "site_url": site_url(),
            "versions": site_url().endswith("/latest/"),  # as `compendium publish` lays them
            "licence": "CC BY 4.0",
            "licence_url": LICENCE,
            "cite": "#overview-cite",
            "folds": search_index.FOLDED.get(edition.language, ""),
        },
        "ui": edition.strings(),
    }


def _files(edition: Edition) -> list[tuple[str, str]]:
    """The files to take away, each with what a link to it says."""
    with speaking(edition.language):
        said = {
            "brief": (told := excerpts.told(BRIEF)) and told.title,
            # Translators: link to the report of some thirty pages
            "report": excerpts.told(REPORT) and _("Report as PDF"),
            # Translators: link to the same report as a file of Word, for comments
            "docx": excerpts.told(REPORT) and _("Report as Word file"),
            "pdf": edition.strings()["pdf"],
            # Translators: link to the whole book for an e-book reader
            "epub": _("The book as EPUB"),
        }
    return [(edition.file_name(step), name) for step, name in said.items() if name]


def licences() -> str:
    """Under which licences the book's parts are, in one line."""
    return _("Text and figures CC BY 4.0, code MIT, data CC0 1.0")


def _facts(edition: Edition) -> list[tuple[str, str]]:
    """What the first page says of the edition: version, date, licence, contact."""
    with speaking(edition.language):
        return [
            (_("Version"), declarations.version() or _("not stated")),
            (_("Date"), edition.about()["date"]),
            (_("Licence"), licences()),
            (_("Contact"), declarations.contact() or _("not stated")),
        ]


def page_context(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Add what belongs to one page."""
    edition = Edition(app.config.compendium_language)
    file = f"{page}.html"
    context["alternates"] = [
        {**entry, "url": f"../{entry['code']}/{file}"} for entry in _languages(edition.language)
    ]
    context["page_file"] = file
    context["card"] = CARD
    context["description"] = _first_paragraph(doctree) or context["edition"]["description"]
    context["downloads"] = _downloads(edition, page)
    context["scripts"] = _scripts(context.get("body", ""))
    context["styles"] = [file for script in context["scripts"] if (file := _style(script))]
    context["early"] = Markup(EARLY)
    context["policy"] = Markup(policy()) if "laboratory.js" in context["scripts"] else ""
    context["reading_time"] = _reading_time(edition, doctree)
    title = Markup(context.get("title") or context["edition"]["title"]).striptags()
    context["citation_meta"] = list(_highwire(context["edition"], title, file))
    context["json_ld"] = json.dumps(_json_ld(context, title, file), ensure_ascii=False)


def policy() -> str:
    """What a page may load and run: this site's own files, and the one script in its head.

    WebAssembly may be compiled: the search is made of it, and so is Python in the laboratory.
    """
    early = base64.b64encode(hashlib.sha256(EARLY.encode()).digest()).decode()
    return "; ".join((
        "default-src 'self'", f"script-src 'self' 'sha256-{early}' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "object-src 'none'",
        "base-uri 'self'", "form-action 'self'",
    ))  # fmt: skip


def _scripts(body: str) -> list[str]:
    return [script for marker, script in SCRIPTS.items() if marker in body]


def _style(script: str) -> str:
    """The style sheet that belongs to a script, and is loaded with it; empty if there is none."""
    name = script.replace(".js", ".css")
    return name if project.theme("compendium", "static", name).is_file() else ""


def _languages(current: str) -> list[dict]:
    return [
        {
            "code": entry.code,
            "name": entry.name,
            "short": entry.short,
            "current": entry.code == current,
        }
        for entry in language.LANGUAGES.values()
    ]


def _first_paragraph(doctree: nodes.document | None) -> str:
    if doctree is None:
        return ""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) <= _DESCRIPTION:
            return text
        return text[:_DESCRIPTION].rsplit(" ", 1)[0] + "…"
    return ""


def _reading_time(edition: Edition, doctree: nodes.document | None) -> str:
    """How long the page's text takes to read; tables, figures and code are not counted."""
    if doctree is None:
        return ""
    kinds = nodes.paragraph, nodes.title, nodes.caption
    words = sum(
        len(node.astext().split()) for node in doctree.findall(lambda n: isinstance(n, kinds))
    )
    minutes = max(1, round(words / WORDS_A_MINUTE))
    with speaking(edition.language):
        return ngettext("%d minute to read", "%d minutes to read", minutes) % minutes


def _downloads(edition: Edition, page: str) -> list[dict]:
    if not (edition.source / f"{page}.ipynb").is_file():
        return []
    label = edition.strings()["download_notebook"]
    return [{"label": label, "url": f"downloads/{page}.ipynb"}]


def _highwire(edition: dict, title: str, file: str):
    yield "citation_title", edition["title"] if file == "index.html" else title
    for author, _is_person in edition["cited_authors"]:
        yield "citation_author", author
    yield "citation_publication_date", str(edition["year"])
    yield "citation_language", edition["lang"]
    if file != "index.html":
        yield "citation_inbook_title", edition["title"]
    if base := _base(edition):  # both must be absolute
        yield "citation_pdf_url", f"{base}{edition['pdf']}"
        yield "citation_public_url", f"{base}{file}"
    for keyword in edition["keywords"]:
        yield "citation_keywords", keyword


def _base(edition: dict) -> str:
    """Address of the edition's folder, empty where the site's is not known."""
    return f"{edition['site_url']}{edition['lang']}/" if edition["site_url"] else ""


def _json_ld(context: dict, title: str, file: str) -> dict:
    edition, base = context["edition"], _base(context["edition"])
    book = {
        "@type": "Book",
        "name": edition["title"],
        "bookFormat": "https://schema.org/EBook",
        "inLanguage": edition["lang"],
        "author": [
            {"@type": "Person" if is_person else "Organization", "name": name}
            for name, is_person in edition["cited_authors"]
        ],
        "datePublished": str(edition["year"]),
        "license": LICENCE,
    }
    if base:
        book["url"] = f"{base}index.html"
        book["encoding"] = {
            "@type": "MediaObject",
            "contentUrl": f"{base}{edition['pdf']}",
            "encodingFormat": "application/pdf",
        }
    if file == "index.html":
        return {"@context": "https://schema.org", **book, "description": context["description"]}
    return {
        "@context": "https://schema.org",
        "@type": "Chapter",
        "name": title,
        "inLanguage": edition["lang"],
        "description": context["description"],
        **({"url": f"{base}{file}"} if base else {}),
        "isPartOf": book,
    }


def finish(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Give the page's text its no-breaks, and on a page of the site its headings their ids."""
    if app.builder.name != "singlehtml":
        context["body"] = markup.headed(markup.lean(context.get("body", "")))
    for part in ("body", "toc"):
        if context.get(part):
            context[part] = markup.unbroken(context[part])


def setup(app: Sphinx) -> dict:
    """Sphinx's entry point."""
    app.add_config_value("compendium_language", "en", "env")
    app.add_config_value("compendium_means", "", "env")
    app.connect("builder-inited", book_context)
    app.connect("html-page-context", page_context)
    app.connect("html-page-context", finish, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
