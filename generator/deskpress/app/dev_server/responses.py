"""The answers of `deskpress serve`: the built files, its script, and the event stream."""

from __future__ import annotations

import html
import http.server
import io
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from deskpress.app.dev_server.connections import HEAD_BYTES, SEND_SECONDS, Incoming, Server
from deskpress.app.dev_server.reload import EVENTS, SCRIPT, script, tag
from deskpress.app.dev_server.status_page import STATUS
from deskpress.build.request import SetupError
from deskpress.model.diagnostic import ContentError
from deskpress.model.output import path_of

_RUNNABLE = ("image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml")
"""Types other than HTML that run scripts in browsers when opened by themselves."""


def _is(test: Callable[[], bool]) -> bool:
    """A test of a path; False for one that the system cannot look up."""
    try:
        return test()
    except (OSError, ValueError):
        return False


def _hidden(path: Path) -> bool:
    """Whether a path below the site leads to something else: a checkout, our marker, staged files."""
    return any(part.startswith(".") and part != ".well-known" for part in path.parts)


def _mark(path: Path) -> str:
    """The entity tag of a file's state (RFC 9110 §8.8.3): a build writes only what it changes."""
    status = path.stat()
    return f'"{status.st_mtime_ns:x}-{status.st_size:x}"'


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers one connection."""

    # Connections are kept alive for a page and its assets, as in any web server.
    protocol_version = "HTTP/1.1"
    # Not the machine's: the type of scripts must not depend on it.
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".svg": "image/svg+xml",
        ".svgz": "image/svg+xml",
        ".xhtml": "application/xhtml+xml",
        ".xht": "application/xhtml+xml",
        ".js": "text/javascript",
        ".mjs": "text/javascript",
    }
    server: Server

    def setup(self) -> None:
        """Read with a limit."""
        super().setup()
        self._incoming = Incoming(self.connection)
        self.rfile = io.BufferedReader(self._incoming, HEAD_BYTES)

    def handle_one_request(self) -> None:
        """Wait for a request, and answer it."""
        self._incoming.begin()
        self.server.waits(self.connection)
        super().handle_one_request()

    def parse_request(self) -> bool:
        """Read a request; False if it was refused, and answered accordingly."""
        if not super().parse_request():
            return False
        self.server.answers(self.connection)
        self.connection.settimeout(SEND_SECONDS)
        hosts = self.headers.get_all("Host", [])
        # An absolute target would take precedence over `Host` (RFC 9112 §3.2.2).
        if not self.path.startswith("/") or len(hosts) > 1:
            return self._refuse(HTTPStatus.BAD_REQUEST, "Send the path alone, and one `Host`.")
        if self.headers.get("Content-Length", "0") != "0" or self.headers.get("Transfer-Encoding"):
            return self._refuse(HTTPStatus.BAD_REQUEST, "Requests to this server have no body.")
        if not self.server.access.admits(host := (hosts or [""])[0].strip(), self._local()):
            refusal = self.server.access.refusal(host)
            self.server.tell(refusal)
            return self._refuse(HTTPStatus.MISDIRECTED_REQUEST, refusal)
        return True

    def do_GET(self) -> None:
        """Answer with a file, the script, or the events."""
        path = unquote(urlsplit(self.path).path)
        if path == EVENTS:
            self._events()
        elif path == STATUS:
            self._status()
        elif path == SCRIPT:
            self._answer(script().encode(), "text/javascript; charset=utf-8")
        elif not path.startswith(self.server.state.base):
            self._redirect(HTTPStatus.FOUND, self.server.state.base)
        else:
            self._file(path[len(self.server.state.base) :])

    def _status(self) -> None:
        """Answer with the current table of what is not live."""
        # Each answer is a whole check.
        if not self._is_asked_here():
            line = "Pages of other sites may not ask for this: type the address of the page."
            self._refuse(HTTPStatus.FORBIDDEN, line)
            return
        build = self.server.state.build
        try:
            body = self.server.state.status()
        except (ContentError, SetupError, OSError) as error:
            body = f"<!doctype html><title>Status</title><body><pre>{html.escape(str(error))}</pre>".encode()
        self._answer(body + tag(build).encode(), "text/html; charset=utf-8")

    def do_HEAD(self) -> None:
        """Refuse: browsers do not send this."""
        # The base class would serve the current folder.
        self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)

    def _local(self) -> str:
        """The address of this machine at which the request arrived."""
        return str(self.connection.getsockname()[0])

    def _refuse(self, status: HTTPStatus, line: str) -> bool:
        self.close_connection = True
        self._answer(f"{line}\n".encode(), "text/plain; charset=utf-8", status)
        return False

    def _file(self, address: str) -> None:
        output = self.server.output
        try:
            root, target = output.resolve(), (output / path_of(address)).resolve()
            inside = target.is_relative_to(root) and not _hidden(target.relative_to(root))
        except (OSError, ValueError):
            target, inside = output, False
        if inside and _is(target.is_dir) and not address.endswith("/"):
            self._redirect(HTTPStatus.MOVED_PERMANENTLY, f"{urlsplit(self.path).path}/")
            return
        found = inside and _is(target.is_file)
        if not found:
            target = output / "404.html"
        # Before the file is checked: a later build is a newer build for this page.
        build = self.server.state.build
        kind = self.guess_type(str(target)) if target.is_file() else "text/html"
        mark = _mark(target) if found else ""
        if mark and kind == "text/html":
            mark = f'{mark[:-1]}-{build:x}"'
        if mark and mark == self.headers.get("If-None-Match"):
            self._answer(b"", "", HTTPStatus.NOT_MODIFIED, mark)
            return
        body = target.read_bytes() if target.is_file() else self._no_site()
        if kind == "text/html":
            body += tag(build).encode()
            kind += "; charset=utf-8"
        self._answer(body, kind, HTTPStatus.OK if found else HTTPStatus.NOT_FOUND, mark)

    def _answer(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK, mark: str = "") -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        if kind in _RUNNABLE:
            self.send_header("Content-Security-Policy", "sandbox")
        # With an entity tag the browser revalidates each time, and loads only what has changed.
        self.send_header("Cache-Control", "no-cache" if mark else "no-store")
        if mark:
            self.send_header("ETag", mark)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """Send the headers of every answer."""
        # A page of another site may not load drafts as pictures or scripts.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def _redirect(self, status: HTTPStatus, location: str) -> None:
        self.send_response(status)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _no_site(self) -> bytes:
        problems = html.escape(self.server.state.problems)
        title = "Not built yet"
        return f"<!doctype html><title>{title}</title><body><h1>{title}</h1><pre>{problems}</pre>".encode()

    def _is_asked_here(self) -> bool:
        """Whether the request comes from a page of this server or a person; not from another site."""
        origin = self.headers.get("Origin")
        # `Sec-Fetch-Site` (W3C Fetch Metadata) says what `Host` does not: which page sends the request.
        return self.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none") and (
            origin is None or self.server.access.admits_origin(origin, self._local())
        )

    def _events(self) -> None:
        if not self._is_asked_here():
            self._refuse(HTTPStatus.FORBIDDEN, "Only pages of this server are told when it builds.")
            return
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        for data in self.server.state.messages():
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Log nothing for each request."""
