"""Stops a piece of work in this process once it has used too much CPU time.

For work that changes the state of the process, so that `limited` cannot move it to another. It stops Python
code and matches of `re`, which checks for signals while it runs, but not a long call into a C library.
"""

from __future__ import annotations

import signal
import threading
import time
from types import FrameType, TracebackType
from typing import ClassVar

from deskpress.engine.limited import can_limit

AGAIN = 0.5
"""CPU seconds after which the error is raised again if the work has caught it."""


class TooLongError(BaseException):
    """Work took too much CPU time. Not an `Exception`, so that `except Exception` does not catch it."""


class CpuGuard:
    """A block that is stopped by `TooLongError` after that many CPU `seconds`, system time included.

    Guards may be nested; each uses its own limit. On systems without CPU timers, and outside the main thread,
    nothing is stopped.
    """

    _open: ClassVar[list[CpuGuard]] = []
    """The guards whose blocks are running, the outermost first."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends = 0.0
        self._active = False

    def __enter__(self) -> None:
        if not can_limit() or threading.current_thread() is not threading.main_thread():
            return
        self._began = time.process_time()
        if any(one._ends <= self._began for one in CpuGuard._open):
            # Code that catches this guard's error may have caught the outer one's: start nothing more.
            raise TooLongError
        self._ends = self._began + self._seconds
        CpuGuard._open.append(self)
        self._handler = signal.getsignal(signal.SIGPROF)
        self._active = True
        signal.signal(signal.SIGPROF, self._end)
        self._left = signal.setitimer(signal.ITIMER_PROF, self._seconds, AGAIN)[0]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._active:
            return
        self._active = False
        # Including the time of guards whose start this one interrupted.
        del CpuGuard._open[CpuGuard._open.index(self) :]
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, self._handler)
        if self._left:
            # The outer guard continues with the rest of its time.
            left = self._left - (time.process_time() - self._began)
            signal.setitimer(signal.ITIMER_PROF, max(left, AGAIN / 100), AGAIN)
            if left <= 0 and CpuGuard._open:
                # Raised here, not by the timer: another inner guard could start before it fires.
                raise TooLongError

    def _end(self, number: int, frame: FrameType | None) -> None:
        # Never while a guard is starting or ending: that would leave the timer running. The signal recurs.
        if self._active and (frame is None or frame.f_code.co_filename != __file__):
            raise TooLongError
