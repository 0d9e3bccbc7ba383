"""One tree, the same three-valued answers from every engine and from the reference."""

from __future__ import annotations

from collections import Counter
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from made import records, trees, written

from scopus_query.engines import ENGINES, engine
from scopus_query.errors import ScopusQueryError
from scopus_query.evaluate import evaluate
from scopus_query.parse import parse
from scopus_query.tree import Exact, Field, Near, Term, walk

RECORDS = records(60)
QUICK = [name for name in ENGINES if name != "spark" and find_spec(ENGINES[name].package)]
SEEN: Counter = Counter()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    where = tmp_path_factory.mktemp("corpus")
    written(RECORDS, where)
    return where


def agrees(tree, name: str, folder: Path, held: list[dict]) -> None:
    expected = answers_alike(tree, name, folder, held)
    hits = sorted(engine(name).hits(tree, folder))
    assert hits == [at for at, answer in enumerate(expected) if answer]
    assert engine(name).unknown(tree, folder) == expected.count(None)


def answers_alike(tree, name: str, folder: Path, held: list[dict]) -> list[bool | None]:
    expected = [evaluate(tree, record) for record in held]
    found = dict(engine(name).answers(tree, folder))
    got = [found[at] for at in range(len(held))]
    different = [at for at in range(len(held)) if got[at] is not expected[at]]
    assert not different, f"{name}: {[(at, got[at], expected[at]) for at in different[:3]]}"
    return expected


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=trees)
@example(tree=Field("EXACTKEYWORD", Exact("(a)")))  # "Universities (a)" is another entry
@example(tree=Near((Term("university"), Term("*")), 0))  # signs before a word are no word
def test_every_engine_answers_as_the_reference_does(tree, folder):
    try:
        evaluate(tree, RECORDS[0])
    except ScopusQueryError:
        assume(False)  # AND inside a proximity, or only stop words: refused before any engine
    kinds = [type(node).__name__ for node, _around in walk(tree)]
    SEEN.update(kinds)
    # Hits and what is unknown are asked of one engine for a tree: the others share their code.
    turn = len(kinds) % len(QUICK)
    for at, name in enumerate(QUICK):
        (agrees if at == turn else answers_alike)(tree, name, folder, RECORDS)


def test_the_generated_trees_held_every_kind_of_node():
    kinds = {"And", "Or", "AndNot", "Near", "Field", "Term", "Phrase", "Exact", "Compare", "Limit"}
    if not SEEN:
        pytest.skip("the differential test did not run in this process")
    assert set(SEEN) == kinds


QUERIES = [
    'TITLE-ABS-KEY("knowledge transfer" OR innovat*) AND (collaboration W/5 firm) '
    'AND PUBYEAR > 2014 AND LIMIT-TO(LANGUAGE, "English") AND DOCTYPE(ar OR re)',
    "TITLE({absorptive capacity}) AND NOT ABS(patent*) OR AUTH(cohen)",
    'KEY("technology transfer") AND OA(all)',
    'LIMIT-TO(EXACTKEYWORD, "Technology transfer") AND AU-ID(55)',
    "organi?ation* PRE/3 learning",
    "ABS({R&D}) OR ABS({, which})",
    'TITLE-ABS-KEY((a OR {R&D} OR innovat*) W/200 (firm OR "spin off") W/3 (x OR y*))',
    "ABS(university W/255 industry)",
    "AU-ID(55) OR TITLE(university)",  # no corpus holds the one: what lacks no field is unknown too
]


@pytest.mark.parametrize(("query", "name"), list(zip(QUERIES, cycle(QUICK), strict=False)))
def test_written_queries_have_the_same_hits_and_as_many_unknown(query, name, folder):
    agrees(parse(query), name, folder, RECORDS)


@pytest.fixture(scope="module")
def spark():
    pytest.importorskip("pyspark", reason="pyspark is not installed (the extra `spark`)")
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.mark.parametrize("query", QUERIES)
def test_spark_answers_as_the_reference_does(query, folder, spark):
    agrees(parse(query), "spark", folder, RECORDS)


def test_spark_answers_generated_trees_as_the_reference_does(folder, spark):
    @settings(max_examples=25, deadline=None, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(tree=trees)
    def check(tree):
        try:
            evaluate(tree, RECORDS[0])
        except ScopusQueryError:
            assume(False)
        agrees(tree, "spark", folder, RECORDS)

    check()
