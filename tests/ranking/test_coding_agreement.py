"""Agreement of two codings: measured as they were made, kind by kind."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from compendium.ranking import coding_agreement


def codings(kind, first, second):
    rows = [
        {"item_kind": kind, "model": "m", "criterion_or_requirement": "c", "evidence": f"e{at}",
         "evidence_kind": "evidence_fact",
         "coding": coder, "value": value}
        for coder, values in (("coding_first", first), ("coding_second", second))
        for at, value in enumerate(values)
    ]  # fmt: skip
    # A resolved code is no coding: agreement must not see it.
    rows += [row | {"coding": "coding_resolved", "value": first[0]} for row in rows[: len(first)]]
    return pd.DataFrame(rows)


def of(frame, coefficient):
    return frame.set_index("coefficient").loc[coefficient]


def test_equal_codings_agree_wholly():
    values = ["0", "1", "2", "3", "4", "unknown"] * 3
    found = coding_agreement.agreement(codings("coded_score", values, values))
    assert found["value"].to_numpy() == pytest.approx(1)


def test_a_step_apart_counts_less_than_the_whole_scale():
    first = ["0", "1", "2", "3", "4"] * 4
    near = coding_agreement.agreement(codings("coded_score", first, ["1", *first[1:]]))
    far = coding_agreement.agreement(codings("coded_score", first, ["4", *first[1:]]))
    assert of(near, "weighted_kappa")["value"] > of(far, "weighted_kappa")["value"]
    assert of(near, "gwet_ac1")["value"] == pytest.approx(of(far, "gwet_ac1")["value"])


def test_weighted_kappa_is_that_worked_out_by_hand():
    # Two of four items stand one step apart; by chance as the shares of the codes have it.
    found = coding_agreement.agreement(
        codings("coded_offer", ["hinders", "mixed", "mixed", "supports"],
                ["mixed", "hinders", "mixed", "supports"])
    )
    seen = 2 / 4
    shares = np.array([1, 2, 1]) / 4
    chance = sum(shares[a] * shares[b] * (a - b) ** 2 for a in range(3) for b in range(3))
    assert of(found, "weighted_kappa")["value"] == pytest.approx(1 - seen / chance)


def test_a_code_beside_the_scale_counts_for_ac1_and_not_for_kappa():
    found = coding_agreement.agreement(
        codings("coded_offer", ["hinders", "irrelevant", "mixed"], ["hinders", "mixed", "mixed"])
    )
    assert of(found, "weighted_kappa")["items"] == 2
    assert of(found, "gwet_ac1")["items"] == 3


def test_a_coefficient_lies_within_its_interval():
    first = ["hinders", "mixed", "supports", "supports"] * 6
    second = ["hinders", "supports", "supports", "mixed"] * 6
    found = coding_agreement.agreement(codings("coded_offer", first, second))
    assert (found["low"] <= found["value"]).all() and (found["value"] <= found["high"]).all()


def test_the_table_has_a_row_a_kind():
    frame = coding_agreement.agreement(codings("coded_score", ["0", "1", "4"], ["0", "2", "4"]))
    lines = coding_agreement.table(frame).to_csv().splitlines()
    assert len(lines) == 2 and "AC1" in lines[0]
