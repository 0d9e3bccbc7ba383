"""`make bench`: query 1 on generated records beside a plain scan and the obvious pandas version.

Each measurement runs in a process of its own, three times; the quickest counts, and its memory.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from generate_corpus import generate

from compendium import data
from compendium.search import corpus
from scopus_query.compile import used
from scopus_query.engines import engine
from scopus_query.repair import repair

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "_build" / "bench-search"


def query():
    return repair(data.document("queries")[0]["text"])[0].tree


def search(folder: Path) -> int:
    return engine("duckdb").count(query(), folder / "prepared")


def scan(folder: Path) -> int:
    """Read the same columns and do nothing with them but count their bytes."""
    import duckdb

    sums = " + ".join(f"sum(strlen({name}))" for name in used(query()))
    files = str(folder / "prepared" / "*.parquet")
    ((count,),) = duckdb.sql(f"SELECT {sums} FROM read_parquet('{files}')").fetchall()
    return count


def pandas(folder: Path) -> int:
    """What one writes first: a regular expression for each group of terms, whatever the case."""
    import pandas as pd

    terms = data.table("query_terms")
    columns = ["title", "abstract", "author keywords"]
    found = 0
    for file in sorted((folder / "raw").glob("*.parquet")):
        frame = pd.read_parquet(file, columns=columns).fillna("")
        text = frame["title"] + " " + frame["abstract"] + " " + frame["author keywords"]
        keep = pd.Series(True, index=frame.index)
        for _group, held in terms[terms["query"] == "query1"].groupby("concept_group"):
            keep &= text.str.contains("|".join(held["term"]), case=False)
        found += int(keep.sum())
    return found


MEASURED = {"search": search, "scan": scan, "pandas": pandas}


def measured(name: str, folder: Path, times: int = 3) -> dict:
    runs = []
    for _ in range(times):
        command = [sys.executable, __file__, "--measure", name, "--folder", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
        runs.append(json.loads(done.stdout))
    best = min(runs, key=lambda run: run["seconds"])
    shown = f"{best['seconds']:7.2f} s  {best['mb']:6.0f} MB  {name}  ({best['found']:,})"
    print(shown, flush=True)
    return best


def measure(name: str, folder: Path) -> None:
    import duckdb  # noqa: F401 - imports are not measured
    import pandas as pd  # noqa: F401

    query()
    started = time.perf_counter()
    found = MEASURED[name](folder)
    seconds = time.perf_counter() - started
    status = Path("/proc/self/status").read_text()  # its own peak: getrusage has the parent's too
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(json.dumps({"seconds": seconds, "mb": peak, "found": int(found)}))


def corpus_of(rows: int) -> Path:
    folder = BUILD / f"{rows}"
    if not (folder / "raw").is_dir():
        started = time.perf_counter()
        generate(folder / "raw", rows)
        print(f"{time.perf_counter() - started:7.2f} s  generate {rows:,} records", flush=True)
    marker = folder / "prepared" / corpus.MARKER
    if not marker.is_file() or json.loads(marker.read_text())["version"] != corpus.VERSION:
        started = time.perf_counter()
        corpus.prepare(folder / "raw", folder / "prepared")
        print(f"{time.perf_counter() - started:7.2f} s  normalise them, once", flush=True)
    return folder


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rows", type=int, default=1_000_000, help="10000000 takes hours to make")
    given.add_argument("--measure", choices=MEASURED, help=argparse.SUPPRESS)
    given.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = given.parse_args()
    if arguments.measure:
        measure(arguments.measure, arguments.folder)
        return
    small = measured("search", corpus_of(arguments.rows // 10))
    folder = corpus_of(arguments.rows)
    whole, plain = measured("search", folder), measured("scan", folder)
    obvious = measured("pandas", folder, times=1)
    print(f"\nsearch / plain scan     {whole['seconds'] / plain['seconds']:.2f}   (at most 2)")
    print(f"pandas / search         {obvious['seconds'] / whole['seconds']:.1f}   (at least 5)")
    print(f"time, ten times rows    {whole['seconds'] / small['seconds']:.1f}   (linear is 10)")
    print(f"memory, ten times rows  {whole['mb'] / small['mb']:.2f}   (flat is 1)")


if __name__ == "__main__":
    main()
