"""Claims: each has a check that is real, and a verdict that does not change unannounced."""

import re

import pandas as pd
import pytest
import yaml

from compendium import data, language, project
from compendium.addresses import MIRRORS, place
from compendium.claims import claims, result_lines
from compendium.claims.check import VERDICTS, Evidence, checks
from compendium.errors import CompendiumError

CLAIMS = claims.claims()
BY_ID = {claim.id: claim for claim in CLAIMS}


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_verdict_does_not_change_unannounced(claim):
    verdict = claims.judge(claim, Evidence())
    assert verdict.result.verdict == claim.expected, result_lines.lines(verdict.result)


def test_there_are_claims_of_every_kind_and_verdict():
    assert len(CLAIMS) >= 60
    assert {claim.kind for claim in CLAIMS} == set(claims.kinds())
    assert {claim.expected for claim in CLAIMS} == set(VERDICTS)


def test_every_check_is_used_and_explains_itself():
    assert {claim.check for claim in CLAIMS} == set(checks())
    assert all(of.run.__doc__ for of in checks().values())


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_every_verdict_says_what_was_found_and_names_its_evidence(lang):
    language.use(lang)
    for verdict in claims.judged():
        assert result_lines.lines(verdict.result), verdict.claim.id
        assert verdict.resources, verdict.claim.id
        assert place(verdict.claim.place)


def test_a_claim_about_an_identified_work_links_to_it():
    for verdict in claims.judged():
        if set(verdict.works) - {"hansen2020"}:
            assert verdict.links, verdict.claim.id


def test_no_mirror_or_bare_number_is_printed_as_an_address():
    for verdict in claims.judged():
        for address in claims.document(verdict)["addresses"]:
            assert not re.match(r"https?://[\d.]+[:/]", address), verdict.claim.id
            assert not any(host in address for host in MIRRORS), verdict.claim.id


def test_a_claim_that_cannot_be_settled_says_why():
    for verdict in claims.judged():
        if verdict.result.verdict == "cannot_be_checked":
            assert verdict.result.reason, verdict.claim.id


def test_a_claim_is_used_only_in_sections_that_there_are():
    labels = set()
    for file in project.path("chapters").glob("*.ipynb"):
        labels |= set(re.findall(r"\(([a-z0-9-]+)\)=", file.read_text(encoding="utf-8")))
    assert {section for claim in CLAIMS for section in claim.used} <= labels


def test_the_table_of_verdicts_is_what_the_checks_compute():
    written = data.table("claim_verdicts")
    computed = claims.frame(claims.judged()).reset_index(drop=True)
    pd.testing.assert_frame_equal(written, computed.astype(written.dtypes.to_dict()))


def test_no_two_claims_say_the_same_of_the_same_place():
    said = [(claim.place, claim.says) for claim in CLAIMS]
    assert len(set(said)) == len(said)


def entry(**changes) -> dict:
    first = yaml.safe_load(
        "{id: a, kind: claim_count, place: 'methods:5', says: Nine works., "
        "check: {counted: {tables: [empirical], equals: 9}}, expected: confirmed}"
    )
    return first | changes


def loaded(monkeypatch, *entries: dict) -> list[claims.Claim]:
    monkeypatch.setattr(claims.data, "document", lambda name: list(entries))
    return claims.claims()


def test_a_claim_without_a_place_is_refused(monkeypatch):
    with pytest.raises(CompendiumError, match="lacks `place`"):
        loaded(monkeypatch, entry(place=""))


def test_an_unknown_check_is_refused_with_the_nearest_name(monkeypatch):
    with pytest.raises(CompendiumError, match="'countd'") as error:
        loaded(monkeypatch, entry(check={"countd": {}}))
    assert "'counted'" in error.value.remedy


def test_two_claims_of_one_name_are_refused(monkeypatch):
    with pytest.raises(CompendiumError, match="Two claims are called 'a'"):
        loaded(monkeypatch, entry(), entry())


def test_arguments_that_a_check_cannot_take_are_named(monkeypatch):
    [claim] = loaded(monkeypatch, entry(check={"counted": {"tabels": ["empirical"]}}))
    with pytest.raises(CompendiumError, match="tabels"):
        claims.judge(claim, Evidence())


def test_a_query_that_there_is_not_is_named_with_its_claim(monkeypatch):
    [claim] = loaded(monkeypatch, entry(check={"query_balanced": {"query": "query9"}}))
    monkeypatch.undo()
    with pytest.raises(CompendiumError, match="The claim 'a'"):
        claims.judge(claim, Evidence())


def test_without_claims_there_are_counts_of_zero():
    assert claims.counts(claims.frame([])).to_numpy().sum() == 0


def test_counts_have_a_row_of_zeros_for_a_kind_without_claims():
    counts = claims.counts(pd.DataFrame({"kind": ["claim_count"], "verdict": ["differs"]}))
    assert counts.loc["claim_count", "differs"] == 1
    assert counts.to_numpy().sum() == 1
    assert counts.shape == (len(claims.kinds()), len(VERDICTS))


def test_a_problem_is_shown_only_where_its_first_claim_differs_from_its_sources():
    verdicts = pd.DataFrame({
        "problem": ["a", "a", "b", "", "c"],
        "verdict": ["differs", "ambiguous", "ambiguous", "confirmed", "not_supported"],
    })  # fmt: skip
    assert claims.problems(verdicts) == ["a", "b", "c"]
    assert claims.shown_problems(verdicts) == ["a", "c"]
