"""`--download`: pictures from the public web, once each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from deskpress.importers.platforms import downloading
from deskpress.importers.platforms.downloading import DownloadError, fetch, is_public
from tests.importers.conftest import Desk
from tests.importers.test_hostile import entry, export

Write = Callable[[str, str | bytes], Path]


class _Server(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/away.png":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.2:1/x.png")
            self.end_headers()
            return
        if self.path == "/gone.png":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if self.path == "/page.png" else "image/png")
        self.end_headers()
        self.wfile.write(b"\x89PNG of " + self.path.encode())

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    _Server.asked = []
    monkeypatch.setattr(downloading, "is_public", lambda host: host == "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def test_pictures_are_fetched_once(desk: Desk, source: Write, server: str) -> None:
    body = f'<p><img src="{server}/a.png" alt="A"><img src="{server}/view?id=7" alt="B"></p>'
    file = source("e.txt", export(entry(body)))

    desk.keep("mtif", file, "--download")

    text = desk.text("posts/2010-01-02-jar.md")
    assert "![A](../media/a.png)![B](../media/view.png)" in text
    assert (desk.content / "media/a.png").read_bytes() == b"\x89PNG of /a.png"
    before = desk.files()
    desk.keep("mtif", file, "--download")
    assert desk.files() == before
    assert len(_Server.asked) == 2


@pytest.mark.parametrize(
    ("path", "why"),
    [("/gone.png", "404"), ("/page.png", "it is no picture"), ("/away.png", "not on the public web")],
)
def test_what_cannot_be_had_is_told(server: str, path: str, why: str) -> None:
    with pytest.raises(DownloadError, match=why):
        fetch(f"{server}{path}")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "169.254.169.254",
        "192.168.0.1",
        "::1",
        "[::1]",
        "0.0.0.0",
        "fd00::1",
    ],
)
def test_hosts_of_this_machine_and_its_network_are_not_public(host: str) -> None:
    assert not is_public(host)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/a.png", "http:///a.png", "gopher://x/a.png"]
)
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(DownloadError, match="no address of the web"):
        fetch(url)
