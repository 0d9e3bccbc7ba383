"""Read, write, read again: the same records, in every format that is written."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from compendium.errors import CompendiumError
from compendium.records import write
from compendium.records.identity import told_apart
from compendium.records.record import Record
from compendium.records.registry import known
from tests.records.make import CORPORA, read

FORMATS = sorted(write.writers())
_line = some.text(
    some.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Co", "Cn")), max_size=30
)
_text = _line.map(lambda t: " ".join(t.split()))
_list = some.lists(_text.filter(bool), max_size=3).map(tuple)
_record = some.builds(
    Record,
    title=_text.map(lambda t: t or "A title"), abstract=_text, authors=_list, editors=_list,
    year=some.none() | some.integers(1500, 2100), date=some.sampled_from(["", "2019-08", "2020"]),
    source=_text, volume=_text, issue=_text, pages=_text, article_number=_text,
    doi=_text, url=_text, eid=_text, wos=_text, pmid=_text, issn=_list, language=_list,
    document_type=_text, open_access=_list, keywords=_list, author_keywords=_list,
    affiliations=_list, funding=_list, references=_list, publisher=_text,
    cited_by=some.none() | some.integers(0, 999),
    extra=some.dictionaries(_text, _line, max_size=2),
    original=some.dictionaries(_text, _line, max_size=2),
)  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow,
          HealthCheck.function_scoped_fixture])  # fmt: skip
@given(records=some.lists(_record, min_size=1, max_size=3))
def test_any_record_survives(tmp_path, name, records):
    kind = known()[name]
    file = tmp_path / f"records{kind.suffix}"
    records = list(told_apart(records))  # as reading tells two of one name apart
    write.write(records, file, kind)
    assert read(file)[0] == records


@pytest.mark.parametrize("name", FORMATS)
def test_a_record_that_mentions_a_database_s_address_is_known_by_its_format(tmp_path, name):
    kind = known()[name]
    url = "https://openalex.org/W2741809807"
    records = [Record(title="See openalex.org/", url=url, original={"url": "openalex.org/"})]
    file = tmp_path / f"records{kind.suffix}"
    write.write(records, file, kind)
    found, account = read(file)
    assert found == records and account.format == name


@cache
def at_hand(export):
    return read(CORPORA / export)[0]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("export", ["scopus.csv", "scopus.ris", "wos.txt", "wos.ris"])
def test_the_exports_at_hand_survive(tmp_path, name, export):
    if not (CORPORA / export).exists():
        pytest.skip(f"{CORPORA / export} is absent")
    records = at_hand(export)
    file = tmp_path / f"records{known()[name].suffix}"
    assert write.write(records, file) == len(records)
    assert read(file)[0] == records


def test_an_unknown_suffix_names_those_that_are_written(tmp_path):
    with pytest.raises(CompendiumError, match=r"\.bib"):
        write.write([], tmp_path / "records.docx")


def test_a_writing_that_fails_leaves_the_file_before(tmp_path):
    file = tmp_path / "records.ris"
    file.write_text("before")

    def records():
        yield Record(title="One")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write.write(records(), file)
    assert file.read_text() == "before" and list(tmp_path.iterdir()) == [file]


def test_plain_ris_holds_no_note_of_ours(tmp_path):
    held = Record(title="A trial", year=2020, doi="10.5555/1", extra={"Funding Details": "A fund"},
                  open_access=("gold",))  # fmt: skip
    for plain in (False, True):
        write.write([held], tmp_path / "out.ris", plain=plain)
        text = (tmp_path / "out.ris").read_text(encoding="utf-8")
        assert ("A fund" in text) != plain
        assert ("N1  - " in text) != plain
    assert text.startswith("TY  - ") and "DO  - 10.5555/1" in text
