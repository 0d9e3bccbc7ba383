"""`python benchmarks/query_bench.py`: CPU seconds to lint long queries, with the program's start.

Time should grow with the length of a query, not faster: the second column is ten times the first.
"""

from __future__ import annotations

import subprocess
import sys
import time

from scopus_query.lint import lint

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


def seconds(text: str) -> float:
    began = time.process_time()
    lint(text)
    return time.process_time() - began


def main() -> None:
    command = [sys.executable, "-m", "scopus_query.cli", "lint", "TITLE(alpha)"]
    began = time.perf_counter()
    subprocess.run(command, capture_output=True)
    print(f"start and one short query: {time.perf_counter() - began:.2f} s")
    print(f"{'':<32}{'100 kB':>8}{'1 MB':>8}")
    for name, made in SHAPES.items():
        print(f"{name:<32}{seconds(made(100_000)):>8.2f}{seconds(made(1_000_000)):>8.2f}")


if __name__ == "__main__":
    main()
