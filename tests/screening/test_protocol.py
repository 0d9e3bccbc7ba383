"""What a team agreed on: what a file says, and what holds where it says nothing."""

import pytest

from compendium.errors import CompendiumError
from compendium.screening import protocol


def said(tmp_path, text):
    (tmp_path / protocol.FILE).write_text(text, encoding="utf-8")
    return protocol.read(tmp_path)


def test_without_a_file_two_reviewers_decide_and_full_texts_need_a_reason(tmp_path):
    agreed = protocol.read(tmp_path)
    assert agreed.reviewers == 2 and agreed.reasons == ("full_text",) and agreed.pilot is None


def test_a_file_says_only_what_differs(tmp_path):
    agreed = said(tmp_path, "reviewers: 1\nlabels: [background]\npilot: 0.6\n")
    assert (agreed.reviewers, agreed.labels, agreed.pilot) == (1, ("background",), 0.6)
    assert agreed.reasons == ("full_text",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("reviewer: 1", "no key 'reviewer'. Did you mean 'reviewers'?"),
        ("reviewers: none", "no number of people: 'none'. Write 2"),
        ("reviewers: 0", "no number of people"),
        ("reasons: [fulltext]", "does not know 'fulltext'. Did you mean 'full_text'?"),
        ("criteria: [topicalty]", "does not know 'topicalty'. Did you mean 'topicality'?"),
        ("labels: 7", "no list of words"),
        ("pilot: 60", "no coefficient: 60"),
        ("- a", "holds no keys"),
        ("a: [", "not YAML"),
    ],
)
def test_what_a_protocol_cannot_say_is_named_with_the_remedy(tmp_path, text, told):
    with pytest.raises(CompendiumError) as caught:
        said(tmp_path, text)
    assert told in str(caught.value) and protocol.FILE in str(caught.value)


def test_criteria_are_the_protocol_s_or_those_of_the_review(tmp_path):
    assert protocol.criteria(said(tmp_path, "criteria: [topicality]")) == ("topicality",)
    assert len(protocol.criteria(protocol.DEFAULT)) > 3
    with pytest.raises(CompendiumError, match="is no stage"):
        protocol.criteria(protocol.DEFAULT, "stage_nowhere")
