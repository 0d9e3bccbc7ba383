"""The boxes of PRISMA 2020, counted from generated trial decisions and from the article's own."""

import csv
import io

import pandas as pd
import pytest

from compendium import data, language
from compendium.errors import CompendiumError
from compendium.language import label
from compendium.screening import decisions, diagram, prisma, prisma_csv, prisma_layout
from compendium.screening.decisions import Decision, Identified


def table(rows, columns):
    return pd.DataFrame(rows, columns=columns)


def trial(*, other=2, previous=1):
    """Ten records of databases, some others; decisions at every stage, all made up."""
    found = [Identified(f"d{at}", "origin_database", "Trial base") for at in range(1, 11)]
    found += [Identified(f"w{at}", "origin_website", "Trial site") for at in range(other)]
    found += [Identified(f"p{at}", "origin_previous") for at in range(previous)]
    found[8] = Identified("d9", "origin_database", "Trial base", study="d8")
    made = [Decision("d10", "identification", "trial", "independent", "duplicate", "remove")]
    for at in range(1, 10):
        leaves = at <= 4
        made += [
            Decision(f"d{at}", "title_abstract", who, "independent",
                     "key_topics" if leaves else "", "exclude" if leaves else "include")
            for who in "xy"
        ]  # fmt: skip
    made += [
        Decision(record, "full_text", who, "independent", why, said)
        for record, why, said in (
            ("d5", "", "not_retrieved"), ("d6", "topicality", "exclude"),
            *((f"d{at}", "", "include") for at in (7, 8, 9)),
            *((f"w{at}", "", "include") for at in range(other)),
        )
        for who in "xy"
    ]  # fmt: skip
    columns = [list(Identified.__dataclass_fields__), list(decisions.COLUMNS)]
    return prisma.flow(table(found, columns[0]), table(made, columns[1]))


def article():
    records, decided = data.table("screening_records"), data.table("screening_decisions")
    return prisma.flow(records, decided, identified={"origin_database": 63})


def test_every_box_is_counted():
    counts = trial().counts
    assert counts["database_results"] == 10 and counts["website_results"] == 2
    assert counts["duplicates"] == 1 and counts["excluded_automatic"] == 0
    assert counts["records_screened"] == 9 and counts["records_excluded"] == 4
    assert counts["dbr_sought_reports"] == 5 and counts["dbr_notretrieved_reports"] == 1
    assert counts["dbr_assessed"] == 4 and counts["dbr_excluded"] == 1
    assert counts["other_sought_reports"] == counts["other_assessed"] == 2
    assert counts["new_reports"] == 5 and counts["new_studies"] == 4
    assert counts["total_studies"] == 5 and counts["previous_studies"] == 1


def test_what_goes_in_comes_out():
    counts = trial().counts
    assert counts["database_results"] - counts["duplicates"] == counts["records_screened"]
    assert counts["records_screened"] == counts["records_excluded"] + counts["dbr_sought_reports"]
    assert counts["dbr_sought_reports"] == (
        counts["dbr_notretrieved_reports"] + counts["dbr_assessed"]
    )


def test_reports_are_excluded_for_reasons_that_are_counted():
    assert trial().reasons["dbr_excluded"] == {"topicality": 1}


def test_an_origin_without_records_is_not_reported_and_not_zero():
    counts = trial(other=0, previous=0).counts
    assert counts["website_results"] is None and counts["previous_studies"] is None
    assert counts["total_studies"] is None and counts["other_assessed"] is None


def test_the_article_reports_only_what_it_found_and_what_it_kept():
    counts = article().counts
    known = {box: n for box, n in counts.items() if n is not None}
    works = len(data.table("sources"))
    assert known == {"database_results": 63, "new_studies": works, "new_reports": works}


def test_the_article_s_decisions_are_those_of_its_tables_and_no_other():
    decided = data.table("screening_decisions")
    listed = {*data.table("empirical")["work"], *data.table("reviews")["work"]}
    assert set(decided["record"]) == listed and set(decided["decision"]) == {"include"}
    assert set(decided["reviewer"]) == set(decided["stage"]) == {"not_reported"}


def test_fewer_records_identified_than_listed_is_an_error():
    with pytest.raises(CompendiumError, match="Records said to be identified: 3; listed: 15"):
        prisma.flow(data.table("screening_records"), data.table("screening_decisions"),
                    identified={"origin_database": 3})  # fmt: skip


def test_as_many_records_may_be_identified_as_are_listed():
    records = data.table("screening_records")
    listed = int((records["origin"] == "origin_database").sum())
    whole = prisma.flow(records, data.table("screening_decisions"),
                        identified={"origin_database": listed})  # fmt: skip
    assert whole.counts["database_results"] == listed > 0


def test_records_that_nobody_has_decided_about_are_counted_as_such():
    found = table([Identified("a"), Identified("b"), Identified("c")],
                  list(Identified.__dataclass_fields__))  # fmt: skip
    made = table(
        [Decision("a", "title_abstract", "x", "independent", "", "include"),
         Decision("b", "title_abstract", "x", "independent", "", "unsure")],
        list(decisions.COLUMNS),
    )  # fmt: skip
    assert prisma.flow(found, made, readers=1).undecided == {"title_abstract": 2}
    assert prisma.flow(found, made).undecided == {"title_abstract": 3}


def test_no_full_text_is_awaited_of_what_was_taken_out_or_is_in_doubt():
    found = table([Identified("site", "origin_website"), Identified("doubt"), Identified("read")],
                  list(Identified.__dataclass_fields__))  # fmt: skip
    made = [Decision("site", "identification", "x", "independent", "duplicate", "remove"),
            Decision("doubt", "title_abstract", "x", "independent", "", "unsure")]  # fmt: skip
    made += [Decision("read", stage, "x", "independent", "", "include")
             for stage in ("title_abstract", "full_text")]  # fmt: skip
    whole = prisma.flow(found, table(made, list(decisions.COLUMNS)), readers=1)
    assert whole.undecided == {"title_abstract": 1, "full_text": 0}


def test_the_csv_has_the_columns_and_rows_of_the_package():
    # https://github.com/prisma-flowdiagram/PRISMA2020, inst/extdata/PRISMA.csv
    rows = list(csv.DictReader(io.StringIO(prisma_csv.write(trial()))))
    assert list(rows[0]) == ["data", "node", "box", "description", "boxtext", "tooltips", "url",
                             "n"]  # fmt: skip
    by_name = {row["data"]: row["n"] for row in rows}
    assert by_name["records_screened"] == "9" and by_name["register_results"] == "NA"
    assert by_name["dbr_excluded"] == "Topicality (not met), 1"
    assert set(prisma.BOXES) < set(by_name) and len(rows) == 30


def test_every_box_has_a_text():
    assert set(prisma.BOXES) <= set(prisma_csv.TEXTS)


@pytest.mark.parametrize("code", list(language.LANGUAGES))
def test_each_box_without_a_number_says_not_reported(code):
    language.use(code)
    svg = prisma_layout.figure(article(), whole=True).svg
    silent = sum(n is None for n in article().counts.values())
    words = label("not_reported").lower().split()
    assert svg.count(words[-1]) >= silent


@pytest.mark.parametrize("code", list(language.LANGUAGES))
@pytest.mark.parametrize("made", [article, trial])
def test_no_line_is_wider_than_its_box(code, made):
    from compendium.display.figure import style

    language.use(code)
    style()
    for whole in (True, False):
        laid_out = prisma_layout.diagram(made(), whole=whole)
        for box in laid_out.boxes:
            for line in laid_out.wrapped(box):
                assert diagram.measured(line.text) <= laid_out.width(box) - 0.02, line


def texts(flow, **options):
    return [line.text for box in prisma_layout.diagram(flow, **options).boxes for line in box.lines]


def test_boxes_that_no_record_needs_are_left_out():
    plain = " ".join(texts(trial(other=0, previous=0)))
    assert "Websites" not in plain and "previous version" not in plain and "Registers" not in plain
    assert "Records removed for other reasons" not in plain and "Duplicate records: 1" in plain
    whole = " ".join(texts(trial(other=0, previous=0), whole=True))
    assert "Websites: not reported" in whole and "Registers: not reported" in whole
    assert prisma_layout.diagram(trial(other=0)).columns == 2


def test_what_each_database_gave_stands_below_the_number_of_records():
    found = table(
        [Identified("a", source="Scopus"), Identified("b", source="Scopus"),
         Identified("c", source="Web of Science")],
        list(Identified.__dataclass_fields__),
    )  # fmt: skip
    flow = prisma.flow(found, table([], list(decisions.COLUMNS)))
    assert flow.sources == {"database_results": {"Scopus": 2, "Web of Science": 1}}
    shown = texts(flow)
    at = shown.index("Databases: 3")
    assert shown[at + 1 : at + 3] == ["Scopus: 2", "Web of Science: 1"]


def test_a_number_that_is_reported_is_not_divided_by_the_few_that_are_listed():
    assert "database_results" not in article().sources


def test_a_reason_cannot_be_read_as_its_opposite():
    assert "Topicality (not met): 1" in texts(trial())
    assert decisions.why("models_described") == "Models described (not met)"
    assert decisions.why("other_reason") == "Other reason"


def test_two_boxes_of_one_width_are_joined_by_one_arrow(monkeypatch):
    drawn = []
    monkeypatch.setattr(diagram, "_arrow", lambda start, end: drawn.append((start, end)) or "")
    prisma_layout.figure(trial())
    down = [(start, end) for start, end in drawn if start[0] == end[0]]
    # four steps of the one way and three of the other, and one from the new studies to the total
    assert len(down) == 4 + 3 + 1 and len(drawn) == len(down) + 6 + 1


def test_the_description_tells_what_is_known_and_what_is_not():
    alt = prisma_layout.figure(article(), whole=True).alt
    assert "Databases: 63" in alt and "Not reported: " in alt and "Records screened" in alt
