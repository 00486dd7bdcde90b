"""Limits on the memory and the CPU time of processes, where the system can set them (Linux)."""

from __future__ import annotations

import contextlib
import math
import signal
import time
from collections.abc import Iterator
from typing import NoReturn

from deskpress.engine.memory_limit import memory_limit
from deskpress.engine.pool import CpuTimeError, NoMemoryError
from deskpress.model.diagnostic import printable
from deskpress.publish.limits import Limits, TimeLimitError, exceeded


class _OverTimeError(BaseException):
    """The CPU time is used up; not an `Exception`, so that libraries do not catch it."""


ACCEPTED = 3
"""How many times longer accepted pushes may take: they were checked part by part."""


@contextlib.contextmanager
def bounded(limits: Limits, *, editor: bool, accepted: bool = False, existing: float = 0.0) -> Iterator[None]:
    """Limit the memory of this process and of each worker in the block; their CPU time if an `editor` pushed.

    `existing` is the CPU time that the published texts take, in seconds: no push is charged for it. Raises
    `LimitError`.
    """
    seconds = limits.push_seconds * (ACCEPTED if accepted else 1)
    allowed = seconds + math.ceil(existing) if editor and seconds else 0
    try:
        with memory_limit(limits.memory), _cpu_bound(allowed):
            yield
    except (_OverTimeError, CpuTimeError):
        what = "Checking and building this takes too much CPU time: push less at a time"
        if accepted:
            what = f"Building what was pushed takes more than {ACCEPTED} times the CPU time of a push"
        raise exceeded(limits, "push_seconds", what, TimeLimitError) from None
    except NoMemoryError as error:
        what = f"Memory runs out at {printable(str(error))}: make it smaller, or push less at a time"
        raise exceeded(limits, "memory", what) from None
    except MemoryError:
        what = "Checking and building this takes too much memory: push less at a time"
        raise exceeded(limits, "memory", what) from None


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
