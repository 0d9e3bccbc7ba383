"""Real exports get the same answers from every engine and from the reference."""

from __future__ import annotations

import sys

import pyarrow.parquet as pq
import pytest

from compendium import project
from compendium.search import corpus
from scopus_query.parse import parse

sys.path.append(str(project.root() / "packages" / "scopus-query" / "tests"))
from test_engines import QUERIES, QUICK, agrees


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("export", ["scopus.csv", "open_collaborative_innovation_scopus.csv"])
def test_real_exports_get_the_same_answers(query, export, shared):
    folder = corpus.prepared(shared / "corpora" / export)
    held = pq.read_table(folder).to_pylist()
    for name in QUICK:
        agrees(parse(query), name, folder, held)


