"""A book of two chapters, small enough to build in a test."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest

from compendium.edition.build import build
from tests.conftest import copy_sources

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
PARAMETERS = 'lang = "en"\nresults = ""'


def notebook(*code: str, parameters: str = PARAMETERS) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_markdown_cell("# A chapter")]
    cells.append(nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    cells += [nbformat.v4.new_code_cell(source) for source in code]
    return nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": KERNEL}
    )


@pytest.fixture
def two_chapters(own):
    """A book of two chapters, the second of which reads what the first leaves."""
    return of_two_chapters(own)


@pytest.fixture(scope="session")
def pristine(tmp_path_factory):
    """Put the book of two chapters in place as it is after a first build, pages only.

    Built once for all tests, always at one place: a build knows where it was made.
    """
    place, kept = tmp_path_factory.mktemp("book") / "book", tmp_path_factory.mktemp("kept")

    def put(*codes: str):
        whole = kept / "-".join(codes)
        shutil.rmtree(place, ignore_errors=True)
        if not whole.is_dir():
            place.mkdir()
            copy_sources(place)
            of_two_chapters(place)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("COMPENDIUM_ROOT", str(place))
                for code in codes:
                    build(lambda line: None, only=code, pdf=False)
            shutil.copytree(place, whole, symlinks=True)
        else:
            shutil.copytree(whole, place, symlinks=True)
        return place

    return put


@pytest.fixture
def built(pristine, monkeypatch):
    """The small book in English, built as pages only."""
    place = pristine("en")
    monkeypatch.setenv("COMPENDIUM_ROOT", str(place))
    return place


def of_two_chapters(own: Path) -> Path:
    """Make a book of two chapters of a small copy of this one."""
    for file in (own / "chapters").glob("*.ipynb"):
        file.unlink()
    (own / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/index\nparts:\n- chapters:\n  - file: chapters/1-first\n"
    )
    (own / "parameters.yml").write_text("")
    book = own / "book.yml"
    book.write_text(book.read_text("utf-8").partition("\nbrief:")[0] + "\n", "utf-8")
    opening = "from compendium import open_chapter\nimport pandas as pd\n"
    first = notebook(
        opening + 'chapter = open_chapter("1-first", lang=lang, results=results)\n'
        'chapter.save("numbers", pd.DataFrame({"n": [1, 2]}))',
        "print(lang)",
    )
    front = notebook(
        opening + 'chapter = open_chapter("index", lang=lang, results=results)\n'
        'print(len(chapter.load("1-first", "numbers")))'
    )
    nbformat.write(first, own / "chapters" / "1-first.ipynb")
    nbformat.write(front, own / "chapters" / "index.ipynb")
    return own
