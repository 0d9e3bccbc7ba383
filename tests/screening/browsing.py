"""What the tests of the page for screening do in a browser."""

from __future__ import annotations

import threading

from compendium.screening import decisions, work
from compendium.screening.desk import Desk
from compendium.screening.serve import Server


def served(file, folder, stage="title_abstract"):
    plan = work.plan_for(folder, stage, colour="TITLE-ABS-KEY(innovation)")
    running = Server(Desk(file, folder, plan))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    return running


def opened(browser, address, name, width=1280, role="independent", height=844):
    """A page in a browser of its own, where somebody has begun."""
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.messages = []
    page.on("console", lambda message: page.messages.append(message.text))
    page.on("pageerror", lambda error: page.messages.append(str(error)))
    page.goto(address)
    page.fill("#name", name)
    page.check(f"[value={role}]")
    page.click("#who button")
    page.wait_for_selector("#heading:not(:empty)")
    return page


def press(page, *keys):
    """Press keys one by one, each when the record before it has gone; E without a criterion."""
    for key in keys:
        before = page.locator("#place").inner_text()
        decide(page, key)
        page.wait_for_function("told => document.getElementById('place').textContent !== told",
                               arg=before)  # fmt: skip


def decide(page, key):
    page.keyboard.press(key)
    if page.evaluate("document.getElementById('why').open"):
        page.keyboard.press("0")


def stored(page):
    """Wait until everything is on the disk."""
    page.wait_for_function(
        "() => JSON.parse(localStorage[QUEUE] || '[]').length == 0"
    )


def table(folder):
    found = decisions.latest(decisions.read_decisions(folder))
    return {(r.record, r.reviewer): r.decision for r in found.itertuples()}
