"""Hubs and search engines are told of a release; that they fail is told, no more."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest

from deskpress.publish import announce as module
from deskpress.publish.announce import announce
from deskpress.publish.remote import Remote
from tests.publish.conftest import Editor, live

Told = list[tuple[str, str]]


@pytest.fixture
def hub() -> Iterator[tuple[str, Told]]:
    """A server that hears announcements."""
    told: Told = []

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.append((self.headers["Content-Type"], body))
            if self.path == "/slow":
                for _ in range(40):
                    self.wfile.write(b"H")
                    time.sleep(0.1)
            self.send_response(500 if self.path == "/broken" else 204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", told
        server.shutdown()


def test_feeds_go_to_the_hub_and_pages_to_search_engines(hub: tuple[str, Told]) -> None:
    url, told = hub
    said: list[str] = []
    feeds = ["https://d.example/feed.xml", "https://d.example/atom.xml"]
    announce(f"{url}/", feeds, "abcd1234", ["https://d.example/a/"], said.append, f"{url}/indexnow")
    assert parse_qs(told[0][1]) == {"hub.mode": ["publish"], "hub.url": feeds}
    assert json.loads(told[1][1]) == {
        "host": "d.example",
        "key": "abcd1234",
        "urlList": ["https://d.example/a/"],
    }
    assert said == []


def test_a_hub_that_answers_letter_by_letter_is_left(
    hub: tuple[str, Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 1)
    said: list[str] = []
    announce(f"{hub[0]}/slow", ["https://d.example/feed.xml"], "", [], said.append)
    assert said == [f"{hub[0]}/slow has not answered within 1 s. The site is live all the same."]


def test_a_failure_is_told_and_no_more(hub: tuple[str, Told]) -> None:
    said: list[str] = []
    announce(f"{hub[0]}/broken", ["https://d.example/feed.xml"], "", [], said.append)
    announce("http://127.0.0.1:1/", ["https://d.example/feed.xml"], "", [], said.append)
    assert len(said) == 2
    assert all("The site is live all the same." in line for line in said)


@pytest.mark.slow
def test_a_push_tells_the_hub_what_changed(editor: Editor, server: Remote, hub: tuple[str, Told]) -> None:
    url, told = hub
    editor.configure(options={"websub_hub": f"{url}/"})
    editor.post("2012-04-02-april.md", "April.")
    assert editor.push().ok
    assert "https://desk.example/feed.xml" in parse_qs(told[-1][1])["hub.url"]
    editor.configure(options={"websub_hub": f"{url}/broken"})
    editor.post("2012-04-03-more.md", "More.")
    pushed = editor.push()
    assert pushed.ok
    assert "could not be notified" in pushed.said
    assert "2012/04/more.html" in live(server)
