"""Records with abstracts whose words are as frequent as in English: Zipf and Mandelbrot's law.

The most frequent words are English; behind them come words of management research, then words made
of syllables. The queries' own terms stand in them about as rarely as in a large database.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

COMMON = """
the of and to in a is that for as with on by this are from be we it an which at or their
has have these was were can between not also more our but its than been how may such into both they
results research study paper findings model analysis data using based literature knowledge firms
innovation technology development performance management effect effects process information social
factors approach relationship system systems theory level different new role impact empirical
strategy framework university industry collaboration transfer market economic capacity policy
learning network networks studies evidence case companies business product quality value support
project projects design service countries survey sample test method methods use used significant
positive higher important practical implications originality future limited context regional
cooperation partnership partners open joint success academic science scientific students education
government public private sector effectiveness growth resources capability capabilities review
systematic
"""
PHRASES = [
    "university-industry collaboration", "University–Industry Cooperation",
    "academic-industry collaborations", "joint R&D", "research and development collaboration",
    "collaborative innovation", "technology transfer", "knowledge transfer", "success factors",
]  # fmt: skip
TOPICS = ["innovation", "collaboration", "management", "strategy", "technology transfer", "firms"]
PART = 50_000


def vocabulary(size: int = 60_000) -> np.ndarray:
    common = COMMON.split()
    onsets = ["b", "c", "d", "f", "gr", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v"]
    vowels, codas = ["a", "e", "i", "o", "u", "ea"], ["", "n", "r", "s", "t", "l"]
    syllables = ["".join(parts) for parts in itertools.product(onsets, vowels, codas)]
    made = np.random.default_rng(1).choice(syllables, (size, 3))
    return np.array([*common, *("".join(row) for row in made[len(common) :])], dtype=object)


def texts(chance: np.random.Generator, words: np.ndarray, odds: np.ndarray, lengths: np.ndarray):
    drawn = words[np.searchsorted(odds, chance.random(int(lengths.sum())))]
    ends = np.cumsum(lengths)
    for start, end in zip(ends - lengths, ends, strict=True):
        yield " ".join(drawn[start:end]).capitalize() + "."


def part(number: int, count: int) -> pa.Table:
    chance = np.random.default_rng(1_000 + number)
    words = vocabulary()
    weights = 1 / (np.arange(len(words)) + 2.7)
    odds = np.cumsum(weights / weights.sum())
    odds[-1] = 1
    abstracts = list(texts(chance, words, odds, chance.normal(150, 40, count).clip(30).astype(int)))
    for at in np.flatnonzero(chance.random(count) < 0.01):  # one in a hundred holds a phrase
        phrases = chance.choice(PHRASES, chance.integers(1, 3))
        abstracts[at] += " " + " ".join(phrases) + " of firms."
    lacking = chance.random(count) < 0.04
    keywords = ["; ".join(chance.choice(TOPICS, 2)) for _ in range(count)]
    return pa.table(
        {
            "title": list(texts(chance, words, odds, chance.integers(6, 16, count))),
            "abstract": [None if lacks else text
                         for text, lacks in zip(abstracts, lacking, strict=True)],
            "author keywords": keywords,
            "year": chance.integers(1990, 2026, count),
            "language": chance.choice(["English", "English", "English", "Chinese"], count),
            "document type": chance.choice(["Article", "Review", "Conference Paper"], count),
        }
    )


def generate(folder: Path, rows: int) -> None:
    """Write so many records into a folder, part by part."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, start in enumerate(range(0, rows, PART)):
        table = part(number, min(PART, rows - start))
        pq.write_table(table, folder / f"part-{number:04d}.parquet", compression="zstd")
        print(f"{start + table.num_rows:,} records generated", file=sys.stderr, flush=True)


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("folder", type=Path)
    given.add_argument("--rows", type=int, default=1_000_000)
    arguments = given.parse_args()
    generate(arguments.folder, arguments.rows)
