"""The works that a query finds in OpenAlex, page by page; what was fetched is never fetched again.

Each page is written before the next one is asked for, with the place where it ended, so that a
stopped or broken run goes on from there.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyalex
import requests
from pyalex.api import QueryError

from compendium.errors import CompendiumError
from compendium.files import replace
from compendium.language import _, ngettext, number

A_PAGE = 100
"""Works a page: as many as OpenAlex gives."""
PAUSE = 0.2
"""Seconds between pages: a tenth of the requests that are allowed."""
TIMEOUT = 60
TRIES = 5
PATIENCE = 120
"""Seconds that a run waits at most when it is asked to; a longer wait is the person's."""
_BUSY = (403, 429, 500, 502, 503, 504)
"""Answers that pass, as https://developers.openalex.org/api-reference/errors tells them."""
Log = Callable[[str], None]
Wait = Callable[[float], None]


@dataclass(frozen=True)
class Fetched:
    """What was fetched.

    Attributes
    ----------
    file : Path
        The works as JSON lines, which `compendium records` and `compendium update` read.
    records : int
    kept : int
        How many of them an earlier, stopped run had fetched.
    promised : int
        How many OpenAlex said there are.
    """

    file: Path
    records: int
    kept: int
    promised: int


@dataclass(frozen=True)
class _Place:
    """Where a fetch has come to: the next page, and how much of the file is whole."""

    address: str
    cursor: str | None
    records: int = 0
    size: int = 0
    promised: int = 0


class _Search(pyalex.Works):
    """A search by an address that is written already, which pyalex would not write the same."""

    def __init__(self, filters: str, mailto: str):
        super().__init__({})
        self.filters, self.mailto = filters, mailto

    @property
    def url(self) -> str:
        """The address of the next page."""
        asked = urlencode({**self.params, "mailto": self.mailto})
        return f"{pyalex.config.openalex_url}/works?{self.filters}&{asked}"


def fetch(
    address: str, file: Path, *, mailto: str, key: str = "", anew: bool = False,
    log: Log = lambda told: None, wait: Wait = time.sleep,
) -> Fetched:  # fmt: skip
    """Fetch the works of a search, or go on where a run was stopped.

    Parameters
    ----------
    address : str
        As `scopus-query translate --to openalex` writes it.
    file : Path
        Where to; until all is there, it is called `*.part`.
    mailto : str
        Whom OpenAlex may write to.
    key : str
        OpenAlex's API key, which more than a few pages a day need.
    anew : bool
        Whether what a stopped run fetched is thrown away.
    log : callable, optional
        Told of each page, and of each wait.
    wait : callable, optional
        Waits some seconds.

    Raises
    ------
    CompendiumError
        If OpenAlex refuses the search, or does not answer after several tries. What was fetched is
        kept.
    """
    filters = address.partition("?")[2]
    part, state = _part(file), _state(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    at = _Place(filters, "*") if anew else _resumed(state, part, filters)
    kept = at.records
    pyalex.config.email, pyalex.config.api_key = mailto, key or None
    pages = _Search(filters, mailto).paginate(cursor=at.cursor, per_page=A_PAGE, n_max=None)
    # pyalex would wait for an answer for ever
    pages._session.request = partial(pages._session.request, timeout=TIMEOUT)
    with part.open("r+b" if part.is_file() else "w+b") as out:
        out.truncate(at.size)
        out.seek(at.size)
        while at.cursor:
            page = _page(pages, at, part, log, wait)
            for work in page:
                out.write((json.dumps(work, ensure_ascii=False) + "\n").encode())
            out.flush()
            os.fsync(out.fileno())
            # The last page is the first empty one, whatever cursor it gives
            cursor = page.meta["next_cursor"] if page else None
            at = _Place(filters, cursor, at.records + len(page), out.tell(), page.meta["count"])
            replace(state, json.dumps(asdict(at)))
            if at.cursor:
                told = _("Records: {n} of {total}")
                log(told.format(n=number(at.records), total=number(at.promised)))
                wait(PAUSE)
    part.replace(file)
    state.unlink()
    return Fetched(file, at.records, kept, at.promised)


def since(address: str, day: str) -> str:
    """The address that asks only for what was published on a day or later.

    Parameters
    ----------
    address : str
    day : str
        As YYYY-MM-DD; all if it is empty.
    """
    return f"{address},from_publication_date:{day}" if day else address


def kept(file: Path) -> int:
    """How many records a stopped run has fetched for a file."""
    try:
        return int(json.loads(_state(file).read_text(encoding="utf-8"))["records"])
    except (OSError, ValueError, KeyError):
        return 0


def _part(file: Path) -> Path:
    return file.with_name(f"{file.name}.part")


def _state(file: Path) -> Path:
    return file.with_name(f"{file.name}.part.json")


def _resumed(state: Path, part: Path, filters: str) -> _Place:
    """Where a stopped run of the same search had come to; the beginning if there is none."""
    begun = _Place(filters, "*")
    if not state.is_file() or not part.is_file():
        return begun
    try:
        at = _Place(**json.loads(state.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return begun
    return at if at.address == filters and part.stat().st_size >= at.size else begun


def _page(pages, at: _Place, part: Path, log: Log, wait: Wait) -> Any:
    """The next page, asked for again where OpenAlex is busy or the connection breaks."""
    why = ""
    for attempt in range(TRIES):
        try:
            return next(pages)
        except QueryError as error:
            raise _refused(str(error)) from None
        except requests.HTTPError as error:
            answer = error.response
            assert answer is not None  # the error is made of it
            if answer.status_code not in _BUSY:
                raise _refused(f"{answer.status_code} {_told(answer)}") from None
            why, pause = f"{answer.status_code} {_told(answer)}", _asked(answer) or 2.0**attempt
        except requests.RequestException as error:
            why, pause = type(error).__name__, 2.0**attempt
        if pause > PATIENCE or attempt + 1 == TRIES:
            break
        log(_("OpenAlex: {why}; again in {seconds} s").format(why=why, seconds=number(pause, 0)))
        wait(pause)
    raise CompendiumError(
        _("OpenAlex does not answer: {why}.").format(why=why), path=part,
        remedy=ngettext(
            "%d record is kept; the same command goes on from there, later.",
            "%d records are kept; the same command goes on from there, later.", at.records,
        ) % at.records,
    )  # fmt: skip


def _refused(why: str) -> CompendiumError:
    if "401" in why or "API key" in why:
        remedy = _("Get a free key at openalex.org/settings/api and set OPENALEX_API_KEY.")
    else:
        remedy = _("`--dry-run` shows what is asked.")
    return CompendiumError(_("OpenAlex refuses the search: {why}.").format(why=why.strip(". ")),
                           remedy=remedy)  # fmt: skip


def _told(answer: requests.Response) -> str:
    """What an answer says of itself."""
    try:
        said = answer.json()
        return str(said.get("message") or said.get("error") or answer.reason)
    except (ValueError, AttributeError):
        return str(answer.reason)


def _asked(answer: requests.Response) -> float:
    """How many seconds an answer asks to wait; 0 where it does not say."""
    said = answer.headers.get("Retry-After", "")
    if said.isdecimal():
        return float(said)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
