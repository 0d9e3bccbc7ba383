"""The steps of a review, and how each is done: for doctor, the front page and the README."""

from __future__ import annotations

from dataclasses import dataclass

from compendium import data, prisma_p, project
from compendium.language import _


@dataclass(frozen=True)
class Task:
    """A step: its code, its name, and how it is done."""

    code: str
    name: str
    how: str


def tasks() -> list[Task]:
    """The steps of the current review in their order, those that it does not have left out."""
    has_protocol = bool(prisma_p.files(project.root()))
    return [
        task for task in _every()
        if (has_protocol if task.code == PROTOCOL
            else task.code in ALWAYS or data.holds(task.code))
    ]  # fmt: skip


def _file(name: str) -> str:
    return f"data/{data.resource(name)['path']}" if data.holds(name) else ""


def listed() -> str:
    """The steps as a numbered list in Markdown."""
    return "\n".join(
        f"{at}. **{task.name}.** {task.how}" for at, task in enumerate(tasks(), start=1)
    )


PROTOCOL, TEXT, TRANSLATION = "protocol", "text", "translation"
ALWAYS = (TEXT, TRANSLATION)
"""Steps of every review; the code of any other is the resource that it fills in."""


def _every() -> list[Task]:
    return [
        Task(PROTOCOL, _("Protocol"),
             _("Complete `PROTOCOL.md`, register it before the screening, and write its number "
               "down.")),
        Task("queries", _("Queries"),
             _("Write each query letter for letter, and its label into `data/codebook.csv`; the "
               "chapter on the search shows what a reviewer of queries would mark.")),
        Task("criteria", _("Criteria"),
             _("Write each criterion, and its label into `data/codebook.csv`.")),
        Task("screening_records", _("Screening"),
             _("Export what the queries find, or get it from OpenAlex with `compendium fetch`. "
               "Find what the exports hold twice with `compendium records dedup exports/ "
               "--decisions duplicates.csv --to unique.csv`. Register them with `compendium "
               "screening identify exports/* --duplicates duplicates.csv --to data/screening`. "
               "Hand out sheets with `compendium screening sheet unique.csv data/screening "
               "--reviewer NAME`, and take them back with `compendium screening read "
               "data/screening/sheets/*.xlsx --to data/screening`.")),
        Task("sources", _("Works"),
             _("Give each included work its rows in `sources.csv` and in the table that its query "
               "names with `compendium screening include data/screening unique.csv`, and look "
               "them over.")),
        Task("extraction", _("Extraction"),
             _("Write what each work says; the form says which categories are numbers, years, "
               "codes or effects, and `make check` names each cell that is not.")),
        Task("effects", _("Effects"), _("Write each effect with its 95% interval.")),
        Task("effect_directions", _("Direction of effects"),
             _("Write which way the effect in each work goes, whether significant or not: "
               "`direction_positive`, `direction_negative` or `direction_mixed`.")),
        Task("map", _("Evidence map"),
             _("Write what each work studies, by the codes of both sides.")),
        Task("context_scores", _("Assessment"),
             _("Describe the context and the levels in the folder of the context.")),
        Task("grade", _("Certainty"),
             _("Begin each outcome with `start_randomised` or `start_observational` and judge its "
               "five domains: `not_serious`, `serious`, `very_serious`. Explain what moves the "
               "level, which is computed; works and effect may be left to the other tables.")),
        Task("cerqual", _("Confidence in the findings"),
             _("Write each finding and judge its four components: `cerqual_none`, "
               "`cerqual_minor`, `cerqual_moderate`, `cerqual_serious`. Then judge the "
               "confidence, from `confidence_high` to `confidence_very_low`, and explain it.")),
        Task("claims", _("Claims"), _("Write each claim with the check that tries it.")),
        Task("checklist_report", _("Checklists"),
             _("Say of each item whether it is reported, and where, in `{file}`; `compendium audit "
               "checklist prisma_2020 --blank` prints the rows to begin with, and `prisma_s` "
               "those of the search.").format(file=_file("checklist_report"))),
        Task(TEXT, _("Text"), _("Replace each `Write here` in the chapters.")),
        Task(TRANSLATION, _("Translation"),
             _("Run `make catalogs`, translate what is missing, and then `make release`.")),
    ]  # fmt: skip
