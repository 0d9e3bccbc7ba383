"""Three-valued answers."""

import pandas as pd
import pytest

from scopus_query.kleene import all_of, answer, any_of

OR = [
    (["yes", "unknown"], "yes"),
    (["no", "yes"], "yes"),
    (["no", "unknown"], "unknown"),
    (["unknown", "unknown"], "unknown"),
    (["no", "no"], "no"),
]
AND = [
    (["no", "unknown"], "no"),
    (["no", "yes"], "no"),
    (["yes", "unknown"], "unknown"),
    (["unknown", "unknown"], "unknown"),
    (["yes", "yes"], "yes"),
]


@pytest.mark.parametrize(("answers", "expected"), OR)
def test_or_follows_kleene_in_either_order(answers, expected):
    assert any_of(answers) == any_of(reversed(answers)) == expected


@pytest.mark.parametrize(("answers", "expected"), AND)
def test_and_follows_kleene_in_either_order(answers, expected):
    assert all_of(answers) == all_of(reversed(answers)) == expected


@pytest.mark.parametrize("combine", [any_of, all_of])
def test_unknown_alone_never_becomes_no(combine):
    assert combine(["unknown"]) == "unknown"


@pytest.mark.parametrize("missing", [None, pd.NA, float("nan")])
def test_a_missing_truth_value_is_unknown(missing):
    assert answer(missing) == "unknown"
