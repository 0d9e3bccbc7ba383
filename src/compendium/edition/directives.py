"""What the book's Sphinx needs beyond Jupyter Book: numbered tables, words, citations."""

from __future__ import annotations

from html import escape
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from myst_nb.ext.glue.directives import PasteFigureDirective
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from compendium.edition import bibliography
from scopus_query.highlight import ScopusLexer


class glued_table(nodes.figure):
    """A glued table with its caption; numbered apart from figures."""


class PasteNumberedDirective(PasteFigureDirective):
    """`{glue:figure}` with a link to the file that the chapter kept of what it shows.

    The option `file` names the file's type where it is another one, e.g. `:file: txt`; `fold`
    folds what is shown under its caption, on screen.
    """

    suffix = "svg"
    option_spec: ClassVar = {
        **PasteFigureDirective.option_spec, "file": directives.unchanged, "fold": directives.flag,
    }  # fmt: skip

    def run(self) -> list[nodes.Node]:
        """Make the figure, then add the link under it."""
        suffix = self.options.pop("file", self.suffix)
        folded = self.options.pop("fold", "") is None
        figure, *rest = super().run()
        if isinstance(figure, nodes.figure):
            figure["classes"] += ["fold"] if folded else []
            chapter = self.document.settings.env.docname
            file = f"downloads/{chapter}/{self.arguments[0]}.{suffix}"
            link = nodes.reference(
                "", suffix.upper(), refuri=file, internal=False, classes=["download"]
            )
            figure += nodes.container("", nodes.paragraph("", "", link), classes=["downloads"])
        return [figure, *rest]


class PasteTableDirective(PasteNumberedDirective):
    """`{glue:table}`: as `{glue:figure}`, but numbered as a table."""

    suffix = "csv"

    def run(self) -> list[nodes.Node]:
        """Make the figure, then call it a table."""
        figure, *rest = super().run()
        if not isinstance(figure, nodes.figure):
            return [figure, *rest]
        table = glued_table("", *figure.children, **figure.attributes)
        table["classes"].append("table")
        for identifier in table["ids"]:
            self.document.ids[identifier] = table
        return [table, *rest]


def fold(app: Sphinx, document: nodes.document, page: str) -> None:
    """Put each figure that is to be folded into a `details` element, its caption as the summary.

    A container of the class `fold` is folded under its first paragraph. A single page, from which
    the PDF is made, shows everything.
    """
    if app.builder.format != "html" or app.builder.name == "singlehtml":
        return
    for container in list(document.findall(nodes.container)):
        if "fold" in container["classes"] and container.children:
            told = f"<b>{escape(container.pop(0).astext())}</b>"
            _fold(container, told)
    for figure in list(document.findall(nodes.figure)):
        if "fold" not in figure["classes"]:
            continue
        number, caption = _called(app, figure, page)
        told = f"<b>{escape(number)}</b> {escape(caption)}".strip()
        _fold(figure, told)


def _fold(folded: nodes.Element, summary: str) -> None:
    """Put a node between the tags of a `details` element."""
    parent, place = folded.parent, folded.parent.index(folded)
    parent.insert(place + 1, nodes.raw("", "</details>", format="html"))
    opening = f'<details class="fold"><summary>{summary}</summary>'
    parent.insert(place, nodes.raw("", opening, format="html"))


def _called(app: Sphinx, figure: nodes.figure, page: str) -> tuple[str, str]:
    """Number and caption of a figure or table, e.g. `Table 7` and what it shows."""
    kind = "table" if isinstance(figure, glued_table) else "figure"
    numbers = app.env.toc_fignumbers.get(page, {}).get(kind, {})
    at = next((numbers[label] for label in figure["ids"] if label in numbers), None)
    number = app.config.numfig_format[kind] % ".".join(map(str, at)) if at else ""
    caption = next(iter(figure.findall(nodes.caption)), nodes.caption())
    return number, caption.astext()


def name_downloads(app: Sphinx, document: nodes.document, page: str) -> None:
    """Name each link to a figure's file by its number: a list of links says "CSV" but once.

    The caption beside the link is not said again; it names what has no number.
    """
    if app.builder.format != "html":
        return
    for figure in document.findall(nodes.figure):
        for link in list(figure.findall(nodes.reference)):
            if "download" not in link["classes"]:
                continue
            number, caption = _called(app, figure, page)
            kind, told = link.astext(), number or caption
            link.replace_self(
                nodes.raw(
                    "",
                    f'<a class="download" href="{escape(link["refuri"])}" '
                    f'aria-label="{escape(f"{kind}: {told}")}">{escape(kind)}</a>',
                    format="html",
                )
            )


def anchor_by_label(app: Sphinx, document: nodes.document) -> None:
    """Let a labelled section have its label for an anchor, the same in every language.

    Sphinx would make one of the heading, and a link to it would be lost with the language.
    """
    for section in document.findall(nodes.section):
        labels = [
            document.nameids[name] for name in section["names"] if document.nametypes.get(name)
        ]
        section["ids"] = labels or section["ids"]


def setup(app: Sphinx) -> dict:
    """Sphinx's entry point."""
    app.add_enumerable_node(
        glued_table,
        "table",
        html=(HTML5Translator.visit_figure, HTML5Translator.depart_figure),
        override=True,
    )
    app.connect("config-inited", bibliography.set_language, priority=100)
    app.connect("doctree-read", anchor_by_label, priority=100)
    app.connect("doctree-resolved", fold)
    app.connect("doctree-resolved", name_downloads)
    app.setup_extension("myst_nb")
    app.add_lexer("scopus", ScopusLexer)
    app.add_directive_to_domain("glue", "figure", PasteNumberedDirective, override=True)
    app.add_directive_to_domain("glue", "table", PasteTableDirective, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
