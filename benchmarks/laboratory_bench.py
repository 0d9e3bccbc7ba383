"""The laboratory in Chromium: bytes over the wire, seconds to start, and its speed beside Python's.

The site is served from this machine, so that a start says what the browser does, not what a line
carries. Cold is a new profile; warm is the same page once more, with what the browser kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import tempfile
import threading
import time
from contextlib import chdir
from pathlib import Path

from playwright.sync_api import sync_playwright
from records_bench import fields, scopus

from compendium import data, project
from compendium.edition.serve import server
from compendium.laboratory import answers, runtime
from compendium.laboratory.desk import ExportDesk
from compendium.screening import protocol

ASK = """async ([task, given, file]) => {
  let bytes;
  if (file) bytes = await (await fetch(file)).arrayBuffer();
  const at = performance.now();
  const files = file ? [{ name: given.files[0], bytes }] : [];
  let told;
  do { // what is done step by step
    told = await window.ask(task, { ...given, at: told?.result.next }, files);
  } while (told.result?.next);
  return [(performance.now() - at) / 1000, told];
}"""
START = """async () => {
  const home = new URL("laboratory/", document.baseURI);
  const manifest = await (await fetch(new URL("manifest.json", home))).json();
  const at = performance.now();
  const worker = new Worker(new URL("worker.js", home), { type: "module" });
  const waiting = new Map();
  let last = 0;
  window.ask = (task, given, files) => new Promise((answer) => {
    waiting.set(++last, answer);
    const told = JSON.stringify({ task, lang: "en", ...given });
    worker.postMessage({ id: last, told, files, needsBooks: task === "sheet" });
  });
  await new Promise((ready, fail) => {
    worker.onerror = fail;
    worker.onmessage = ({ data }) => {
      if (data.ready) ready();
      else if (data.told) waiting.get(data.id)(JSON.parse(data.told));
    };
    worker.postMessage({ start: manifest });
  });
  return (performance.now() - at) / 1000;
}"""


def started(page, address: str) -> float:
    page.goto(address)
    return page.evaluate(START)


def main() -> None:
    """Measure, and print a line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2_000)
    given = parser.parse_args()
    if runtime.fetch(print) is None:
        return
    with tempfile.TemporaryDirectory() as room:
        site = Path(room)
        manifest = runtime.write(site / runtime.FOLDER)
        (site / "index.html").write_text('<!doctype html><link rel="icon" href="data:,">')
        dice = random.Random(1)
        export = site / "export.csv"
        with export.open("w", encoding="utf-8", newline="") as out:
            scopus((fields(at, dice) for at in range(given.records)), out)
        editor = len(gzip.compress((site / runtime.FOLDER / runtime.EDITOR).read_bytes(), 9))
        print(f"over the wire: {manifest['size'] / 1e6:.2f} MB, nothing of it before the start; "
              f"the editor {editor / 1e6:.2f} MB, once the reader sees its box")  # fmt: skip
        with server(site, 0) as running, sync_playwright() as playwright:
            threading.Thread(target=running.serve_forever, daemon=True).start()
            measure(playwright, f"http://127.0.0.1:{running.server_port}/", export, given.records)
            running.shutdown()


def answered(given: dict) -> None:
    """Ask Python outside a browser, as often as the page does."""
    following: int | None = 0
    while following is not None:
        told = json.loads(answers.reply(json.dumps({**given, "at": following})))["result"]
        following = told.get("next") if isinstance(told, dict) else None


def measure(playwright, address: str, export: Path, count: int) -> None:
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox"]
    )
    cold, warm = [], []
    for _turn in range(3):
        context = browser.new_context()
        page = context.new_page()
        cold.append(started(page, address))
        warm.append(started(page, address))
    print(f"start: {min(cold):.1f} s cold, {min(warm):.1f} s warm (the quickest of three)")
    text = data.document("queries")[0]["text"].removesuffix(")")
    size = export.stat().st_size / 1e6
    review = ExportDesk(protocol.criteria(protocol.DEFAULT)).document()["review"]
    print(f"query 1 of {len(text)} signs; {count:,} records, {size:.1f} MB: page, Python, ratio")
    spent = {}
    for task, more in (
        ("query", {"query": text}), ("translations", {"query": text}),
        ("export", {"files": [export.name]}), ("duplicates", {}), ("hits", {"query": text}),
        ("flow", review), ("sheet", {**review, "reviewer": "A. Reader"}),
    ):  # fmt: skip
        file = address + export.name if task == "export" else None
        page.evaluate(ASK, [task, more, file])  # once before: modules are imported
        seconds, told = page.evaluate(ASK, [task, more, file])
        spent[task] = seconds
        own = {"lang": "en", **more, **({"files": [str(export)]} if file else {})}
        with chdir(export.parent):
            answered({"task": task, **own})
            for made in export.parent.glob("*.xlsx"):
                made.unlink()
            at = time.perf_counter()
            answered({"task": task, **own})
        plain = time.perf_counter() - at
        assert "result" in told, told
        print(f"  {task}: {seconds:.2f} s, {plain:.2f} s, {seconds / plain:.1f} ×")
    print(f"  read and asked: {spent['export'] + spent['hits']:.2f} s in the page")


if __name__ == "__main__":
    project.path("_build").mkdir(exist_ok=True)
    main()
