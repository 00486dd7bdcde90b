"""`--download`: pictures from the public web, once each."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from deskpress.importers.platforms import downloading, public_web
from deskpress.importers.platforms.downloading import DownloadError, Downloads, fetch
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
        if self.path in ("/cut.png", "/drip.png"):
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", "1000")
            self.end_headers()
            while self.path == "/drip.png":
                self.wfile.write(b"\x89")
                time.sleep(0.01)
            return
        if self.path == "/waits.png":
            while True:
                self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                time.sleep(0.01)
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
    monkeypatch.setattr(public_web, "is_public", lambda address: address == "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


@pytest.mark.slow
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
    [
        ("/gone.png", "404"),
        ("/page.png", "it is not a picture"),
        ("/away.png", "not on the public web"),
        ("/cut.png", "broke off"),
    ],
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
        "[::1]",
        "0.0.0.0",
        "2130706433",
        "0x7f.1",
        "017700000001",
        "224.0.0.1",
        "[fd00::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:7f00:1::1]",
        "[ff02::1]",
    ],
)
def test_hosts_of_this_machine_and_its_network_are_not_public(host: str) -> None:
    for scheme in ("http", "https"):
        with pytest.raises(DownloadError, match="not on the public web"):
            fetch(f"{scheme}://{host}:1/a.png")


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e"])
def test_addresses_of_the_web_are_public(address: str) -> None:
    assert public_web.is_public(address)


def test_what_was_judged_is_what_is_connected_to(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(server.rpartition(":")[2])
    answers = iter(["127.0.0.1", "127.0.0.2"])

    def changing(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    assert fetch(f"http://rebound.example:{port}/a.png")[1] == b"\x89PNG of /a.png"
    assert next(answers) == "127.0.0.2"


@pytest.mark.parametrize("path", ["/drip.png", "/waits.png"])
def test_a_host_that_never_ends_is_left(server: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloading, "ALTOGETHER", 0.2)
    with pytest.raises(DownloadError, match="it takes more than"):
        fetch(f"{server}{path}")


def test_an_import_fetches_so_much_and_no_more(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "MOST_BYTES", 20)
    downloads = Downloads(tmp_path, tmp_path)
    downloads.get(f"{server}/a.png", lambda name, data: name)
    downloads.get(f"{server}/b.png", lambda name, data: name)
    with pytest.raises(DownloadError, match="the next one goes on"):
        downloads.get(f"{server}/c.png", lambda name, data: name)
    assert _Server.asked == ["/a.png", "/b.png"]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/a.png", "http:///a.png", "gopher://x/a.png"]
)
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(DownloadError, match="not an address of the web"):
        fetch(url)
