"""Bounds the memory of this process, and of those that it starts, where the system can (Linux)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator


@contextlib.contextmanager
def memory_limit(amount: int) -> Iterator[None]:
    """Let each process take that many bytes at most in the block; 0 is no limit.

    What needs more raises `MemoryError`, or ends a process in which a C library cannot go on. RLIMIT_DATA of
    setrlimit(2) counts data and private mappings, but neither files that are mapped nor shared memory.
    """
    try:
        from resource import RLIMIT_DATA, getrlimit, setrlimit
    except ImportError:
        amount = 0
    if not amount:
        yield
        return
    soft, hard = getrlimit(RLIMIT_DATA)
    allowed = min(one for one in (amount, soft, hard) if one >= 0)
    setrlimit(RLIMIT_DATA, (allowed, hard))
    try:
        yield
    finally:
        setrlimit(RLIMIT_DATA, (soft, hard))
