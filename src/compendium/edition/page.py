"""What every page tells its template: the same page elsewhere, downloads, citation, description."""

from __future__ import annotations

import json

from docutils import nodes
from sphinx.application import Sphinx

from compendium import language
from compendium.edition.edition import Edition

SITE_URL = "COMPENDIUM_SITE_URL"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DESCRIPTION = 200
SCRIPTS: dict[str, str] = {
    'class="claims"': "claims.js",
    'class="own-weights"': "weights.js",
}
"""Text that marks a page, to the script of the theme that such a page, and no other, loads."""


def site_url() -> str:
    """Address that the site is published at, with a slash at its end; empty when not known."""
    import os

    address = os.environ.get(SITE_URL, "")
    return address if not address or address.endswith("/") else address + "/"


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
            "pdf": edition.pdf_name,
            "site_url": site_url(),
            "licence": "CC BY 4.0",
            "licence_url": LICENCE,
            "cite": "#overview-cite",
        },
        "ui": edition.strings(),
    }


def page_context(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Add what belongs to one page."""
    edition = Edition(app.config.compendium_language)
    file = f"{page}.html"
    context["alternates"] = [
        {**entry, "url": f"../{entry['code']}/{file}"} for entry in _languages(edition.language)
    ]
    context["page_file"] = file
    context["description"] = _first_paragraph(doctree) or context["edition"]["description"]
    context["downloads"] = _downloads(edition, page)
    context["scripts"] = _scripts(context.get("body", ""))
    title = context.get("title") or context["edition"]["title"]
    context["citation_meta"] = list(_highwire(context["edition"], title, file))
    context["json_ld"] = json.dumps(_json_ld(context, title, file), ensure_ascii=False)


def _scripts(body: str) -> list[str]:
    return [script for marker, script in SCRIPTS.items() if marker in body]


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


def _downloads(edition: Edition, page: str) -> list[dict]:
    if not (edition.source / f"{page}.ipynb").is_file():
        return []
    label = edition.strings()["download_notebook"]
    return [{"label": label, "url": f"downloads/{page}.ipynb"}]


def _highwire(edition: dict, title: str, file: str):
    yield "citation_title", edition["title"] if file == "index.html" else title
    for author in edition["authors"]:
        yield "citation_author", author
    yield "citation_publication_date", str(edition["year"])
    yield "citation_language", edition["lang"]
    if file != "index.html":
        yield "citation_inbook_title", edition["title"]
    base = f"{edition['site_url']}{edition['lang']}/" if edition["site_url"] else ""
    yield "citation_pdf_url", f"{base}{edition['pdf']}"
    if base:
        yield "citation_public_url", f"{base}{file}"
    for keyword in edition["keywords"]:
        yield "citation_keywords", keyword


def _json_ld(context: dict, title: str, file: str) -> dict:
    edition = context["edition"]
    book = {
        "@type": "Book",
        "name": edition["title"],
        "bookFormat": "https://schema.org/EBook",
        "inLanguage": edition["lang"],
        "author": [{"@type": "Organization", "name": name} for name in edition["authors"]],
        "datePublished": str(edition["year"]),
        "license": LICENCE,
    }
    if file == "index.html":
        return {"@context": "https://schema.org", **book, "description": context["description"]}
    return {
        "@context": "https://schema.org",
        "@type": "Chapter",
        "name": title,
        "inLanguage": edition["lang"],
        "description": context["description"],
        "isPartOf": book,
    }


def setup(app: Sphinx) -> dict:
    """Sphinx's entry point."""
    app.add_config_value("compendium_language", "en", "env")
    app.add_config_value("compendium_means", "", "env")
    app.connect("builder-inited", book_context)
    app.connect("html-page-context", page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
