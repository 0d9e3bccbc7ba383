"""Deduplication of generated libraries of growing size: seconds and memory as ratios of the first.

Every tenth record stands a second time, as another database would write it: with a number of its
own, the journal abbreviated, or with fewer authors, without a DOI, pages or an abstract. What was
merged is compared with what was generated. Work that is linear shows ratios near to those of the
sizes; what grows with the library in memory is a few numbers a record, the rest lies on disk.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

PARTS = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


def records(n: int) -> Iterator:
    """Made-up records one by one; those whose number ends in 9 repeat the one nine before."""
    from compendium.records.record import Record

    for at in range(n):
        again = at % 10 == 9
        dice = random.Random(at - 9 if again else at)

        def word(dice: random.Random = dice) -> str:
            return "".join(dice.choices(PARTS, k=2 + int(dice.expovariate(1)) % 4))

        first, words = dice.randrange(1, 1500), [word() for _each in range(12)]
        journal = [dice.choice(PARTS) * 2 for _each in range(3)]
        told = {
            "title": " ".join(words).capitalize(), "year": 1990 + dice.randrange(36),
            "authors": tuple(f"{word().title()}, A." for _each in range(3)),
            "source": f"Journal of {' '.join(journal)}", "volume": str(dice.randrange(1, 90)),
            "issue": str(dice.randrange(1, 13)), "pages": f"{first}–{first + 9}",
            "doi": f"10.5555/{at - 9 * again}", "abstract": " ".join(words * 12),
        }  # fmt: skip
        yield Record(**told | ({"wos": f"WOS:{at:015}"} | _otherwise(told, at // 10) if again
                               else {"eid": f"2-s2.0-{at}"}))  # fmt: skip


def _otherwise(told: dict, at: int) -> dict:
    """What a second database says otherwise, or leaves out."""
    short = " ".join(word[:3] for word in told["source"].replace(" of", "").split())
    return (
        {"source": short, "doi": ""},
        {"title": told["title"].title() + ".", "abstract": ""},
        {"doi": "", "pages": told["pages"].partition("–")[0], "issue": ""},
        {"authors": told["authors"][:1], "source": told["source"].upper(), "doi": ""},
        {"title": f"<i>{told['title']}</i>", "doi": "", "abstract": "", "year": told["year"] + 1},
    )[at % 5]


def counted(n: int) -> Iterator:
    """The records, with their number told now and then on standard error."""
    told = time.monotonic()
    for at, record in enumerate(records(n)):
        yield record
        if time.monotonic() - told > 10:
            told = time.monotonic()
            print(f"{at:,} of {n:,} records read", file=sys.stderr, flush=True)


def run(n: int) -> None:
    """Plan the merging of a library; print seconds, memory, what was merged and what wrongly."""
    from compendium.records import dedup

    start = time.process_time()
    plan = dedup.planned(counted(n))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    merged = [(first, at) for at, first in enumerate(plan.group) if first != at]
    wrong = sum(first != at - 9 or at % 10 != 9 for first, at in merged)
    print(seconds, peak, len(merged), wrong, n // 10 - (len(merged) - wrong), len(plan.open))


def main() -> None:
    """Each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        run(given.one)
        return
    base = None
    for n in given.sizes:
        command = [sys.executable, __file__, "--one", str(n)]
        told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
        seconds, peak = map(float, told[:2])
        base = base or (n, seconds, peak)
        print(f"{n:>9,} records: {seconds:7.1f} s, {peak:6.0f} MB; merged {told[2]}, wrongly "
              f"{told[3]}, missed {told[4]}, of these left to a person {told[5]}; "
              f"size x{n / base[0]:.0f}, time x{seconds / base[1]:.1f}, "
              f"memory x{peak / base[2]:.1f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
