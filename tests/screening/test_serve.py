"""The local server: whom it answers, and that what it says it saved is on the disk."""

import http.client
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from compendium.errors import CompendiumError
from compendium.records import write
from compendium.records.record import Record
from compendium.screening import decisions, full_texts, outcomes, remarks, work
from compendium.screening.desk import Desk
from compendium.screening.serve import Server
from compendium.screening.sharing import Share
from tests.conftest import PATIENCE
from tests.screening import trial


@pytest.fixture
def running(tmp_path):
    folder = tmp_path / "decisions"
    plan = work.plan_for(folder, "title_abstract", colour="TITLE-ABS-KEY(innovation)")
    with Server(Desk(trial.file(tmp_path), folder, plan)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def ask(server, path, body=None, **headers):
    """Status, headers and text of an answer; as our own page asks, unless told otherwise."""
    given = {
        "Host": f"127.0.0.1:{server.server_port}", "Cookie": f"{server.cookie}={server.token}",
        "X-Screening": server.token, **{k.replace("_", "-"): v for k, v in headers.items()},
    }  # fmt: skip
    line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE / 1000)
    sent = None if body is None else json.dumps(body).encode()
    line.putrequest("GET" if sent is None else "POST", path, skip_host=True)
    for name, value in given.items():
        if value is not None:
            line.putheader(name, value)
    if sent is not None:
        line.putheader("Content-Length", str(len(sent)))
    line.endheaders(sent)
    answer = line.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def answer(at=1, reviewer="Aliya", decision="include", **more):
    return {"reviewer": reviewer, "role": "independent", "record": trial.key(at),
            "decision": decision, **more}  # fmt: skip


def test_the_address_with_its_token_leads_to_the_page_and_hides_the_token(running):
    status, headers, _text = ask(running, f"/?token={running.token}", Cookie=None)
    assert status == 303 and headers["Location"] == "/"
    assert "HttpOnly" in headers["Set-Cookie"] and "SameSite=Strict" in headers["Set-Cookie"]
    status, headers, text = ask(running, "/")
    assert status == 200 and "<main" in text and "default-src 'none'" in (
        headers["Content-Security-Policy"])  # fmt: skip


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Host": None},
        {"Cookie": None},
        {"Cookie": "screening-1=guess"},
        {"X_Screening": None},
        {"X_Screening": "guess"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
    ],
)
def test_who_does_not_come_from_our_page_changes_nothing(running, headers):
    assert ask(running, "/api/decide", answer(), **headers)[0] == 403
    assert decisions.read_decisions(running.desk.folder).empty


def test_a_refused_request_leaves_its_connection_to_the_next_one(running):
    line = http.client.HTTPConnection("127.0.0.1", running.server_port, timeout=PATIENCE / 1000)
    known = {"Cookie": f"{running.cookie}={running.token}", "X-Screening": "of an earlier server"}
    line.request("POST", "/api/decide", json.dumps(answer()), known)
    refused = line.getresponse()
    refused.read()
    line.request("GET", "/api/list?reviewer=Aliya", headers=known)
    assert (refused.status, line.getresponse().status) == (403, 200)


@pytest.mark.parametrize("path", ["/", "/api/list", "/api/record?key=x", "/screen.js",
                                  "/full-text/a.pdf", "/?token=guess"])  # fmt: skip
def test_nothing_is_shown_without_the_token(running, path):
    assert ask(running, path, Cookie=None)[0] == 403


def test_it_listens_on_this_machine_only(running):
    assert running.server_address[0] == "127.0.0.1"


def test_a_decision_that_is_answered_is_in_the_table(running):
    assert ask(running, "/api/decide", answer())[0] == 200
    found = decisions.read_decisions(running.desk.folder)
    assert found.loc[0, ["record", "reviewer", "decision"]].tolist() == [
        trial.key(1), "Aliya", "include",
    ]  # fmt: skip
    ask(running, "/api/decide", answer())
    assert len(decisions.read_decisions(running.desk.folder)) == 1, "sent twice, said once"


def test_undoing_takes_the_decision_back_and_the_table_keeps_both(running):
    ask(running, "/api/decide", answer())
    ask(running, "/api/decide", answer(decision="withdrawn"))
    found = decisions.read_decisions(running.desk.folder)
    assert found["decision"].tolist() == ["include", "withdrawn"]
    assert decisions.latest(found).empty
    assert json.loads(ask(running, "/api/list?reviewer=Aliya")[2])[0]["decision"] == ""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (answer(decision="maybe"), "no decision of this stage"),
        (answer() | {"record": "nowhere"}, "no such record"),
        (answer(reviewer=" "), "Nobody signs"),
        (answer(decision="exclude", criterion="other_reason"), "other reason is not written"),
        (answer() | {"role": "boss"}, "is no role"),
    ],
)
def test_what_does_not_fit_is_told_and_not_kept(running, said, told):
    status, _headers, text = ask(running, "/api/decide", said)
    assert status == 422 and told in json.loads(text)["error"]
    assert decisions.read_decisions(running.desk.folder).empty


@pytest.mark.parametrize("body", [[], "x", {"decision": 1}, {"note": "x" * 200_000}])
def test_a_request_of_another_kind_is_refused(running, body):
    assert ask(running, "/api/decide", body)[0] in (400, 413)


def test_a_reviewer_does_not_see_what_another_decided(running):
    ask(running, "/api/decide", answer(reviewer="Bo", decision="exclude", reason="Bo's reason"))
    listed = ask(running, "/api/list?reviewer=Aliya")[2]
    shown = ask(running, f"/api/record?reviewer=Aliya&key={trial.key(1)}")[2]
    assert "exclude" not in listed + shown and "Bo" not in listed + shown


def test_who_settles_sees_the_conflicts_and_what_was_decided(running):
    for who, said in (("Aliya", "include"), ("Bo", "exclude")):
        ask(running, "/api/decide", answer(reviewer=who, decision=said))
        ask(running, "/api/decide", answer(2, reviewer=who))
    (one,) = json.loads(ask(running, "/api/list?reviewer=Vera&role=settling")[2])
    assert one["key"] == trial.key(1)
    shown = json.loads(
        ask(running, f"/api/record?reviewer=Vera&role=settling&key={trial.key(1)}")[2]
    )
    assert shown["earlier"] == ["Aliya: Include", "Bo: Exclude"]
    ask(running, "/api/decide", answer(reviewer="Vera", decision="exclude") | {"role": "settling"})
    decided = decisions.read_decisions(running.desk.folder)
    assert outcomes.of_stage(decided, "title_abstract")[trial.key(1)].state == "exclude"


def test_conflicts_are_counted_for_who_settles_and_not_for_who_is_at_work(running):
    for who, said in (("Aliya", "include"), ("Bo", "exclude")):
        ask(running, "/api/decide", answer(reviewer=who, decision=said))

    def told(more):
        return json.loads(ask(running, f"/api/progress?reviewer={more}")[2])

    own = told("Aliya")
    assert "conflict" not in str(own["records"])
    assert own["reviewers"][0] == {"reviewer": "Aliya", "assigned": 6, "decided": 1}
    assert {"reviewer": "Cem", "assigned": 6, "decided": 0} in told("Cem")["reviewers"]
    settling = told("Vera&role=settling")
    assert {"state": "In conflict", "n": 1} in settling["records"]
    assert settling["reviewers"][-1] == {
        "reviewer": "Vera (Settles a conflict)", "assigned": 1, "decided": 0,
    }  # fmt: skip


def test_a_folder_that_is_served_already_is_refused_with_its_address(running):
    desk = running.desk
    with Server.of(desk) as first:
        threading.Thread(target=first.serve_forever, daemon=True).start()
        with pytest.raises(CompendiumError, match=f"open already.*:{first.server_port}/") as told:
            Server.of(desk)
        assert "--port" in told.value.remedy
        first.shutdown()


def test_a_tab_of_an_earlier_server_is_told_where_to_begin(running):
    status, _headers, text = ask(running, "/", Cookie=f"{running.cookie}=of-an-earlier-one")
    assert status == 403 and "Open the address that it shows in the terminal" in text


def test_words_of_the_query_are_marked_and_a_script_is_text(tmp_path):
    file = tmp_path / "records.csv"
    record = Record(title="<script>x</script> innovation", abstract="No & yes.", doi="10.5555/a",
                    extra={"TT": "Открытые <b>инновации</b>"})  # fmt: skip
    write.write([record], file)
    folder = tmp_path / "decisions"
    plan = work.plan_for(folder, "title_abstract", colour="TITLE(innovation)")
    shown = Desk(file, folder, plan).record(record.key, "Aliya")
    assert shown["title"] == (
        "&lt;script&gt;x&lt;/script&gt; <mark>innovation</mark>"
    )
    assert shown["abstract"] == "No &amp; yes."
    assert shown["other"] == ["Открытые &lt;b&gt;инновации&lt;/b&gt;"]


def test_the_list_tells_why_a_reviewer_excluded_and_nothing_once_they_withdrew(running):
    ask(running, "/api/decide",
        answer(decision="exclude", criterion=trial.CRITERION, reason="too old"))  # fmt: skip
    first = json.loads(ask(running, "/api/list?reviewer=Aliya")[2])[0]
    assert (first["criterion"], first["reason"]) == (trial.CRITERION, "too old")
    ask(running, "/api/decide", answer(decision="withdrawn"))
    first = json.loads(ask(running, "/api/list?reviewer=Aliya")[2])[0]
    assert (first["decision"], first["criterion"], first["reason"]) == ("", "", "")


def test_many_at_once_lose_nothing(running):
    def one(at):
        who, record = f"Reviewer {at % 4}", 1 + at // 4
        return ask(running, "/api/decide", answer(record, reviewer=who))[0]

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(one, range(24))) == {200}
    found = decisions.read_decisions(running.desk.folder)
    assert len(found.drop_duplicates(["record", "reviewer"])) == len(found) == 24


def test_what_a_sheet_brought_in_is_seen_at_once(running, tmp_path):
    decisions.append(running.desk.folder, [
        decisions.Decision(trial.key(3), "title_abstract", "Aliya", "independent", "", "unsure")
    ])  # fmt: skip
    listed = json.loads(ask(running, "/api/list?reviewer=Aliya")[2])
    assert [each["decision"] for each in listed] == ["", "", "unsure", "", "", ""]


def test_labels_and_notes_are_kept_and_come_back(running):
    ask(running, "/api/remark", {"reviewer": "Aliya", "record": trial.key(1),
                                 "labels": "background;  method ", "note": "=ask"})  # fmt: skip
    found = remarks.read(running.desk.folder)
    assert found.loc[0, ["labels", "note"]].tolist() == ["background; method", "=ask"]
    shown = json.loads(ask(running, f"/api/record?reviewer=Aliya&key={trial.key(1)}")[2])
    assert shown["labels"] == "background; method" and shown["note"] == "=ask"


def test_a_reviewer_with_a_share_sees_that_share_only(tmp_path):
    folder = tmp_path / "decisions"
    work.sheets_for(trial.file(tmp_path), folder, ["Aliya"], share=Share(batch=2))
    desk = Desk(trial.file(tmp_path), folder, work.plan_for(folder, "title_abstract"))
    assert len(desk.listing("Aliya")) == 2 and len(desk.listing("Somebody")) == 6


def test_a_full_text_is_served_from_its_folder_and_nothing_else(tmp_path):
    folder = tmp_path / "decisions"
    decisions.identify(folder, [decisions.Identified(trial.key(1), "origin_website")])
    (folder / full_texts.FOLDER).mkdir()
    name = full_texts.name(trial.records(1)[0])
    (folder / full_texts.FOLDER / name).write_bytes(b"%PDF-1.4")
    plan = work.plan_for(folder, "full_text")
    with Server(Desk(trial.file(tmp_path), folder, plan)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        shown = json.loads(ask(server, f"/api/record?key={trial.key(1)}")[2])
        assert ask(server, "/full-text/" + quote(shown["pdf"]))[0] == 200
        for path in ("..%2Fdecisions.csv", "..%2F..%2Frecords.csv", "no.pdf", "%00"):
            assert ask(server, f"/full-text/{path}")[0] == 404
        server.shutdown()
