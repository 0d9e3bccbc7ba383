"""The sheet that a reviewer fills in: its columns, and what its hidden sheets say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from compendium.language import N_, _, definition, label
from compendium.language.codebook import codebook
from compendium.screening import decisions, protocol
from compendium.screening.highlights import Highlights

VERSION = "1"
ABOUT, LISTS = "_about", "_lists"
ABOUT_KEYS = ("version", "stage", "role", "reviewer", "lang", "records", "criteria")
"""What the hidden sheet has to say; behind it, which record each number of a row stands for."""
FIRST_ROW = 2


@dataclass(frozen=True)
class SheetColumn:
    """A column: its key, its header (marked for the catalog), its width in characters."""

    key: str
    header: str
    width: float
    open: bool = False
    needed: bool = True


COLUMNS = (
    # Translators: column header of a screening sheet, for the number of a row
    SheetColumn("number", N_("#"), 5),
    SheetColumn("decision", N_("Decision"), 14, open=True),
    SheetColumn("criterion", N_("Criterion not met"), 24, open=True),
    SheetColumn("reason", N_("Reason or note"), 26, open=True),
    SheetColumn("labels", N_("Labels"), 20, open=True, needed=False),
    SheetColumn("earlier", N_("Decisions to settle"), 30, needed=False),
    SheetColumn("title", N_("Title"), 44),
    SheetColumn("abstract", N_("Abstract"), 90),
    SheetColumn("keywords", N_("Keywords"), 30),
    SheetColumn("authors", N_("Authors"), 28),
    SheetColumn("year", N_("Year"), 7),
    SheetColumn("source", N_("Source"), 28),
    SheetColumn("pdf", N_("Full text (PDF)"), 28, needed=False),
    SheetColumn("link", N_("Link"), 24),
    SheetColumn("record", N_("Record"), 24),
)
HIGHLIGHTED = ("title", "abstract", "keywords")


@dataclass(frozen=True)
class SheetPlan:
    """What a sheet asks, and how it looks.

    Attributes
    ----------
    stage : {"title_abstract", "full_text"}
    role : {"independent", "settling"}
    lang : str
        Language of headers, drop-downs and instructions.
    criteria : sequence of str
        Codes of the criteria that a record can fail.
    reasons : sequence of str
        Stages at which an exclusion must name its criterion.
    labels : sequence of str
        Labels that reviewers may give.
    highlight : callable, optional
        From a record to the places to colour, e.g. `highlights.of_query(tree)`.
    earlier : mapping of str to str
        What was decided before, by the record's key, for a sheet that settles conflicts.
    full_texts : Path, optional
        Folder of the PDF files, for the links of a sheet at the full text.
    """

    stage: str = decisions.TITLE_ABSTRACT
    role: str = decisions.INDEPENDENT
    lang: str = "en"
    criteria: Sequence[str] = ()
    reasons: Sequence[str] = protocol.DEFAULT.reasons
    labels: Sequence[str] = ()
    highlight: Highlights | None = None
    earlier: Mapping[str, str] = field(default_factory=dict)
    full_texts: Path | None = None

    @property
    def offered(self) -> tuple[str, ...]:
        """Codes of the list of criteria."""
        return (*dict.fromkeys(self.criteria), decisions.OTHER)

    @property
    def columns(self) -> tuple[SheetColumn, ...]:
        """Columns of the sheet."""
        shown = {"earlier": self.role == decisions.SETTLING, "labels": bool(self.labels),
                 "pdf": self.stage == decisions.FULL_TEXT}  # fmt: skip
        return tuple(c for c in COLUMNS if c.needed or shown[c.key])

    def letter(self, key: str) -> str:
        """Letter of a column."""
        return chr(ord("A") + [c.key for c in self.columns].index(key))


def choices(codes: tuple[str, ...]) -> dict[str, str]:
    """What a drop-down offers in the language in use, by code."""
    return {code: label(code) for code in codes}


def names_of(code: str) -> tuple[str, ...]:
    """Everything that a cell may say for a code: itself, and its label in any language."""
    entry = codebook()[code]
    return (code, *(entry[name] for name in entry if name.startswith("label_")))


def code_of(cell: str, codes: Iterable[str]) -> str | None:
    """The code that a cell names by its label in any language of the book, or by itself."""
    said = " ".join(cell.split()).casefold()
    for code in codes:
        if said in {name.casefold() for name in names_of(code)}:
            return code
    return None


def nearest(cell: str, codes: Iterable[str]) -> str:
    """The label, in any language, that a cell is a misspelling of; empty if none is near."""
    said = " ".join(cell.split()).casefold()
    names = {name.casefold(): name for code in codes for name in names_of(code)}
    found = get_close_matches(said, names, n=1, cutoff=0.6)
    if len(said) > 2:  # part of a label, or a label with more behind it
        found = found or [name for name in names if said in name or name in said]
    return names[found[0]] if found else ""


def records_title() -> str:
    """Name of the sheet with the records."""
    # Translators: name of a sheet in a workbook, at most 31 characters
    return _("Records")


def instructions_title() -> str:
    """Name of the sheet with the instructions."""
    # Translators: name of a sheet in a workbook, at most 31 characters
    return _("Instructions")


def instructions(plan: SheetPlan, reviewer: str) -> list[tuple[str, str]]:
    """Headings and paragraphs that tell a reviewer what to do."""
    named = plan.stage in plan.reasons
    told = [
        (_("Reviewer"), reviewer),
        (_("Stage"), label(plan.stage)),
        (
            _("What to do"),
            _("For each record of the next sheet choose a decision in the second column. Where "
              "the record is excluded, choose the criterion that it does not meet.")
            if named else
            _("For each record of the next sheet choose a decision in the second column. Where "
              "the record is excluded, you may choose the criterion that it does not meet."),
        ),
        (
            _("When in doubt"),
            _("Choose “{unsure}”. The record stays until somebody decides. An empty cell means "
              "that nobody has decided yet; the sheet can be handed in with empty cells.")
            .format(unsure=label(decisions.UNSURE)),
        ),
        (
            _("Other reasons"),
            _("If no criterion fits, choose “{other}” and write the reason beside it; without a "
              "reason the row is refused.")
            .format(other=label(decisions.OTHER)),
        ),
    ]  # fmt: skip
    if plan.stage == decisions.FULL_TEXT:
        told.append((
            _("Full texts"),
            _("If the full text cannot be had, choose “{not_retrieved}”.")
            .format(not_retrieved=label(decisions.NOT_RETRIEVED)),
        ))  # fmt: skip
        told.append((
            _("Names of the files"),
            _("Save each full text under the name that its row gives, in the folder {folder}.")
            .format(folder=f"“{(plan.full_texts or Path('full-texts')).name}”"),
        ))  # fmt: skip
    if plan.labels:
        told.append((
            _("Labels"),
            _("Write labels with a semicolon between them. The team's labels: {labels}.")
            .format(labels="; ".join(plan.labels)),
        ))  # fmt: skip
    if plan.highlight:
        told.append((
            _("Coloured words"),
            _("Words that the query asks for stand in bold colour. They are there to help the "
              "eye, and decide nothing."),
        ))  # fmt: skip
    if plan.role == decisions.SETTLING:
        told.append((
            _("Conflicts"),
            _("The reviewers disagree about these records, or left them open. Your decision "
              "settles it."),
        ))  # fmt: skip
    else:
        told.append((
            _("Independence"),
            _("Decide on your own. Do not look at another reviewer's sheet before both are handed "
              "in."),
        ))  # fmt: skip
    told.append((
        _("What must stay"),
        _("Only the cells for decision, criterion and reason are open. Add no columns, rename no "
          "sheet, and leave the first and the last column as they are: they name the record."),
    ))  # fmt: skip
    told.append((
        _("Sorting"),
        _("To sort, take the protection off, which has no password, and sort all columns "
          "together. A row whose number, title and record no longer belong together is refused; "
          "answers sorted without their numbers cannot be noticed."),
    ))  # fmt: skip
    if plan.offered:
        told += [
            (_("Criteria") if not at else "", " — ".join(dict.fromkeys((label(c), definition(c)))))
            for at, c in enumerate(plan.offered)
        ]
    return told
