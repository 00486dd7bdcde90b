"""Limits on the memory and the CPU time of processes, where the system can set them (Linux)."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterator
from typing import NoReturn

from deskpress.engine.pool import CpuTimeError
from deskpress.publish.limits import Limits, exceeded


class _OverTimeError(BaseException):
    """The CPU time is used up; not an `Exception`, so that libraries do not catch it."""


ACCEPTED = 3
"""How many times longer accepted pushes may take: they were checked part by part."""


@contextlib.contextmanager
def time_bound(limits: Limits, *, editor: bool, accepted: bool = False) -> Iterator[None]:
    """Limit the CPU time of this process in the block, and that of each worker, if an `editor` pushed.

    Raises `LimitError`.
    """
    try:
        with _cpu_bound(limits.push_seconds * (ACCEPTED if accepted else 1) if editor else 0):
            yield
    except (_OverTimeError, CpuTimeError):
        what = "Checking and building this takes too much CPU time: push less at a time"
        if accepted:
            what = f"Building what was pushed takes more than {ACCEPTED} times the CPU time of a push"
        raise exceeded(limits, "push_seconds", what) from None


@contextlib.contextmanager
def _cpu_bound(seconds: int) -> Iterator[None]:
    """Raise `_OverTimeError` in the block after that many seconds of CPU time; 0 is no limit."""
    try:
        from resource import RLIMIT_CPU, getrlimit, setrlimit
    except ImportError:
        seconds = 0
    if not seconds:
        yield
        return
    soft, hard = getrlimit(RLIMIT_CPU)

    def end(number: int, frame: object) -> NoReturn:
        # The kernel signals again each second; cleaning up afterwards may take longer.
        setrlimit(RLIMIT_CPU, (hard, hard))
        raise _OverTimeError

    former = signal.signal(signal.SIGXCPU, end)
    allowed = int(time.process_time()) + seconds
    setrlimit(RLIMIT_CPU, (allowed if hard < 0 else min(allowed, hard), hard))
    try:
        yield
    finally:
        setrlimit(RLIMIT_CPU, (soft, hard))
        signal.signal(signal.SIGXCPU, former)


def unbound() -> None:
    """Remove from this process the limits that `bound` has set for its parent."""
    try:
        from resource import RLIMIT_CPU, RLIMIT_DATA, getrlimit, setrlimit
    except ImportError:
        return
    for kind in (RLIMIT_DATA, RLIMIT_CPU):
        _, hard = getrlimit(kind)
        setrlimit(kind, (hard, hard))


def bound(pid: int, memory: int, seconds: int) -> None:
    """Limit a process' memory (bytes) and CPU time (seconds) where the system can (Linux); 0 is no limit."""
    try:
        from resource import RLIMIT_CPU, RLIMIT_DATA, prlimit
    except ImportError:
        return
    with contextlib.suppress(ProcessLookupError):
        for kind, amount in ((RLIMIT_DATA, memory), (RLIMIT_CPU, seconds)):
            if amount:
                _, hard = prlimit(pid, kind)
                prlimit(pid, kind, (amount if hard < 0 else min(amount, hard), hard))
