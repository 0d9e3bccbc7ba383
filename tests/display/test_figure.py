"""What the marks of a figure mean is the same through the book."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"


def test_a_hatch_is_drawn_where_something_is_unknown_and_nowhere_else():
    drawn = {
        file.relative_to(SOURCE).as_posix()
        for file in SOURCE.rglob("*.py")
        if re.search(r'hatch"?[=:] ?"', file.read_text("utf-8"))
    }
    assert drawn == {
        "compendium/display/part_bar.py", "compendium/ranking/level_figures.py",
        "review/search/figures.py",
    }  # fmt: skip
