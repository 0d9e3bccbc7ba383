"""What several decisions amount to."""

from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from compendium.errors import CompendiumError
from compendium.screening import decisions, outcomes
from compendium.screening.decisions import Decision


def decided(*rows, stage="title_abstract"):
    """Trial decisions: (record, reviewer, decision), perhaps with criterion and role."""
    made = [
        Decision(r[0], stage, r[1], r[4] if len(r) > 4 else "independent",
                 r[3] if len(r) > 3 else ("key_topics" if r[2] == "exclude" else ""), r[2])
        for r in rows
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(decisions.COLUMNS))


def state(*rows, readers=2, stage="title_abstract"):
    return outcomes.of_stage(decided(*rows, stage=stage), stage, readers)["a"].state


def test_reviewers_who_agree_decide():
    assert state(("a", "x", "exclude"), ("a", "y", "exclude")) == "exclude"


@pytest.mark.parametrize("other", ["exclude", "unsure"])
def test_reviewers_who_differ_are_in_conflict(other):
    assert state(("a", "x", "include"), ("a", "y", other)) == "conflict"


def test_a_reviewer_who_is_unsure_alone_is_in_conflict_too():
    assert state(("a", "x", "unsure"), readers=1) == "conflict"
    assert state(("a", "x", "unsure"), ("a", "y", "unsure")) == "conflict"


@pytest.mark.parametrize("said", ["include", "exclude", "unsure"])
def test_one_reviewer_alone_decides_nothing_unless_the_protocol_says_so(said):
    assert state(("a", "x", said)) == "waiting"


def test_single_screening_is_what_a_protocol_may_ask_for():
    assert state(("a", "x", "include"), readers=2) == "waiting"
    assert state(("a", "x", "include"), readers=1) == "include"


def test_a_settling_decision_ends_a_conflict():
    rows = [("a", "x", "include"), ("a", "y", "exclude"),
            ("a", "z", "exclude", "key_topics", "settling")]  # fmt: skip
    found = outcomes.of_stage(decided(*rows), "title_abstract")["a"]
    assert found.state == "exclude" and found.settled and found.reviewers == 2
    assert outcomes.conflicts(decided(*rows), "title_abstract").empty


def test_a_third_reviewer_who_is_unsure_settles_nothing():
    rows = [("a", "x", "include"), ("a", "y", "exclude"), ("a", "z", "unsure", "", "settling")]
    assert state(*rows) == "conflict"


def test_full_texts_excluded_for_different_reasons_are_listed():
    rows = [("a", "x", "exclude", "key_topics"), ("a", "y", "exclude", "topicality")]
    found = outcomes.conflicts(decided(*rows, stage="full_text"), "full_text")
    assert found["kind"].tolist() == ["criterion", "criterion"]
    assert outcomes.conflicts(decided(*rows), "title_abstract").empty


def test_a_table_of_decisions_names_the_row_that_is_wrong(tmp_path):
    (tmp_path / "decisions.csv").write_text(
        "record,stage,reviewer,role,criterion,decision,reason,date\n"
        "a,title_abstract,x,independent,,exclude,,\n"
        "a,full_text,y,independent,,exclude,,\n",
        encoding="utf-8",
    )
    with pytest.raises(CompendiumError, match=r"row 3, column `criterion`.*no criterion says why"):
        decisions.read(tmp_path)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,title_abstract,x,boss,,include,,", "column `role`: 'boss' is no role"),
        ("a,title_abstract,x,independent,whim,exclude,,", "column `criterion`: 'whim' is no"),
        ("a,first,x,independent,,include,,", "column `stage`: 'first' is no stage"),
        ("a,title_abstract,x,independent,,not_retrieved,,", "column `decision`"),
        ("a,title_abstract,,independent,,include,,", "column `reviewer`: Nobody signs"),
    ],
)
def test_a_cell_that_means_nothing_is_named(tmp_path, row, told):
    head = "record,stage,reviewer,role,criterion,decision,reason,date\n"
    (tmp_path / "decisions.csv").write_text(head + row + "\n", encoding="utf-8")
    with pytest.raises(CompendiumError, match=told):
        decisions.read(tmp_path)


def test_a_table_whose_columns_a_person_put_in_another_order_is_continued_in_it(tmp_path):
    (tmp_path / "decisions.csv").write_text(
        "\ufeffdecision,record,stage,reviewer,role,criterion,reason,date,mine\r\n"
        "include,a,title_abstract,x,independent,,,,note\r\n",
        encoding="utf-8",
    )
    decisions.append(tmp_path, [Decision("b", "title_abstract", "x", "independent", "", "unsure")])
    found = decisions.read_decisions(tmp_path)
    assert found["record"].tolist() == ["a", "b"]
    assert found["decision"].tolist() == ["include", "unsure"]


def test_a_reason_of_several_lines_is_one_row(tmp_path):
    reason = "first\nsecond\u2028third\x85fourth"
    decisions.append(tmp_path, [
        Decision(each, "title_abstract", "x", "independent", "other_reason", "exclude", reason)
        for each in "ab"
    ])  # fmt: skip
    found = decisions.read_decisions(tmp_path)
    assert found["reason"].tolist() == ["first second third fourth"] * 2


def test_a_decision_about_a_record_that_nobody_found_is_refused(tmp_path):
    decisions.identify(tmp_path, [decisions.Identified("a")])
    decisions.append(tmp_path, [Decision("b", "title_abstract", "x", "independent", "", "include")])
    with pytest.raises(CompendiumError, match=r"row 2.*b is not among those identified"):
        decisions.read(tmp_path)


def test_a_stage_that_is_not_reported_is_no_error(tmp_path):
    decisions.append(tmp_path, [Decision("a", "not_reported", "not_reported", "not_reported", "",
                                         "include")])  # fmt: skip
    assert len(decisions.read(tmp_path)[1]) == 1


def test_a_title_may_be_excluded_without_a_criterion_unless_the_protocol_asks_for_it(tmp_path):
    one = Decision("a", "title_abstract", "x", "independent", "", "exclude")
    assert decisions.wrong(one) is None
    decisions.append(tmp_path, [one])
    assert len(decisions.read_decisions(tmp_path)) == 1
    (tmp_path / "screening.yml").write_text("reasons: [title_abstract]\n", encoding="utf-8")
    with pytest.raises(CompendiumError, match="no criterion says why"):
        decisions.read_decisions(tmp_path)


def test_the_criterion_that_one_of_two_names_is_why_the_record_leaves():
    rows = [("a", "x", "exclude", ""), ("a", "y", "exclude", "key_topics")]
    found = outcomes.of_stage(decided(*rows), "title_abstract")["a"]
    assert (found.state, found.criterion) == ("exclude", "key_topics")


def test_a_decision_that_was_withdrawn_is_none():
    rows = [("a", "x", "include"), ("a", "y", "include"), ("a", "y", "withdrawn", "")]
    assert state(*rows) == "waiting"
    assert state(*rows, ("a", "y", "include")) == "include"


def test_many_programs_at_once_lose_no_decision(tmp_path):
    def one(at):
        decisions.append(tmp_path, [
            Decision(f"r{at}", "title_abstract", "x", "independent", "", "include")
        ])  # fmt: skip

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(60)))
    assert set(decisions.read_decisions(tmp_path)["record"]) == {f"r{at}" for at in range(60)}
