"""Runs one function in a separate process while this one goes on."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

from deskpress.engine.pool import default_jobs


class Background:
    """Runs `work` in a forked process, started at once if there is a core to spare.

    A process with threads is not forked: locks that they hold would stay locked in the copy.
    """

    def __init__(self, work: Callable[[], bytes]) -> None:
        self._process = 0
        if not hasattr(os, "fork") or default_jobs() < 2 or threading.active_count() > 1:
            return
        self._reader, writer = os.pipe()
        try:
            self._process = os.fork()
        except OSError:  # no memory or no process left: done later, in this process
            os.close(self._reader)
            os.close(writer)
            return
        if not self._process:
            status = 1
            try:
                os.close(self._reader)
                with os.fdopen(writer, "wb") as pipe:
                    pipe.write(work())
                status = 0
            finally:
                # Whatever happens, this copy must not go on with the work of the original.
                os._exit(status)
        os.close(writer)

    def result(self) -> bytes | None:
        """The result of `work`; None if it failed, was not started, or has been fetched already."""
        if not self._process:
            return None
        with os.fdopen(self._reader, "rb") as pipe:
            data = pipe.read()
        return data if self._end() == 0 else None

    def _end(self) -> int:
        process, self._process = self._process, 0
        return os.waitpid(process, 0)[1]

    def close(self) -> None:
        """Stop the work: its result is not needed any more."""
        if self._process:
            os.close(self._reader)
            os.kill(self._process, signal.SIGKILL)
            self._end()
