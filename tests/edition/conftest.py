"""A book of two chapters, small enough to build in a test."""

from __future__ import annotations

import nbformat
import pytest

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
