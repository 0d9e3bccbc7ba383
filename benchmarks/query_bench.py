"""`python benchmarks/query_bench.py`: CPU seconds to lint long queries, with the program's start.

Time should grow with the length of a query, not faster: 1 MB takes about ten times as long.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

from scopus_query import fields, tree, variants
from scopus_query.lint import lint, terms

SHAPES = {
    "a list of terms": lambda n: f"TITLE({' OR '.join(f'word{i:05}' for i in range(n // 13))})",
    "blocks": lambda n: " OR ".join(
        f'(TITLE("open inno*" W/3 firm{i}) AND KEY(beta{i} OR gamma))' for i in range(n // 52)
    ),
    "operators without parentheses": lambda n: " ".join(
        f"a{i} OR b{i} AND" for i in range(n // 16)
    ) + " z",
    "words side by side": lambda n: "word " * (n // 5),
    "quotation marks": lambda n: '" ' * (n // 2),
    "parentheses": lambda n: "(" * (n // 2) + "a" + ")" * (n // 2),
}  # fmt: skip
KEPT = (tree.is_word, fields.canonical, variants.form, terms._asked)
"""What is kept of words from one query to the next."""


def seconds(made: Callable[[int], str], length: int, times: int) -> float:
    """The quickest of a few runs, none of which finds the words that another has kept."""
    best = float("inf")
    for _turn in range(times):
        for kept in KEPT:
            kept.cache_clear()
        text = made(length)
        began = time.process_time()
        lint(text)
        best = min(best, time.process_time() - began)
    return best


def main() -> None:
    command = [sys.executable, "-m", "scopus_query.cli", "lint", "TITLE(alpha)"]
    began = time.perf_counter()
    subprocess.run(command, capture_output=True)
    print(f"start and one short query: {time.perf_counter() - began:.2f} s")
    print(f"{'':<32}{'100 kB':>8}{'1 MB':>8}{'ratio':>8}")
    for name, made in SHAPES.items():
        short, long = seconds(made, 100_000, 5), seconds(made, 1_000_000, 2)
        print(f"{name:<32}{short:>8.2f}{long:>8.2f}{long / short:>8.1f}")


if __name__ == "__main__":
    main()
