"""Fetching from OpenAlex: politely, all of it, and on from where it was stopped."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import unquote

import pyalex
import pytest

from compendium import cli
from compendium.errors import CompendiumError
from compendium.update import openalex, run
from scopus_query.translate import translate
from tests.records import make
from tests.update import openalex_server

ADDRESS = "https://api.openalex.org/works?filter=title.search:a%20OR%20b,language:en"


@pytest.fixture
def server(monkeypatch):
    with openalex_server.running([openalex_server.work(at) for at in range(250)]) as running:
        address = f"http://127.0.0.1:{running.server_port}"
        monkeypatch.setitem(pyalex.config, "openalex_url", address)
        yield running


@pytest.fixture
def waits():
    return []


@pytest.fixture
def fetch(tmp_path, waits):
    def fetching(address=ADDRESS, **options):
        given = {"mailto": "a@example.org", "wait": waits.append} | options
        return openalex.fetch(address, tmp_path / "q.jsonl", **given)

    return fetching


def ids(file) -> list[str]:
    return [json.loads(line)["id"] for line in file.read_text("utf-8").splitlines()]


def test_every_page_is_fetched_once_and_read_as_records(server, fetch):
    done = fetch()
    assert (done.records, done.kept, done.promised) == (250, 0, 250)
    assert ids(done.file) == [work["id"] for work in server.works]
    records, account = make.read(done.file)
    assert account.format == "openalex" and len(records) == 250
    assert records[0].abstract == "Открытые innovations"
    assert sorted(path.name for path in done.file.parent.iterdir()) == ["q.jsonl"]


def test_it_asks_as_the_documentation_says_and_tells_who_asks(server, fetch, waits):
    fetch(key="secret")
    assert [asked["cursor"] for asked in server.asked] == ["*", "at-100", "at-200", "at-250"]
    for asked, told in zip(server.asked, server.told, strict=True):
        assert asked["filter"] == "title.search:a OR b,language:en"
        assert asked["mailto"] == told["From"] == "a@example.org"
        assert asked["per-page"] == "100"
        assert told["Authorization"] == "Bearer secret"
    assert waits == [openalex.PAUSE] * 3


def test_it_waits_as_long_as_it_is_asked_to(server, fetch, waits):
    server.faults = {1: (429, {"Retry-After": "7"})}
    assert fetch().records == 250
    assert 7.0 in waits


def test_a_wait_can_be_told_as_a_date(server, fetch, waits):
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    server.faults = {0: (503, {"Retry-After": until})}
    assert fetch().records == 250
    assert 50 < waits[0] <= 60


@pytest.mark.parametrize("fault", [500, 502, 429, "cut"])
def test_what_passes_is_tried_again(server, fetch, fault):
    server.faults = {1: fault, 2: fault}
    done = fetch()
    assert ids(done.file) == [work["id"] for work in server.works]


def test_a_connection_that_stays_broken_keeps_what_was_fetched_and_goes_on(server, fetch, tmp_path):
    server.faults = {at: "cut" for at in range(1, 1 + openalex.TRIES)}
    with pytest.raises(CompendiumError, match="100 records are kept"):
        fetch()
    assert not (tmp_path / "q.jsonl").exists()
    server.faults = {}
    asked = len(server.asked)
    done = fetch()
    assert (done.records, done.kept) == (250, 100)
    assert server.asked[asked]["cursor"] == "at-100"
    assert ids(done.file) == [work["id"] for work in server.works]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_stopped_by_a_person_it_loses_nothing(server, fetch, at):
    def stop(seconds):
        if len(server.asked) == at + 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(wait=stop)
    done = fetch()
    assert done.kept == min(100 * (at + 1), 250)
    assert ids(done.file) == [work["id"] for work in server.works]


def test_half_a_page_on_the_disk_is_thrown_away(server, fetch, tmp_path):
    server.faults = {at: 500 for at in range(1, 1 + openalex.TRIES)}
    with pytest.raises(CompendiumError):
        fetch()
    with (tmp_path / "q.jsonl.part").open("a", encoding="utf-8") as stream:
        stream.write('{"id": "https://openalex.org/W99')
    server.faults = {}
    assert ids(fetch().file) == [work["id"] for work in server.works]


def test_another_search_does_not_go_on_with_the_old_one(server, fetch):
    server.faults = {at: 500 for at in range(1, 1 + openalex.TRIES)}
    with pytest.raises(CompendiumError):
        fetch()
    server.faults = {}
    done = fetch(openalex.since(ADDRESS, "2026-01-01"))
    assert (done.records, done.kept) == (250, 0)
    assert server.asked[-1]["filter"].endswith(",from_publication_date:2026-01-01")


def test_a_day_s_limit_is_not_waited_for(server, fetch, waits):
    server.faults = {1: (429, {"Retry-After": "36000"})}
    with pytest.raises(CompendiumError, match=r"429 fault 429\. 100 records are kept"):
        fetch()
    assert max(waits) == openalex.PAUSE


@pytest.mark.parametrize(("status", "said"), [(400, "--dry-run"), (401, "OPENALEX_API_KEY")])
def test_a_refusal_is_told_at_once_with_a_remedy(server, fetch, status, said):
    server.faults = {0: status}
    with pytest.raises(CompendiumError, match=said):
        fetch()
    assert len(server.asked) == 1


def test_the_command_fetches_every_query_and_the_update_reads_it(server, own, monkeypatch, capsys):
    server.works = [openalex_server.work(at) for at in range(3)]
    monkeypatch.setattr(openalex, "PAUSE", 0)
    assert cli.main(["fetch", "--mailto", "a@example.org"]) == 0
    said = capsys.readouterr()
    assert "query1.jsonl: 3 records" in said.out and "keywords are not searched" in said.err
    export = own / "_build" / "openalex" / "query1.jsonl"
    done = run.update([export], "query1", own / "updates", with_report=False)
    assert done.run.entries == 3 and done.run.refused == 0
    asked = translate(run.read_query("query1", 1).tree, "openalex").text
    assert server.asked[0]["filter"] == unquote(asked.partition("filter=")[2])


def test_without_an_address_for_mail_nothing_is_asked(server, own, monkeypatch, capsys):
    monkeypatch.delenv("OPENALEX_MAILTO", raising=False)
    for address in ([], ["--mailto", "nobody"]):
        assert cli.main(["fetch", "--query", "1", *address]) == 1
        assert "--mailto ADDRESS" in capsys.readouterr().err
    assert server.asked == []


def test_a_dry_run_shows_the_address_and_asks_nothing(server, own, capsys):
    assert cli.main(["fetch", "--query", "2", "--dry-run", "--since", "2026-01-31"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("https://api.openalex.org/works?filter=")
    assert said.out.endswith(",from_publication_date:2026-01-31\n")
    assert "PUBSTAGE" in said.err
    assert server.asked == [] and not (own / "_build").exists()


def test_what_is_asked_is_the_reading_that_is_named(server, own, capsys):
    for reading in (1, 2):
        asked = translate(run.read_query("query1", reading).tree, "openalex").text
        arguments = ["fetch", "--query", "1", "--reading", str(reading), "--dry-run"]
        assert cli.main(arguments) == 0
        assert capsys.readouterr().out == f"{asked}\n"


def test_a_day_that_is_none_is_refused(own, capsys):
    with pytest.raises(SystemExit):
        cli.main(["fetch", "--since", "yesterday"])
    assert "'yesterday' is not a date such as 2026-01-31." in capsys.readouterr().err


def test_stopped_the_command_says_how_to_go_on(server, own, monkeypatch, capsys):
    def stop(*given, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(openalex, "_page", stop)
    assert cli.main(["fetch", "--query", "1", "--mailto", "a@example.org"]) == 130
    assert "the same command goes on" in capsys.readouterr().err
