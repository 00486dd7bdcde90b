"""Work in forked processes."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys

import pytest

from deskpress.engine.pool import WorkerError, fork_map


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_order_and_progress_adds_up(jobs: int) -> None:
    ticks: list[int] = []
    items = range(100)
    assert fork_map(lambda n: n * n, items, jobs, ticks.append) == [n * n for n in items]
    assert sum(ticks) == 100


@pytest.mark.parametrize("jobs", [1, 3])
def test_an_exception_of_the_work_is_raised_here(jobs: int) -> None:
    def work(n: int) -> int:
        if n == 70:
            raise KeyError("seventy")
        return n

    with pytest.raises(KeyError, match="seventy"):
        fork_map(work, range(100), jobs)


def test_a_worker_that_dies_is_noticed() -> None:
    def work(n: int) -> int:
        if n == 70:
            os._exit(3)
        return n

    with pytest.raises(WorkerError, match="exit code 3"):
        fork_map(work, range(100), 2)


def test_a_result_that_cannot_travel_is_an_error_here() -> None:
    with pytest.raises(WorkerError, match="cannot be sent"):
        fork_map(lambda n: lambda: n, range(100), 2)


STUCK = """
import os, signal
from deskpress.engine.pool import fork_map

# What runs in the background inherits that it is to ignore interruptions.
signal.signal(signal.SIGINT, signal.default_int_handler)

def work(number):
    os.write(1, b".")
    signal.pause()

try:
    fork_map(work, range(64), 2)
except KeyboardInterrupt:
    os.write(1, b"interrupted")
"""


def test_who_interrupts_a_build_hears_of_it_once() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STUCK], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.read(2) == b".."
            os.killpg(process.pid, signal.SIGINT)
            said, complaints = process.communicate(timeout=60)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert (said, complaints) == (b"interrupted", b"")
