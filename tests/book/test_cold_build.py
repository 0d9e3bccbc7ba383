"""The book is a function of its sources: built anew, elsewhere, it is the same to the byte.

That a chapter run again shows the same is what nbval finds out; here its pages are made again.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, time

import nbformat

from compendium import Compendium, project
from compendium.edition.build import build
from compendium.edition.execute import Execution


def contents(folder) -> dict[str, bytes]:
    """Files of a site by their path, but for those to take away, which this build leaves out."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix not in (".pdf", ".epub", ".docx")
    }


def test_a_cold_build_in_another_folder_gives_the_same_bytes(site, own, monkeypatch):
    here = project.PACKAGE.parents[1]
    shutil.copy(here / "pyproject.toml", own)

    def as_there(self, name, source, key):
        """The chapter as it ran for the site, with the results that it left."""
        left, ran = (here / "_build" / part / "en" for part in ("results", "executed"))
        shutil.copytree(left / name, self.results / name)
        return nbformat.read(ran / f"{name}.ipynb", as_version=4)

    monkeypatch.setattr(Execution, "_execute", as_there)
    day = Compendium(here).book.published()
    noon = datetime.combine(day, time(12), UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))
    cold = build(lambda line: None, only="en", pdf=False).site / "en"
    before, after = contents(site / "en"), contents(cold)
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []
