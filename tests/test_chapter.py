"""A chapter at work."""

from __future__ import annotations

from compendium import open_chapter
from compendium.edition import page


def test_an_attached_file_lies_among_the_chapters_downloads_as_it_is(tmp_path):
    chapter = open_chapter("2-screening", lang="en", results=str(tmp_path))
    address = chapter.attach("form.xlsx", b"\x00\xff\n")
    assert address == "downloads/2-screening/form.xlsx"
    assert (tmp_path / "2-screening" / "downloads" / "form.xlsx").read_bytes() == b"\x00\xff\n"


def test_only_a_page_with_the_mark_loads_its_script(monkeypatch):
    monkeypatch.setattr(page, "SCRIPTS", {'class="sliders"': "sliders.js"})
    assert page._scripts('<div class="sliders"></div>') == ["sliders.js"]
    assert page._scripts("<div></div>") == []
