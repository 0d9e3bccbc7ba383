"""The laboratory in another browser: Firefox, driven by the protocol that it brings itself."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.conftest import PATIENCE
from tests.laboratory.test_export_desk import NASTY

READY = 'document.querySelector(`[data-kind="query"] .answers[aria-busy="false"] details`)'
PREFERENCES = {"marionette.port": 0, "datareporting.policy.dataSubmissionEnabled": False,
               "browser.aboutwelcome.enabled": False}  # fmt: skip


class Firefox:
    """Marionette, by a socket: a message is its length, a colon, and JSON."""

    def __init__(self, port: int):
        self.stream = socket.create_connection(("127.0.0.1", port)).makefile("rwb")
        self.numbers = count(1)
        self.read()
        self("WebDriver:NewSession")
        self("WebDriver:SetTimeouts", script=PATIENCE, implicit=PATIENCE)

    def read(self):
        size = b""
        while not size.endswith(b":"):
            size += self.stream.read(1)
        return json.loads(self.stream.read(int(size[:-1])))

    def __call__(self, command: str, **given):
        told = json.dumps([0, next(self.numbers), command, given]).encode()
        self.stream.write(b"%d:%b" % (len(told), told))
        self.stream.flush()
        _kind, _number, error, said = self.read()
        assert error is None, error
        return said and said.get("value")

    def element(self, selector: str) -> str:
        return next(iter(self("WebDriver:FindElement", using="css selector",
                              value=selector).values()))  # fmt: skip

    def click(self, selector: str) -> None:
        self("WebDriver:ElementClick", id=self.element(selector))

    def write(self, selector: str, text: str) -> None:
        self("WebDriver:ElementSendKeys", id=self.element(selector), text=text)

    def ask(self, expression: str):
        return self("WebDriver:ExecuteScript", script=f"return {expression}", args=[])

    def wait(self, expression: str) -> None:
        self("WebDriver:ExecuteAsyncScript", args=[], script=f"""
          const look = () => {expression} ? arguments[0]() : setTimeout(look, 50);
          look();""")


@pytest.fixture
def firefox(tmp_path):
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("Firefox is not installed")
    (tmp_path / "user.js").write_text("".join(
        f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
        for name, value in PREFERENCES.items()
    ))  # fmt: skip
    port = tmp_path / "MarionetteActivePort"
    with subprocess.Popen(
        [program, "--headless", "--marionette", "--profile", str(tmp_path)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        while not (port.is_file() and port.read_text()) and running.poll() is None:
            time.sleep(0.1)
        assert running.poll() is None, "Firefox has ended"
        yield Firefox(int(port.read_text()))
        running.terminate()


def export(name: str, tmp_path: Path) -> str:
    (tmp_path / name).write_text(NASTY, encoding="utf-8")
    return str(tmp_path / name)


def test_a_query_is_mended_and_asked_about_an_export(firefox, address, tmp_path):
    broken = quote("TITLE(img* OR beta) AND PUBYEAR > 2000)")
    firefox("WebDriver:Navigate", url=f"{address}/en/laboratory.html#q={broken}")
    firefox.wait('document.querySelector(".cm-line .k")?.textContent === "TITLE"')
    firefox.click('[data-kind="query"] .opening button')
    firefox.wait(READY)
    assert firefox.ask('document.querySelector(".cm-lintRange-error").textContent') == ")"
    firefox.write(".cm-content", "\ue038")  # F8: what is found is told over its place
    firefox.click(".cm-tooltip-lint .tools button")
    firefox.wait(READY)
    mended = "TITLE(img* OR beta) AND PUBYEAR > 2000"
    assert firefox.ask('document.querySelector(".cm-content").textContent') == mended
    firefox.write("#laboratory-file", export("nasty.csv", tmp_path))
    firefox.click('[data-kind="export"] .answers > .tools button:nth-child(2)')
    firefox.wait('document.querySelector(".hits")')
    assert firefox.ask('document.querySelector(".hits summary").textContent') == (
        "Records: 2; found by the query: 1; missed: 1; undecided: 0."
    )
    assert firefox.ask('document.querySelectorAll(".laboratory img").length') == 0
