"""Work in this process ends when it has taken too much CPU time."""

from __future__ import annotations

import re
import signal
import sys
import time
from types import FrameType

import pytest

from deskpress.engine.cpu_guard import CpuGuard, TooLongError

ENDLESS = re.compile(r"(?:a|a)*b")
"""On many `a` without a `b` it does not end in this universe."""


def spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


@pytest.mark.parametrize("work", [lambda: spin(60), lambda: ENDLESS.match("a" * 60)])
def test_what_takes_too_long_ends(work: object) -> None:
    with pytest.raises(TooLongError), CpuGuard(0.1):
        work()  # type: ignore[operator]
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_what_is_in_time_is_left_alone_and_so_is_what_comes_after_it() -> None:
    with CpuGuard(0.1):
        done = sum(range(1000))
    spin(0.3)
    assert done == 499_500


@pytest.mark.slow
def test_an_outer_guard_goes_on_with_the_time_that_it_has_left() -> None:
    began = time.process_time()

    def often() -> None:
        for _ in range(100):
            with CpuGuard(10):
                spin(0.05)

    with pytest.raises(TooLongError), CpuGuard(0.5):
        often()
    assert time.process_time() - began < 3


@pytest.mark.slow
def test_who_catches_the_error_of_inner_guards_is_ended_by_the_outer_one() -> None:
    begun = 0

    def often() -> None:
        nonlocal begun
        for _ in range(1000):
            try:
                with CpuGuard(10):
                    begun += 1
                    spin(0.05)
            except TooLongError:
                spin(0.001)

    with pytest.raises(TooLongError), CpuGuard(0.5):
        often()
    assert begun < 50
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    with CpuGuard(10):
        spin(0.01)


def test_an_inner_guard_ends_only_its_own_block() -> None:
    done = []
    with CpuGuard(60):
        with pytest.raises(TooLongError), CpuGuard(0.1):
            spin(60)
        done.append(1)
    assert done == [1]


@pytest.mark.slow
def test_what_catches_the_error_is_ended_again() -> None:
    def stubborn() -> None:
        try:
            spin(60)
        except BaseException:
            spin(60)

    with pytest.raises(TooLongError), CpuGuard(0.1):
        stubborn()


def test_a_guard_ends_whole_also_when_its_time_is_over_just_then() -> None:
    guard = CpuGuard(60)

    def on_call(frame: FrameType, event: str, _: object) -> None:
        if frame.f_code is CpuGuard.__exit__.__code__:
            guard._end(signal.SIGPROF, frame)

    before = sys.gettrace()
    try:
        with guard:
            sys.settrace(on_call)
    finally:
        sys.settrace(before)
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
