"""Reporting checklists: complete, and usable for another review."""

import pytest

from compendium import data
from compendium.errors import CompendiumError
from compendium.reporting import checklists


def test_the_checklists_have_their_items():
    items = data.table("checklist_items").groupby("checklist")["item"]
    numbers = items.get_group("prisma_2020").str.extract(r"^(\d+)", expand=False)
    assert numbers.nunique() == 27  # parts of an item, such as 13a and 13b, count once
    assert len(items.get_group("prisma_2020")) == 42
    assert list(items.get_group("prisma_s")) == [str(n) for n in range(1, 17)]


@pytest.mark.parametrize("checklist", checklists.CHECKLISTS)
def test_an_item_that_is_reported_in_part_or_whole_has_its_place(checklist):
    rows = checklists.report(checklist)
    reported = rows["status"].isin(["reported", "partly"])
    assert (rows.loc[reported, "place"] != "").all()
    assert (rows.loc[rows["status"] == "not_reported", "place"] == "").all()


def test_counts_add_up_to_the_items():
    rows = checklists.report("prisma_s")
    counted = checklists.counts(rows)
    assert counted.loc["prisma_s"].sum() == 16
    assert counted.loc["prisma_s", "reported"] == (rows["status"] == "reported").sum()


def written(tmp_path, frame):
    file = tmp_path / "report.csv"
    frame.to_csv(file, index=False)
    return file


def test_another_review_fills_in_the_blank_report(tmp_path):
    blank = checklists.blank("prisma_s")
    file = written(tmp_path, blank.assign(status="reported", place="methods:1"))
    assert (checklists.report("prisma_s", file)["status"] == "reported").all()


def test_a_report_that_is_not_begun_has_no_rows(tmp_path):
    file = written(tmp_path, checklists.blank("prisma_s").iloc[:0])
    rows = checklists.report("prisma_s", file)
    assert rows.empty
    assert checklists.counts(rows).empty


def test_an_item_left_open_is_named_with_its_row(tmp_path):
    blank = checklists.blank("prisma_s").assign(status="reported")
    blank.loc[2, "status"] = ""
    with pytest.raises(CompendiumError, match="The item is open") as error:
        checklists.report("prisma_s", written(tmp_path, blank))
    assert error.value.row == 4


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows[rows["item"] != "7"], "lacks items: 7"),
        (lambda rows: rows.replace({"item": {"7": "8"}}), "has items twice: 8"),
        (lambda rows: rows.replace({"item": {"7": "99"}}), "has items that the checklist has not"),
    ],
)
def test_a_report_that_does_not_fit_the_checklist_is_refused(tmp_path, change, told):
    rows = change(checklists.blank("prisma_s").assign(status="partly"))
    with pytest.raises(CompendiumError, match=told):
        checklists.report("prisma_s", written(tmp_path, rows))
