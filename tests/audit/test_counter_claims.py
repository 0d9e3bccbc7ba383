"""Counter-claims: a check that confirms a claim and what contradicts it is blind."""

from dataclasses import replace

import pytest

from compendium.claims import claims
from compendium.claims.check import AGREEING, NOTED, CheckResult, Evidence, checks

CLAIMS = claims.claims()
EVIDENCE = Evidence()


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_no_counter_claim_comes_out_as_agreeing(claim):
    tried = claims.counter_verdicts(claim, EVIDENCE)
    assert tried, "no counter-claim: write one under `counters`"
    assert [arguments for arguments, verdict in tried if verdict in AGREEING] == []


def test_a_check_that_is_only_noted_confirms_nothing_and_the_others_can():
    agreeing = {v.claim.check for v in claims.judged() if v.result.verdict in AGREEING}
    noted = {name for name, of in checks().items() if of.basis == NOTED}
    assert not agreeing & noted
    assert noted == {claim.check for claim in CLAIMS if claim.basis == NOTED}


def test_a_check_that_confirms_whatever_it_is_asked_is_caught(monkeypatch):
    [claim] = [claim for claim in CLAIMS if claim.id == "steinmo_cases"]
    of = checks()[claim.check]
    blind = replace(of, run=lambda evidence, **asked: CheckResult("confirmed"))
    monkeypatch.setattr(claims, "checks", lambda: {claim.check: blind})
    assert {verdict for _, verdict in claims.counter_verdicts(claim, EVIDENCE)} == {"confirmed"}


def test_counter_claims_by_hand_take_the_place_of_machine_made_ones():
    [by_hand] = [claim for claim in CLAIMS if claim.id == "hou_period"]
    tried = [arguments["equals"] for arguments, _ in claims.counter_verdicts(by_hand, EVIDENCE)]
    assert tried == [claim.get("equals", 2014) for claim in by_hand.counters]
