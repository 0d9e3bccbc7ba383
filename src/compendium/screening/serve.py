"""The local page for screening: a small server for this machine only.

It answers to 127.0.0.1 and localhost, to who came by the address that the command prints, and takes
changes only from its own page. Every answer that changes something is sent after it is on the disk.
"""

from __future__ import annotations

import json
import secrets
import sys
from contextvars import copy_context
from hmac import compare_digest
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit
from zlib import crc32

from compendium.errors import CompendiumError
from compendium.language import LANGUAGES, _, current, speaking
from compendium.screening import decisions, full_texts
from compendium.screening.desk import Answer, Desk, words

_PAGE = Path(__file__).with_name("page")
_FILES = {"/screen.css": "text/css", "/screen.js": "text/javascript"}
_FIRST_PORT, _PORTS = 20_000, 10_000
_LONGEST = 100_000  # bytes of a request: a decision with a long note takes some thousand
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Refused(Exception):
    """A request that is not answered, with its status."""


class Server(ThreadingHTTPServer):
    """The server of a desk, on 127.0.0.1; port 0 takes a free one.

    Attributes
    ----------
    token : str
        Who knows it may screen.
    """

    daemon_threads = True

    def __init__(self, desk: Desk, port: int = 0):
        self.desk, self.token, self.words = desk, secrets.token_urlsafe(24), words()
        self.context = copy_context()  # each request runs in a thread, and needs the compendium
        super().__init__(("127.0.0.1", port), Handler)

    @classmethod
    def of(cls, desk: Desk, port: int | None = None) -> Server:
        """The server of a desk on a port, by default one that is always the same for its folder.

        So a page that was open when a server died gives what it kept to the next one.

        Raises
        ------
        CompendiumError
            If the port that was asked for cannot be had, or the folder is served already.
        """
        try:
            if port is not None:
                return cls(desk, port)
        except (OSError, OverflowError) as error:
            raise CompendiumError(
                _("The port {port} cannot be had: {reason}.").format(port=port, reason=error),
                remedy=_("Name another with --port."),
            ) from None
        own = _FIRST_PORT + crc32(str(desk.folder.resolve()).encode()) % _PORTS
        if _serves(own):
            raise CompendiumError(
                _("The page of this folder is open already, at {address}.")
                .format(address=f"http://127.0.0.1:{own}/"),
                remedy=_("Use it by the address that its terminal shows, or stop it there with "
                         "Ctrl+C; --port begins another."),
            )  # fmt: skip
        try:
            return cls(desk, own)
        except OSError:
            return cls(desk)

    @property
    def address(self) -> str:
        """Where to begin: with the token, which the browser then keeps."""
        return f"http://127.0.0.1:{self.server_port}/?token={self.token}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names under which the server is asked; under any other it is somebody else's page."""
        return tuple(f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost"))

    @property
    def cookie(self) -> str:
        """Name of the cookie; browsers share cookies between the ports of a machine."""
        return f"screening-{self.server_port}"

    def handle_error(self, request, client_address) -> None:
        """Report an error, unless it is only a closed connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _serves(port: int) -> bool:
    """Whether a server of this kind listens on a port of this machine."""
    line = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        line.request("HEAD", "/")
        return line.getresponse().getheader("Server", "").strip() == Handler.server_version
    except (OSError, HTTPException):
        return False
    finally:
        line.close()


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    server_version = "compendium"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Answer with the page, one of its files, or what it asks for."""
        self._answer(self._get)

    def do_POST(self) -> None:
        """Save a decision or a remark."""
        self._answer(self._post)

    def log_message(self, *arguments) -> None:
        """Say nothing of each request."""

    def _answer(self, how) -> None:
        try:
            if self.headers.get("Host") not in self.server.hosts:
                self.close_connection = True
                raise Refused(HTTPStatus.FORBIDDEN)
            self.server.context.copy().run(how)
        except Refused as error:
            self._send(error.args[0], b"", "text/plain")
        except CompendiumError as error:
            told = {"error": " ".join(filter(None, [error.message, error.remedy]))}
            self._json(told, HTTPStatus.UNPROCESSABLE_ENTITY)

    @property
    def _asked(self):
        return urlsplit(self.path)

    @property
    def _query(self) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(self._asked.query).items()}

    def _get(self) -> None:
        path = self._asked.path
        if path == "/" and "token" in self._query:
            self._enter()
            return
        if path == "/":
            self._page()
            return
        self._know()
        if path in _FILES:
            self._send(HTTPStatus.OK, (_PAGE / path[1:]).read_bytes(), _FILES[path])
        elif path.startswith("/full-text/"):
            self._full_text(unquote(path.removeprefix("/full-text/")))
        else:
            with speaking(self._language):
                self._json(self._told(path))

    def _told(self, path: str) -> dict | list:
        desk, asked = self.server.desk, self._query
        who = (asked.get("reviewer", ""), asked.get("role", decisions.INDEPENDENT))
        if path == "/api/choices":
            return desk.choices() | {"reviewers": desk.reviewers()}
        if path == "/api/list":
            return desk.listing(*who)
        if path == "/api/record":
            return desk.record(asked.get("key", ""), *who)
        if path == "/api/progress":
            return desk.progress(*who)
        raise Refused(HTTPStatus.NOT_FOUND)

    def _post(self) -> None:
        body = self._body()  # even of a request that is refused: the next one comes behind it
        self._know()
        # A page from elsewhere can neither set this header nor send JSON without being asked first.
        sent = self.headers.get("X-Screening", "")
        origin = self.headers.get("Origin")
        if not compare_digest(sent.encode(), self.server.token.encode()) or (
            origin is not None and origin.removeprefix("http://") not in self.server.hosts
        ):
            raise Refused(HTTPStatus.FORBIDDEN)
        said = _said(body)
        desk = self.server.desk
        with speaking(self._language):
            if self._asked.path == "/api/decide":
                fields = ("reviewer", "role", "record", "decision", "criterion", "reason")
                self._json(desk.decide(Answer(*(said.get(name, "") for name in fields))))
            elif self._asked.path == "/api/remark":
                desk.remark(*(said.get(n, "") for n in ("reviewer", "record", "labels", "note")))
                self._json({})
            else:
                raise Refused(HTTPStatus.NOT_FOUND)

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _LONGEST:
            self.close_connection = True
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.rfile.read(int(length))

    def _enter(self) -> None:
        """Take the token out of the address, where others could read it, into a cookie."""
        if not compare_digest(self._query["token"].encode(), self.server.token.encode()):
            raise Refused(HTTPStatus.FORBIDDEN)
        cookie = f"{self.server.cookie}={self.server.token}; HttpOnly; SameSite=Strict; Path=/"
        more = {"Set-Cookie": cookie, "Location": "/"}
        self._send(HTTPStatus.SEE_OTHER, b"", "text/plain", more)

    def _know(self) -> None:
        try:
            held = SimpleCookie(self.headers.get("Cookie", "")).get(self.server.cookie)
        except CookieError:
            held = None
        if not held or not compare_digest(held.value.encode(), self.server.token.encode()):
            raise Refused(HTTPStatus.FORBIDDEN)

    @property
    def _language(self) -> str:
        code = self._query.get("lang", "")
        return code if code in LANGUAGES else current()

    def _page(self) -> None:
        try:
            self._know()
        except Refused as error:  # a tab of an earlier server, opened again
            told = self.server.words[self._language]["anew"]
            self._send(error.args[0], told.encode(), "text/plain")
            return
        start = {
            "words": self.server.words, "language": self._language, "token": self.server.token,
            "stage": self.server.desk.plan.stage,
            "languages": {code: each.name for code, each in LANGUAGES.items()},
        }  # fmt: skip
        told = json.dumps(start, ensure_ascii=False).replace("<", "\\u003c")
        page = (_PAGE / "index.html").read_text(encoding="utf-8").replace("{start}", told)
        self._send(HTTPStatus.OK, page.encode(), "text/html")

    def _full_text(self, name: str) -> None:
        folder = self.server.desk.folder / full_texts.FOLDER
        files = {file.name: file for file in folder.glob("*.pdf")}
        if name not in files:
            raise Refused(HTTPStatus.NOT_FOUND)
        shown = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}"}
        self._send(HTTPStatus.OK, files[name].read_bytes(), "application/pdf", shown)

    def _json(self, told, status: HTTPStatus = HTTPStatus.OK) -> None:
        body = json.dumps(told, ensure_ascii=False, default=int).encode()
        self._send(status, body, "application/json")

    def _send(
        self, status: HTTPStatus, body: bytes, kind: str, more: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        text = "" if kind == "application/pdf" else "; charset=utf-8"
        for name, value in {**_HEADERS, **(more or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind + text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _said(body: bytes) -> dict[str, str]:
    """What the page sends: words by their names."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(HTTPStatus.BAD_REQUEST) from None
    if not isinstance(said, dict) or not all(isinstance(v, str) for v in said.values()):
        raise Refused(HTTPStatus.BAD_REQUEST)
    return said
