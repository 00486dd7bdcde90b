"""Ends a piece of work in this very process once it has taken too much CPU time.

For work that changes the state of the process, which `limited` cannot give to another. It ends code in Python
and matches of `re`, which looks for signals while it runs; not a long call of another library in C.
"""

from __future__ import annotations

import signal
import threading
import time
from types import FrameType, TracebackType
from typing import ClassVar

from deskpress.engine.limited import can_limit

AGAIN = 0.5
"""CPU seconds after which the error is raised again where something has caught it."""


class TooLongError(BaseException):
    """Work took too much CPU time. No `Exception`, so that what catches all of those does not catch it."""


class CpuGuard:
    """A block that `TooLongError` ends when it has taken so many CPU `seconds`, system time included.

    Guards may lie within one another; each is ended by its own time. Where the system has no timers of CPU
    time, and in other threads than the main one, nothing is ended.
    """

    _open: ClassVar[list[CpuGuard]] = []
    """Those whose blocks are running, the outermost first."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends = 0.0
        self._active = False

    def __enter__(self) -> None:
        if not can_limit() or threading.current_thread() is not threading.main_thread():
            return
        self._began = time.process_time()
        if any(one._ends <= self._began for one in CpuGuard._open):
            # Who catches the error of this guard may have caught that of the outer one: nothing more begins.
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
        # With those whose beginning was cut off by this one.
        del CpuGuard._open[CpuGuard._open.index(self) :]
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, self._handler)
        if self._left:
            # The outer guard goes on with what is left of its time.
            left = self._left - (time.process_time() - self._began)
            signal.setitimer(signal.ITIMER_PROF, max(left, AGAIN / 100), AGAIN)
            if left <= 0 and CpuGuard._open:
                # Not left to the timer: another inner guard would begin before it is over.
                raise TooLongError

    def _end(self, number: int, frame: FrameType | None) -> None:
        # Never within a guard's own beginning or end: it would leave the timer running. It comes again.
        if self._active and (frame is None or frame.f_code.co_filename != __file__):
            raise TooLongError
