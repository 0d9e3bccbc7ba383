"""`make bench`: the build beside its naive peer, in one run, as ratios.

The peer builds the same chapters three times by plain `jupyter-book build` with execution on, HTML
only. Ours makes HTML and PDF. Both begin with nothing built and the environment present.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import yaml

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


def changed_sentence() -> float:
    file = ROOT / "locales" / "kk" / "1-search.po"
    before = file.read_text("utf-8")
    try:
        file.write_text(re.sub(r'(msgstr "# \w+)', r"\1 ", before, count=1), "utf-8")
        return compendium("ours: one sentence changed in Kazakh")
    finally:
        file.write_text(before, "utf-8")


def main() -> None:
    compendium("warm-up: everything once")
    whole = peer()
    shutil.rmtree(BUILD / "bench")
    for name in ("book", "executed", "output", "results", "site"):
        shutil.rmtree(BUILD / name, ignore_errors=True)
    cold = compendium("ours: cold, three sites and three PDFs")
    nothing = compendium("ours: nothing changed")
    sentence = changed_sentence()
    compendium("ours: back again")
    (BUILD / "output" / "kk" / "pdf.sha256").unlink()
    pdf = compendium("ours: one PDF, its template changed", "--only", "pdf", "--edition", "kk")
    print(f"\ncold / peer             {cold / whole:.2f}   (at most 0.35)")
    print(f"nothing changed         {nothing:.2f} s (at most 1 s)")
    print(f"one sentence / cold     {sentence / cold:.2f}")
    print(f"one PDF                 {pdf:.2f} s (at most 3 s)")


if __name__ == "__main__":
    main()
