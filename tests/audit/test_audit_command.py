"""`compendium audit`: verdicts for people and machines, and an exit code that tells of a change."""

import json
from dataclasses import replace

import pytest

from compendium import cli, language
from compendium.claims import claims

FIELDS = {"id", "kind", "place", "says", "verdict", "found", "expected", "addresses"}


@pytest.fixture(autouse=True)
def _in_english():
    yield
    language.use("en")


def test_every_claim_is_printed_as_an_object(capsys):
    assert cli.main(["audit", "check", "--json"]) == 0
    objects = json.loads(capsys.readouterr().out)
    assert [o["id"] for o in objects] == [c.id for c in claims.claims()]
    assert all(set(o) >= FIELDS for o in objects)
    assert all(isinstance(line, str) for o in objects for line in o["found"])


def test_a_difference_shows_both_numbers(capsys):
    assert cli.main(["audit", "check", "--verdict", "differs"]) == 0
    said = capsys.readouterr().out
    assert "Mahdad and others analysed 25 joint laboratories." in said
    assert "Joint laboratories: 8" in said
    assert "query1_hits" not in said


def test_a_changed_verdict_fails_the_command_and_is_named(capsys, monkeypatch):
    first, *rest = claims.judged()
    changed = replace(first, claim=replace(first.claim, expected="confirmed"))
    monkeypatch.setattr(claims, "judged", lambda: [changed, *rest])
    assert cli.main(["audit", "check", "--json"]) == 1
    output = capsys.readouterr()
    assert json.loads(output.out)[0]["verdict"] == first.result.verdict
    assert f"{first.claim.id}: {first.result.verdict}" in output.err


def test_an_unknown_verdict_is_an_error_with_the_verdicts_that_there_are(capsys):
    assert cli.main(["audit", "check", "--verdict", "wrong"]) == 1
    assert "confirmed" in capsys.readouterr().err


def test_texts_come_in_the_language_asked_for(capsys):
    cli.main(["audit", "check", "--lang", "kk", "--kind", "claim_count"])
    assert "Расталды" in capsys.readouterr().out


def test_a_checklist_begins_blank_and_is_shown_when_filled_in(capsys, tmp_path):
    assert cli.main(["audit", "checklist", "prisma_s", "--blank"]) == 0
    blank = capsys.readouterr().out
    file = tmp_path / "report.csv"
    file.write_text(blank.replace(",,,", ",reported,,"), encoding="utf-8")
    assert cli.main(["audit", "checklist", "prisma_s", "--report", str(file)]) == 0
    assert capsys.readouterr().out.count("Reported:") == 16
