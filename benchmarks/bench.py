"""`make bench`: the build beside its naive peer, in one run, as ratios.

The peer builds the same chapters three times by plain `jupyter-book build` with execution on, HTML
only. Ours makes HTML, PDF, EPUB and Word files. Both begin with nothing built, in an environment
that is there.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import yaml

from compendium.edition import watch
from compendium.edition.edition import Edition

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "_build"
BIN = Path(sys.executable).parent
LANGUAGES = ("ru", "en", "kk")


def timed(label: str, *command: str) -> float:
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    seconds = time.monotonic() - started
    if done.returncode:
        sys.exit(f"{label} fails:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    print(f"{seconds:7.2f} s  {label}", flush=True)
    return seconds


def compendium(label: str, *arguments: str) -> float:
    return timed(label, str(BIN / "compendium"), "build", *arguments)


def peer() -> float:
    total = 0.0
    for code in LANGUAGES:
        folder = BUILD / "bench" / code
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(BUILD / "book" / code, folder)
        for file in folder.glob("*.ipynb"):
            notebook = nbformat.read(file, as_version=4)
            for cell in notebook.cells:
                if cell.cell_type == "code":
                    cell.outputs, cell.execution_count = [], None
            nbformat.write(notebook, file)
        config = yaml.safe_load((folder / "_config.yml").read_text("utf-8"))
        config["execute"] = {"execute_notebooks": "force"}
        (folder / "_config.yml").write_text(yaml.safe_dump(config, allow_unicode=True))
        total += timed(f"peer: jupyter-book build, {code}", str(BIN / "jupyter-book"), "build",
                       str(folder))
    return total


def changed(label: str, file: Path, pattern: str, other: str, *arguments: str) -> float:
    """A build after one change of a file, which is taken back."""
    before = file.read_text("utf-8")
    after = re.sub(pattern, other, before, count=1)
    if after == before:
        sys.exit(f"{file}: nothing in it is {pattern!r}")
    try:
        file.write_text(after, "utf-8")
        return compendium(label, *arguments)
    finally:
        file.write_text(before, "utf-8")


def saved_sentence(turns: int = 5) -> float:
    """From a saved sentence to its page, as `make watch` makes it: the median of a few."""
    loop = watch.Loop(lambda line: None, [Edition("en")], watch.Watched(), 0)
    file, took = ROOT / "chapters" / "1-search.ipynb", []
    before = file.read_text("utf-8")
    try:
        for turn in range(turns + 1):
            notebook = nbformat.reads(before, 4)
            notebook.cells[0].source += f"\n\nSaved {turn}."
            nbformat.write(notebook, file)
            started = time.monotonic()
            loop.step()
            took.append(time.monotonic() - started)
    finally:
        file.write_text(before, "utf-8")
        loop.step()
    return statistics.median(took[1:])  # the first one loads Sphinx


def main() -> None:
    compendium("warm-up: everything once", "--release")
    whole = peer()
    shutil.rmtree(BUILD / "bench")
    for name in ("book", "executed", "output", "results", "site"):
        shutil.rmtree(BUILD / name, ignore_errors=True)
    pages = compendium("ours: cold, three sites", "--only", "html")
    printed = compendium("ours: their PDF, EPUB, brief, report and Word files", "--only", "pdf")
    cold = pages + printed
    nothing = compendium("ours: nothing changed")
    catalog = ROOT / "locales" / "kk" / "1-search.po"
    sentence = changed("ours: one sentence in Kazakh", catalog, r'(msgstr "# \w+)', r"\1 ")
    compendium("ours: back again")
    values = ROOT / "data" / "contexts" / "kazakhstan-electronics" / "indicator_values.csv"
    number = changed("ours: one number of the data", values, r"(\d\.\d+)(?=,)", r"\g<1>0")
    compendium("ours: back again")
    style = ROOT / "src" / "compendium" / "theme" / "compendium" / "static" / "compendium.css"
    look = changed("ours: a rule of the style", style, r"\A", "/* changed */\n")
    compendium("ours: back again")
    template = ROOT / "src" / "compendium" / "theme" / "brief.typ"
    pdf = changed(
        "ours: one PDF, its template changed", template, r"margin = 19mm", "margin = 18mm",
        "--only", "pdf", "--edition", "kk",
    )  # fmt: skip
    compendium("ours: back again", "--only", "pdf")
    saved = saved_sentence()
    print(f"\ncold pages / peer       {pages / whole:.2f}   (at most 0.22, with the PDF)")
    print(f"files to take away      {printed / whole:.2f}   of the peer")
    print(f"nothing changed         {nothing:.2f} s (at most 1 s)")
    print(f"one sentence / cold     {sentence / cold:.3f}  (at most 0.05)")
    print(f"one number / cold       {number / cold:.3f}  (at most 0.3)")
    print(f"a rule of style / cold  {look / cold:.3f}  (at most 0.02)")
    print(f"one PDF / cold          {pdf / cold:.3f}  (at most 0.04)")
    print(f"a saved sentence        {saved:.2f} s (at most 1.5 s, `make watch`)")


if __name__ == "__main__":
    main()
