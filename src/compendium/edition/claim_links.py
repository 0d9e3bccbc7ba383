"""Links from a section to the claims that it uses, as the resource `claims` names them."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from compendium import language
from compendium.claims import claims
from compendium.claims.claim_table import page_of
from compendium.language import _, number, text

LIST = "claims-list"
"""Label of the section that lists all claims."""


def used() -> dict[str, list[claims.Claim]]:
    """The claims that each section uses, by the section's label."""
    sections: dict[str, list[claims.Claim]] = {}
    for claim in claims.claims():
        for section in claim.used:
            sections.setdefault(section, []).append(claim)
    return sections


def add_links(app: Sphinx, document: nodes.document, page: str) -> None:
    """Add to each section that uses claims a list of them, after its own text."""
    language.use(app.config.compendium_language)
    sections = used()
    for section in document.findall(nodes.section):
        held = [claim for label in section["ids"] for claim in sections.get(label, ())]
        if held:
            at = next(
                (n for n, child in enumerate(section) if isinstance(child, nodes.section)),
                len(section),
            )
            section.insert(at, nodes.raw("", _links(app, page, held), format="html"))


def _links(app: Sphinx, page: str, held: list[claims.Claim]) -> str:
    # Translators: before the number of the article's claims that a section deals with
    told = escape(_("Claims of the article checked here: {n}").format(n=number(len(held))))
    if app.builder.name == "singlehtml":
        return f'<p class="claims-used"><a href="#{LIST}">{told}</a></p>'
    listed = app.builder.get_relative_uri(page, page_of(LIST))
    links = "".join(
        f'<li><a href="{listed}#claim-{claim.id}">{escape(text(claim.says))}</a></li>'
        for claim in held
    )
    return f'<details class="claims-used"><summary>{told}</summary><ul>{links}</ul></details>'


def setup(app: Sphinx) -> dict:
    """Sphinx's entry point."""
    app.connect("doctree-resolved", add_links)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
