"""Decisions of other tools: who decided what, and why. Names and records are made up."""

import pytest

from compendium.cli import main
from compendium.errors import CompendiumError
from compendium.records import write
from compendium.records.record import Record
from compendium.screening import decisions, outcomes, remarks
from compendium.screening.take_over import take_over

NOTE = (
    'RAYYAN-INCLUSION: {""Aliya""=>""Included"", ""Bo O’Neill""=>""Excluded""} | '
    "RAYYAN-LABELS: background,qualitative | RAYYAN-EXCLUSION-REASONS: wrong population,"
    'foreign language | USER-NOTES: {""Bo O’Neill""=>[""only a protocol""]}'
)
RAYYAN = f"""key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,\
publisher,location,abstract,notes,doi,keywords,pubmed_id,pmc_id
rayyan-1,First trial,2020,1,2,J,,5,1,1-9,"Doe, J.",,,,,An abstract.,"{NOTE}",10.5555/1,,101,
rayyan-2,Second trial,2020,,,J,,,,,"Doe, J.",,,,,,"RAYYAN-INCLUSION: {{""Aliya""=>""Maybe""}}",\
10.5555/2,,102,
rayyan-3,Third trial,2020,,,J,,,,,"Doe, J.",,,,,,,10.5555/3,,103,
"""
COVIDENCE = """Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,\
Accession Number,DOI,Ref,Covidence #,Study,Notes,Tags
First trial,"Doe, J.",A.,2020,Jan,J,5,1,1-9,,10.5555/1,1,#101,Doe 2020,"Exclusion reason: \
Topicality; ",later
"""
ASREVIEW = """record_id,title,abstract,doi,included,asreview_label,asreview_time,asreview_note
1,First trial,An abstract,10.5555/1,1,1,1733000000,good
2,Second trial,An abstract,10.5555/2,0,0,1733000100,Relevance
3,Third trial,An abstract,10.5555/3,,,,
"""
REVTOOLS = """label,title,author,year,journal,doi,abstract,screened_abstracts,notes
Doe_2020,First trial,Doe J,2020,J,10.5555/1,abc,selected,good
Roe_2020,Second trial,Roe R,2020,J,10.5555/2,abc,excluded,wrong setting
Poe_2020,Third trial,Poe R,2020,J,10.5555/3,abc,unknown,
"""


def export(tmp_path, text, name="export.csv"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def taken(folder):
    found = decisions.read_decisions(folder)
    return [(r.reviewer, r.decision, r.criterion, r.reason) for r in found.itertuples()]


def test_rayyan_s_reviewers_keep_their_names_reasons_labels_and_notes(tmp_path):
    done = take_over(export(tmp_path, RAYYAN), tmp_path / "d")
    assert (done.tool, done.new, done.open) == ("Rayyan", 3, 1)
    assert taken(tmp_path / "d") == [
        ("Aliya", "include", "", ""),
        ("Bo O’Neill", "exclude", "other_reason", "wrong population; foreign language"),
        ("Aliya", "unsure", "", ""),
    ]
    said = remarks.read(tmp_path / "d").set_index("reviewer")
    assert said.loc["Bo O’Neill", "note"] == "only a protocol"
    assert said.loc["Rayyan", "labels"] == "background; qualitative"
    assert len(decisions.read_records(tmp_path / "d")) == 3


def test_rayyan_s_ris_says_the_same(tmp_path):
    note = NOTE.replace('""', '"')
    text = f"TY  - JOUR\nTI  - First trial\nPY  - 2020\nDO  - 10.5555/1\nN1  - {note}\nER  - \n"
    done = take_over(export(tmp_path, text, "export.ris"), tmp_path / "d")
    assert (done.tool, done.new) == ("Rayyan", 2)
    assert taken(tmp_path / "d")[1][3] == "wrong population; foreign language"


@pytest.mark.parametrize(
    ("name", "stages"),
    [("review_1_irrelevant_csv", {"title_abstract": "exclude"}),
     ("review_1_select_csv", {"title_abstract": "include"}),
     ("review_1_excluded_csv", {"title_abstract": "include", "full_text": "exclude"}),
     ("review_1_included_csv", {"title_abstract": "include", "full_text": "include"})],
)  # fmt: skip
def test_a_category_of_covidence_is_what_its_team_settled(tmp_path, name, stages):
    done = take_over(export(tmp_path, COVIDENCE, f"{name}.csv"), tmp_path / "d")
    found = decisions.read_decisions(tmp_path / "d")
    assert done.tool == "Covidence" and done.new == len(stages)
    assert dict(zip(found["stage"], found["decision"], strict=True)) == stages
    for stage, state in stages.items():
        (each,) = outcomes.of_stage(found, stage).values()
        assert each.state == state and each.settled
        assert each.criterion == ("topicality" if state == "exclude" else "")


def test_asreview_says_what_and_when_and_the_reviewer_is_named(tmp_path):
    file = export(tmp_path, ASREVIEW)
    with pytest.raises(CompendiumError, match=r"does not say who decided.*--reviewer"):
        take_over(file, tmp_path / "d")
    done = take_over(file, tmp_path / "d", reviewer="Aliya")
    assert (done.tool, done.new, done.open) == ("ASReview", 2, 1)
    assert taken(tmp_path / "d") == [
        ("Aliya", "include", "", ""), ("Aliya", "exclude", "relevance_to_topic", ""),
    ]  # fmt: skip
    assert decisions.read_decisions(tmp_path / "d")["date"].tolist() == ["2024-11-30"] * 2
    assert remarks.read(tmp_path / "d")["note"].tolist() == ["good"]


def test_revtools_keeps_its_notes(tmp_path):
    done = take_over(export(tmp_path, REVTOOLS), tmp_path / "d", reviewer="Aliya")
    assert (done.tool, done.new, done.open) == ("revtools", 2, 1)
    assert taken(tmp_path / "d")[1] == ("Aliya", "exclude", "other_reason", "wrong setting")


def test_a_second_time_adds_nothing_and_another_decision_is_told(tmp_path):
    file = export(tmp_path, REVTOOLS)
    take_over(file, tmp_path / "d", reviewer="Aliya")
    again = take_over(file, tmp_path / "d", reviewer="Aliya")
    assert (again.new, again.unchanged) == (0, 2)
    changed = export(tmp_path, REVTOOLS.replace("selected", "excluded"))
    assert len(take_over(changed, tmp_path / "d", reviewer="Aliya").refused) == 1
    assert take_over(changed, tmp_path / "d", reviewer="Aliya", revise=True).revised == 1


def test_a_record_is_known_by_any_of_its_identifiers_and_never_by_its_title_alone(tmp_path, capsys):
    records, folder = tmp_path / "records.csv", tmp_path / "d"
    held = [Record(title="First trial", eid="2-s2.0-1", doi="10.5555/1", year=2020),
            Record(title="Second trial", eid="2-s2.0-2", year=2021, source="Other")]  # fmt: skip
    write.write(held, records)
    decisions.identify(folder, (decisions.Identified(record.key) for record in held))
    code = main(["screening", "take-over", str(export(tmp_path, REVTOOLS)), "--to", str(folder),
                 "--records", str(records), "--reviewer", "Aliya"])  # fmt: skip
    assert code == 2
    told = capsys.readouterr()
    assert "not among the records identified: Second trial" in told.err
    assert decisions.read_decisions(folder)["record"].tolist() == [held[0].key]


def test_a_file_without_decisions_is_refused(tmp_path):
    with pytest.raises(CompendiumError, match="no decisions of Rayyan"):
        take_over(export(tmp_path, "title,doi,year,authors,abstract\nA trial,10.5555/1,2020,D,a\n"),
                  tmp_path / "d")  # fmt: skip
