"""A server on this machine that speaks OpenAlex's `/works`, with the faults that a test asks for.

By https://developers.openalex.org/guides/page-through-results and …/api-reference/errors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit


def work(at: int, title: str = "") -> dict:
    """A work as OpenAlex gives it."""
    return {
        "id": f"https://openalex.org/W{1000 + at}", "doi": f"https://doi.org/10.5555/oa.{at}",
        "title": title or f"Title {at}", "publication_year": 2024, "type": "article",
        "authorships": [{"author": {"display_name": "Anna Kim"}}], "language": "en",
        "abstract_inverted_index": {"Открытые": [0], "innovations": [1]},
    }  # fmt: skip


class Openalex(ThreadingHTTPServer):
    """What it holds, what it was asked, and what goes wrong at which request, from 0.

    A fault is a status, a status with headers, or "cut": the connection breaks in the body.
    """

    def __init__(self, works: list[dict]):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.works, self.asked = works, []
        self.faults: dict[int, object] = {}
        self.told: list[dict] = []


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        server, at = self.server, len(self.server.asked)
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        server.asked.append(query)
        server.told.append(dict(self.headers))
        fault = server.faults.get(at)
        status, headers = fault if isinstance(fault, tuple) else (fault, {})
        if isinstance(status, int):
            self._send(status, {"error": "Fault", "message": f"fault {status}"}, headers)
            return
        size = int(query.get("per-page", 25))
        if urlsplit(self.path).path != "/works" or not 1 <= size <= 100:
            self._send(400, {"error": "Invalid query parameters error.", "message": "no such"})
            return
        begin = 0 if query["cursor"] == "*" else int(query["cursor"].removeprefix("at-"))
        results = server.works[begin : begin + size]
        cursor = f"at-{begin + len(results)}" if results else None
        self._send(200, {"meta": {"count": len(server.works), "per_page": size,
                                  "next_cursor": cursor}, "results": results},
                   cut=fault == "cut")  # fmt: skip

    def _send(self, status, said, headers=None, cut=False):
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        if cut:
            self.close_connection = True

    def log_message(self, *arguments):
        pass


@contextmanager
def running(works: list[dict]) -> Iterator[Openalex]:
    """The server, as long as the block runs."""
    server = Openalex(works)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
