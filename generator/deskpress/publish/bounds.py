"""Bounds on the memory and the CPU time of processes, where the system can set them (Linux)."""

from __future__ import annotations

import contextlib


def unbound() -> None:
    """Lift from this process what `bound` has laid on the one that started it."""
    try:
        from resource import RLIMIT_CPU, RLIMIT_DATA, getrlimit, setrlimit
    except ImportError:
        return
    for kind in (RLIMIT_DATA, RLIMIT_CPU):
        _, hard = getrlimit(kind)
        setrlimit(kind, (hard, hard))


def bound(pid: int, memory: int, seconds: int) -> None:
    """Bound a process' memory (bytes) and CPU time (seconds) where the system can (Linux); 0 is no bound."""
    try:
        from resource import RLIMIT_CPU, RLIMIT_DATA, prlimit
    except ImportError:
        return
    with contextlib.suppress(ProcessLookupError):
        for kind, amount in ((RLIMIT_DATA, memory), (RLIMIT_CPU, seconds)):
            if amount:
                _, hard = prlimit(pid, kind)
                prlimit(pid, kind, (amount if hard < 0 else min(amount, hard), hard))
