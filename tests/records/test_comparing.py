"""What is left uncompared because it cannot matter does not matter."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from compendium.records import candidates, ledger, matching
from compendium.records.record import Record

WORDS = ["innovation", "university", "industry", "knowledge", "of", "transfer", "in", "firms",
         "part", "ii", "2", "reply", "to"]  # fmt: skip


def generated(count: int, dice: random.Random) -> list[Record]:
    """Records of few words, journals and pages, so that any two agree in something."""
    found = []
    for at in range(count):
        title = " ".join(dice.choices(WORDS, k=dice.randint(1, 9)))
        if at and dice.random() < 0.5:  # nearly the title of one before
            signs = list(dice.choice(found).title or title)
            for _change in range(dice.randint(0, 4)):
                signs[dice.randrange(len(signs))] = dice.choice("aeiou ")
            title = "".join(signs)
        found.append(Record(
            title=dice.choice(["", title, title, title, f"[{title}]"]),
            authors=tuple(dice.sample(["Tang, A.", "Smith, B.", "Smyth, B.", "Kim, C."],
                                      dice.randint(0, 2))),
            year=dice.choice([None, 2019, 2020, 2022]),
            source=dice.choice(["", "Journal of Knowledge", "J. Knowl.", "Research Policy"]),
            volume=dice.choice(["", "1", "1", "2"]), issue=dice.choice(["", "1", "2"]),
            pages=dice.choice(["", "5–9", "5–9", "7–9", "40–45"]),
            doi=dice.choice(["", "", "10.5555/a", "10.5555/b"]),
            eid=dice.choice(["", "", "2-s2.0-1", "2-s2.0-2"]),
            abstract=dice.choice(["", " ".join(dice.choices(WORDS, k=40)), "The same words " * 9]),
        ))  # fmt: skip
    return found


def as_if_compared_whole(a: matching.Line, b: matching.Line) -> str:
    return matching._decided(matching._Seen(a, b))


@pytest.mark.parametrize("name", ["scopus.csv", "wos.ris", "labelled/sra_copper.ris"])
def test_the_corpora_are_decided_as_if_every_title_were_compared(shared, name):
    records = list(ledger.records([shared / "corpora" / name], []))
    lines, store = [matching.line(record) for record in records], candidates.PlainKeys()
    for at, line in enumerate(lines):
        store.add(at, line)
    pairs = store.pairs() + [(at, at + far) for at in range(len(lines) - 9) for far in (1, 5, 9)]
    assert len(pairs) > 100
    differ = [
        (lines[one].shown, lines[other].shown) for one, other in pairs
        if matching.compare(lines[one], lines[other])
        != as_if_compared_whole(lines[one], lines[other])
    ]  # fmt: skip
    assert differ == []


def test_generated_records_are_decided_as_if_every_title_were_compared():
    lines = [matching.line(record) for record in generated(240, random.Random(3))]
    said = {(a.name, b.name): (matching.compare(a, b), as_if_compared_whole(a, b), a, b)
            for a, b in combinations(lines, 2)}  # fmt: skip
    assert [(a, b) for short, whole, a, b in said.values() if short != whole] == []
    counts = [sum(whole == kind for _short, whole, *_lines in said.values())
              for kind in (matching.SAME, matching.APART, matching.OPEN)]  # fmt: skip
    assert min(counts) > 20


def test_most_pairs_of_generated_records_need_no_comparing_letter_by_letter(monkeypatch):
    lines = [matching.line(record) for record in generated(120, random.Random(4))]
    compared, titles = [], matching._titles
    monkeypatch.setattr(matching, "_titles", lambda *both: compared.append(both) or titles(*both))
    for a, b in combinations(lines, 2):
        matching.compare(a, b)
    assert 0 < len(compared) < 120 * 119 / 2 * 0.4
