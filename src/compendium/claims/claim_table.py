"""The table of claims: what the article says, the verdict, what was found and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from compendium import data, project
from compendium.addresses import place
from compendium.claims import result_lines
from compendium.claims.check import VERDICTS
from compendium.claims.claims import Verdict, kinds
from compendium.display import Cell, Column, Table, mark, row_id
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _, label, number, text

_LABEL = re.compile(r"\(([a-z0-9-]+)\)=")


def page_of(section: str) -> str:
    """The chapter, and so the page, that holds a section, by the section's label.

    Raises
    ------
    CompendiumError
        If no chapter has such a section.
    """
    here = project.current()
    files = sorted(here.path("chapters").glob("*.ipynb"))
    pages = here.kept.get("sections", files, lambda: _pages(files))
    if section not in pages:
        raise CompendiumError(
            _("No chapter has a section {label}.").format(label=repr(section)),
            path=data.place_of("claims"), column="used", remedy=did_you_mean(section, pages),
        )
    return pages[section]


def _pages(files: Sequence[Path]) -> dict[str, str]:
    return {
        label: file.stem for file in files
        for label in _LABEL.findall(file.read_text(encoding="utf-8"))
    }  # fmt: skip


@dataclass(frozen=True, repr=False)
class ClaimTable(Table):
    """Claims with their verdicts, and a form by which the page's script filters them.

    A page without script, and the PDF, show the table alone.
    """

    @classmethod
    def of(cls, verdicts: Sequence[Verdict]) -> ClaimTable:
        """Lay out claims in the reader's language, in the order given."""
        rows = pd.DataFrame(
            {
                "says": [_says(v) for v in verdicts],
                "verdict": [_verdict(v) for v in verdicts],
                "found": [_found(v) for v in verdicts],
                "row": [row_id("claim", v.claim.id) for v in verdicts],
            }
        )
        return cls(
            rows,
            {
                "says": Column(_("The article says"), list),
                "verdict": Column(_("Verdict, kind and basis"), list),
                "found": Column(_("What was found, and where"), list),
            },
            label=_("Claims of the article"),
            attributes=[
                {
                    "data-kind": v.claim.kind,
                    "data-verdict": v.result.verdict,
                    "data-basis": v.claim.basis,
                }
                for v in verdicts
            ],
            anchor="row",
        )

    def _repr_html_(self) -> str:
        # Translators: button under a list of which only the first claims are shown
        more = escape(_("Show all claims"))
        button = f'<button type="button" class="more screen-only" hidden>{more}</button>'
        return f'<div class="claims">\n{self._form()}\n{super()._repr_html_()}\n{button}</div>'

    def _form(self) -> str:
        """The filter; hidden until the script shows it."""
        codes = self._codes("verdict", VERDICTS)
        verdicts = _select("verdict", _("Verdict"), _("All verdicts"), codes)
        codes = self._codes("kind", kinds())
        of_kind = _select("kind", _("Kind of claim"), _("All kinds"), codes)
        # Translators: name of a field for words to look for
        words = escape(_("Words to look for"))
        # Translators: button that takes back the words and choices of a filter
        everything = escape(_("Clear the filter"))
        # Translators: how many claims a filter shows; {shown} and {all} are numbers
        told = escape(_("Claims shown: {shown} of {all}"))
        name = escape(_("Filter the claims"))
        return (
            f'<form class="filter screen-only" hidden aria-label="{name}">'
            f'<label>{words}<input type="search" name="words" size="16"></label>'
            f'{verdicts}{of_kind}<button type="reset">{everything}</button>'
            f'<p role="status" data-told="{told}"></p></form>'
        )

    def _codes(self, kind: str, codes: Sequence[str]) -> list[str]:
        held = {row[f"data-{kind}"] for row in self.attributes}
        return [code for code in codes if code in held]


def problems(verdicts: Sequence[Verdict]) -> Table:
    """Each problem that claims lay open once: its first claim, its verdict, how many meet it."""
    first: dict[str, Verdict] = {}
    met: dict[str, int] = {}
    for verdict in verdicts:
        if verdict.problem:
            first.setdefault(verdict.problem, verdict)
            met[verdict.problem] = met.get(verdict.problem, 0) + 1
    rows = pd.DataFrame(
        {
            "says": [_says(v) for v in first.values()],
            "verdict": [v.result.verdict for v in first.values()],
            "found": [
                [Cell(line) for line in result_lines.lines(v.result)] for v in first.values()
            ],
            "claims": list(met.values()),
        }
    )
    return Table(
        rows,
        {
            "says": Column(_("The article says"), list),
            "verdict": Column(_("Verdict"), mark),
            "found": Column(_("What was found"), list),
            "claims": Column(_("Claims"), number, kind="number"),
        },
        label=_("Problems that the checks revealed"),
    )


def _select(name: str, told: str, everything: str, codes: Sequence[str]) -> str:
    options = "".join(f'<option value="{code}">{escape(label(code))}</option>' for code in codes)
    return (
        f'<label>{escape(told)}<select name="{name}">'
        f'<option value="">{escape(everything)}</option>{options}</select></label>'
    )


def _says(verdict: Verdict) -> list[Cell]:
    claim = verdict.claim
    return [Cell(text(claim.says)), Cell(place(claim.place), kind="quiet")]


def _verdict(verdict: Verdict) -> list[Cell]:
    return [
        mark(verdict.result.verdict),
        Cell(label(verdict.claim.kind), kind="quiet"),
        Cell(label(verdict.claim.basis), kind="quiet"),
    ]


def _found(verdict: Verdict) -> list[Cell]:
    sections: dict[str, Cell] = {}
    for used in verdict.claim.used:
        page = page_of(used)
        # Translators: link from a claim to the chapter that uses it, e.g. "Chapter: Search"
        told = _("Chapter: {name}").format(name=label(f"chapter_{page.split('-', 1)[-1]}"))
        sections.setdefault(page, Cell(told, href=f"{page}.html#{used}", kind="quiet"))
    lines = map(Cell, result_lines.lines(verdict.result))
    return [*lines, *verdict.links, *sections.values()]
