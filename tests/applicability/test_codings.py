"""Two codings become one by the rule; what the rule does not settle is read a third time."""

import pytest

from review.applicability import codings


@pytest.mark.parametrize(
    ("kind", "first", "second", "settled"),
    [
        ("coded_requirement", "stated", "stated", "stated"),
        ("coded_requirement", "implied", "stated", "implied"),
        ("coded_requirement", "no", "stated", None),
        ("coded_offer", "mixed", "supports", "mixed"),
        ("coded_offer", "hinders", "mixed", "mixed"),
        ("coded_offer", "hinders", "supports", None),
        ("coded_offer", "irrelevant", "mixed", None),
        ("coded_precedent", "not_a_case", "not_a_case", "not_a_case"),
        ("coded_precedent", "not_a_case", "mixed", None),
        ("coded_score", "3", "2", "2"),
        ("coded_score", "2", "4", None),
        ("coded_score", "unknown", "2", None),
        ("coded_score", "unknown", "unknown", "unknown"),
    ],
)
def test_neighbours_are_settled_with_caution_and_the_rest_is_read_again(
    kind, first, second, settled
):
    assert codings.resolve(kind, first, second) == settled
