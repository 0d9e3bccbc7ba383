"""A local server for the built site, which compresses as a public one does."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

from compendium.errors import CompendiumError
from compendium.language import _

_COMPRESSED = (".html", ".css", ".js", ".svg", ".json", ".xml", ".txt", ".csv", ".ipynb")


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder, text compressed where the browser takes it."""

    def send_head(self):
        """Send the headers; give the body."""
        file = Path(self.translate_path(self.path))
        if file.is_dir() and self.path.endswith("/"):
            file /= "index.html"
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if file.suffix not in _COMPRESSED or not file.is_file():
            return super().send_head()
        body = self.told(file)
        body = gzip.compress(body, mtime=0) if takes else body
        self.send_response(HTTPStatus.OK)
        kind = self.guess_type(str(file))
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        if takes:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def told(self, file: Path) -> bytes:
        """What is sent of a file of text."""
        return file.read_bytes()

    def send_error(self, code, message=None, explain=None):
        """The book's own page where a page is not there."""
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Say nothing of each request."""


class Server(ThreadingHTTPServer):
    """A server that does not mind a browser that has gone away."""

    def handle_error(self, request, client_address):
        """Report an error, unless it is only a closed connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def server(
    folder: Path, port: int, handler: Callable[..., Handler] = Handler
) -> ThreadingHTTPServer:
    """A server of the folder on this machine only; port 0 takes a free one.

    Raises
    ------
    CompendiumError
        If the port cannot be used.
    """
    try:
        return Server(("127.0.0.1", port), partial(handler, directory=str(folder)))
    except OSError as error:
        raise CompendiumError(
            _("Port {port} cannot be used: {why}.").format(port=port, why=error.strerror),
            remedy=_("Choose another with --port, or 0 for any free one."),
        ) from None
