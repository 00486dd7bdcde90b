"""How the time of a function grows with its input, told as a ratio, whatever the machine does meanwhile."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TypeVar

STEP = 8
"""How much longer the long input is: a linear function takes 8 times as long, a quadratic one 64 times."""

TRIES = 4
"""How often it is measured until it is taken for true that a function is not linear."""

Input = TypeVar("Input")


def check_linear(work: Callable[[Input], object], made: Callable[[int], Input], length: int) -> None:
    """Whether `work` takes about 8 times as long for `made(length)` as for an eighth of it.

    What takes less than 50 ms of CPU time for the long one is no square at the lengths that are used here.
    """
    short, long = made(length // STEP), made(length)
    before = after = math.inf
    for _ in range(TRIES):
        # The least of several: another process may empty the caches of the processor at any moment.
        before = min(before, *(_cpu_time(work, short) for _ in range(2)))
        after = min(after, _cpu_time(work, long))
        times = after / before
        if after < 0.05 or times < 3 * STEP:
            return
    raise AssertionError(f"{STEP} times the length takes {times:.0f} times as long")


def _cpu_time(work: Callable[[Input], object], given: Input) -> float:
    begun = time.process_time()
    work(given)
    return time.process_time() - begun
