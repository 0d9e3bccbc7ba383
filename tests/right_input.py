"""A new review with every part and a row or more in each table, all of them right."""

from __future__ import annotations

import csv
from pathlib import Path

import yaml

from compendium import new_review, review_plan

PLAN = """
title: Trial review
languages: [en, ru, kk]
kind: original
queries:
  - {id: scopus, label: Scopus, database: Scopus, text: TITLE-ABS-KEY ( walking AND work )}
  - {id: pubmed, label: PubMed, database: PubMed, text: '"walking"[tiab] AND work[tiab]'}
criteria: {adults: The work studies adults., trial: The work is a trial.}
screening: {reviewers: 2, pilot: 0.6}
extraction:
  sample: {label: Sample, type: number, unit: people}
  design: {label: Design, codes: {cohort: Cohort, randomised: Randomised}}
  begun: {label: Begun, type: year}
  change: {label: Change, type: effect, unit: RR}
  findings: Findings
chapters: [effects, directions, map, assessment, grade, cerqual, claims]
assessment:
  models: {model_a: Model A, model_b: Model B}
  criteria: {cost: {label: Cost, better: lower}, reach: Reach}
map:
  rows: {label: Intervention, codes: {training: Training, funding: Funding}}
  columns: {label: Outcome, codes: {output: Output, trust: Trust}}
"""
ROWS = {
    "review/sources.csv": [
        {"key": "doe2015", "title": "Walking at work", "authors": "Doe, Jane",
         "year_issue": "2015", "doi": "10.1000/doe"},
        {"key": "lee2020", "title": "Stairs", "authors": "Lee, Ann; Roe, Al",
         "year_issue": "2020", "year_online": "2019", "doi": "10.1000/lee"},
    ],
    "review/included.csv": [
        {"work": "doe2015", "query": "scopus"}, {"work": "lee2020", "query": "pubmed"},
    ],
    "review/extraction.csv": [
        {"work": work, "category": category, "status": "reported", "value": value,
         "provenance": "full_publication"}
        for work in ("doe2015", "lee2020")
        for category, value in (("sample", "120"), ("design", "cohort"), ("begun", "2014"),
                                ("change", "0.8 [0.6; 1.1]"), ("findings", "More steps"))
    ],
    "review/effects.csv": [
        {"work": work, "outcome": "Steps", "measure": "risk_ratio", "effect": "0.8", "low": "0.6",
         "high": "1.1"} for work in ("doe2015", "lee2020")
    ],
    "review/directions.csv": [
        {"work": "doe2015", "outcome": "Steps", "direction": "direction_positive",
         "participants": "120", "measures": "1"},
    ],
    "review/map.csv": [
        {"work": "doe2015", "dimension": "map_rows", "code": "training"},
        {"work": "doe2015", "dimension": "map_columns", "code": "output"},
    ],
    "review/grade.csv": [
        {"outcome": "Steps", "start": "start_observational"}
        | dict.fromkeys(("risk_of_bias", "inconsistency", "indirectness", "imprecision",
                         "publication_bias"), "not_serious"),
    ],
    "review/cerqual.csv": [
        {"finding": "People like it.", "works": "doe2015; lee2020",
         "confidence": "confidence_high", "explanation": "Nothing lowers it."}
        | dict.fromkeys(("methodological_limitations", "coherence", "adequacy", "relevance"),
                        "cerqual_none"),
    ],
    "screening/records.csv": [
        {"record": f"doi:10.1000/{name}", "origin": "origin_database", "source": "Scopus",
         "title": title} for name, title in (("doe", "Walking at work"), ("lee", "Stairs"))
    ],
    "screening/decisions.csv": [
        {"record": f"doi:10.1000/{name}", "stage": stage, "reviewer": who, "role": "independent",
         "decision": "include", "date": day}
        for stage, day in (("title_abstract", "2026-01-10"), ("full_text", "2026-02-10"))
        for name in ("doe", "lee") for who in ("Ann", "Ben")
    ],
    "screening/assignments.csv": [
        {"record": f"doi:10.1000/{name}", "stage": stage, "reviewer": who, "batch": "1",
         "date": "2026-01-02"}
        for stage in ("title_abstract", "full_text")
        for name in ("doe", "lee") for who in ("Ann", "Ben")
    ],
}  # fmt: skip
CLAIMS = """\
- id: works_included
  kind: claim_count
  place: results:1
  says: The review includes 2 works.
  check:
    counted: {tables: [included], distinct: work, equals: 2}
  expected: confirmed
"""


def make(folder: Path) -> Path:
    """The review, in a new folder."""
    new_review.make(folder, "Trial", review_plan.of(yaml.safe_load(PLAN)))
    for name, rows in ROWS.items():
        file = folder / "data" / name
        head = (next(csv.reader(file.read_text("utf-8").splitlines())) if file.is_file()
                else list(rows[0]))  # fmt: skip
        with file.open("w", encoding="utf-8", newline="") as stream:
            out = csv.DictWriter(stream, head, restval="", lineterminator="\n")
            out.writeheader()
            out.writerows(rows)
    (folder / "data" / "review" / "claims.yml").write_text(CLAIMS, "utf-8")
    return folder
