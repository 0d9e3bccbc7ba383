"""Checks: other data, another verdict."""

import pandas as pd
import pytest

from compendium import data
from compendium.claims import claims
from compendium.claims.check import Evidence, checks

BY_ID = {claim.id: claim for claim in claims.claims()}


def changed(table: str, change) -> Evidence:
    """The evidence with one table changed."""
    frame = data.table(table).copy()
    return Evidence({table: change(frame)})


def verdict(claim_id: str, evidence: Evidence) -> str:
    return claims.judge(BY_ID[claim_id], evidence).result.verdict


def cell(column: str, value, **key):
    """A change of one cell."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        rows = pd.Series(True, index=frame.index)
        for name, wanted in key.items():
            rows &= frame[name] == wanted
        assert rows.any(), key
        frame.loc[rows, column] = value
        return frame

    return change


def works_of_one_number(frame: pd.DataFrame) -> pd.DataFrame:
    """Citation uses as if a work in both tables had one number."""
    return frame[~frame["citation"].isin([17, 18])]


def all_terms_in_title(frame: pd.DataFrame) -> pd.DataFrame:
    """Term occurrences as if every work had every term in its title."""
    works = data.table("sources")[["key"]].rename(columns={"key": "work"})
    terms = data.table("query_terms")[["term"]].drop_duplicates()
    rows = works.merge(terms, how="cross").assign(field="title", present=True)
    return rows.reindex(columns=frame.columns)


def no_industry_near(frame: pd.DataFrame) -> pd.DataFrame:
    """Industries as if every work's page named several."""
    works = data.table("sources")["key"]
    rows = pd.DataFrame({"work": works, "industry": "industry_several"})
    return rows.reindex(columns=frame.columns, fill_value="")


def drop(**key):
    """A change that leaves rows out."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        rows = pd.Series(True, index=frame.index)
        for name, wanted in key.items():
            rows &= frame[name] == wanted
        assert rows.any(), key
        return frame[~rows]

    return change


def put(**values):
    """A change that adds a row."""
    return lambda frame: pd.concat([frame, pd.DataFrame([values])], ignore_index=True).astype(
        frame.dtypes.to_dict()
    )


FLIPS = [
    ("selected_empirical", "empirical", drop(row=9), "differs"),
    ("sample_size", "reviews", lambda frame: frame.assign(work=frame["row"].astype(str)),
     "confirmed"),
    ("abstracts_agree", "abstract_models", drop(abstract="abstract_kk", model="living_labs"),
     "differs"),
    ("models_from_works", "work_models", drop(model="living_labs"), "differs"),
    ("directions_adapt", "direction_models",
     put(direction="dual_education", model="living_labs", basis="", provenance="", place=""),
     "confirmed"),
    ("sample_numbers", "citation_uses", works_of_one_number, "confirmed"),
    ("row_steinmo", "empirical", cell("year_printed", 2017, row=1), "differs"),
    ("row_steinmo", "empirical", cell("authors_printed", "Rasmussen, Steinmo", row=1), "differs"),
    ("row_hou", "sources", cell("year_online", 2017, key="hou2019"), "differs"),
    ("row_chen", "sources", cell("verified", "authors year_issue", key="chen2021"), "confirmed"),
    ("row_hansen", "sources", cell("title", "A title", key="hansen2020"), "cannot_be_checked"),
    ("venue_sjoo", "reviews", cell("venue_printed", "Industry and Higher Education", row=5),
     "confirmed"),
    ("venue_rossoni", "reviews", cell("venue_printed", "Management Review Quarterly", row=4),
     "confirmed"),
    ("walsh_inventors", "source_values", cell("number", 2000.0, work="walsh2016"), "differs"),
    ("hou_period", "source_values", cell("number", 2014.0, measure="ms_last_year"), "confirmed"),
    ("steinmo_cases", "source_values", drop(work="steinmo2018"), "cannot_be_checked"),
    ("cirella_case", "source_values", cell("present", True, work="cirella2022"), "confirmed"),
    ("sjoo_count", "source_values", drop(item="resources"), "differs"),
    ("corsi_review", "source_values", cell("item", "conceptual review", measure="ms_method"),
     "confirmed"),
    ("hansen_cases", "sources", cell("title", "A title", key="hansen2020"), "cannot_be_checked"),
    ("corsi_country", "work_countries", cell("country", "EU", work="corsi2023", country="GB"),
     "confirmed"),
    ("corsi_country", "work_countries", cell("country", "US", work="corsi2023", country="GB"),
     "differs"),
    ("living_labs_korea", "work_models", drop(model="living_labs"), "not_traceable"),
    ("living_labs_finland", "work_countries",
     put(work="shvetsova2021", country="FI", provenance="source_page", place="", seen_at=""),
     "confirmed"),
    ("living_labs_finland", "work_countries",
     put(work="shvetsova2021", country="FI", provenance="article_table", place="", seen_at=""),
     "cannot_be_checked"),
    ("laboratories_focus", "source_statements",
     cell("stance", "says_so", statement="applied_focus"), "confirmed"),
    ("laboratories_focus", "source_statements",
     cell("stance", "says_otherwise", statement="applied_focus"), "not_supported"),
    ("laboratories_focus", "source_statements", drop(statement="applied_focus"),
     "not_traceable"),
    ("cites_state", "source_statements",
     cell("stance", "says_so", statement="state_raises_results"), "consistent_by_construction"),
    ("cites_transfer", "source_statements",
     cell("stance", "says_so", work="hou2019", statement="transfer_faster"), "confirmed"),
    ("cites_funding", "citations", cell("inferred_from", "", citation=1), "confirmed"),
    ("cites_quadruple_helix", "citations", cell("work", "", citation=2), "not_traceable"),
    ("cites_living_labs", "source_statements", drop(statement="living_labs_active"),
     "cannot_be_checked"),
    ("cites_triple_helix", "citations", cell("work", "rossoni2024", citation=19),
     "cannot_be_checked"),
    ("query1_years", "query_filters",
     cell("printed", "PUBYEAR > 2014", query="query1", filter="years"), "confirmed"),
    ("query1_years", "query_filters",
     cell("printed", "PUBYEAR > 1999", query="query1", filter="years"), "differs"),
    ("query2_language", "query_filters",
     cell("printed", 'LIMIT-TO (LANGUAGE, "English")', query="query2", filter="language"),
     "confirmed"),
    ("query1_finds_selected", "term_occurrences", cell("present", False, work="steinmo2018"),
     "differs"),
    ("query1_finds_selected", "term_occurrences", all_terms_in_title, "confirmed"),
    ("gap_electronics", "work_industries", no_industry_near, "confirmed"),
    ("all_empirical", "criteria_met", cell("met", "yes", work="chen2021"), "cannot_be_checked"),
    ("all_topical", "criteria_met",
     lambda frame: frame.assign(met="yes", provenance="source_page"), "confirmed"),
    ("all_relevant", "criteria_met", cell("provenance", "source_page", met="yes"), "confirmed"),
    ("all_in_scopus", "source_metadata", cell("in_scopus", "yes", in_scopus="unknown"),
     "confirmed"),
    ("all_articles", "source_metadata",
     lambda frame: frame.assign(document_type="journal_article"), "confirmed"),
    ("coded_types", "extraction", cell("status", "not_reported", work="sjoo2019"), "not_reported"),
    ("coding_process", "extraction",
     lambda frame: frame.assign(status="reported", provenance="article_text"), "confirmed"),
    ("sector_engineers", "citations", cell("work", "hou2019", citation=3), "cannot_be_checked"),
    ("sector_astana_hub", "context_facts", lambda frame: frame.assign(statement=""),
     "cannot_be_checked"),
    ("gap_electronics", "work_industries",
     cell("industry", "industry_electronics", work="chen2021"), "differs"),
    ("gap_electronics", "work_industries",
     lambda frame: frame.assign(industry="industry_several"), "cannot_be_checked"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "table", "change", "reached"),
    FLIPS,
    ids=[f"{f[0]}-{f[1]}-{f[3]}" for f in FLIPS]
)
def test_other_data_another_verdict(claim, table, change, reached):
    assert reached != BY_ID[claim].expected
    assert verdict(claim, changed(table, change)) == reached


def test_every_check_that_is_not_only_noted_can_confirm():
    """Shown by a claim, by one of `FLIPS`, or by a test of its own below."""
    own = {"query_balanced", "query_field", "sector_figure", "records_listed"}
    shown = {BY_ID[claim].check for claim, _, _, reached in FLIPS if reached == "confirmed"}
    shown |= {claim.check for claim in BY_ID.values() if claim.expected == "confirmed"}
    noted = {name for name, of in checks().items() if of.basis == "check_noted"}
    assert set(checks()) - noted == (shown | own) - noted


def test_a_query_whose_records_are_all_listed_is_confirmed():
    check = checks()["records_listed"].run
    assert check(Evidence(), query="query2", found=8).verdict == "confirmed"
    assert check(Evidence(), query="query2", found=45).verdict == "not_reported"


def queries(old: str, new: str) -> Evidence:
    entries = [
        {**entry, "text": entry["text"].replace(old, new)} for entry in data.document("queries")
    ]
    return Evidence({"queries": entries})


def test_a_query_whose_parentheses_match_is_confirmed():
    repaired = queries("management))", "management)")
    assert verdict("query1_runs", repaired) == "confirmed"
    assert verdict("query1_field", repaired) == "ambiguous"


def test_a_query_with_all_groups_in_its_field_is_confirmed():
    assert verdict("query1_field", queries("TITLE-ABS-KEY (", "TITLE-ABS-KEY ((")) == "confirmed"


def test_another_number_of_hits_in_the_article_differs():
    entries = [{**entry, "reported_hits": 19} for entry in data.document("queries")]
    assert verdict("query1_hits", Evidence({"queries": entries})) == "differs"


def test_a_figure_of_the_industry_settles_a_statement_on_it():
    def own(value: float) -> Evidence:
        facts = data.table("context_facts").head(1).copy()
        facts["scope"], facts["unit"], facts["value"] = "scope_sector", "enterprises", value
        return Evidence({"context_facts": facts})

    assert verdict("sector_enterprises", own(91)) == "confirmed"
    assert verdict("sector_enterprises", own(60)) == "differs"


def test_a_lower_bound_rules_out_what_is_not_above_it_and_confirms_no_number():
    check = checks()["number_in_source"].run
    asked = {"work": "walsh2016", "measures": ["ms_respondents"]}
    assert check(Evidence(), **asked, equals=5_000_000).verdict == "cannot_be_checked"
    assert check(Evidence(), **asked, equals=1900).verdict == "differs"


def test_a_citation_confirms_only_where_its_work_was_not_inferred_from_the_passage():
    check = checks()["cited_statement"].run
    asked = {"citations": [1], "statement": "state_funding"}
    own, other = (Evidence(place=place) for place in ("introduction:4", "results:10"))
    assert check(own, **asked).verdict == "consistent_by_construction"
    assert check(other, **asked).verdict == "confirmed"


def test_a_number_that_may_mean_another_work_contradicts_nothing():
    asked = {"citations": [1], "statement": "state_raises_results"}
    check = checks()["cited_statement"].run
    assert check(Evidence(), **asked).verdict == "ambiguous"
    certain = changed("citations", cell("confidence", "certain", citation=1))
    assert check(certain, **asked).verdict == "not_supported"


def test_a_work_that_says_it_beside_one_that_says_otherwise_leaves_it_ambiguous():
    rows = put(work="shvetsova2021", statement="state_funding", stance="says_otherwise",
               source_says="", seen_at="")  # fmt: skip
    evidence = changed("source_statements", rows)
    asked = {"citations": [1, 2], "statement": "state_funding"}
    assert checks()["cited_statement"].run(evidence, **asked).verdict == "ambiguous"


def test_a_region_leaves_open_which_of_its_countries_was_studied():
    named = changed("work_countries", cell("country", "NL", work="mahdad2020"))
    assert verdict("laboratories_korea", Evidence()) == "cannot_be_checked"
    assert verdict("laboratories_korea", named) == "not_traceable"


def test_evidence_keeps_in_mind_what_a_check_read():
    evidence = Evidence()
    checks()["number_in_source"].run(evidence, work="hou2019", measures=["ms_provinces"], equals=30)
    assert evidence.resources == ["source_values"]
    assert evidence.addresses == [
        data.table("source_values").query("measure == 'ms_provinces'")["seen_at"].item()
    ]
    assert evidence.works == ["hou2019"]
    assert evidence.anew().addresses == []
