"""A review by its plan: four shapes, each built; and every plan that no review can be made from."""

from __future__ import annotations

import csv
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
import yaml

from compendium import cli, data, new_review, project, review_plan, validation
from compendium.edition import catalogs, chapters
from compendium.edition.build import build
from compendium.errors import CompendiumError
from compendium.language import _, speaking
from compendium.pages import effects, evidence_map
from compendium.screening import protocol
from compendium.synthesis import form as extraction_form

EFFECTS = """
title: {en: Trials of a vaccine, fr: Essais d'un vaccin}
languages: [en, fr, kk]
kind: original
authors: Doe, Jane; Roe, Richard
queries:
  - {id: pubmed, label: Query in PubMed, database: PubMed, text: "vaccine[tiab]"}
criteria:
  randomised: The work reports a randomised trial.
extraction:
  sample: {label: Sample, type: number, unit: persons}
  design: {label: Design, codes: {parallel: Parallel groups, cluster: Clusters}}
  began: {label: Year of the start, type: year}
  risk: {label: Risk, type: effect, unit: risk ratio}
chapters: [effects]
assessment: grade
"""
SCOPING = """
title: Reading aloud
languages: [kk, en]
kind: scoping
queries:
  - {id: scopus, database: Scopus, text: TITLE-ABS-KEY("reading aloud")}
  - {id: wos, database: Web of Science, text: TITLE-ABS-KEY(reading)}
  - {id: eric, database: ERIC, text: TITLE-ABS-KEY(aloud)}
  - {id: hand, database: Google Scholar, text: TITLE-ABS-KEY("story time")}
map:
  rows: {label: Who reads, codes: {parents: Parents, teachers: Teachers}}
  columns: {label: Outcome, codes: {vocabulary: Vocabulary, joy: Joy}}
chapters: [map, directions, cerqual]
"""
UPDATE = """
title: {en: An update}
kind: update
assessment:
  models: {paper: On paper, screen: On a screen}
  criteria: {cost: {label: Cost, better: lower}, reach: Reach}
"""

# Thirteen trials of BCG against tuberculosis (Colditz et al. 1994,
# doi 10.1001/jama.1994.03510330076038): cases and persons with the vaccine, and without.
BCG = [
    (4, 123, 11, 139), (6, 306, 29, 303), (3, 231, 11, 220), (62, 13598, 248, 12867),
    (33, 5069, 47, 5808), (180, 1541, 372, 1451), (8, 2545, 10, 629), (505, 88391, 499, 88391),
    (29, 7499, 45, 7277), (17, 1716, 65, 1665), (186, 50634, 141, 27338), (5, 2498, 3, 2341),
    (27, 16913, 29, 17854),
]  # fmt: skip


GRADE = [
    "tuberculosis", "", "", "start_randomised", "serious", "very_serious", "not_serious",
    "not_serious", "not_serious", "", "", "",
    "Trials differ much, and allocation was not concealed.",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make a review by a plan; a plan's is made once, and each test has a copy."""
    kept: dict[str, Path] = {}

    def make(folder: Path, plan: str) -> Path:
        if plan not in kept:
            here = tmp_path_factory.mktemp("made")
            (here / "plan.yml").write_text(plan, encoding="utf-8")
            kept[plan] = here / "review"
            assert cli.main(["init", str(kept[plan]), "--plan", str(here / "plan.yml")]) == 0
        return shutil.copytree(kept[plan], folder / "review", symlinks=True)

    return make


def filled(file: Path, rows: list[list]) -> None:
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def works(review: Path, keys: list[str]) -> None:
    with (review / "data" / "review" / "sources.csv").open(encoding="utf-8") as stream:
        head = next(csv.reader(stream))
    rows = [
        [{"key": key, "authors": "Doe, Jane", "year_issue": 2001 + at}.get(name, "")
         for name in head]
        for at, key in enumerate(keys)
    ]  # fmt: skip
    filled(review / "data" / "review" / "sources.csv", rows)


def pages(review: Path, code: str) -> dict[str, str]:
    folder = review / "_build" / "site" / code
    return {
        name: re.sub(r"<[^>]*>", " ", (folder / f"{name}.html").read_text("utf-8"))
        for name in chapters.names()
    }


def effect_rows() -> list[list]:
    from math import exp, log, sqrt

    rows = []
    for at, (a, n, c, m) in enumerate(BCG):
        ratio, error = log((a / n) / (c / m)), sqrt(1 / a - 1 / n + 1 / c - 1 / m)
        ends = [exp(ratio + side * 1.959964 * error) for side in (0, -1, 1)]
        rows.append([f"trial{2001 + at}", "tuberculosis", "risk_ratio", *ends, ""])
    return rows


@pytest.fixture
def trials(tmp_path, made):
    review = made(tmp_path, EFFECTS)
    works(review, [f"trial{2001 + at}" for at in range(13)])
    filled(review / "data" / "review" / "effects.csv", effect_rows())
    filled(review / "data" / "review" / "grade.csv", [GRADE])
    return review


def test_a_review_of_effects_pools_them_as_published(trials):
    # metafor's documentation, rma(measure="RR", data=dat.bcg, method="PM"): tau² 0.3181, -0.7150
    from math import log

    with project.at(trials):
        (pooled,) = effects.read().pooled.itertuples()
    assert pooled.works == 13
    assert log(pooled.effect) == pytest.approx(-0.7150, abs=5e-4)
    assert pooled.tau2 == pytest.approx(0.3181, abs=5e-4)
    assert pooled.low < pooled.effect < pooled.high < 1


def test_a_review_of_effects_is_built_in_its_languages_with_a_forest_plot_and_no_assessment(trials):
    with project.at(trials):
        assert [str(problem) for problem in validation.check()] == []
        build(lambda line: None, pdf=False)
        assert set(chapters.names()) == {
            "index", "1-search", "2-screening", "3-synthesis", "effects", "grade", "colophon",
        }  # fmt: skip
        assert "[0.33; 0.73]" in pages(trials, "en")["effects"]
        assert "[0,33; 0,73]" in pages(trials, "fr")["effects"]
        assert "Essais d'un vaccin" in unescape(pages(trials, "fr")["index"])
        for code, level in {"en": "Very low", "fr": "Very low", "kk": "Өте төмен"}.items():
            assert level in pages(trials, code)["grade"]
        assert "[0.33; 0.73]" in pages(trials, "en")["grade"]
        assert "For the authors: " in pages(trials, "en")["index"]
    assert not (trials / "data" / "contexts").exists()


def test_what_the_extraction_form_does_not_take_is_named_by_row(trials):
    form = [
        ["trial2001", "sample", "reported", "1 200", "full_publication", ""],
        ["trial2002", "design", "reported", "paralel", "full_publication", ""],
        ["trial2003", "began", "reported", "99", "full_publication", ""],
        ["trial2004", "sample", "reported", "1200", "full_publication", ""],
        ["trial2005", "design", "reported", "parallel; cluster", "full_publication", ""],
        ["trial2006", "risk", "reported", "0.49 [0.34; 0.70]", "full_publication", ""],
        ["trial2007", "risk", "reported", "0.49 (0.34-0.70)", "full_publication", ""],
        ["trial2008", "risk", "reported", "0.49 [0.50; 0.70]", "full_publication", ""],
    ]
    filled(trials / "data" / "review" / "extraction.csv", form)
    with project.at(trials):
        found = [str(problem) for problem in validation.check()]
        assert extraction_form.shown("risk", "0.49 [0.34; 0.70]") == "risk ratio 0.49 [0.34; 0.7]"
    assert len(found) == 5
    assert "row 2" in found[0] and "not a number" in found[0]
    assert "row 3" in found[1] and "parallel" in found[1]
    assert "row 4" in found[2] and "not a year" in found[2]
    assert "row 8" in found[3] and "`0.8 [0.6; 1.1]`" in found[3]
    assert "row 9" in found[4] and "inside its interval" in found[4]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["trial2001", "death", "risk_ratio", 0.5, 0.6, 0.9, ""], "inside its interval"),
        (["trial2001", "death", "risk_ratio", 0.5, 0.5, 0.5, ""], "no width"),
        (["trial2001", "death", "risk_ratio", -0.5, -0.6, 0.9, ""], "greater than 0"),
    ],
)
def test_an_effect_that_cannot_be_is_named_by_row(trials, row, said):
    filled(trials / "data" / "review" / "effects.csv", [row])
    with project.at(trials), pytest.raises(CompendiumError, match=said) as caught:
        effects.read()
    assert caught.value.row == 15


def test_one_effect_alone_is_shown_and_not_pooled(tmp_path, made):
    review = made(tmp_path, EFFECTS)
    works(review, ["doe2001"])
    row = ["doe2001", "reach", "mean_difference", 1.5, 0.5, 2.5, ""]
    filled(review / "data" / "review" / "effects.csv", [row])
    with project.at(review):
        found = effects.read()
        assert found.pooled.empty
        assert "1.50 [0.50; 2.50]" in effects.forest(found).alt


def test_a_scoping_review_of_four_databases_is_built_with_its_map(tmp_path, made):
    review = made(tmp_path, SCOPING)
    works(review, ["doe2001", "roe2002"])
    filled(review / "data" / "review" / "directions.csv", [
        ["doe2001", "joy", "direction_positive", 40, 2, ""],
        ["roe2002", "joy", "direction_mixed", "", "", ""],
    ])  # fmt: skip
    filled(review / "data" / "review" / "cerqual.csv", [
        ["Parents read more.", "doe2001; roe2002", "cerqual_minor", "cerqual_none",
         "cerqual_serious", "cerqual_none", "confidence_low", "Two thin works."],
    ])  # fmt: skip
    filled(review / "data" / "review" / "map.csv", [
        ["doe2001", "map_rows", "parents", ""], ["doe2001", "map_columns", "vocabulary", ""],
        ["doe2001", "map_columns", "joy", ""], ["roe2002", "map_rows", "parents", ""],
        ["roe2002", "map_columns", "joy", ""],
    ])  # fmt: skip
    with project.at(review):
        assert [str(problem) for problem in validation.check()] == []
        pairs = evidence_map.read("map_rows", "map_columns")
        grid = evidence_map.counts(pairs, "map_rows", "map_columns")
        assert grid.loc["parents"].to_dict() == {"vocabulary": 1, "joy": 2}
        assert grid.loc["teachers"].sum() == 0
        build(lambda line: None, pdf=False)
        shown = pages(review, "en")
        book = yaml.safe_load((review / "book.yml").read_text("utf-8"))
        assert list(book["languages"]) == ["kk", "en"]
        assert "assessment" not in shown and "claims" not in shown
        for text in ("story time", "Google Scholar"):
            assert text in shown["1-search"], text
        for code, way in {"en": "No clear direction", "kk": "Бағыты анық емес"}.items():
            assert way in pages(review, code)["directions"]
            assert "100" in pages(review, code)["directions"]  # per cent, of one work
        assert "Serious concerns" in shown["cerqual"]
        assert "Of 4 crossings, 2 are studied by no work." in shown["map"]


def test_a_code_of_another_dimension_is_named_by_row(tmp_path, made):
    review = made(tmp_path, SCOPING)
    works(review, ["doe2001"])
    filled(review / "data" / "review" / "map.csv", [["doe2001", "map_rows", "joy", ""]])
    with project.at(review), pytest.raises(CompendiumError, match="not one of the dimension"):
        evidence_map.read("map_rows", "map_columns")


def test_an_update_of_a_published_review_ranks_its_models_and_has_claims(tmp_path, made):
    review = made(tmp_path, UPDATE)
    with project.at(review):
        assert [str(problem) for problem in validation.check()] == []
        build(lambda line: None, pdf=False)
        shown = pages(review, "en")
    assert "On paper" in shown["assessment"]
    assert "claims" in shown
    assert "](README" not in (review / "README.md").read_text("utf-8")
    assert not list(review.glob("README.*.md")) and not list(review.glob("locales/*"))


def test_every_part_of_the_template_is_translated(tmp_path, made):
    plan = f"languages: [en, ru, kk]\nchapters: [{', '.join(review_plan.PARTS)}]\n"
    with project.at(made(tmp_path, plan)):
        found = [
            str(finding)
            for code in catalogs.translated()
            for domain in catalogs.domains()
            for finding in catalogs.findings(code, domain)
        ]
    assert found == []


def test_what_a_team_agreed_on_is_what_the_screening_goes_by(tmp_path, made):
    review = made(tmp_path, "screening: {reviewers: 1, pilot: 0.7}\n")
    agreed = protocol.read(review / "data" / "screening")
    assert (agreed.reviewers, agreed.pilot, agreed.reasons) == (1, 0.7, ("full_text",))


def test_the_example_of_a_plan_makes_a_review(tmp_path, capsys, made):
    assert cli.main(["init", "--example"]) == 0
    review = made(tmp_path, capsys.readouterr().out)
    with project.at(review):
        assert [str(problem) for problem in validation.check()] == []
    assert (review / "plan.yml").is_file()


@pytest.mark.parametrize(
    ("plan", "said", "remedy"),
    [
        ("- a list", "Names with a colon", ""),
        ("title: [x", "not YAML", ""),
        ("titel: x", "no field 'titel'", "title"),
        ("kind: scopping", "Not known here", "scoping"),
        ("chapters: [forest]", "Not known here", "effects"),
        ("chapters: map", "A list is wanted", ""),
        ("languages: en", "A list is wanted", ""),
        ("languages: [qqq]", "CLDR knows no language", "BCP 47"),
        ("title: {fr: Titre}", "title in English is missing", ""),
        ("queries: [{id: a}]", "The text is missing", "Write it"),
        ("queries: [{id: 'A b', text: x}]", "is no code", "small letters"),
        ("queries: [{id: a, text: x}, {id: a, text: y}]", "Two queries", "its own"),
        ("extraction: {a: {label: A, type: numer}}", "Not known here", "number"),
        ("extraction: {a: {label: A, type: code}}", "needs them", ""),
        ("criteria: {a: [b]}", "A text is wanted", ""),
        ("map: {rows: {label: X}}", "a label and codes", ""),
        ("screening: {reviewers: two}", "no number of people", "Write 2"),
        ("screening: {reasons: [abstract]}", "does not know 'abstract'", "title_abstract"),
        ("screening: {stages: 2}", "no field 'stages'", "reviewers"),
        ("assessment: GRADE", "Not known here", "grade"),
        ("assessment: [a]", "Not known here", "cerqual"),
        ("protocol: {fundin: x}", "no field 'fundin'", "funding"),
        ("protocol: {funding: {en: [x]}}", "A text is wanted", "protocol.funding.en"),
        ("assessment: {criteria: {a: {label: A, better: more}}}", "Not known here", "higher"),
    ],
)
def test_a_plan_that_says_what_no_review_has_is_refused_with_its_place(
    tmp_path, plan, said, remedy
):
    file = tmp_path / "plan.yml"
    file.write_text(plan, encoding="utf-8")
    with pytest.raises(CompendiumError, match=re.escape(said)) as caught:
        review_plan.read(file)
    assert remedy in str(caught.value)


def test_a_code_of_the_method_is_not_taken_by_a_plan(tmp_path):
    file = tmp_path / "plan.yml"
    file.write_text("criteria: {include: Everything}\n", encoding="utf-8")
    with pytest.raises(CompendiumError, match="method's own"):
        new_review.make(tmp_path / "review", plan=review_plan.read(file))
    assert not (tmp_path / "review").exists()


@pytest.mark.parametrize(("content", "said"), [(None, "does not exist"), (b"\xff\xfe", "UTF-8")])
def test_a_plan_that_cannot_be_read_is_named(tmp_path, content, said):
    file = tmp_path / "plan.yml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CompendiumError, match=said):
        review_plan.read(file)


def test_the_data_package_of_a_plan_describes_its_own_tables_only(tmp_path, made):
    with project.at(made(tmp_path, EFFECTS)):
        held = {entry["name"] for entry in data.package()["resources"]}
    assert "effects" in held and not held & {"claims", "map", "context"}


def test_what_kind_of_review_it_is_is_said_in_each_of_its_languages(tmp_path, made):
    book = yaml.safe_load((made(tmp_path, SCOPING) / "book.yml").read_text("utf-8"))
    said = book["subtitle"]
    assert said["en"] == review_plan.SUBTITLES["scoping"]
    with speaking("kk"):
        assert said["kk"] == _(said["en"]) != said["en"]


def test_the_chapters_of_a_plan_are_numbered_on_from_those_that_every_review_has(tmp_path, made):
    contents = yaml.safe_load((made(tmp_path, SCOPING) / "_toc.yml").read_text("utf-8"))
    numbered, appendix = ([each["file"].removeprefix("chapters/") for each in part["chapters"]]
                          for part in contents["parts"])  # fmt: skip
    assert numbered == ["1-search", "2-screening", "3-synthesis", "directions", "map", "cerqual"]
    assert appendix == ["colophon"]


def test_who_is_cited_is_who_the_plan_names(tmp_path, made):
    cited = yaml.safe_load((made(tmp_path, EFFECTS) / "CITATION.cff").read_text("utf-8"))
    assert cited["title"] == "Trials of a vaccine"
    assert cited["authors"] == [
        {"family-names": "Doe", "given-names": "Jane"},
        {"family-names": "Roe", "given-names": "Richard"},
    ]
