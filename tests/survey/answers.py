"""Answers to the survey that this program makes up; every row says so."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import numpy as np

from compendium.ranking.criteria import TOP, Assessment
from compendium.survey.read import GENERATED


def answers(assessment: Assessment, count: int = 12, seed: int = 1) -> list[dict[str, str]]:
    """Rows as an export has them, without groups; every second is a university's."""
    rng = np.random.default_rng(seed)
    return [_answer(assessment, rng, number) for number in range(count)]


def _answer(assessment: Assessment, rng: np.random.Generator, number: int) -> dict[str, str]:
    codes = assessment.codes
    importance = rng.permutation(len(codes)) + 1.0
    best, worst = codes[int(importance.argmax())], codes[int(importance.argmin())]
    row = {
        "_uuid": f"made-up-{number}", GENERATED: "yes", "consent": "yes",
        "role": ("enterprise", "university")[number % 2], "size": "", "best": best, "worst": worst,
    }  # fmt: skip
    for code, own in zip(codes, importance, strict=True):
        row[f"bo_{code}"] = "" if code == best else _ratio(importance.max() / own)
        row[f"ow_{code}"] = "" if code in (best, worst) else _ratio(own / importance.min())
    for model in assessment.models:
        known = rng.random() < 0.7
        for code in codes:
            level = str(rng.integers(0, TOP + 1)) if rng.random() < 0.8 else "unknown"
            row[f"score_{model}_{code}"] = level if known else ""
    return row


def _ratio(ratio: float) -> str:
    return str(int(np.clip(round(ratio), 1, 9)))


def as_csv(rows: list[dict[str, str]], *, separator: str = ",", group: str = "") -> str:
    """An export; `group` stands before the questions' names, as groups do."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
    writer.writerow([name if name.startswith("_") else group + name for name in rows[0]])
    writer.writerows(row.values() for row in rows)
    return stream.getvalue()


def as_xlsx(rows: list[dict[str, str]], file: Path) -> Path:
    """An export as a workbook, numbers as numbers."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row.values()])
    book.save(file)
    return file
