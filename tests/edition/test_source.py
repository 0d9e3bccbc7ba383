"""An edition as an ordinary Jupyter Book."""

from __future__ import annotations

from compendium.edition.source import references

ENTRY = """@article{one,
  author = {Doe, J.},
  author_ru = {Доу, Дж.},
  title = {{A title}},
}
"""


def test_a_work_is_named_in_the_editions_language(own):
    (own / "data" / "references.bib").write_text(ENTRY, "utf-8")
    assert "author = {Доу, Дж.}," in references("ru")
    assert "Doe" not in references("ru")
    assert "author = {Doe, J.}," in references("en")
    assert "author_ru" not in references("kk")
