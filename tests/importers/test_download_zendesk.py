"""`deskpress download zendesk`: a server on loopback that answers as Zendesk's reference says."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from deskpress.importers.downloads import api as api_module
from deskpress.importers.downloads.api import Api, DownloadFailedError, origin_of
from deskpress.importers.downloads.zendesk import download
from tests.importers.conftest import Desk

ROOT = "/api/v2/help_center"


class Center(ThreadingHTTPServer):
    """A help center of five articles, two of them translated, in pages of two; it keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.origin = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[tuple[str, str]] = []
        self.replies: list[tuple[int, dict[str, str]]] = []
        """What is answered first, in place of the answer."""
        self.texts = {number: f"<p>How to descale kettle {number}.</p>" for number in range(1, 6)}
        self.texts[1] += f'<p><img src="{self.origin}/hc/article_attachments/71/k.png" alt="The kettle"></p>'
        self.changed = dict.fromkeys(self.texts, "2026-01-01T00:00:00Z")
        self.files = {"/hc/article_attachments/71/k.png": b"\x89PNG kettle"}
        self.elsewhere = ""

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def answer(self, path: str, query: dict[str, list[str]]) -> dict[str, Any] | None:
        if path == f"{ROOT}/locales.json":
            return {"locales": ["de", "en-us"], "default_locale": "en-us"}
        parts = path.removeprefix(f"{ROOT}/").removesuffix(".json").split("/")
        if parts[0] == "articles" and parts[-1] == "attachments":
            own = [
                {
                    "id": 71,
                    "article_id": 1,
                    "file_name": "k.png",
                    "size": 11,
                    "inline": True,
                    "content_url": self.elsewhere or f"{self.origin}/hc/article_attachments/71/k.png",
                }
            ]
            return {"article_attachments": own if parts[1] == "1" else []}
        records = self._records(*parts) if len(parts) == 2 else None
        if records is None:
            return None
        at, size = int(query.get("page[after]", ["0"])[0]), min(int(query["page[size]"][0]), 2)
        more = at + size < len(records)
        following = f"{self.origin}{path}?page[size]={size}&page[after]={at + size}"
        return {
            parts[1]: records[at : at + size],
            "meta": {"has_more": more, "after_cursor": str(at + size)},
            "links": {"next": following if more else None},
        }

    def _records(self, locale: str, name: str) -> list[dict[str, Any]] | None:
        base = {"locale": locale, "source_locale": "en-us", "created_at": "2025-06-01T00:00:00Z"}
        if name == "categories":
            return [{"id": 10, "name": "Kettles", **base}]
        if name == "sections":
            return [{"id": 20, "name": "Care", "category_id": 10, **base}]
        if name != "articles":
            return None
        numbers = [1, 2] if locale == "de" else sorted(self.texts)
        return [
            {
                "id": number,
                "section_id": 20,
                "title": f"Kettle {number}",
                "body": self.texts[number],
                "updated_at": self.changed[number],
                "edited_at": self.changed[number],
                "html_url": f"{self.origin}/hc/{locale}/articles/{number}-Kettle",
                "user_segment_id": 9 if number == 4 else None,
                "draft": False,
                **base,
            }
            for number in numbers
        ]


class _Handler(BaseHTTPRequestHandler):
    server: Center

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.asked.append((self.path, self.headers.get("Authorization") or ""))
        if self.server.replies:
            code, headers = self.server.replies.pop(0)
            if code:
                self._reply(code, b"{}", headers)
                return
        if parts.path in self.server.files:
            self._reply(200, self.server.files[parts.path], {"Content-Type": "image/png"})
            return
        if parts.path == "/away":
            self._reply(302, b"", {"Location": self.server.elsewhere})
            return
        answer = self.server.answer(parts.path, parse_qs(parts.query))
        self._reply(404 if answer is None else 200, json.dumps(answer).encode(), {})

    def _reply(self, code: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Print nothing."""


@pytest.fixture
def center() -> Iterator[Center]:
    with Center() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


class Clock:
    """Waits that take no time, and are kept."""

    def __init__(self) -> None:
        self.at = 0.0
        self.waits: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.at += seconds

    def now(self) -> float:
        return self.at


def api_of(center: Center, clock: Clock, token: str = "", per_minute: int = 1_000_000) -> Api:
    return Api(center.origin, token, per_minute, wait=clock.wait, now=clock.now)


def fetch(center: Center, folder: Path, clock: Clock | None = None) -> Any:
    return download(api_of(center, clock or Clock()), folder, lambda what, total: lambda done: None)


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_all_pages_languages_and_files_come_and_are_imported(
    center: Center, desk: Desk, tmp_path: Path
) -> None:
    found = fetch(center, tmp_path / "export")
    assert (found.articles, found.sections, found.categories, found.files, found.failed) == (5, 1, 1, 1, ())
    assert len(list((tmp_path / "export/articles/en-us").iterdir())) == 3
    assert len(list((tmp_path / "export/articles/de").iterdir())) == 1
    assert (tmp_path / "export/article_attachments/71/k.png").read_bytes() == b"\x89PNG kettle"

    desk.keep("zendesk", tmp_path / "export")
    topics = {p.name for p in (desk.content / "help").rglob("*.md")}
    assert {f"kettle-{number}.md" for number in range(1, 6)} <= topics
    [first] = (desk.content / "help").rglob("kettle-1.md")
    assert "![The kettle](" in first.read_text()
    [restricted] = (desk.content / "help").rglob("kettle-4.md")
    assert "draft: true" in restricted.read_text()


def test_a_download_that_was_cut_off_goes_on(center: Center, tmp_path: Path) -> None:
    center.replies = [*[(0, dict[str, str]())] * 4, (403, {})]
    with pytest.raises(DownloadFailedError, match="the token is missing, or may not read this"):
        fetch(center, tmp_path)
    before = center.paths()
    center.asked = []
    fetch(center, tmp_path)
    assert not {path for path in before[1:4] if "locales" not in path} & set(center.paths())
    whole = files_of(tmp_path)
    other = tmp_path.with_name("other")
    fetch(center, other)
    assert files_of(other) == whole


def test_a_second_download_brings_what_changed(center: Center, tmp_path: Path) -> None:
    fetch(center, tmp_path)
    center.asked = []
    center.texts.pop(5)
    center.texts[2] += "<p>More.</p>"
    center.changed[2] = "2026-02-02T00:00:00Z"
    found = fetch(center, tmp_path)
    assert found.articles == 4
    asked = [path for path in center.paths() if "attachments" in path]
    assert asked == [f"{ROOT}/articles/2/attachments.json?page[size]=100"]
    assert not (tmp_path / "articles/en-us/00003.json").exists()


def test_the_rate_is_bounded_and_a_server_is_given_the_time_that_it_asks_for(
    center: Center, tmp_path: Path
) -> None:
    clock = Clock()
    center.replies = [(429, {"Retry-After": "93"}), (503, {})]
    api = api_of(center, clock, per_minute=60)
    download(api, tmp_path, lambda what, total: lambda done: None)
    assert 93 in clock.waits
    assert 2 in clock.waits
    assert clock.at >= len(center.asked) - 1


def test_a_server_that_always_fails_ends_the_download(center: Center, tmp_path: Path) -> None:
    center.replies = [(500, {})] * 20
    with pytest.raises(DownloadFailedError, match="the server answers 500, 6 times"):
        fetch(center, tmp_path)


def test_the_token_goes_to_the_center_alone(
    center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deskpress.importers.platforms import public_web

    monkeypatch.setattr(public_web, "is_public", lambda address: True)
    with Center() as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        for way in (f"{other.origin}/hc/article_attachments/71/k.png", f"{center.origin}/away"):
            center.asked, other.asked = [], []
            center.elsewhere = way
            api = api_of(center, Clock(), "Bearer secret")
            if way.endswith("/away"):
                # The record names the center, which leads on to the other server.
                center.elsewhere = f"{other.origin}/hc/article_attachments/71/k.png"
                assert api.file(f"{center.origin}/away") == b"\x89PNG kettle"
            else:
                download(api, tmp_path / "a", lambda what, total: lambda done: None)
            assert {token for _, token in center.asked} == {"Bearer secret"}
            assert [token for path, token in other.asked if "article_attachments" in path] == [""]
        other.shutdown()


def test_the_token_is_not_sent_in_the_clear_to_the_center_itself(center: Center) -> None:
    """An address by http on the same host and port, as anybody may write one into an article's files."""
    api = Api(center.origin.replace("http:", "https:"), "Bearer secret", wait=lambda seconds: None)
    assert api.file(f"{center.origin}/hc/article_attachments/71/k.png") == b"\x89PNG kettle"
    assert [token for _, token in center.asked] == [""]


ODD = {
    "files without end": ({"article_attachments": [], "next_page": "{n}"}, "more than 100 pages"),
    "a page that leads to itself": ({"article_attachments": [], "next_page": "{same}"}, "is the same one"),
}


@pytest.mark.parametrize("name", ODD)
def test_lists_of_files_that_do_not_end_are_left(
    center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    pattern, problem = ODD[name]
    usual, asked = center.answer, count()

    def answer(path: str, query: dict[str, list[str]]) -> dict[str, Any] | None:
        if not path.endswith("/attachments.json"):
            return usual(path, query)
        following = {"{n}": f"{path}?page={next(asked)}", "{same}": f"{path}?page=1"}
        return {**pattern, "next_page": following[str(pattern["next_page"])]}

    monkeypatch.setattr(center, "answer", answer)
    with pytest.raises(DownloadFailedError, match=problem):
        fetch(center, tmp_path)
    assert len(center.asked) < 150


@pytest.mark.parametrize("odd", [7, "text", {"id": 1}, [7, "text", None, [[]], {"id": None}]])
def test_files_that_are_no_list_of_records_are_none(
    center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: object
) -> None:
    usual = center.answer

    def answer(path: str, query: dict[str, list[str]]) -> dict[str, Any] | None:
        return {"article_attachments": odd} if path.endswith("/attachments.json") else usual(path, query)

    monkeypatch.setattr(center, "answer", answer)
    assert fetch(center, tmp_path).files == 0


def test_a_center_of_countless_languages_is_left(
    center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locales = {"locales": [f"en-x{number}" for number in range(1000)], "default_locale": "en"}
    monkeypatch.setattr(center, "answer", lambda path, query: locales)
    with pytest.raises(DownloadFailedError, match="more than 200 languages"):
        fetch(center, tmp_path)


def test_all_of_a_download_is_bounded(
    center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_module, "MOST_BYTES", 1000)
    with pytest.raises(DownloadFailedError, match="sends more than 1,000 bytes in all"):
        fetch(center, tmp_path)


@pytest.mark.parametrize("asked", ["\u00b2", "9" * 5000, "Fri, 31 Dec 99999 23:59:59 GMT"])
def test_an_odd_time_to_wait_is_no_error_of_ours(center: Center, tmp_path: Path, asked: str) -> None:
    center.replies = [(0, {}), (429, {"Retry-After": asked})]
    assert fetch(center, tmp_path).articles == 5


def test_files_of_a_network_are_not_fetched_for_a_center(center: Center, tmp_path: Path) -> None:
    center.elsewhere = "http://127.0.0.1:1/secret.png"
    found = fetch(center, tmp_path)
    assert found.files == 0
    assert "not on the public web" in found.failed[0]


def test_pages_of_another_server_are_not_followed(center: Center, tmp_path: Path) -> None:
    api = api_of(center, Clock())
    with pytest.raises(DownloadFailedError, match="on another server"):
        api.json("https://evil.example/api/v2/help_center/articles.json")


@pytest.mark.parametrize("name", ["../../../a.png", "/etc/passwd", "a\0b", "", "...", "-x", "CON"])
def test_names_of_files_lead_nowhere_else(center: Center, tmp_path: Path, name: str) -> None:
    from deskpress.importers.downloads.zendesk import _file_name

    assert (tmp_path / _file_name(name)).resolve().parent == tmp_path.resolve()


def test_a_folder_of_something_else_is_left_alone(center: Center, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Mine.")
    with pytest.raises(DownloadFailedError, match="is not empty, and holds no download"):
        fetch(center, tmp_path)
    (tmp_path / "notes.txt").unlink()
    (tmp_path / "download.json").write_text('{"center": "https://other.example", "lists": {}}')
    with pytest.raises(DownloadFailedError, match=r"holds a download of https://other\.example"):
        fetch(center, tmp_path)


@pytest.mark.parametrize(
    ("url", "token", "origin"),
    [
        ("https://Desk.zendesk.com/hc/en-us", True, "https://desk.zendesk.com"),
        ("desk.zendesk.com", True, "https://desk.zendesk.com"),
        ("http://desk.zendesk.com", False, "http://desk.zendesk.com"),
        ("http://desk.zendesk.com", True, ""),
        ("https://me:pw@desk.zendesk.com", False, ""),
        ("ftp://desk.zendesk.com", False, ""),
        ("https://", False, ""),
    ],
)
def test_a_token_is_sent_over_https_alone(url: str, token: bool, origin: str) -> None:
    if origin:
        assert origin_of(url, token=token) == origin
    else:
        with pytest.raises(DownloadFailedError):
            origin_of(url, token=token)


def test_the_command(center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZENDESK_EMAIL", "ana@desk.example")
    monkeypatch.setenv("ZENDESK_API_TOKEN", "t0ken")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "deskpress", "download", "zendesk", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = run(center.origin, str(tmp_path / "x"), "--per-minute", "2500")
    assert done.returncode == 0, done.stderr
    assert "5 articles, 1 section, 1 category, 1 file" in done.stdout
    expected = "Basic " + base64.b64encode(b"ana@desk.example/token:t0ken").decode()
    assert {token for _, token in center.asked} == {expected}

    done = run("http://127.0.0.1:1", str(tmp_path / "y"))
    assert done.returncode == 2
    assert "http://127.0.0.1:1 cannot be reached" in done.stderr
    monkeypatch.delenv("ZENDESK_API_TOKEN")
    done = run(center.origin, str(tmp_path / "z"))
    assert done.returncode == 2
    assert "set ZENDESK_API_TOKEN, too" in done.stderr
