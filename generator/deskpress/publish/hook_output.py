"""Sends a hook's output to the pusher, without the hook waiting for a client that does not read.

git passes on a hook's output as fast as the client reads it. A hook that holds the lock of the server, and
waits for room in that pipe, would block everybody.
"""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf

LIMIT = 256_000
"""The most bytes that wait for the client; further output is left out."""

GRACE = 10.0
"""Seconds after the hook's end in which the client may still read what waits."""

_CHUNK = 4096
"""A pipe that is ready accepts this much at once without blocking (POSIX, PIPE_BUF)."""

_MOMENT = 0.2
_LEFT_OUT = b"\n[some output is left out]\n"


@contextmanager
def unblocked() -> Iterator[None]:
    """Print through another process while the block runs; it has no lock and may wait."""
    sys.stdout.flush()
    sys.stderr.flush()
    reader, writer = os.pipe()
    ended, ending = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(writer)
            os.close(ending)
            _pass_on(reader, ended, 2)
        finally:
            # The copy must not continue the hook's work.
            os._exit(0)
    os.close(reader)
    os.close(ended)
    saved = {number: os.dup(number) for number in (1, 2)}
    for number in saved:
        os.dup2(writer, number)
    os.close(writer)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, former in saved.items():
            os.dup2(former, number)
            os.close(former)
        os.close(ending)
        os.waitpid(child, 0)


def _pass_on(reader: int, ended: int, target: int) -> None:
    """Copy from one pipe to another until the hook has ended and nothing is left, or `GRACE` is over."""
    waiting, left_out = bytearray(), False
    sources, deadline = [reader, ended], inf
    while sources or waiting:
        left = deadline - time.monotonic()
        if left <= 0:
            return
        # Processes started by the hook may keep the pipe open: they get a moment only.
        timeout = None if left == inf else min(left, _MOMENT)
        ready, takes, _ = select.select(sources, [target] if waiting else [], [], timeout)
        if ended in ready:
            deadline = time.monotonic() + GRACE
            sources.remove(ended)
        if reader in ready:
            data = os.read(reader, 65_536)
            if not data:
                sources.remove(reader)
            elif len(waiting) + len(data) <= LIMIT:
                waiting += data
            elif not left_out:
                waiting += _LEFT_OUT
                left_out = True
        elif not waiting and deadline < inf:
            return
        if takes:
            try:
                del waiting[: os.write(target, waiting[:_CHUNK])]
            except OSError:
                # The client has gone; the hook continues.
                os.dup2(os.open(os.devnull, os.O_WRONLY), target)
