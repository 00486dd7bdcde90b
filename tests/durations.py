"""Write down which fast tests take longest: `make durations` measures them and makes tests/medium.txt anew.

`make check` leaves these out, so that it ends within a minute; `make test` and `make test-bounds` run them.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import pytest

LISTED = Path(__file__).with_name("medium.txt")
# Seconds of a test function: its set-up, its calls with all parameters, and what it clears away.
LIMIT = 0.25


class Durations:
    """Adds up the seconds of each test function."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count one phase of one test."""
        self.seconds[function_of(report.nodeid)] += report.duration


def function_of(nodeid: str) -> str:
    """The name of a test without its parameters: `tests/unit/test_feeds.py::test_an_entry`."""
    return nodeid.partition("[")[0]


def listed() -> frozenset[str]:
    """The functions in `medium.txt`."""
    return frozenset(LISTED.read_text(encoding="utf-8").split())


def main(arguments: list[str]) -> int:
    """Run the fast tests with `arguments` for pytest; write the list if all pass."""
    durations = Durations()
    status = pytest.main(["-m", "not slow", *arguments], plugins=[durations])
    if status == 0:
        names = sorted(name for name, seconds in durations.seconds.items() if seconds >= LIMIT)
        LISTED.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
