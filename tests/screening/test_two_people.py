"""Sixty records screened by two people, one in the page and one in sheets, and the flow of it.

All decisions are generated; what the flow has to say is counted here from the lists, by other code.
"""

from __future__ import annotations

import json

from compendium.cli import main
from compendium.records import write
from compendium.records.record import Record
from compendium.screening import agreement, decisions
from tests.screening import trial
from tests.screening.browsing import decide, opened, press, served, stored, table

N = 60
KEYS = {"include": "i", "exclude": "e", "unsure": "m"}
# By number of the record: both keep every third; they differ about every tenth; one is unsure of 7.
ALIYA = {at: "include" if at % 3 == 0 or at % 10 == 0 else "exclude" for at in range(1, N + 1)}
BO = {at: "include" if at % 3 == 0 else "exclude" for at in range(1, N + 1)} | {7: "unsure"}


def run(*arguments):
    assert main(["screening", *map(str, arguments)]) == 0


def flow(folder, capsys):
    capsys.readouterr()
    run("flow", folder, "--json")
    return json.loads(capsys.readouterr().out)


def in_the_page(browser, file, folder, name, said, stage="title_abstract", role="independent"):
    """Decide in Chromium, in the order in which the page shows the records."""
    with served(file, folder, stage) as running:
        page = opened(browser, running.address, name, role=role)
        *most, last = said
        press(page, *(KEYS[each] for each in most))
        decide(page, KEYS[last])
        page.wait_for_function("() => document.getElementById('told').textContent !== ''")
        stored(page)
        running.shutdown()


def test_sixty_records_of_two_people_in_the_page_and_in_sheets(browser, tmp_path, capsys):
    held = [Record(title=f"Trial record {at}", abstract=f"Open innovation {at}.",
                   doi=f"10.5555/two.{at}", year=2020) for at in range(1, N + 1)]  # fmt: skip
    keys = {at: record.key for at, record in enumerate(held, start=1)}
    one, two, file = (tmp_path / f"{name}.csv" for name in ("one", "two", "unique"))
    write.write(held[:45], one)
    write.write(held[40:], two)  # five of them are in both databases
    write.write(held, file)
    folder = tmp_path / "screening"
    run("identify", one, "--to", folder, "--source", "Base One")
    run("identify", two, "--to", folder, "--source", "Base Two")

    in_the_page(browser, file, folder, "Aliya", ALIYA.values())
    first = flow(folder, capsys)
    assert first["counts"]["records_excluded"] == 0 and first["counts"]["dbr_sought_reports"] == 0
    assert first["undecided"]["title_abstract"] == N, "one person alone decides nothing"

    run("sheet", file, folder, "--reviewer", "Bo")
    (sheet,) = (folder / "sheets").glob("*bo.xlsx")
    trial.fill(sheet, {at: (said, trial.CRITERION) if said == "exclude" and at % 2 else said
                       for at, said in list(BO.items())[:20]})  # fmt: skip
    run("read", sheet, "--to", folder)
    third = flow(folder, capsys)
    assert third["undecided"]["title_abstract"] == 40 + sum(
        ALIYA[at] != BO[at] for at in range(1, 21)
    )
    trial.fill(sheet, {at: said for at, said in BO.items() if at > 20})
    run("read", sheet, "--to", folder)

    differ = [at for at in ALIYA if ALIYA[at] != BO[at]]
    assert differ == [7, 10, 20, 40, 50]
    rated = agreement.ratings(decisions.read_decisions(folder), "title_abstract")
    assert agreement.coefficients(rated, draws=20)[0].value == (N - len(differ)) / N
    settled = dict(zip(differ, ["include", "exclude", "exclude", "exclude", "include"],
                       strict=True))  # fmt: skip
    in_the_page(browser, file, folder, "Vera", settled.values(), role="settling")
    final = {at: settled.get(at, BO[at]) for at in BO}
    passed = [at for at, said in final.items() if said == "include"]

    # Full texts: two decide about every fourth that it fails, and one cannot be had.
    read = {at: "exclude" if n % 4 == 0 else "include" for n, at in enumerate(passed)}
    read[passed[1]] = "not_retrieved"
    for name in ("Aliya", "Bo"):
        run("sheet", file, folder, "--reviewer", name, "--stage", "full_text")
        sheet = folder / "sheets" / f"full-text-{name.lower()}.xlsx"
        trial.fill(sheet, {
            n: (said, "topicality") if said == "exclude" else said
            for n, said in enumerate(read.values(), start=1)
        })  # fmt: skip
        run("read", sheet, "--to", folder)

    told = flow(folder, capsys)
    counts, gone = told["counts"], list(read.values()).count("exclude")
    assert counts["database_results"] == 65 and counts["duplicates"] == 5
    assert told["sources"]["database_results"] == {"Base One": 45, "Base Two": 20}
    assert counts["records_screened"] == N
    assert counts["records_excluded"] == N - len(passed)
    assert counts["dbr_sought_reports"] == len(passed)
    assert counts["dbr_notretrieved_reports"] == 1
    assert counts["dbr_assessed"] == len(passed) - 1
    assert counts["dbr_excluded"] == gone and told["reasons"]["dbr_excluded"] == {
        "topicality": gone}  # fmt: skip
    assert counts["new_reports"] == counts["new_studies"] == len(passed) - 1 - gone
    assert told["undecided"] == {"title_abstract": 0, "full_text": 0}
    assert table(folder)[keys[7], "Vera"] == "include"
