"""Runs git for the owner of a key: so many at a time, and no longer than a client has something to send.

git itself waits for a client for ever, and keeps on the disk what was sent so far. It is therefore started
by a process that hands on to it what the client sends, and ends it when that stops. Whoever ends this
process ends git, too: to git the client is gone then.
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
    """All places are taken, or the client has been too slow; says so."""


class Bounds(Struct, frozen=True):
    """Seconds after which git is ended: when nothing was sent for as long, and in all; 0 is no bound."""

    idle: int
    whole: int


class HeldLocks(Struct):
    """The locks that somebody holds while git runs; they can be given back early."""

    locks: list[FileLock]

    def release(self) -> None:
        """Let others in."""
        while self.locks:
            self.locks.pop().release()


@contextlib.contextmanager
def places(root: Path, who: str, limits: Limits, *, pushing: bool) -> Iterator[HeldLocks]:
    """A place of `who`, and one of those of all, to push or to fetch. Raises `PlaceError`."""
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
    """How many bytes a push may send now: all that may be sent at a time have room on the disk together."""
    room = (shutil.disk_usage(objects).free - limits.free) // max(limits.receives, 1)
    return min(max(limits.push, 1), max(SMALL, room))


def received(environment: Mapping[str, str]) -> None:
    """Tell the process that runs git that all has been sent: what follows has bounds of its own."""
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
    """Run git for the client at the other end of standard input and output; its exit code.

    `done` is called when all is received. Raises `PlaceError` where git was ended for its time.
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
    """End git with all that it has started; it has time to remove what it has received."""
    for number in (0, signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
            return


class _Pipe:
    """Hands on to git what the client sends; `last` is when something came."""

    def __init__(self, writer: int, close: Callable[[], None]) -> None:
        os.set_blocking(writer, False)
        self._writer, self._close = writer, close
        self._open, self._held = True, b""
        self.last = time.monotonic()

    @property
    def wants(self) -> list[int]:
        """Standard input, while something is expected of it."""
        return [0] if self._open and not self._held else []

    @property
    def waits(self) -> list[int]:
        """The pipe to git, while there is something for it."""
        return [self._writer] if self._held else []

    def hand_on(self, ready: Sequence[int]) -> None:
        """Read what is there, write what there is room for."""
        if 0 in ready:
            self._held = os.read(0, _CHUNK)
            self.last = time.monotonic()
            if not self._held:
                self.end()
        if self._held:
            # What waits for git is no fault of the client.
            self.last = time.monotonic()
            try:
                self._held = self._held[os.write(self._writer, self._held) :]
            except BlockingIOError:
                return
            except BrokenPipeError:
                self._held = b""
                self.end()

    def end(self) -> None:
        """Say to git that the client sends no more."""
        self._open = False
        with contextlib.suppress(OSError):
            self._close()
