"""One more context is one more folder: the chapter runs on it by its parameter."""

from __future__ import annotations

import csv

import nbformat
import pandas as pd
import pytest

from compendium.edition import chapters
from compendium.edition.execute import papermill
from compendium.language import inside
from compendium.ranking import criteria
from tests.ranking.test_context import ABOUT, TABLES
from tests.ranking.test_rank_command import CLOCKS

NAME = "ruritania-clocks"
MODELS = (
    "joint_laboratories", "living_labs", "intermediaries", "international_collaboration",
    "state_programmes",
)  # fmt: skip
CODE = {
    "code": "ruritania_clocks", "set": "context",
    "label_en": "Clockmaking of Ruritania (made up)", "label_ru": "Часовое дело Руритании",
    "label_kk": "Руритания сағат ісі", "definition_en": "A country out of a novel.",
    "definition_ru": "Страна из романа.", "definition_kk": "Романдағы ел.",
}  # fmt: skip


@pytest.fixture
def ruritania(own):
    """The book's own copy with one more context, plainly made up."""
    folder = own / "data" / "contexts" / NAME
    folder.mkdir()
    about = ABOUT.replace("code: kazakhstan_electronics", "code: ruritania_clocks")
    (folder / "context.yml").write_text(about, encoding="utf-8")
    for file, rows in (TABLES | CLOCKS).items():
        (folder / file).write_text("\n".join(rows) + "\n", encoding="utf-8")
    # Nobody has coded it twice: its table of codings has a header only.
    coded = own / "data" / "contexts" / "kazakhstan-electronics" / "codings.csv"
    header = coded.read_text(encoding="utf-8").splitlines()[0]
    (folder / "codings.csv").write_text(f"{header}\n", encoding="utf-8")
    with (own / "data" / "codebook.csv").open("a", encoding="utf-8", newline="") as book:
        csv.DictWriter(book, list(CODE), lineterminator="\n").writerow(CODE)
    ties = own / "results" / "3-synthesis" / "results" / "model_ties.csv"
    ties.parent.mkdir(parents=True)
    pd.DataFrame({"work": ["steinmo2018"], "model": ["living_labs"]}).to_csv(ties, index=False)
    sure = [(model, "cq_overall", "cert_very_low", 1, 1, 1, 1, 1, 0) for model in MODELS]
    columns = ["finding", "component", "level", "works", "studies", "answered", "items",
               "supports", "against"]  # fmt: skip
    pd.DataFrame(sure, columns=columns).to_csv(ties.with_name("certainty.csv"), index=False)
    return own


def told(executed, key):
    """A text that the chapter glued."""
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if output.get("metadata", {}).get("scrapbook", {}).get("name", "").endswith(key):
                return next(iter(output["data"].values())).strip("'\"")
    raise AssertionError(key)


def test_the_chapters_run_on_another_context(ruritania, tmp_path):
    values = {"context": NAME, "lang": "en", "results": "results", "draws": 3_000, "seed": 2}
    executed = {}
    for name in ("4-applicability", "evidence", "ranking"):
        source = chapters.read(name)
        executed[name] = papermill(name, source, values, tmp_path / f"{name}.ipynb")
        nbformat.validate(executed[name])
    assert told(executed["evidence"], "ctx-name") == inside(CODE["label_en"])
    assert told(executed["ranking"], "rank-draws") == "3,000"
    assert told(executed["4-applicability"], "rank-criteria") == "2"
    assert told(executed["ranking"], "rank-unknown") == "1"
    results = ruritania / "results" / "4-applicability"
    ranks = pd.read_csv(results / "results" / "acceptability.csv")
    assert set(ranks["model"]) == {"living_labs", "intermediaries"}
    assert ranks.groupby("rank")["acceptability"].sum().tolist() == pytest.approx([1, 1])
    assert (results / "downloads" / "own-weights.csv").is_file()
    left = ruritania / "results" / "ranking" / "downloads"
    downloads = {path.name for path in left.iterdir()}
    assert {"acceptability.svg", "flips.svg", "survey.xlsx"} <= downloads
    results = ruritania / "results" / "evidence"
    shown = (results / "downloads" / "indicator-values.csv").read_text(encoding="utf-8-sig")
    assert "Finland" in shown and "Kazakhstan" not in shown


def test_the_survey_of_another_context_asks_by_its_criteria(ruritania):
    from compendium.survey import form

    assessment = criteria.assess(ruritania / "data" / "contexts" / NAME)
    names = {row["name"] for row in form.sheets(assessment)["survey"]}
    assert "bo_crit_reach" in names and "score_living_labs_crit_reach" in names
    assert "bo_crit_investment" not in names
