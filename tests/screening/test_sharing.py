"""Who reads what: pilots, shares, batches, and how far the team is. All decisions are made up."""

import pandas as pd
import pytest

from compendium.cli import main
from compendium.errors import CompendiumError
from compendium.pages import screening
from compendium.screening import decisions, protocol, sharing, team, work
from compendium.screening.decisions import Decision
from compendium.screening.sharing import Share
from tests.screening import trial

NONE = pd.DataFrame(columns=list(sharing.COLUMNS), dtype="str")
KEYS = [f"r{at}" for at in range(12)]
TEAM = ["Aliya", "Bo", "Vera"]


def given(*rows):
    return pd.DataFrame([(r, "title_abstract", who, batch, "") for r, who, batch in rows],
                        columns=list(sharing.COLUMNS))  # fmt: skip


def test_everybody_reads_the_pilot_and_it_is_drawn_at_random():
    found = sharing.shares(KEYS, TEAM, Share(pilot=4), NONE, 2)
    assert found["Aliya"] == found["Bo"] == found["Vera"] and len(found["Bo"]) == 4
    assert found["Bo"] != KEYS[:4] and found == sharing.shares(KEYS, TEAM, Share(pilot=4), NONE, 2)
    assert found != sharing.shares(KEYS, TEAM, Share(pilot=4, seed=7), NONE, 2)


def test_the_rest_is_split_so_that_two_read_each_record_and_all_read_as_many():
    before = given(*((key, who, "pilot") for key in KEYS[:3] for who in TEAM))
    found = sharing.shares(KEYS, TEAM, Share(split=True), before, 2)
    readers = {key: [who for who in TEAM if key in found[who]] for key in KEYS}
    assert all(not readers[key] for key in KEYS[:3])
    assert all(len(readers[key]) == 2 for key in KEYS[3:])
    assert {len(held) for held in found.values()} == {6}
    assert len({tuple(who) for who in readers.values() if who}) == 3, "every pair meets"


def test_fewer_reviewers_than_have_to_decide_are_refused():
    with pytest.raises(CompendiumError, match="have to decide about each record: 2; named: 1"):
        sharing.shares(KEYS, ["Aliya"], Share(split=True), NONE, 2)


def test_a_further_batch_completes_pairs_first_and_repeats_nothing():
    before = given(("r0", "Aliya", "1"), ("r5", "Bo", "1"), ("r6", "Bo", "1"), ("r6", "Vera", "1"))
    found = sharing.shares(KEYS, ["Aliya"], Share(batch=3), before, 2)
    assert found == {"Aliya": ["r1", "r2", "r5"]}, "r0 is hers, r6 has two"


def sheets(tmp_path, share, reviewers=TEAM):
    made = work.sheets_for(trial.file(tmp_path, 20), tmp_path / "decisions", reviewers,
                           share=share)  # fmt: skip
    return [path for path, _n in made.sheets]


def read(tmp_path, *paths):
    assert main(["screening", "read", *map(str, paths), "--to", str(tmp_path / "decisions")]) == 0


def test_the_rest_is_split_only_after_the_pilot_is_finished(tmp_path):
    pilot = sheets(tmp_path, Share(pilot=5))
    assert pilot[0].name == "title-abstract-aliya-pilot.xlsx"
    for path in pilot[:2]:
        read(tmp_path, trial.fill(path, dict.fromkeys(range(1, 6), "include")))
    with pytest.raises(CompendiumError, match="not finished: 5 decisions are missing"):
        sheets(tmp_path, Share(split=True))
    read(tmp_path, trial.fill(pilot[2], dict.fromkeys(range(1, 6), "include")))
    split = sheets(tmp_path, Share(split=True))
    assert split[0].name == "title-abstract-aliya.xlsx"
    assert len(sharing.read(tmp_path / "decisions")) == 3 * 5 + 2 * 15


def test_a_pilot_below_the_protocol_s_aim_stops_and_a_better_one_goes_on(tmp_path, capsys):
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "screening.yml").write_text("pilot: 0.7", encoding="utf-8")
    one, two = sheets(tmp_path, Share(pilot=4), TEAM[:2])
    read(tmp_path, trial.fill(one, dict.fromkeys(range(1, 5), "include")),
         trial.fill(two, {1: "include", 2: "exclude", 3: "exclude", 4: "exclude"}))  # fmt: skip
    with pytest.raises(CompendiumError, match="agree less than the protocol"):
        sheets(tmp_path, Share(split=True), TEAM[:2])
    capsys.readouterr()
    assert main(["screening", "progress", str(tmp_path / "decisions"), "--lang", "en"]) == 0
    said = "on the 4 records of the pilot (title and abstract), Gwet’s AC1 is -0.41, below 0.70."
    assert said in capsys.readouterr().out
    assert said in screening.pilot(team.read(tmp_path / "decisions"))  # as the chapter shows it
    for path in sheets(tmp_path, Share(pilot=4), TEAM[:2]):
        assert "pilot-2" in path.name
        read(tmp_path, trial.fill(path, {1: "include", 2: "exclude", 3: "include", 4: "exclude"}))
    assert screening.pilot(team.read(tmp_path / "decisions")) == (
        "On the 4 records of the pilot (title and abstract), Gwet’s AC1 is 1.00; the protocol asks "
        "for 0.70."
    )
    assert len(sheets(tmp_path, Share(split=True), TEAM[:2])) == 2


def test_progress_counts_people_and_records(tmp_path):
    folder = tmp_path / "decisions"
    sheets(tmp_path, Share(batch=6), TEAM[:2])
    decisions.append(folder, [
        Decision(trial.key(at), "title_abstract", who, "independent", "", said)
        for at, who, said in ((1, "Aliya", "include"), (1, "Bo", "include"),
                              (2, "Aliya", "exclude"), (2, "Bo", "include"), (3, "Bo", "exclude"))
    ])  # fmt: skip
    people, _states = sharing.progress(folder, protocol.DEFAULT)
    assert people.set_index("reviewer")[["assigned", "decided", "open"]].T.to_dict("list") == {
        "Aliya": [6, 2, 4], "Bo": [6, 3, 3],
    }  # fmt: skip
    assert states_of(folder) == {"decided": 2, "waiting": 1, "unseen": 17}


def states_of(folder):
    _people, states = sharing.progress(folder, protocol.DEFAULT)
    first = states[states["stage"] == "title_abstract"]
    return dict(zip(first["state"], first["records"], strict=True))


def test_outcomes_are_told_only_when_every_reviewer_has_finished(tmp_path):
    folder = tmp_path / "decisions"
    sheets(tmp_path, Share(batch=2), TEAM[:2])
    told = (("Aliya", "exclude"), ("Bo", "include"))
    decisions.append(folder, [
        Decision(trial.key(1), "title_abstract", who, "independent", "", said)
        for who, said in told
    ])  # fmt: skip
    assert states_of(folder) == {"decided": 1, "unseen": 19}
    decisions.append(folder, [
        Decision(trial.key(2), "title_abstract", who, "independent", "", "include")
        for who, _said in told
    ])  # fmt: skip
    assert states_of(folder) == {"conflict": 1, "include": 1, "unseen": 18}


def test_the_command_tells_the_progress(tmp_path, capsys):
    sheets(tmp_path, Share(batch=6), TEAM[:2])
    assert main(["screening", "progress", str(tmp_path / "decisions")]) == 0
    told = capsys.readouterr().out
    assert "Aliya: decided 0 of 6" in told and "Nobody has decided yet: 20" in told


def test_without_shares_everybody_has_all_records_and_outcomes_wait_until_all_are_decided(tmp_path):
    folder, keys = tmp_path / "decisions", [trial.key(1), trial.key(2)]
    decisions.identify(folder, map(decisions.Identified, keys))

    def decide(who, key, said):
        decisions.append(folder, [Decision(key, "title_abstract", who, "independent", "", said)])

    for who, said in (("Aliya", "exclude"), ("Bo", "include")):
        decide(who, keys[0], said)
    people, _states = sharing.progress(folder, protocol.DEFAULT)
    assert people[["assigned", "decided", "open"]].values.tolist() == [[2, 1, 1]] * 2
    assert states_of(folder) == {"decided": 1, "unseen": 1}
    decide("Aliya", keys[1], "include")
    assert states_of(folder) == {"decided": 1, "waiting": 1}
    decide("Bo", keys[1], "include")
    assert states_of(folder) == {"conflict": 1, "include": 1}
