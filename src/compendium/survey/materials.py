"""The files of the survey that the chapter offers: the form, and the protocol for case studies."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from compendium.display import Cell, Column, Table
from compendium.language import LANGUAGES, _, number
from compendium.ranking.criteria import Assessment
from compendium.survey import form, protocol

FORM, PROTOCOL = "survey.xlsx", "case-study-protocol.md"


def files(assessment: Assessment) -> dict[str, bytes]:
    """The files by name: the form in all languages, the protocol in the reader's."""
    return {
        FORM: form.workbook(assessment),
        PROTOCOL: protocol.markdown().encode("utf-8"),
    }


def offer(assessment: Assessment, attach: Callable[[str, bytes], str]) -> Table:
    """Keep the files among a chapter's downloads, and list them.

    Parameters
    ----------
    assessment : Assessment
    attach : callable
        Takes a file's name and content, returns its address, as `Chapter.attach` does.
    """
    return table([attach(name, content) for name, content in files(assessment).items()])


def table(addresses: list[str]) -> Table:
    """What each file is, with a link to it.

    Parameters
    ----------
    addresses : list of str
        Where the files lie, seen from the chapter's page.
    """
    about = {
        FORM: [_("Questionnaire (XLSForm), for KoboToolbox and ODK"),
               ", ".join(entry.name for entry in LANGUAGES.values())],
        PROTOCOL: [_("Case-study protocol (Markdown): questions by category"),
                   _("in the language of this edition")],
    }  # fmt: skip
    rows = []
    for address in addresses:
        name = address.rsplit("/", 1)[-1]
        rows.append({"file": Cell(name, href=address), "what": about[name][0],
                     "languages": about[name][1]})
    return Table(
        pd.DataFrame(rows),
        {
            "file": Column(_("File"), lambda cell: cell),
            "what": Column(_("What it is")),
            "languages": Column(_("Languages")),
        },
        label=_("Files for the next step"),
    )


def prose(assessment: Assessment) -> dict[str, str]:
    """What the prose says of the survey, by the keys that it glues."""
    least, most = form.minutes(len(assessment.codes), len(assessment.models))
    return {"survey_minutes": f"{number(least)}–{number(most)}"}
