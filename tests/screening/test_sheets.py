"""Screening sheets: what a reviewer sees, and what no cell may do."""

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

from compendium import data, language
from compendium.errors import CompendiumError
from compendium.language import label
from compendium.records.record import Record
from compendium.screening import cells, decisions, full_texts, highlights, layout, sheets
from compendium.screening.layout import SheetPlan
from scopus_query.parse import read

QUERY = read('TITLE-ABS-KEY("open innovation" AND universit*)').tree


def record(at=1, title="A title", abstract="An abstract.", **more):
    return Record(title=title, abstract=abstract, doi=f"10.5555/x.{at}", **more)


def made(tmp_path, *records, **options):
    path = tmp_path / "sheet.xlsx"
    reviewer = options.pop("reviewer", "A. Reviewer")
    asked = {"criteria": data.table("criteria")["criterion"].tolist(), **options}
    sheets.write(records or (record(),), path, reviewer, SheetPlan(**asked))
    return openpyxl.load_workbook(path, rich_text=True)


def cell(book, key, row=2, **asked):
    return book.worksheets[1][f"{SheetPlan(**asked).letter(key)}{row}"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "=HYPERLINK("])
def test_a_title_that_begins_like_a_formula_is_text(tmp_path, sign):
    title = f'{sign}1+1|cmd"'
    found = cell(made(tmp_path, record(title=title)), "title")
    assert found.data_type == "s" and str(found.value) == title.strip()
    assert found.quotePrefix


def test_only_our_own_count_is_a_formula(tmp_path):
    book = made(tmp_path, record(title="=1+1", abstract="=2", source="=3", authors=("=4",)))
    formulas = [
        (sheet.title, each.value)
        for sheet in book for row in sheet.iter_rows() for each in row if each.data_type == "f"
    ]  # fmt: skip
    assert [title for title, _formula in formulas] == ["Instructions"]


def test_a_script_in_a_title_is_the_same_text(tmp_path):
    title = "<script>alert('x')</script> & “curly” ‘quotes’"
    assert str(cell(made(tmp_path, record(title=title)), "title").value) == title


def test_cyrillic_names_arrive_as_they_are(tmp_path):
    book = made(
        tmp_path,
        record(authors=("Досжан, Р. Д.", "Мұхамеджанов, Ә.")),
        reviewer="Әлия «Эксперт» O’Neill",
    )
    assert cell(book, "authors").value == "Досжан, Р. Д.; Мұхамеджанов, Ә."
    assert book.worksheets[0]["B3"].value == "Әлия «Эксперт» O’Neill"


def test_what_no_workbook_may_hold_is_a_blank(tmp_path):
    assert str(cell(made(tmp_path, record(title="a\x01b")), "title").value) == "a b"


def test_a_text_that_looks_like_an_escape_stays_what_it_is(tmp_path):
    value = cell(made(tmp_path, record(source="before _x0041_ after")), "source").value
    assert value == "before _x0041_ after"


def test_a_text_longer_than_a_cell_says_that_it_is_cut(tmp_path):
    value = str(cell(made(tmp_path, record(abstract="long " * 9_000)), "abstract").value)
    assert len(value) == cells.LIMIT and value.endswith("[… cut: a cell holds 32,767 characters]")


def test_the_words_of_the_query_stand_in_bold(tmp_path):
    book = made(
        tmp_path,
        record(title="Open innovation at a university", abstract="Nothing here."),
        highlight=highlights.of_query(QUERY),
    )
    title = cell(book, "title").value
    assert isinstance(title, CellRichText)
    bold = [part.text for part in title if isinstance(part, TextBlock) and part.font.b]
    assert bold == ["Open innovation", "university"]
    assert cell(book, "abstract").value == "Nothing here."


def test_places_that_overlap_are_one_place():
    assert highlights.merged([(4, 9), (0, 5), (20, 99)], 30) == [(0, 9), (20, 30)]


def test_a_missing_abstract_says_that_the_export_has_none(tmp_path):
    assert cell(made(tmp_path, record(abstract="")), "abstract").value == (
        "(no abstract in the export)"
    )


@pytest.mark.parametrize("code", list(language.LANGUAGES))
def test_the_drop_downs_offer_the_decisions_and_criteria_in_the_language(tmp_path, code):
    book = made(tmp_path, lang=code)
    lists = book[layout.LISTS]
    first, second = ([c.value for c in column if c.value] for column in lists.columns)
    language.use(code)
    assert first == [label(c) for c in decisions.CHOICES["title_abstract"]]
    assert second == [label(c) for c in (*data.table("criteria")["criterion"], "other_reason")]
    rules = book.worksheets[1].data_validations.dataValidation
    assert [rule.formula1 for rule in rules] == [
        f"_lists!$A$1:$A${len(first)}", f"_lists!$B$1:$B${len(second)}",
    ]  # fmt: skip
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_the_language_in_use_stays_what_it_was(tmp_path):
    made(tmp_path, lang="kk")
    assert language.current() == "en"


def test_the_header_is_frozen_and_only_the_answers_are_open(tmp_path):
    sheet = made(tmp_path).worksheets[1]
    assert sheet.freeze_panes == "E2" and sheet.protection.sheet
    unlocked = [c.column_letter for c in sheet[2] if not c.protection.locked]
    assert unlocked == ["B", "C", "D"]


def test_a_sheet_is_never_written_over(tmp_path):
    made(tmp_path)
    before = (tmp_path / "sheet.xlsx").read_bytes()
    with pytest.raises(CompendiumError, match="may hold decisions"):
        made(tmp_path)
    assert (tmp_path / "sheet.xlsx").read_bytes() == before


def test_two_records_of_one_publication_are_refused_with_the_remedy(tmp_path):
    with pytest.raises(CompendiumError, match=r"10\.5555/x\.1.*records dedup"):
        made(tmp_path, record(), record())


def test_a_reviewer_has_a_name():
    with pytest.raises(CompendiumError, match="Nobody signs"):
        sheets.write([record()], "never.xlsx", " ", SheetPlan())


def test_a_sheet_at_the_full_text_names_the_file_and_links_it_where_it_is_there(tmp_path):
    one, two = record(authors=("Досжан, Р. Д.",), year=2020), record(2, title="Another")
    folder = tmp_path / "full-texts"
    folder.mkdir()
    (folder / full_texts.name(one)).write_bytes(b"%PDF-")
    book = made(tmp_path, one, two, stage="full_text", full_texts=folder)
    first, second = (cell(book, "pdf", row, stage="full_text") for row in (2, 3))
    assert first.value.startswith("Досжан-2020-A-title-") and first.value.endswith(".pdf")
    assert first.hyperlink.target == f"../full-texts/{first.value}"
    assert second.hyperlink is None and second.value != first.value


def test_only_a_team_with_labels_has_a_column_for_them(tmp_path):
    assert "labels" not in [column.key for column in SheetPlan().columns]
    book = made(tmp_path, labels=("background",))
    assert cell(book, "labels", 1, labels=("background",)).value == "Labels"
    told = [row[1].value for row in book.worksheets[0].iter_rows() if row[0].value == "Labels"]
    assert "background" in told[0]


def test_file_names_keep_the_letters_of_a_name():
    assert sheets.name("Әлия Ж./..", "full_text") == "full-text-әлия-ж.xlsx"
