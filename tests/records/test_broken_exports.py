"""Exports as people really have them: cut off, converted, saved from a browser."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from compendium.errors import CompendiumError
from tests.records import test_readers as whole_exports
from tests.records.make import HEADER, read, row, scopus

WHOLE = scopus(row(1), row(2), row(3))
SAMPLES = {
    "scopus.csv": WHOLE, "wos.txt": whole_exports.WOS, "records.ris": whole_exports.RIS,
    "pubmed.nbib": whole_exports.NBIB, "library.bib": whole_exports.BIB,
    "works.json": json.dumps([whole_exports.WORK]), "zotero.json": json.dumps([whole_exports.CSL]),
}  # fmt: skip


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"]
)
def test_names_in_cyrillic_survive_every_encoding(tmp_path, encoding):
    file = tmp_path / "export.csv"
    file.write_bytes(WHOLE.encode(encoding))
    records, _account = read(file)
    assert [r.authors for r in records] == [("Ferreira, J.J.M.", "Иванов, И.И.")] * 3


def test_a_western_code_page_is_not_taken_for_cyrillic(tmp_path):
    file = tmp_path / "export.csv"
    text = scopus(row(1, "Müller über Öl"), row(2, "Señor José"))
    file.write_bytes(text.encode("cp1252", "ignore"))
    records, account = read(file)
    assert [r.title for r in records] == ["Müller über Öl", "Señor José"]
    assert "cp1252" in account.notes[0].text


def test_one_broken_character_does_not_change_the_encoding(tmp_path):
    file = tmp_path / "export.csv"
    text = scopus(*(row(at, "Öl") for at in range(30)), row(31, "X#Y")).encode()
    file.write_bytes(text.replace(b"X#Y", b"X\xffY"))
    records, account = read(file)
    assert records[0].title == "Öl" and records[-1].title == "X�Y"
    assert [note.line for note in account.notes] == [32]


def test_newlines_may_be_mixed(tmp_path):
    file = tmp_path / "export.csv"
    file.write_bytes(f"{HEADER}\r\n{row(1)}\n{row(2)}\r{row(3)}\r\n".encode())
    assert [r.title for r in read(file)[0]] == ["Title 1", "Title 2", "Title 3"]


def test_a_quote_that_never_closes_costs_one_record(tmp_path):
    file = tmp_path / "export.csv"
    broken = row(2).replace('"Title 2"', '"Title 2')
    file.write_text(scopus(row(1), broken, *(row(at) for at in range(3, 9))))
    records, account = read(file)
    assert [r.title[-1] for r in records] == list("1345678")
    assert [refusal.line for refusal in account.refused] == [3]
    assert account.entries == 8


def test_two_quotes_that_never_close_cost_two_records(tmp_path):
    file = tmp_path / "export.csv"
    rows = [row(at) for at in range(1, 8)]
    for at in (1, 5):
        rows[at] = rows[at].replace('"Journal"', '"Journal')
    file.write_text(scopus(*rows))
    records, account = read(file)
    assert len(records) == 5
    assert [refusal.line for refusal in account.refused] == [3, 7]


def test_a_newline_within_quotes_is_no_new_record(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text(scopus(row(1, abstract="First line\nsecond, with a comma\n\nfourth"), row(2)))
    records, account = read(file)
    assert [r.title for r in records] == ["Title 1", "Title 2"]
    assert not account.refused


def test_a_truncated_last_row_is_refused_with_its_line(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text(scopus(row(1), row(2), row(3)[:60]))
    records, account = read(file)
    assert len(records) == 2
    assert [refusal.line for refusal in account.refused] == [4]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ris", "TY  - JOUR\nTI  - One\nER  - \n\nTY  - JOUR\nTI  - Two\nAU  - Kim"),
        ("a.txt", "FN Clarivate\nVR 1.0\nPT J\nTI One\nER\n\nPT J\nTI Two\nAU Kim"),
        ("a.nbib", "PMID- 1\nTI  - One\nSO  - J.\n\nPMID- 2\nTI  - Two"),
        ("a.bib", "@article{a, title={One}}\n@article{b, title={Two"),
        ("a.json", '[{"type": "book", "title": "One", "author": []},\n{"type": "book", "ti'),
        ("b.json", '{"results": [{"id": "https://openalex.org/W274180", "title": "One"},\n{"id'),
        ("a.jsonl", '{"id": "https://openalex.org/W2741809807", "title": "One"}\n{"id": "ht'),
    ],
)
def test_a_truncated_last_record_is_refused_in_every_format(tmp_path, name, text):
    file = tmp_path / name
    file.write_text(text)
    records, account = read(file)
    assert [r.title for r in records] == ["One"]
    assert len(account.refused) == 1 and account.refused[0].line > 1
    assert account.entries == 2


def test_a_line_that_is_no_json_costs_one_record(tmp_path):
    file = tmp_path / "a.jsonl"
    line = '{{"id": "https://openalex.org/W274180980{}", "title": "{}"}}\n'
    file.write_text(line.format(1, "One") + '{"id": "broken", \n' + line.format(2, "Two"))
    records, account = read(file)
    assert [r.title for r in records] == ["One", "Two"]
    assert [refusal.line for refusal in account.refused] == [2]


def test_a_long_list_on_one_line_is_read_piece_by_piece(tmp_path):
    file = tmp_path / "a.json"
    ids = [f"W{at}" for at in range(1000, 1500)]
    works = [{"id": f"https://openalex.org/{own}", "title": "word " * 400} for own in ids]
    file.write_text(json.dumps(works))
    records, account = read(file)
    assert [r.openalex for r in records] == ids
    assert not account.refused and file.stat().st_size > 2 * (1 << 18)


def test_a_value_of_another_shape_costs_one_record(tmp_path):
    file = tmp_path / "a.json"
    works = [
        {"id": "https://openalex.org/W1000", "title": "One", "authorships": "Kim"},
        {"id": "https://openalex.org/W1001", "title": "Two"},
    ]
    file.write_text(json.dumps(works, indent=1))
    records, account = read(file)
    assert [r.title for r in records] == ["Two"]
    assert [(r.line, "shape" in r.reason) for r in account.refused] == [(2, True)]


def test_a_list_that_breaks_in_the_middle_says_where(tmp_path):
    file = tmp_path / "a.json"
    text = '[{"type": "book", "title": "One", "author": []},\n{"type" "book"},\n{"type": "book"}]'
    file.write_text(text)
    records, account = read(file)
    assert [r.title for r in records] == ["One"]
    assert [refusal.line for refusal in account.refused] == [2]


def test_text_between_entries_of_bibtex_is_noted(tmp_path):
    file = tmp_path / "a.bib"
    file.write_text("@book{a, title={One}}\nbook{b, title={Two}}\n@book{c, title={Three}}\n")
    records, account = read(file)
    assert [r.title for r in records] == ["One", "Three"]
    assert [note.line for note in account.notes] == [2]


def test_a_key_that_stands_twice_in_bibtex_is_two_whole_records(tmp_path):
    file = tmp_path / "a.bib"
    file.write_text("@string{j = {A Journal}}\n" + 2 * "@article{a, title={One}, journal=j}\n")
    first, second = read(file)[0]
    assert first == second and second.source == "A Journal"
    assert second.extra == {"citation-key": "a"}


@settings(max_examples=150, deadline=None)
@given(data=some.data(), name=some.sampled_from(sorted(SAMPLES)))
def test_no_damage_ends_in_a_traceback(tmp_path_factory, data, name):
    whole = SAMPLES[name].encode()
    at = data.draw(some.integers(0, len(whole)))
    cut = data.draw(some.integers(0, 12))
    put = data.draw(some.binary(max_size=4) | some.sampled_from([b'"', b"{", b"\n", b"\0"]))
    file = tmp_path_factory.mktemp("damage") / name
    file.write_bytes(whole[:at] + put + whole[at + cut :])
    try:
        records, account = read(file)
    except CompendiumError:
        return
    assert account.entries == len(records) + len(account.refused)


def test_a_record_without_an_end_is_not_joined_to_the_next(tmp_path):
    file = tmp_path / "a.ris"
    file.write_text("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - \n")
    records, account = read(file)
    assert [r.title for r in records] == ["One", "Two"]
    assert account.notes[0].line == 3


def test_missing_columns_are_named_and_their_fields_unknown(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text("Title,EID\nA title,2-s2.0-00000000001\n")
    records, account = read(file)
    assert (records[0].abstract, records[0].year, records[0].document_type) == ("", None, "")
    assert "Abstract" in account.notes[0].text


def test_a_row_of_other_width_is_refused(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text(scopus(row(1), row(2) + ",one,more", row(3)))
    records, account = read(file)
    assert len(records) == 2
    assert "11 cells" in account.refused[0].reason


def test_duplicated_eids_are_kept_and_noted(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text(scopus(row(1), row(2), row(1)))
    records, account = read(file)
    assert len(records) == 3
    assert [(note.line, "line 2" in note.text) for note in account.notes] == [(4, True)]


def test_nul_bytes_are_taken_out_and_noted(tmp_path):
    file = tmp_path / "export.csv"
    file.write_bytes(scopus(row(1, "A\0 title"), row(2)).encode())
    records, account = read(file)
    assert records[0].title == "A title"
    assert [note.line for note in account.notes] == [2]


def test_a_field_of_a_megabyte_is_read_whole(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text(scopus(row(1, abstract="word " * 250_000), row(2)))
    records, _account = read(file)
    assert len(records[0].abstract) == 1_249_999 and records[1].title == "Title 2"


def test_a_formula_in_a_cell_is_text_and_stays_text_when_written(tmp_path):
    from compendium.records import write

    file, out = tmp_path / "export.csv", tmp_path / "out.csv"
    file.write_text(scopus(row(1, '=HYPERLINK(""http://a.example"")')))
    records, _account = read(file)
    assert records[0].title == '=HYPERLINK("http://a.example")'
    write.write(records, out)
    assert "\n\"'=HYPERLINK" in out.read_text()
    assert read(out)[0] == records


def test_script_in_a_title_is_text(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text(scopus(row(1, "<script>alert(1)</script> of things")))
    assert read(file)[0][0].title == "<script>alert(1)</script> of things"


@pytest.mark.parametrize("text", ["<!DOCTYPE html>\n<html>", "  <html lang='en'><body>Sign in"])
def test_a_web_page_saved_as_csv_is_refused_with_a_remedy(tmp_path, text):
    file = tmp_path / "export.csv"
    file.write_text(text)
    with pytest.raises(CompendiumError, match=r"web page.*Sign in"):
        read(file)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n \n", b"\xff\xfe"])
def test_an_empty_file_is_refused(tmp_path, content):
    file = tmp_path / "export.csv"
    file.write_bytes(content)
    with pytest.raises(CompendiumError, match="empty"):
        read(file)


def test_a_header_without_rows_is_no_error_but_noted(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text(HEADER + "\n")
    records, account = read(file)
    assert records == [] and "no record" in account.notes[-1].text


def test_an_unknown_format_names_those_that_are_known(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("Dear colleague,\nplease find attached the records.\n")
    with pytest.raises(CompendiumError, match="Web of Science"):
        read(file)


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 100_000 + "]" * 100_000])
def test_a_line_of_json_that_is_too_much_for_the_reader_costs_itself_only(tmp_path, value):
    file = tmp_path / "works.jsonl"
    first, last = (json.dumps({**whole_exports.WORK, "title": title}) for title in ("One", "Two"))
    file.write_text(f'{first}\n{{"id": {value}}}\n{last}\n')
    records, account = read(file)
    assert [record.title for record in records] == ["One", "Two"]
    assert [refusal.line for refusal in account.refused] == [2]
