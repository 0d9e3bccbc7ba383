"""Under "How to cite": each work in the formats that reference managers and journals ask for."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx

from compendium import language
from compendium.edition.edition import site_url
from compendium.language import _
from compendium.reporting import cite

SECTION = "overview-cite"
"""Label of the section that says how to cite."""


def add(app: Sphinx, document: nodes.document, page: str) -> None:
    """Add the formats to the section, where a page has it; in print they would be no use."""
    if app.builder.name == "singlehtml":
        return
    language.use(app.config.compendium_language)
    for section in document.findall(nodes.section):
        if SECTION not in section["ids"]:
            continue
        own, *others = cite.works(site_url())
        shown = [_button(_("Cite this book"), own)]
        shown += [
            _button(_("Cite the article"), work, work.title if len(others) > 1 else "")
            for work in others
        ]
        at = next((n for n, child in enumerate(section) if isinstance(child, nodes.section)),
                  len(section))  # fmt: skip
        section.insert(at, nodes.raw("", "".join(shown), format="html"))


def _button(told: str, work: cite.Work, title: str = "") -> str:
    formats = "".join(
        _format(name, write(work), f"{work.key}.{ending}")
        for name, (write, ending) in cite.FORMATS.items()
    )
    told = escape(": ".join(filter(None, (told, title))))
    return (
        f'<details class="cite" data-pagefind-ignore><summary>{told}</summary>{formats}</details>'
    )


def _format(name: str, text: str, file: str) -> str:
    told = escape(f"{_(name)}: {file}")
    return (
        f'<p><b>{escape(_(name))}</b> <a href="data:text/plain;charset=utf-8,{quote(text)}" '
        f'download="{escape(file)}" aria-label="{told}">{escape(file)}</a></p>'
        f'<div class="highlight"><pre>{escape(text)}</pre></div>'
    )


def setup(app: Sphinx) -> dict:
    """Sphinx's entry point."""
    app.connect("doctree-resolved", add)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
