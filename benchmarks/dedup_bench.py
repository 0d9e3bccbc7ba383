"""Deduplication of generated libraries of growing size: seconds and memory as ratios of the first.

Every tenth record stands a second time, as another database would write it. Work that is linear
shows ratios near to those of the sizes.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator


def records(n: int) -> Iterator:
    """Made-up records one by one."""
    from compendium.records.record import Record

    parts = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    for at in range(n):
        again = at % 10 == 9
        dice = random.Random(at - 9 if again else at)

        def word(dice: random.Random = dice) -> str:
            return "".join(dice.choices(parts, k=2 + int(dice.expovariate(1)) % 4))

        first = dice.randrange(900)
        words = [word() for _each in range(12)]
        yield Record(
            title=" ".join(words).capitalize(), year=2000 + first % 26,
            authors=tuple(f"{word().title()}, A." for _each in range(3)),
            source=f"Journal of {parts[first % 60]}", volume=str(dice.randrange(90)),
            pages=f"{first}–{first + 9}", abstract=" ".join(words * 12),
            **({"wos": f"WOS:{at:015}"} if again else {"eid": f"2-s2.0-{at}"}),
        )  # fmt: skip


def run(n: int) -> None:
    """Plan the merging of a library and print seconds, memory and what was found."""
    from compendium.records import dedup

    start = time.process_time()
    plan = dedup.planned(records(n))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.process_time() - start, peak, n - len(set(plan.group)))


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
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        seconds, peak, merged = float(told[0]), float(told[1]), int(told[2])
        base = base or (n, seconds, peak)
        print(f"{n:>9,} records: {seconds:7.1f} s, {peak:6.0f} MB, {merged:,} duplicates; "
              f"size x{n / base[0]:.0f}, time x{seconds / base[1]:.1f}, "
              f"memory x{peak / base[2]:.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
