"""The survey as an XLSForm, in every language of the book, made from a context's criteria."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from compendium import language
from compendium.ranking.criteria import TOP, Assessment
from compendium.survey import wording
from compendium.survey.wording import FARTHEST, ROLES, UNKNOWN, Texts

VERSION = "1"
SIZES = ("small", "medium", "large")
LEVELS = (*(str(level) for level in range(TOP + 1)), UNKNOWN)

READING, CHOOSING, COMPARING, SCORING = 90, 25, 12, 9
"""Seconds that the parts take: the introduction, a choice, a comparison, a score. Estimates."""

Row = dict[str, str | Texts]
_MADE = datetime(2025, 1, 1)  # a file made twice from the same data is the same


def minutes(criteria: int, models: int) -> tuple[int, int]:
    """About how long the survey takes: with one model judged, and with all of them."""
    fixed = READING + 5 * CHOOSING + COMPARING * max(0, 2 * criteria - 3)
    one, all_of_them = (ceil((fixed + SCORING * criteria * judged) / 60) for judged in (1, models))
    return one, all_of_them


def sheets(assessment: Assessment) -> dict[str, list[Row]]:
    """The form's sheets `survey`, `choices` and `settings`; texts by language."""
    title, first = wording.question("title"), next(iter(language.LANGUAGES))
    return {
        "survey": _questions(assessment.codes, assessment.models),
        "choices": _choices(assessment.codes, assessment.models),
        "settings": [{
            "form_title": title[first],
            "form_id": "collaboration_models",
            "version": VERSION,
            "default_language": column_name(first),
        }],
    }  # fmt: skip


def column_name(code: str) -> str:
    """A language as an XLSForm names it."""
    return f"{language.LANGUAGES[code].name} ({code})"


def _questions(criteria: Sequence[str], models: Sequence[str]) -> list[Row]:
    ask = wording.question
    agreed = "${consent} = 'yes'"
    rows: list[Row] = [
        {"type": "start", "name": "start"},
        {"type": "end", "name": "end"},
        {"type": "note", "name": "introduction",
         "label": wording.consent(minutes(len(criteria), len(models)))},
        {"type": "select_one consent", "name": "consent", "label": ask("agree"),
         "required": "yes"},
        {"type": "note", "name": "declined", "label": ask("declined"),
         "relevant": "${consent} = 'no'"},
        {"type": "begin_group", "name": "about", "label": ask("about"), "relevant": agreed},
        {"type": "select_one role", "name": "role", "label": ask("role"), "required": "yes"},
        {"type": "select_one size", "name": "size", "label": ask("size"),
         "relevant": "${role} = 'enterprise'"},
        {"type": "end_group", "name": "about"},
        {"type": "begin_group", "name": "weights", "label": ask("weights"), "relevant": agreed},
        {"type": "note", "name": "criteria", "label": ask("criteria")},
        {"type": "select_one criterion", "name": "best", "label": ask("best"), "required": "yes"},
        {"type": "select_one criterion", "name": "worst", "label": ask("worst"),
         "required": "yes", "constraint": ". != ${best}", "constraint_message": ask("differ")},
        {"type": "calculate", "name": "best_label",
         "calculation": "jr:choice-name(${best}, '${best}')"},
        {"type": "calculate", "name": "worst_label",
         "calculation": "jr:choice-name(${worst}, '${worst}')"},
        {"type": "end_group", "name": "weights"},
    ]  # fmt: skip
    rows += _comparisons("best_to_others", "best_ask", "bo", criteria,
                         "${best} != '%s'", f"{agreed} and ${{worst}} != ''")
    rows += _comparisons("others_to_worst", "worst_ask", "ow", criteria,
                         "${worst} != '%s' and ${best} != '%s'", f"{agreed} and ${{worst}} != ''")
    rows += [
        {"type": "begin_group", "name": "models", "label": ask("models"), "relevant": agreed},
        {"type": "select_multiple model", "name": "known", "label": ask("known")},
        {"type": "end_group", "name": "models"},
    ]
    for model in models:
        scores: list[Row] = [
            {"type": "select_one level", "name": f"score_{model}_{code}",
             "label": wording.named(code), "hint": wording.meant(code), "appearance": "minimal"}
            for code in criteria
        ]  # fmt: skip
        rows += [
            {"type": "begin_group", "name": f"of_{model}", "label": wording.named(model),
             "appearance": "field-list",
             "relevant": f"{agreed} and selected(${{known}}, '{model}')"},
            {"type": "note", "name": f"about_{model}", "label": wording.meant(model)},
            {"type": "note", "name": f"judge_{model}", "label": ask("judge")},
            *scores,
            {"type": "end_group", "name": f"of_{model}"},
        ]  # fmt: skip
    rows += [
        {"type": "text", "name": "comment", "label": ask("comment"), "relevant": agreed,
         "appearance": "multiline"},
        {"type": "note", "name": "thanks", "label": ask("thanks"), "relevant": agreed},
    ]
    return rows


def _comparisons(
    group: str, question: str, prefix: str, criteria: Sequence[str], asked: str, relevant: str
) -> list[Row]:
    ask = wording.question
    comparisons: list[Row] = [
        {"type": "select_one ratio", "name": f"{prefix}_{code}", "label": wording.named(code),
         "hint": wording.meant(code), "relevant": asked.replace("%s", code), "required": "yes",
         "appearance": "minimal"}
        for code in criteria
    ]  # fmt: skip
    return [
        {"type": "begin_group", "name": group, "label": ask(group), "relevant": relevant,
         "appearance": "field-list"},
        {"type": "note", "name": f"{group}_ask", "label": ask(question)},
        *comparisons,
        {"type": "end_group", "name": group},
    ]  # fmt: skip


def _choices(criteria: Sequence[str], models: Sequence[str]) -> list[Row]:
    lists = {
        "consent": {code: wording.question(code) for code in ("yes", "no")},
        "role": {code: wording.role(code) for code in ROLES},
        "size": {code: wording.size(code) for code in SIZES},
        "criterion": {code: wording.named(code) for code in criteria},
        "ratio": {str(step): wording.ratio(step) for step in range(1, FARTHEST + 1)},
        "model": {code: wording.named(code) for code in models},
        "level": {code: wording.level(code) for code in LEVELS},
    }
    return [
        {"list_name": name, "name": code, "label": label}
        for name, entries in lists.items()
        for code, label in entries.items()
    ]


def workbook(assessment: Assessment) -> bytes:
    """The form as an XLSX file, for KoboToolbox, ODK Central and `pyxform`.

    Made twice from the same data it is the same, byte by byte.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets(assessment).items():
        sheet = book.create_sheet(name)
        flat = [_flat(row) for row in rows]
        columns = list(dict.fromkeys(key for row in flat for key in row))
        sheet.append(columns)
        for row in flat:
            sheet.append([row.get(column) for column in columns])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            width = 44 if "::" in str(cell.value) else 24
            sheet.column_dimensions[cell.column_letter].width = width
        for line in sheet.iter_rows(min_row=2):
            for cell in line:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.freeze_panes = "A2"
    book.properties.created = book.properties.modified = _MADE
    book.properties.creator = "compendium"
    stream = BytesIO()
    book.save(stream)
    return _same_every_time(stream.getvalue())


def _flat(row: Row) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{key}::{column_name(code)}": text for code, text in value.items()}
        elif value:
            flat[key] = value
    return flat


def _same_every_time(made: bytes) -> bytes:
    """The archive with every file dated alike."""
    stream = BytesIO()
    with ZipFile(BytesIO(made)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                stamp = f"{_MADE:%Y-%m-%dT%H:%M:%SZ}".encode()
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, content)
            dated = ZipInfo(entry.filename, _MADE.timetuple()[:6])
            dated.compress_type = ZIP_DEFLATED
            new.writestr(dated, content)
    return stream.getvalue()
