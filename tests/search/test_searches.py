"""Search files: the article's queries as printed, and each reading."""

from __future__ import annotations

import json

import pytest

from compendium import data, project
from compendium.errors import CompendiumError
from compendium.search import searches
from scopus_query.parse import parse
from scopus_query.unparse import unparse


def test_the_articles_queries_are_kept_as_search_files():
    for query in data.document("queries"):
        file = searches.read(project.path(*searches.FOLDER, f"{query['id']}.json"))
        assert (file.search_string, file.platform) == (query["text"], "scopus")
        assert file.date == {}


def test_the_kept_search_files_are_those_that_the_readings_give(tmp_path):
    for path in searches.write(searches.article(), tmp_path):
        kept = project.path(*searches.FOLDER, path.name)
        assert json.loads(kept.read_text("utf-8")) == json.loads(path.read_text("utf-8"))


def test_a_reading_in_a_search_file_is_canonical():
    text = searches.article()["query2-reading-1"].search_string
    assert unparse(parse(text)) == text


def test_a_file_that_is_no_search_file_is_refused(tmp_path):
    file = tmp_path / "x.json"
    file.write_text("{}")
    with pytest.raises(CompendiumError, match="Not a search file"):
        searches.read(file)
