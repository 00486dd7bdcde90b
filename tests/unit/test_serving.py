"""Whom the server of `deskpress serve` answers, over real sockets, and that nobody can keep it to himself."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner

from deskpress.app.dev_server import connections
from deskpress.app.dev_server import reload as reloading
from deskpress.app.dev_server.access import Access, host_problem, split_address
from deskpress.app.dev_server.connections import Server
from deskpress.app.dev_server.reload import EVENTS, BuildState
from deskpress.app.dev_server.responses import Handler
from deskpress.app.dev_server.status_page import STATUS
from deskpress.cli.main import main

DRAFT = b"<!doctype html><title>Draft</title>The plan for April."


class Desk:
    """A server of two files, and clients of it."""

    def __init__(self, folder: Path, *allowed: str, host: str = "127.0.0.1") -> None:
        folder.mkdir(exist_ok=True)
        (folder / "index.html").write_bytes(DRAFT)
        (folder / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        self.said: list[str] = []
        self.state = BuildState()
        self.state.built("/")
        self.server = Server((host, 0), Handler, folder, self.state, allowed=allowed, say=self.said.append)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.open = ExitStack()

    def connect(self, host: str = "127.0.0.1") -> socket.socket:
        """A connection; what is not answered fails the test."""
        made = socket.create_connection((host, self.port), timeout=60)
        return self.open.enter_context(made)

    def ask(self, *lines: str, path: str = "/", host: str = "127.0.0.1") -> bytes:
        """All that is answered to a request with these headers."""
        client = self.connect(host)
        client.sendall("\r\n".join((f"GET {path} HTTP/1.1", *lines, "Connection: close", "", "")).encode())
        return read_all(client)

    def close(self) -> None:
        self.open.close()
        self.state.close()
        self.server.shutdown()
        self.server.server_close()


def read_all(client: socket.socket) -> bytes:
    """What comes until the server closes; nothing more comes after it has cut a connection off."""
    parts = []
    try:
        while part := client.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "site")
    yield made
    made.close()


OWN = (
    "127.0.0.1:{}",
    "localhost:{}",
    "LOCALHOST:{}",
    "localhost.:{}",
    "desk.localhost:{}",
    "127.8.9.1:{}",
    "[::1]:{}",
    "[::ffff:127.0.0.1]:{}",
)
FOREIGN = (
    "evil.example:{}",
    "evil.example",
    "localhost",
    "localhost:1",
    "127.0.0.1:1",
    "127.0.0.1",
    "localhost.evil.example:{}",
    "127.0.0.1.evil.example:{}",
    "evil-localhost:{}",
    "notlocalhost:{}",
    "128.0.0.1:{}",
    "0.0.0.0:{}",
    "127.1:{}",
    "2130706433:{}",
    "0x7f000001:{}",
    "[::2]:{}",
    "localhost:{}@evil.example",
    "evil.example@localhost:{}",
    "evil.example/localhost:{}",
    "localhost:{}.evil.example",
    "localhost:{}, evil.example",
    "",
    "\u212aelvin:{}",
)


@pytest.mark.parametrize("name", OWN)
def test_this_machines_own_names_are_answered(desk: Desk, name: str) -> None:
    assert desk.ask(f"Host: {name.format(desk.port)}").endswith(
        DRAFT + b'<script src="/.deskpress/serve.js?build=1"></script>'
    )


def test_a_page_knows_its_build_and_is_sent_again_after_another(desk: Desk) -> None:
    def mark(answer: bytes) -> str:
        return answer.split(b"ETag: ")[1].split(b"\r\n")[0].decode()

    host = f"Host: 127.0.0.1:{desk.port}"
    page, drawing = (desk.ask(host, path=path) for path in ("/", "/a.svg"))
    # One that changed nothing makes no page old.
    desk.state.built("/", changed=False)
    assert next(desk.state.messages()).startswith(b'data: {"build": 1,')
    # A build that is done before the page listens to the events.
    desk.state.built("/")
    assert next(desk.state.messages()).startswith(b'data: {"build": 2,')
    assert b"serve.js?build=1" in page
    again = desk.ask(host, f"If-None-Match: {mark(page)}")
    assert status(again) == 200
    assert b"serve.js?build=2" in again
    assert status(desk.ask(host, f"If-None-Match: {mark(again)}")) == 304
    assert status(desk.ask(host, f"If-None-Match: {mark(drawing)}", path="/a.svg")) == 304


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("path", ["/", "/a.svg", "/missing", EVENTS, reloading.SCRIPT])
def test_any_other_name_is_refused(desk: Desk, name: str, path: str) -> None:
    answer = desk.ask(f"Host: {name.format(desk.port)}", path=path)
    assert status(answer) == 421
    assert b"April" not in answer
    assert b"begin it with --allow-host" in answer
    assert len(desk.said) == 1


def test_who_is_refused_reads_what_to_do(desk: Desk) -> None:
    answer = desk.ask("Host: desk.lan:9000").decode()
    line = (
        f"Not answered: desk.lan:9000. This server answers http://127.0.0.1:{desk.port}/ and"
        f" http://localhost:{desk.port}/; for another name begin it with --allow-host desk.lan"
    )
    assert answer.endswith(f"\r\n\r\n{line}\n")
    assert "Content-Type: text/plain" in answer
    for number in range(50):
        desk.ask("Host: desk.lan:9000")
        desk.ask(f"Host: n{number}.example")
    assert desk.said[0] == line
    assert len(desk.said) == len(set(desk.said)) == connections.TOLD


@pytest.mark.parametrize(
    "lines",
    [(), ("Host: localhost:{}", "Host: evil.example"), ("Host: evil.example", "Host: localhost:{}")],
    ids=["none", "second", "first"],
)
def test_there_is_one_host(desk: Desk, lines: tuple[str, ...]) -> None:
    assert status(desk.ask(*(line.format(desk.port) for line in lines))) in (400, 421)


def test_a_target_with_a_host_of_its_own_is_refused(desk: Desk) -> None:
    for target in ("http://evil.example/", f"http://localhost:{desk.port}/", "*", "evil.example:80"):
        assert status(desk.ask(f"Host: localhost:{desk.port}", path=target)) == 400


def test_a_body_does_not_become_the_next_request(desk: Desk) -> None:
    answer = desk.ask(f"Host: localhost:{desk.port}", "Content-Length: 5")
    assert status(answer) == 400
    assert answer.count(b"HTTP/1.1") == 1


def test_names_that_are_allowed_are_answered_at_any_port(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "site", "desk.example", "*.tunnel.example", "192.0.2.7")
    for name in (
        "desk.example",
        "DESK.example:443",
        "a.tunnel.example",
        "a.b.tunnel.example:99",
        "192.0.2.7:1",
    ):
        assert status(desk.ask(f"Host: {name}")) == 200, name
    for name in ("tunnel.example", "eviltunnel.example", "x.desk.example", "192.0.2.8"):
        assert status(desk.ask(f"Host: {name}")) == 421, name
    desk.close()


def test_a_server_for_others_answers_to_the_machine(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "site", host="0.0.0.0")
    machine = socket.gethostname().lower()
    for name in ("127.0.0.1", "localhost", "0.0.0.0", machine, f"{machine}.local"):
        assert status(desk.ask(f"Host: {name}:{desk.port}")) == 200, name
    # At whichever address it was asked, and at no other.
    assert status(desk.ask(f"Host: 127.3.3.3:{desk.port}", host="127.3.3.3")) == 200
    for name in ("evil.example", "192.0.2.7", "10.0.0.1"):
        assert status(desk.ask(f"Host: {name}:{desk.port}")) == 421, name
    desk.close()


def test_an_address_of_the_machine_is_its_own_only_where_it_was_asked() -> None:
    others = Access("0.0.0.0", 8000, (), "desk")
    assert others.admits("192.0.2.7:8000", "192.0.2.7")
    assert others.admits("192.0.2.7:8000", "::ffff:192.0.2.7")
    assert not others.admits("192.0.2.7:8000", "192.0.2.8")
    assert Access("192.0.2.7", 8000, (), "desk").admits("192.0.2.7:8000", "192.0.2.7")
    assert not Access("127.0.0.1", 8000, (), "desk").admits("desk:8000", "127.0.0.1")


def test_ipv6_is_served(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "site", host="::1")
    assert status(desk.ask(f"Host: [::1]:{desk.port}", host="::1")) == 200
    assert status(desk.ask(f"Host: localhost:{desk.port}", host="::1")) == 200
    desk.close()


@pytest.mark.parametrize(
    ("text", "parts"),
    [("127.0.0.1:0", ("127.0.0.1", 0)), ("[::1]:80", ("::1", 80)), ("desk:65535", ("desk", 65535))],
)
def test_addresses_are_read(text: str, parts: tuple[str, int]) -> None:
    assert split_address(text) == parts


@pytest.mark.parametrize("text", ["8000", ":8000", "::1:80", "desk:", "desk:x", "desk:65536", "[]:1"])
def test_what_is_no_address_is_said(text: str) -> None:
    with pytest.raises(ValueError):
        split_address(text)
    assert CliRunner().invoke(main, ["serve", "-a", text]).exit_code == 2


@pytest.mark.parametrize(
    "name", ["", "a b", "desk.example:80", "http://desk.example", "*", "a.*.b", "-x", "x/y", "a\nb"]
)
def test_a_host_that_cannot_be_allowed_is_said(name: str) -> None:
    assert host_problem(name)
    answer = CliRunner().invoke(main, ["serve", "--allow-host", name])
    assert answer.exit_code == 2
    assert "it must be a name or an address without a port" in answer.output


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Origin: http://localhost:{}", 200),
        ("Origin: http://127.0.0.1:{}", 200),
        ("Sec-Fetch-Site: same-origin", 200),
        ("Sec-Fetch-Site: none", 200),
        ("Origin: http://evil.example", 403),
        ("Origin: http://localhost:1", 403),
        ("Origin: http://localhost", 403),
        ("Origin: https://localhost:{}", 200),
        ("Origin: null", 403),
        ("Origin: ", 403),
        ("Origin: file://", 403),
        ("Origin: http://localhost:{}/", 403),
        ("Origin: http://evil.example:{}@localhost:{}", 403),
        ("Origin: http://[", 403),
        ("Sec-Fetch-Site: cross-site", 403),
        ("Sec-Fetch-Site: same-site", 403),
    ],
)
def test_only_own_pages_hear_of_builds(desk: Desk, header: str, expected: int) -> None:
    client = desk.connect()
    lines = (
        f"GET {EVENTS} HTTP/1.1",
        f"Host: localhost:{desk.port}",
        header.replace("{}", str(desk.port)),
        "",
        "",
    )
    client.sendall("\r\n".join(lines).encode())
    answer = client.recv(65536)
    assert status(answer) == expected
    if expected == 200:
        while b'"build": 1' not in answer:
            answer += client.recv(65536)
    else:
        assert b'build"' not in answer


def test_pages_of_other_sites_set_no_check_going(desk: Desk) -> None:
    checks: list[int] = []

    def table() -> bytes:
        checks.append(1)
        return b"The table"

    desk.state.status = table
    host = f"Host: localhost:{desk.port}"
    for header in ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: http://evil.example"):
        assert status(desk.ask(host, header, path=STATUS)) == 403
    assert not checks
    for header in ("Sec-Fetch-Site: none", "Sec-Fetch-Site: same-origin", "X-None: 1"):
        assert b"The table" in desk.ask(host, header, path=STATUS)
    assert len(checks) == 3


def test_a_drawing_that_is_opened_by_itself_runs_nothing(desk: Desk) -> None:
    answer = desk.ask(f"Host: localhost:{desk.port}", path="/a.svg")
    assert b"Content-Security-Policy: sandbox\r\n" in answer
    assert b"Content-Type: image/svg+xml\r\n" in answer


@pytest.mark.parametrize(
    "path", [".git/x.html", ".git", ".git/", ".deskpress", ".deskpress-staging/a.html", "a/.b/c"]
)
def test_what_is_no_part_of_the_site_is_not_served(desk: Desk, tmp_path: Path, path: str) -> None:
    for name in (".git/x.html", ".git/index.html", ".deskpress", ".deskpress-staging/a.html", "a/.b/c"):
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("planted")
    own = f"Host: localhost:{desk.port}"
    for address in (f"/{path}", f"/%2e{path[1:]}" if path[0] == "." else f"/{path}", f"/x/../{path}"):
        answer = desk.ask(own, path=address)
        assert status(answer) == 404
        assert b"planted" not in answer
    for address in ("/.well-known/security.txt", "/.well-known/"):
        file = tmp_path / "site/.well-known" / (address.rpartition("/")[2] or "index.html")
        file.parent.mkdir(exist_ok=True)
        file.write_text("meant")
        assert b"meant" in desk.ask(own, path=address)


def test_another_site_may_not_load_a_draft_as_its_own(desk: Desk) -> None:
    for path in ("/", "/a.svg", "/missing", "/sub"):
        answer = desk.ask(f"Host: localhost:{desk.port}", path=path)
        assert b"Cross-Origin-Resource-Policy: same-origin\r\n" in answer
        assert b"X-Content-Type-Options: nosniff\r\n" in answer


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "],
    ids=["nothing", "a word", "a line", "half a header"],
)
def test_a_request_that_does_not_come_is_given_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.1)
    client = desk.connect()
    client.sendall(sent)
    assert read_all(client) == b""


def test_a_letter_now_and_then_gains_no_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    client = desk.connect()
    client.sendall(b"GET / HTTP/1.1\r\nX: ")
    client.settimeout(0.02)
    ended = False
    # The client goes on for as long as it is let; without an end this loop would have none either.
    while not ended:
        try:
            client.sendall(b"x")
            ended = client.recv(1) == b""
        except TimeoutError:
            continue
        except ConnectionError:
            ended = True


@pytest.mark.parametrize(
    "unit", ["GET /{} HTTP/1.1\r\n", "GET / HTTP/1.1\r\nX: {}\r\n", "GET / HTTP/1.1\r\n{}"]
)
def test_a_request_has_an_end(desk: Desk, unit: str) -> None:
    client = desk.connect()
    much = "x: y\r\n" * 100_000 if unit.endswith("{}") else "x" * 500_000
    try:
        client.sendall(unit.format(much).encode())
        client.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # It was cut off before all was sent.
    assert status(read_all(client)) in (0, 414, 431)
    assert status(desk.ask(f"Host: localhost:{desk.port}")) == 200


def test_whoever_opens_many_connections_keeps_nobody_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "CONNECTIONS", 5)
    idle = [desk.connect() for _ in range(5)]
    for client in idle:
        client.sendall(b"GET / HTTP/1.1\r\nX: ")
    for _ in range(3):
        assert status(desk.ask(f"Host: localhost:{desk.port}")) == 200
    # The one that has waited longest had to go.
    assert read_all(idle[0]) == b""
    assert len(desk.server._waiting) + len(desk.server._answering) <= 5


def test_one_more_stream_closes_the_oldest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reloading, "STREAMS", 3)
    request = f"GET {EVENTS} HTTP/1.1\r\nHost: localhost:{desk.port}\r\n\r\n".encode()
    streams = []
    for _ in range(4):
        streams.append(desk.connect())
        streams[-1].sendall(request)
        answer = b""
        while b'"build": 1' not in answer:
            answer += streams[-1].recv(65536)
    assert read_all(streams[0]) == b""
    desk.state.built("/")
    for client in streams[1:]:
        answer = b""
        while b'"build": 2' not in answer:
            answer += client.recv(65536)
    assert len(desk.state._streams) == 3


def test_a_stream_counts_as_a_connection_that_is_answered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "CONNECTIONS", 2)
    stream = desk.connect()
    stream.sendall(f"GET {EVENTS} HTTP/1.1\r\nHost: localhost:{desk.port}\r\n\r\n".encode())
    answer = b""
    while b'"build": 1' not in answer:
        answer += stream.recv(65536)
    for _ in range(4):
        desk.connect()
    assert status(desk.ask(f"Host: localhost:{desk.port}")) == 200
    desk.state.built("/")
    answer = b""
    while b'"build": 2' not in answer:
        answer += stream.recv(65536)
