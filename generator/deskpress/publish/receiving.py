"""Runs git for the owner of a key: a limited number at a time, and only while the client sends data.

git itself waits for a client forever, and keeps what was sent so far on the disk. Therefore it is started by
a process that passes on the client's data, and ends git when that stops. If this process is killed, git ends
too: for git the client is gone then.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import inf
from pathlib import Path

from filelock import FileLock, Timeout
from msgspec import Struct

from deskpress.engine.fingerprint import digest
from deskpress.publish.bounds import bound
from deskpress.publish.limits import SMALL, Limits

RECEIVER = "DESKPRESS_RECEIVER"
"""Tells the hook which process waits for the push to be sent."""

OWN_FETCHES = 4
"""Fetches of one person at a time; of pushes one is sent at a time."""

GRACE = 3.0
"""Seconds for which git may clear up before it is killed."""

_CHUNK = 1 << 16


class PlaceError(Exception):
    """All places are taken, or the client has been too slow; the text says which."""


class Bounds(Struct, frozen=True):
    """Seconds after which git is ended: without any data, and in total; 0 is no limit."""

    idle: int
    whole: int


class HeldLocks(Struct):
    """Locks held while git runs; they can be released early."""

    locks: list[FileLock]

    def release(self) -> None:
        """Release them."""
        while self.locks:
            self.locks.pop().release()


@contextlib.contextmanager
def places(root: Path, who: str, limits: Limits, *, pushing: bool) -> Iterator[HeldLocks]:
    """Take a place of `who`, and one of the shared ones, to push or to fetch. Raises `PlaceError`."""
    folder = root / "work" / "places"
    folder.mkdir(parents=True, exist_ok=True)
    kind = "push" if pushing else "fetch"
    name = digest(who.encode("utf-8", "surrogateescape"))[:16]
    own, most = (1, limits.receives) if pushing else (OWN_FETCHES, limits.fetches)
    held = HeldLocks([])
    try:
        if not _take(held, folder / f"{kind}-{name}", own):
            several = f"{own} fetches by {who} are" if own > 1 else f"another push by {who} is"
            raise PlaceError(f"{several} being sent: try again when that has ended.")
        if not _take(held, folder / kind, most):
            raise PlaceError(f"The server is busy with {most} others that {kind}: try again in a moment.")
        yield held
    finally:
        held.release()


def _take(held: HeldLocks, path: Path, number: int) -> bool:
    for place in range(max(number, 1)):
        lock = FileLock(f"{path}.{place}")
        with contextlib.suppress(Timeout):
            lock.acquire(timeout=0)
            held.locks.append(lock)
            return True
    return False


def most_bytes(objects: Path, limits: Limits) -> int:
    """The most bytes of a push at the moment: all simultaneous pushes fit on the disk together."""
    room = (shutil.disk_usage(objects).free - limits.free) // max(limits.receives, 1)
    return min(max(limits.push, 1), max(SMALL, room))


def received(environment: Mapping[str, str]) -> None:
    """Tell the process that runs git that everything was sent: what follows has limits of its own."""
    if (pid := environment.get(RECEIVER, "")).isdecimal():
        with contextlib.suppress(OSError):
            os.kill(int(pid), signal.SIGUSR1)


def supervise(
    command: Sequence[str],
    environment: Mapping[str, str],
    limits: Limits,
    bounds: Bounds,
    done: Callable[[], None],
) -> int:
    """Run git for the client at the other end of standard input and output; returns its exit code.

    `done` is called when everything is received. Raises `PlaceError` if git was ended for its time.
    """
    waking, wakes = os.pipe()
    os.set_blocking(wakes, False)
    os.set_blocking(waking, False)
    heard: list[int] = []
    for number in (signal.SIGUSR1, signal.SIGCHLD):
        signal.signal(number, lambda number, frame: heard.append(number))
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    process = subprocess.Popen(
        command,
        env={**environment, RECEIVER: str(os.getpid())},
        stdin=subprocess.PIPE,
        process_group=0,
    )
    bound(process.pid, limits.git_memory, limits.git_seconds)
    assert process.stdin is not None
    pipe = _Pipe(process.stdin.fileno(), process.stdin.close)
    began = time.monotonic()
    while process.poll() is None:
        if signal.SIGUSR1 in heard:
            heard.clear()
            bounds = Bounds(0, 0)
            done()
        ends = (pipe.last + (bounds.idle or inf), began + (bounds.whole or inf))
        if (left := min(ends) - time.monotonic()) <= 0:
            pipe.end()
            _end(process)
            raise PlaceError(_too_slow(bounds, idle=ends[0] < ends[1]))
        ready, _, _ = select.select([waking, *pipe.wants], pipe.waits, [], left if left < inf else None)
        if waking in ready:
            os.read(waking, _CHUNK)
        pipe.hand_on(ready)
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


def _too_slow(bounds: Bounds, *, idle: bool) -> str:
    if idle:
        return f"Nothing was sent for {bounds.idle} s: the connection is ended. Try again."
    return f"The connection is ended after {bounds.whole} s: send less at a time."


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and the processes that it has started; it has time to remove what it has received."""
    for number in (0, signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
            return


class _Pipe:
    """Passes the client's data to git; `last` is when data last arrived."""

    def __init__(self, writer: int, close: Callable[[], None]) -> None:
        os.set_blocking(writer, False)
        self._writer, self._close = writer, close
        self._open, self._held = True, b""
        self.last = time.monotonic()

    @property
    def wants(self) -> list[int]:
        """Standard input, while data is expected from it."""
        return [0] if self._open and not self._held else []

    @property
    def waits(self) -> list[int]:
        """The pipe to git, while there is data for it."""
        return [self._writer] if self._held else []

    def hand_on(self, ready: Sequence[int]) -> None:
        """Read what is available, write what there is room for."""
        if 0 in ready:
            self._held = os.read(0, _CHUNK)
            self.last = time.monotonic()
            if not self._held:
                self.end()
        if self._held:
            # Data that waits for git is not the client's fault.
            self.last = time.monotonic()
            try:
                self._held = self._held[os.write(self._writer, self._held) :]
            except BlockingIOError:
                return
            except BrokenPipeError:
                self._held = b""
                self.end()

    def end(self) -> None:
        """Signal the end of the client's data to git."""
        self._open = False
        with contextlib.suppress(OSError):
            self._close()
