"""The search's index: folded letters are found, and what is shown is spelled as on the page."""

import pytest

from compendium.edition import search_index

PAGE = """<!doctype html><html lang="kk"><title>Шолу</title><body><main data-pagefind-body>
<h1 id="top">Шолу</h1><p>Кіріспе.</p>
<section><h2 id="about">Қазақстан өнеркәсібі</h2><p>Өңірдің үлгісі мен ғылымы.</p></section>
</main></body></html>"""


@pytest.mark.parametrize(
    ("language", "written", "folded"),
    [("kk", "Қызғалдақ, Өңір, ҰҮІӘҺ", "Кызгалдак, Онир, УУИАХ"), ("ru", "ещё Ёж", "еще Еж"),
     ("en", "ёқ", "ёқ")],
)  # fmt: skip
def test_letters_are_folded_one_by_one_and_by_language(language, written, folded):
    assert search_index.folded(written, language) == folded
    assert len(folded) == len(written)


def test_what_is_found_is_shown_as_it_is_written(tmp_path):
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    search_index.write(tmp_path, "kk")
    index = tmp_path / "pagefind"
    (file,) = (index / "fragment").iterdir()
    shown = search_index.fragment(file)
    assert "Қазақстан өнеркәсібі" in shown["content"]
    assert [anchor["text"] for anchor in shown["anchors"]] == ["Шолу", "Қазақстан өнеркәсібі"]
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == PAGE


def test_a_language_without_folded_letters_is_indexed_once_as_it_is(tmp_path):
    (tmp_path / "page.html").write_text(PAGE.replace('"kk"', '"en"'), encoding="utf-8")
    search_index.write(tmp_path, "en")
    (file,) = (tmp_path / "pagefind" / "fragment").iterdir()
    assert "Қазақстан" in search_index.fragment(file)["content"]
