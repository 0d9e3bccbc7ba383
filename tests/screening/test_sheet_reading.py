"""Sheets taken back: what fits is kept, what does not is named by its cell."""

from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from compendium import language
from compendium.errors import CompendiumError
from compendium.screening import decisions, layout, protocol, remarks, sheet_reading
from tests.screening import trial


def folder(tmp_path):
    return tmp_path / "decisions"


def taken(tmp_path, path, **options):
    listed = decisions.read_records(folder(tmp_path))
    known = dict(zip(listed["record"], listed["title"], strict=True))
    return sheet_reading.take(folder(tmp_path), sheet_reading.read(path, known), **options)


def problems(tmp_path, path):
    return [str(problem) for problem in taken(tmp_path, path).problems]


@pytest.mark.parametrize("code", list(language.LANGUAGES))
def test_what_a_reviewer_chooses_comes_back_in_every_language(tmp_path, code):
    path = trial.fill(
        trial.sheet(tmp_path, "Әлия «А»", lang=code),
        {1: "include", 2: ("exclude", trial.CRITERION), 3: "unsure",
         4: ("exclude", "other_reason", "=не по теме")},
        lang=code,
    )  # fmt: skip
    done = taken(tmp_path, path)
    assert (done.new, done.open, done.problems) == (4, ("B6", "B7"), ())
    found = decisions.read_decisions(folder(tmp_path))
    assert found["decision"].tolist() == ["include", "exclude", "unsure", "exclude"]
    assert found["criterion"].tolist() == ["", trial.CRITERION, "", "other_reason"]
    assert found["reason"].tolist()[3] == "=не по теме"
    assert set(found["reviewer"]) == {"Әлия «А»"}
    assert found["date"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()


def test_columns_sorted_apart_from_the_records_are_refused_and_nothing_is_misassigned(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {at: "include" for at in range(1, 7)})
    book = openpyxl.load_workbook(path)
    rows = book.worksheets[1]
    title = next(cell.column_letter for cell in rows[1] if cell.value == "Title")
    first, second = rows[f"{title}2"], rows[f"{title}3"]
    first.value, second.value = second.value, first.value
    book.save(path)
    done = taken(tmp_path, path)
    assert done.new == 4
    told = [str(problem) for problem in done.problems]
    assert [f"cell {title}{row}: The title is that of the record" in told[at]
            for at, row in enumerate((2, 3))] == [True, True]  # fmt: skip
    assert all("sort all together" in problem for problem in told)


def test_texts_sorted_without_the_answers_are_noticed_by_the_number_of_the_row(tmp_path):
    """As when the columns E to L are sorted and A to D stay."""
    path = trial.fill(trial.sheet(tmp_path), {at: "include" for at in range(1, 7)})
    book = openpyxl.load_workbook(path)
    rows = book.worksheets[1]
    for first, second in zip(rows["E2:L2"][0], rows["E4:L4"][0], strict=True):
        first.value, second.value = second.value, first.value
    book.save(path)
    done = taken(tmp_path, path)
    told = [str(problem) for problem in done.problems]
    assert done.new == 4 and len(told) == 2
    assert [f"cell A{row}: The number is that of the record {trial.key(row - 1)}, the row names "
            f"{trial.key(5 - row)}" in told[at] for at, row in enumerate((2, 4))] == [True, True]
    assert all("sort all together" in problem for problem in told)


def test_a_title_that_a_reviewer_mended_is_no_reason_to_refuse_the_row(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include"})
    book = openpyxl.load_workbook(path)
    rows = book.worksheets[1]
    title = next(cell.column_letter for cell in rows[1] if cell.value == "Title")
    rows[f"{title}2"].value = "Trial record 1 on universities (mended)"
    book.save(path)
    done = taken(tmp_path, path)
    assert (done.new, done.problems) == (1, ())


def test_a_formula_in_a_reason_is_kept_as_text_in_the_table(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: ("exclude", "other_reason", "@SUM(A1)")})
    taken(tmp_path, path)
    assert ",'@SUM(A1)," in (folder(tmp_path) / "decisions.csv").read_text("utf-8")
    assert decisions.read_decisions(folder(tmp_path))["reason"].tolist() == ["@SUM(A1)"]


def test_reading_twice_changes_nothing(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include"})
    taken(tmp_path, path)
    before = (folder(tmp_path) / "decisions.csv").read_bytes()
    again = taken(tmp_path, path)
    assert (again.new, again.unchanged) == (0, 1)
    assert (folder(tmp_path) / "decisions.csv").read_bytes() == before


def test_a_changed_decision_is_refused_with_its_cell(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include"})
    taken(tmp_path, path)
    before = (folder(tmp_path) / "decisions.csv").read_bytes()
    trial.fill(path, {1: ("exclude", trial.CRITERION), 2: "include"})
    (told,) = problems(tmp_path, path)
    assert "cell B2" in told and "--revise" in told
    after = (folder(tmp_path) / "decisions.csv").read_bytes()
    assert after.startswith(before) and after.count(b"\n") == before.count(b"\n") + 1


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", "cell D2: “Reason or note” is not what the folder holds of this reviewer: "
            "Exclude · Other reason · a poster."),
     ("ru", "Исключить · Другая причина · a poster")],
)  # fmt: skip
def test_a_changed_reason_is_named_with_its_own_cell_and_in_the_reader_s_words(
    tmp_path, code, told
):
    path = trial.fill(trial.sheet(tmp_path), {1: ("exclude", "other_reason", "a poster")})
    taken(tmp_path, path)
    trial.change(path, "D2", "a talk")
    with language.speaking(code):
        (found,) = problems(tmp_path, path)
    assert told in found and "other_reason" not in found


def test_a_revision_is_added_behind_and_the_earlier_one_stays(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include"})
    taken(tmp_path, path)
    trial.fill(path, {1: ("exclude", trial.CRITERION)})
    assert taken(tmp_path, path, revise=True).revised == 1
    found = decisions.read_decisions(folder(tmp_path))
    assert found["decision"].tolist() == ["include", "exclude"]
    assert decisions.latest(found)["decision"].tolist() == ["exclude"]


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("B3", "Perhaps", "cell B3: “Perhaps” is not in the list. Choose one of: Include"),
        ("B3", "Exclde", "cell B3: “Exclde” is not in the list. Did you mean “Exclude”?"),
        ("B3", "Исклчить", "Did you mean “Исключить”?"),
        ("B3", "=1+1", "cell B3: “=1+1” is not in the list"),
        ("B3", "=B2", "cell B3: “=B2” is not in the list"),
        ("C3", "Something", "cell C3: “Something” is not in the list"),
        ("C3", "Relevence", "cell C3: “Relevence” is not in the list. Did you mean “Relevance”?"),
        ("C3", "not empirical", "“not empirical” is not in the list. Did you mean “Empirical”?"),
        ("C3", "темы", "Did you mean “Ключевые темы”?"),
        ("L3", None, "cell L3: The row names no record"),
        ("L3", trial.key(1), "cell L3: The record stands in L2 already, with another answer"),
        ("L3", "10.5555/other", "cell L3: The folder knows no record"),
    ],
)
def test_what_does_not_fit_is_named_with_cell_and_remedy_and_the_rest_is_taken(
    tmp_path, cell, value, told
):
    path = trial.fill(trial.sheet(tmp_path), {1: "include", 2: ("exclude", trial.CRITERION)})
    trial.change(path, cell, value)
    done = taken(tmp_path, path)
    assert told in "\n".join(map(str, done.problems))
    assert done.new == 1
    assert decisions.read_decisions(folder(tmp_path))["record"].tolist() == [trial.key(1)]


def changed(tmp_path, change, n=6):
    """A filled-in sheet with something done to its records by a person."""
    answers = {1: "include", 2: ("exclude", trial.CRITERION), 3: "unsure"}
    path = trial.fill(trial.sheet(tmp_path, n=n), answers)
    book = openpyxl.load_workbook(path, rich_text=True)
    change(book, book.worksheets[1])
    book.save(path)
    return taken(tmp_path, path)


def kept(tmp_path):
    found = decisions.read_decisions(folder(tmp_path))
    return dict(zip(found["record"], found["decision"], strict=True))


WHOLE = {trial.key(1): "include", trial.key(2): "exclude", trial.key(3): "unsure"}


@pytest.mark.parametrize(
    "change",
    [
        lambda book, rows: rows.insert_rows(1),
        lambda book, rows: (rows.insert_rows(1), rows.__setitem__("A1", "Reviewed by B. Lee")),
        lambda book, rows: rows.insert_cols(1),
        lambda book, rows: rows.delete_cols(7),
        lambda book, rows: rows.delete_cols(4),
        lambda book, rows: rows.__setitem__("M1", "My notes"),
        lambda book, rows: rows.__setitem__("E1", "Titel"),
        lambda book, rows: rows.__setitem__("B1", "decision?"),
        lambda book, rows: rows.__setitem__("B1", "My choice"),
        lambda book, rows: book.__delitem__(layout.LISTS),
        lambda book, rows: book.__delitem__(layout.ABOUT),
        lambda book, rows: rows.__setitem__("A1048576", " "),
        lambda book, rows: rows.auto_filter.add_filter_column(1, ["Include"]),
    ],
    ids=["a row above", "a line above", "a column before", "no keywords", "no reasons",
         "a column behind", "another header", "a header misspelt", "a header in other words",
         "no lists", "no hidden sheet", "a cell in the last row", "a filter"],
)  # fmt: skip
def test_a_sheet_that_a_person_changed_is_read_all_the_same(tmp_path, change):
    done = changed(tmp_path, change)
    assert done.problems == () and kept(tmp_path) == WHOLE


def test_a_column_that_is_gone_and_a_header_that_was_mended_are_told(tmp_path):
    (told,) = changed(tmp_path, lambda book, rows: rows.delete_cols(4)).notes
    assert "“Reason or note” is missing" in str(told)


def test_a_header_taken_for_another_is_told(tmp_path):
    (told,) = changed(tmp_path, lambda book, rows: rows.__setitem__("B1", "decision?")).notes
    assert "cell B1: “decision?” is taken for the header “Decision”" in str(told)


def test_merged_cells_count_for_each_of_their_rows(tmp_path):
    def merge(book, rows):
        for at in (2, 3, 4):
            rows[f"B{at}"] = rows[f"C{at}"] = None
        rows["B2"], rows["C2"] = "Exclude", "Relevance"
        rows.merge_cells("B2:B4")
        rows.merge_cells("C2:C4")

    done = changed(tmp_path, merge)
    assert kept(tmp_path) == dict.fromkeys(WHOLE, "exclude") and done.problems == ()
    assert [str(note).partition("cell ")[2][:5] for note in done.notes] == ["B2:B4", "C2:C4"]


def test_a_note_merged_over_rows_counts_for_the_first_until_it_is_taken_apart(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include", 2: "include", 3: "unsure"})
    book = openpyxl.load_workbook(path, rich_text=True)
    book.worksheets[1]["D2"] = "- ask the authors"
    book.worksheets[1].merge_cells("D2:D3")
    book.save(path)
    (told,) = problems(tmp_path, path)
    assert "cell D3: The note is merged over D2:D3" in told
    assert kept(tmp_path) == {trial.key(1): "include", trial.key(3): "unsure"}
    book.worksheets[1].unmerge_cells("D2:D3")
    book.save(path)
    assert taken(tmp_path, path).problems == ()
    assert decisions.read_decisions(folder(tmp_path))["reason"].tolist() == [
        "- ask the authors", "", ""]  # fmt: skip


def test_the_same_row_twice_is_one_row(tmp_path):
    def copy(book, rows):
        for at in range(1, 13):
            rows.cell(9, at).value = rows.cell(2, at).value

    assert changed(tmp_path, copy).problems == () and kept(tmp_path) == WHOLE


def test_a_column_without_which_nothing_can_be_read_refuses_the_sheet(tmp_path):
    with pytest.raises(CompendiumError, match="column “Record” is missing"):
        changed(tmp_path, lambda book, rows: rows.delete_cols(12))


def test_a_workbook_that_unpacks_to_more_than_a_sheet_can_hold_is_refused(tmp_path):
    path = trial.sheet(tmp_path)
    with ZipFile(path, "a", ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/padding.bin", b" " * 201_000_000)
    with pytest.raises(CompendiumError, match="megabytes when it is unpacked"):
        sheet_reading.read(path)


def test_labels_and_a_note_beside_no_decision_are_kept(tmp_path):
    folder(tmp_path).mkdir()
    (folder(tmp_path) / "screening.yml").write_text("labels: [background, method]", "utf-8")
    path = trial.sheet(tmp_path)
    trial.change(path, "E2", "Background; methd")
    trial.change(path, "D3", "=ask the authors")
    agreed = protocol.read(folder(tmp_path))
    reading = sheet_reading.read(path, {}, agreed)
    (problem,) = sheet_reading.take(folder(tmp_path), reading).problems
    assert "cell E2: “methd” is no label of the team. Did you mean 'method'?" in str(problem)
    found = remarks.read(folder(tmp_path))
    assert found["labels"].tolist() == ["background", ""]
    assert found["note"].tolist() == ["", "=ask the authors"]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (("include", trial.CRITERION), "cell C2: A criterion says why a record leaves"),
        (("exclude", "other_reason"), "cell D2: The other reason is not written"),
        (("", trial.CRITERION), "cell B2: A criterion is chosen, and no decision"),
    ],
)
def test_answers_that_contradict_themselves_are_named(tmp_path, answer, told):
    done = taken(tmp_path, trial.fill(trial.sheet(tmp_path), {1: answer}))
    (found,) = done.problems
    assert told in str(found) and "B2" not in done.open


def test_a_note_that_begins_with_a_hyphen_comes_back_as_it_was_written(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: ("unsure", "", "- no abstract")})
    trial.change(path, "D3", "- ask")
    taken(tmp_path, path)
    assert decisions.read_decisions(folder(tmp_path))["reason"].tolist() == ["- no abstract"]
    assert remarks.read(folder(tmp_path))["note"].tolist() == ["- ask"]
    again = taken(tmp_path, path)
    assert (again.new, again.unchanged, again.problems) == (0, 1, ())


def test_every_cell_that_does_not_fit_is_named_at_once(tmp_path):
    out = ("exclude", "other_reason")
    path = trial.fill(trial.sheet(tmp_path), {1: out, 2: out, 3: "include"})
    assert len(problems(tmp_path, path)) == 2


def test_a_criterion_is_asked_for_at_the_full_text_and_not_before(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "exclude", 2: "include"})
    assert taken(tmp_path, path).problems == ()
    other = trial.fill(trial.sheet(tmp_path, "Trial B"), {1: "exclude", 2: "include"})
    assert taken(tmp_path, other).problems == ()
    full = trial.fill(trial.sheet(tmp_path, stage="full_text"), {1: "exclude"})
    (told,) = problems(tmp_path, full)
    assert "cell C2: The record leaves, and no criterion says why" in told


def test_a_deleted_row_is_noticed(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include"})
    book = openpyxl.load_workbook(path)
    book.worksheets[1].delete_rows(4)
    book.save(path)
    done = taken(tmp_path, path)
    assert done.new == 1 and "Rows of the sheet are missing: 1" in str(done.notes[0])


def test_rows_may_stand_in_another_order(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include", 2: ("exclude", trial.CRITERION)})
    book = openpyxl.load_workbook(path)
    rows = book.worksheets[1]
    first, second = ([c.value for c in row] for row in rows["A2:L3"])
    for number, values in ((2, second), (3, first)):
        for at, value in enumerate(values, start=1):
            rows.cell(number, at).value = value
    book.save(path)
    assert taken(tmp_path, path).problems == ()
    found = decisions.read_decisions(folder(tmp_path)).set_index("record")["decision"]
    assert found[trial.key(1)] == "include" and found[trial.key(2)] == "exclude"


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(content)
    with pytest.raises(CompendiumError, match=r"no \.xlsx or \.ods workbook"):
        sheet_reading.read(path)


def test_another_workbook_is_no_screening_sheet(tmp_path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "sheet.xlsx")
    with pytest.raises(CompendiumError, match="no screening sheet"):
        sheet_reading.read(tmp_path / "sheet.xlsx")


def test_a_sheet_renamed_by_a_reviewer_is_found_by_its_header(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include"})
    book = openpyxl.load_workbook(path)
    book.worksheets[1].title = "Mine"
    book.save(path)
    assert taken(tmp_path, path).new == 1


def test_every_label_of_a_drop_down_names_one_code():
    for code in language.LANGUAGES:
        language.use(code)
        for codes in (decisions.CHOICES["full_text"],):
            for name, said in layout.choices(codes).items():
                assert layout.code_of(said, codes) == name
