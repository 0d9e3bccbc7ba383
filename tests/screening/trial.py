"""Trial decisions, generated for the tests: nobody has screened anything here."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from compendium import language
from compendium.language import _, label
from compendium.records import write
from compendium.records.record import Record
from compendium.screening import decisions, layout, work

CRITERION = "relevance_to_topic"


def records(n: int = 6) -> list[Record]:
    """Made-up records."""
    return [
        Record(
            title=f"Trial record {at} on universities", abstract=f"Open innovation {at}.",
            authors=("Досжан, Р.", "O’Neill, A."), year=2020, source="Journal of Trials",
            doi=f"10.5555/trial.{at}",
        )
        for at in range(1, n + 1)
    ]  # fmt: skip


def key(at: int) -> str:
    return records(at)[-1].key


def file(tmp_path: Path, n: int = 6) -> Path:
    """The made-up records as a file."""
    path = tmp_path / "records.csv"
    if not path.exists():
        write.write(records(n), path)
    return path


def sheet(tmp_path: Path, reviewer: str = "Trial A", n: int = 6, **asked) -> Path:
    """A sheet in the folder of decisions."""
    folder = tmp_path / "decisions"
    plan = work.plan_for(folder, asked.pop("stage", decisions.TITLE_ABSTRACT), **asked)
    made = work.sheets_for(file(tmp_path, n), folder, [reviewer], plan)
    ((path, _rows),) = made.sheets
    return path


def fill(path: Path, answers: dict[int, str | tuple], lang: str = "en") -> Path:
    """Fill in a sheet: by row number of the record, its decision, or decision and criterion …"""
    before = language.current()
    language.use(lang)
    book = openpyxl.load_workbook(path, rich_text=True)
    rows = book.worksheets[1]
    heads = {cell.value: cell.column_letter for cell in rows[1]}
    letters = {column.key: heads.get(_(column.header)) for column in layout.COLUMNS}
    for at, answer in answers.items():
        said = (answer,) if isinstance(answer, str) else answer
        for name, code in zip(("decision", "criterion"), said, strict=False):
            rows[f"{letters[name]}{at + 1}"] = label(code) if code else None
        if len(said) > 2:
            rows[f"{letters['reason']}{at + 1}"] = said[2]
    book.save(path)
    language.use(before)
    return path


def change(path: Path, cell: str, value, sheet: int = 1) -> Path:
    """Write anything into a cell."""
    book = openpyxl.load_workbook(path, rich_text=True)
    book.worksheets[sheet][cell] = value
    book.save(path)
    return path
