"""The sheet that a reviewer fills in: its columns, and what its hidden sheets say."""

from __future__ import annotations

from dataclasses import dataclass

from compendium.language import N_, _, label
from compendium.language.codebook import codebook
from compendium.screening import decisions

VERSION = "1"
ABOUT, LISTS = "_about", "_lists"
ABOUT_KEYS = ("version", "stage", "role", "reviewer", "lang", "records", "criteria")
FIRST_ROW = 2


@dataclass(frozen=True)
class SheetColumn:
    """A column: its key, its header (marked for the catalog), its width in characters."""

    key: str
    header: str
    width: float
    open: bool = False


COLUMNS = (
    # Translators: column header of a screening sheet, for the number of a row
    SheetColumn("number", N_("#"), 5),
    SheetColumn("decision", N_("Decision"), 14, open=True),
    SheetColumn("criterion", N_("Criterion not met"), 24, open=True),
    SheetColumn("reason", N_("Reason or note"), 26, open=True),
    SheetColumn("earlier", N_("Decisions to settle"), 30),
    SheetColumn("title", N_("Title"), 44),
    SheetColumn("abstract", N_("Abstract"), 90),
    SheetColumn("keywords", N_("Keywords"), 30),
    SheetColumn("authors", N_("Authors"), 28),
    SheetColumn("year", N_("Year"), 7),
    SheetColumn("source", N_("Source"), 28),
    SheetColumn("link", N_("Link"), 24),
    SheetColumn("record", N_("Record"), 24),
)
HIGHLIGHTED = ("title", "abstract", "keywords")


def columns(settling: bool) -> tuple[SheetColumn, ...]:
    """Columns of a sheet; only one that settles conflicts shows the earlier decisions."""
    return tuple(c for c in COLUMNS if settling or c.key != "earlier")


def letter(key: str, settling: bool) -> str:
    """Letter of a column."""
    return chr(ord("A") + [c.key for c in columns(settling)].index(key))


def choices(codes: tuple[str, ...]) -> dict[str, str]:
    """What a drop-down offers in the language in use, by code."""
    return {code: label(code) for code in codes}


def code_of(cell: str, codes: tuple[str, ...]) -> str | None:
    """The code that a cell names by its label in any language of the book, or by itself."""
    said = " ".join(cell.split()).casefold()
    for code in codes:
        entry = codebook()[code]
        names = {code, *(entry[name] for name in entry if name.startswith("label_"))}
        if said in {name.casefold() for name in names}:
            return code
    return None


def records_title() -> str:
    """Name of the sheet with the records."""
    # Translators: name of a sheet in a workbook, at most 31 characters
    return _("Records")


def instructions_title() -> str:
    """Name of the sheet with the instructions."""
    # Translators: name of a sheet in a workbook, at most 31 characters
    return _("Instructions")


def instructions(stage: str, role: str, reviewer: str, highlighted: bool) -> list[tuple[str, str]]:
    """Headings and paragraphs that tell a reviewer what to do."""
    told = [
        (_("Reviewer"), reviewer),
        (_("Stage"), label(stage)),
        (
            _("What to do"),
            _("For each record of the next sheet choose a decision in the second column. Where "
              "the record is excluded, choose the criterion that it does not meet."),
        ),
        (
            _("When in doubt"),
            _("Choose “{unsure}”. The record stays until somebody decides. An empty cell means "
              "that nobody has decided yet; the sheet can be handed in with empty cells.")
            .format(unsure=label(decisions.UNSURE)),
        ),
        (
            _("Other reasons"),
            _("If no criterion fits, choose “{other}” and write the reason beside it.")
            .format(other=label(decisions.OTHER)),
        ),
    ]  # fmt: skip
    if stage == decisions.FULL_TEXT:
        told.append((
            _("Full texts"),
            _("If the full text cannot be had, choose “{not_retrieved}”.")
            .format(not_retrieved=label(decisions.NOT_RETRIEVED)),
        ))  # fmt: skip
    if highlighted:
        told.append((
            _("Coloured words"),
            _("Words that the query asks for stand in bold colour. They are there to help the "
              "eye, and decide nothing."),
        ))  # fmt: skip
    if role == decisions.SETTLING:
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
          "sheet, and leave the last column as it is: it names the record."),
    ))  # fmt: skip
    return told
