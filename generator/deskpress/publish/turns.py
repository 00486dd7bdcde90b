"""Locks between pushes: waiting processes are told for whom, and wait for a limited time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

LONGEST_NAME = 200
"""The most characters of the note on a lock."""


class BusyError(Exception):
    """Another process held the lock for the whole time; the text says which."""


@contextmanager
def hold(path: Path, doing: str, seconds: float, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock at `path`; wait for it for at most `seconds`. Raises `BusyError`.

    `doing` is written next to the lock, as in "a push by ana is being checked", and shown to those who wait.
    The note of a killed process is never read, because the system has released its lock.
    """
    lock = FileLock(path)
    note = path.with_name(f"{path.name}.holder")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if not seconds:
            raise BusyError(_noted(note)) from None
        say(f"Waiting, at most {seconds:.0f} s: {_noted(note)}.")
        try:
            lock.acquire(timeout=seconds)
        except Timeout:
            raise BusyError(f"after {seconds:.0f} s, still {_noted(note)}") from None
    try:
        note.write_text(doing, "utf-8")
        yield
    finally:
        lock.release()


def _noted(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            text = file.read(LONGEST_NAME)
    except OSError:
        text = ""
    return "".join(c if c.isprintable() else "?" for c in text) or "another push is being checked"
