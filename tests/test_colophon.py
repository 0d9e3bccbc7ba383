"""The colophon: versions from the lock file, and the data dictionary from the package."""

import csv
import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from compendium import colophon, data, language, project


@pytest.fixture(autouse=True)
def _english():
    language.use("en")
    yield
    language.use("en")


def test_every_version_stands_in_the_lock_file():
    lock = project.path("requirements.lock").read_text(encoding="utf-8")
    for row in colophon.versions().itertuples():
        assert re.search(rf"^{re.escape(row.package)}=={re.escape(row.version)}\s", lock, re.M)


def test_python_is_what_the_project_declares():
    assert re.fullmatch(r"≥ 3\.\d+", colophon.python())


def test_every_file_of_the_package_is_listed_with_its_rows():
    shown = colophon.resources().set_index("path")
    package = json.loads(project.path("data", "datapackage.json").read_text(encoding="utf-8"))
    assert list(shown.index) == [entry["path"] for entry in package["resources"]]
    with project.path("data", "article", "models.csv").open(encoding="utf-8") as stream:
        assert shown.loc["article/models.csv", "rows"] == len(list(csv.reader(stream))) - 1


def test_a_file_that_is_no_table_has_no_row_count():
    shown = colophon.resources().set_index("name")
    assert shown.loc["queries", ["rows", "fields"]].isna().all()


def test_a_coded_field_lists_its_codes_with_labels():
    shown = colophon.fields_table("context_model_requires").to_csv()
    assert "stated (Stated), implied (Implied)" in shown


def test_fields_say_whether_they_are_required():
    fields = colophon.fields("context_facts").set_index("name")["required"]
    assert fields["fact"]
    assert not fields["value"]


def test_the_dictionary_folds_one_table_a_resource():
    html = colophon.dictionary()._repr_html_()
    tabular = [entry for entry in data.package()["resources"] if "schema" in entry]
    assert html.count("<details") == html.count("</details>") == len(tabular)
    assert html.startswith('<div class="screen-only" data-pagefind-ignore>')


def test_a_title_cannot_bring_markup_into_the_page():
    table = colophon.Table(
        colophon.fields("models"), {"name": colophon.Column("Field")}, label="<script>"
    )
    assert "<script>" not in colophon.Dictionary({"models": table})._repr_html_()


def test_authors_stand_as_the_article_prints_them():
    article = data.document("article")
    assert colophon.authors(article).startswith("K. K. Khasenova")
    language.use("kk")
    assert colophon.authors(article).startswith("К. К. Хасенова")


def test_the_archive_of_the_data_holds_every_file_and_is_the_same_each_time():
    inputs = [project.path(name) for name in colophon.ARCHIVED]
    with ZipFile(BytesIO(colophon.archive(inputs))) as packed:
        held = set(packed.namelist())
    told = {f"data/{path}" for path in colophon.resources()["path"]}
    assert told | {"data/datapackage.json", "LICENSES.md"} <= held
    assert colophon.archive(inputs) == colophon.archive(inputs)
