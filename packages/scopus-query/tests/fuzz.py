"""Throw generated and broken queries at the reader: each gives a tree or a QueryError, soon.

python benchmarks/fuzz.py 1000000 [SEED]
"""

from __future__ import annotations

import random
import sys
import time

from scopus_query.parse import parse
from scopus_query.rules import QueryError
from scopus_query.unparse import unparse

PIECES = [
    "TITLE-ABS-KEY", "title", "KEY(", "ALL", "AUTH(", "FOO(", "TITEL-ABS-KEY(", "TITLE-ABS- KEY",
    "PUBYEAR", "PUBYEAR>2014", "PUBYEAR IS", "AFT", "BEF", "REFPUBYEAR", "LOAD-DATE", "2014", "20*",
    "2010-2020", "LIMIT-TO", "LIMIT-TO(", "EXCLUDE(", "LANGUAGE", "DOCTYPE", "(OA, \"all\")",
    "LIMIT-TO ( LANGUAGE , \"English\" )", "(", ")", "((", "))", "(", ")", "[", "]", "（", "）",
    "{", "}", "{{", "}}", "\"", "\"", "\"\"", "“", "”", "„", "«", "»", "'", "’", "`", "\\", "\\\"",
    "OR", "or", "AND", "and", "NOT", "AND NOT", "and not", "AND-NOT", "W/3", "w/", "PRE/0",
    "PRE/999999999", "NEAR/2", "N/1", "<", ">", "=", ">=", "≥", ",", "，", ";", ":", ".", "&", "-",
    "–", "*", "?", "a*", "?b", "innovation*", "open innovation", "\"open innovation\"",
    "{exact p*}", "Alzheimer's", "‘x y’", "инновации", "қазақша", "创新", "العربية", "e\u0301",
    "😀", "# note", "// note", "/*", "*/", "#1", "\n", "\t", "\r\n", "\u200b", "\ufeff", "\x00",
    "\u2028", "\x1f", "\xa0", "İ", "ß", "²", "٣", " ", " ", " ", " ",
]  # fmt: skip
DAYS = (None, "2024-05-01", "2026-05-01")
"""No date, and one for each order of precedence."""
GOOD = [
    'TITLE-ABS-KEY (("alpha-beta ties" OR "alpha-beta bonds") AND '
    '("joint R&D" OR "gamma delta") AND (model OR strateg*)) AND PUBYEAR > 2014',
    'TITLE((a W/3 b) PRE/2 c) AND NOT KEY({x y}) AND ( LIMIT-TO ( DOCTYPE , "ar" ) OR EXCLUDE ( '
    'LANGUAGE , "German" ) ) AND PUBYEAR = 2010-2020',
    "a OR “b c” W/5 d AND NOT (e AND f) # note\nAND AUTH(Smith, J.) AND PUBYEAR > 2000 AND < 2026",
]


def query(draw: random.Random) -> str:
    """A string that is made of pieces, or a good query that was damaged."""
    if draw.random() < 0.5:
        glue = draw.choice(["", " ", " "])
        return glue.join(draw.choices(PIECES, k=draw.randint(0, 24)))
    text = list(draw.choice(GOOD))
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(text) + 1)
        change = draw.random()
        if change < 0.4 and text:
            del text[at : at + draw.randint(1, 8)]
        elif change < 0.8:
            text[at:at] = draw.choice(PIECES)
        else:
            text[at:at] = text[: draw.randint(0, 30)]
    return "".join(text)


def outcome(text: str) -> str:
    """Read one string; a tree that is read is printed and read again."""
    came = "tree"
    for day in DAYS:
        try:
            tree = parse(text, day)
        except QueryError as error:
            fine = error.problems and str(error)
            came = "QueryError" if fine else "a QueryError without a problem"
            continue
        if parse(unparse(tree), day) != tree:
            return "a tree that its own text does not give"
    return came


def main(count: int, seed: int) -> int:
    """Print how many strings came to what, and the slowest."""
    draw = random.Random(seed)
    outcomes: dict[str, int] = {}
    slowest, began = (0.0, ""), time.perf_counter()
    for number in range(count):
        text = query(draw)
        start = time.perf_counter()
        try:
            came = outcome(text)
        except Exception as error:
            came = f"{type(error).__name__}: {error}"[:80]
        slowest = max(slowest, (time.perf_counter() - start, text))
        if came not in outcomes and came not in ("tree", "QueryError"):
            print(f"string {number}: {came}\n  {text!r}", flush=True)
        outcomes[came] = outcomes.get(came, 0) + 1
    print(f"{count:,} strings in {time.perf_counter() - began:.0f} s (seed {seed}):")
    for came, times in sorted(outcomes.items()):
        print(f"  {times:>9,}  {came}")
    print(f"  slowest: {slowest[0] * 1000:.1f} ms: {slowest[1][:100]!r}")
    return 0 if set(outcomes) <= {"tree", "QueryError"} else 1


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(arguments + [100_000, 1][len(arguments) :])))
