"""Pushes that stall keep neither their place nor the disk, and what killed ones leave behind goes."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import pytest
from msgspec.structs import replace

from deskpress.publish import quarantine
from deskpress.publish.limits import SMALL, Limits
from deskpress.publish.receiving import OWN_FETCHES, PlaceError, most_bytes, places
from deskpress.publish.remote import Remote
from tests.publish.conftest import ENVIRONMENT, Editor, deskpress
from tests.publish.test_limits import limit


def test_a_person_has_one_place_to_push_and_all_have_so_many(tmp_path: Path) -> None:
    limits = replace(Limits(), receives=2)
    with ExitStack() as held:
        eve = held.enter_context(places(tmp_path, "eve", limits, pushing=True))
        with pytest.raises(PlaceError, match="another push by eve is being sent"):
            held.enter_context(places(tmp_path, "eve", limits, pushing=True))
        held.enter_context(places(tmp_path, "bob", limits, pushing=True))
        with pytest.raises(PlaceError, match="busy with 2 others that push"):
            held.enter_context(places(tmp_path, "ana", limits, pushing=True))
        # All is received: others may send while it is checked.
        eve.release()
        held.enter_context(places(tmp_path, "ana", limits, pushing=True))


def test_so_many_fetch_at_a_time(tmp_path: Path) -> None:
    limits = replace(Limits(), fetches=OWN_FETCHES + 1)
    with ExitStack() as held:
        for _ in range(OWN_FETCHES):
            held.enter_context(places(tmp_path, "eve", limits, pushing=False))
        with pytest.raises(PlaceError, match="4 fetches by eve"):
            held.enter_context(places(tmp_path, "eve", limits, pushing=False))
        held.enter_context(places(tmp_path, "bob", limits, pushing=False))
        with pytest.raises(PlaceError, match="busy with 5 others that fetch"):
            held.enter_context(places(tmp_path, "bob", limits, pushing=False))
        held.enter_context(places(tmp_path, "bob", limits, pushing=True))


def test_all_that_may_be_sent_at_a_time_has_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def free(amount: int) -> int:
        usage = type("Usage", (), {"free": amount})
        monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
        return most_bytes(tmp_path, Limits())

    assert free(100 * 10**9) == 10**9
    assert free(500_000_000 + 16 * 50_000_000) == 50_000_000
    # Small pushes pass, however full it is.
    assert free(0) == SMALL


def test_what_nobody_needs_any_more_is_removed(tmp_path: Path) -> None:
    folders = [tmp_path / f"tmp_objdir-incoming-{name}" for name in ("old", "new", "needed")]
    for folder in (*folders, tmp_path / "ab"):
        (folder / "pack").mkdir(parents=True)
        (folder / "pack/x").write_text("x")
    long_ago = time.time() - 3600
    for folder in (folders[0], folders[2], tmp_path / "ab"):
        for path in (folder / "pack/x", folder / "pack", folder):
            os.utime(path, (long_ago, long_ago))
    environment = {**os.environ, "GIT_QUARANTINE_PATH": str(folders[2])}
    with subprocess.Popen(["sleep", "60"], env=environment) as hook:
        assert quarantine.tidy(tmp_path) == [folders[0].name]
        hook.kill()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ab", folders[2].name, folders[1].name]
    assert quarantine.tidy(tmp_path) == [folders[2].name]


SUPERVISED = """
import sys
from deskpress.publish.limits import Limits
from deskpress.publish.receiving import Bounds, PlaceError, supervise
try:
    idle, whole, *command = sys.argv[1:]
    bounds, done = Bounds(int(idle), int(whole)), lambda: print("done", flush=True)
    code = supervise(command, {"PATH": "/usr/bin:/bin"}, Limits(), bounds, done)
except PlaceError as error:
    sys.exit(f"{error}")
sys.exit(code)
"""


def supervised(*arguments: str, feed: bytes | None = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", SUPERVISED, *arguments]
    return subprocess.run(command, input=feed, capture_output=True, check=False, timeout=60)


def test_what_is_sent_arrives_and_the_exit_code_comes_back() -> None:
    data = os.urandom(3_000_000)
    assert supervised("5", "9", "cat", feed=data).stdout == data
    assert supervised("5", "9", "sh", "-c", "exit 7").returncode == 7
    # Who reads nothing of it waits for nobody.
    assert supervised("5", "9", "sh", "-c", "exit 3", feed=data).returncode == 3


def said(stream: IO[bytes] | None) -> bytes:
    """All that a process has printed until its end."""
    assert stream is not None
    return stream.read()


@pytest.mark.slow
def test_who_sends_nothing_is_ended_unless_all_is_received() -> None:
    command = [sys.executable, "-c", SUPERVISED, "1", "60", "sh", "-c"]
    stalled = subprocess.Popen([*command, "cat"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    hook = "kill -USR1 $DESKPRESS_RECEIVER; sleep 1.5; echo published"
    received = subprocess.Popen([*command, hook], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    slow = subprocess.Popen(
        [sys.executable, "-c", SUPERVISED, "0", "1", "sleep", "60"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert b"Nothing was sent for 1 s" in said(stalled.stderr)
    assert said(received.stdout) == b"done\npublished\n"
    assert b"ended after 1 s" in said(slow.stderr)
    for process in (stalled, received, slow):
        process.wait(30)
    assert [process.returncode for process in (stalled, received, slow)] == [1, 0, 1]


@pytest.mark.slow
class TestPushes:
    @pytest.fixture
    def stall(self, editor: Editor, server: Remote) -> Callable[[str], subprocess.Popen[bytes]]:
        """Begins a push with a key, which sends a part of a pack and then nothing."""

        def begin(name: str) -> subprocess.Popen[bytes]:
            head = server.repository.head("main")
            asked = f"git-receive-pack '{server.repository.path}'"
            process = subprocess.Popen(
                [sys.executable, "-m", "deskpress", "remote", "serve", name, str(server.root)],
                env={**ENVIRONMENT, "SSH_ORIGINAL_COMMAND": asked},
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            assert process.stdin is not None
            line = f"{head} {'1' * 40} refs/heads/main\0report-status\n".encode()
            # Half of a blob of two million bytes (git's pack-format: type 3, then the size by 7 bits).
            blob = b"\xb0\xc8\xd0\x07" + zlib.compressobj(0).compress(os.urandom(1_000_000))
            pack = b"PACK" + struct.pack(">II", 2, 500) + blob
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(b"%04x" % (len(line) + 4) + line + b"0000" + pack)
                process.stdin.flush()
            return process

        return begin

    def waiting(self, server: Remote) -> list[str]:
        return [path.name for path in (server.repository.path / "objects").glob("tmp_objdir-*")]

    def test_a_push_that_stalls_ends_and_leaves_nothing(
        self, stall: Callable[[str], subprocess.Popen[bytes]], server: Remote
    ) -> None:
        limit(server, idle_seconds=2)
        first = stall("eve")
        while not self.waiting(server):
            assert first.poll() is None
        second = stall("eve")
        assert second.wait(30) == 1
        assert b"another push by eve is being sent" in said(second.stderr)
        assert first.wait(30) == 1
        assert b"Nothing was sent for 2 s" in said(first.stderr)
        assert self.waiting(server) == []

    def test_who_ends_the_process_that_serves_ends_git(
        self, stall: Callable[[str], subprocess.Popen[bytes]], server: Remote
    ) -> None:
        first = stall("eve")
        while not self.waiting(server):
            assert first.poll() is None
        first.kill()
        first.wait()
        end = time.monotonic() + 30
        while self.waiting(server):
            assert time.monotonic() < end

    def test_repair_removes_what_a_killed_push_has_left(self, editor: Editor, server: Remote) -> None:
        left = server.repository.path / "objects/tmp_objdir-incoming-x1"
        left.mkdir()
        (left / "pack").write_bytes(b"x" * 1000)
        for path in (left / "pack", left):
            os.utime(path, (1e9, 1e9))
        said = deskpress("remote", "repair", "-C", server.root).said
        assert "removed tmp_objdir-incoming-x1, which an interrupted push has left" in said
        assert self.waiting(server) == []
