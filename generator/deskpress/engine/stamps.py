"""Digests of files, without reading those that cannot have changed.

The content decides, never a time: size, times and inode only show that a file is the one whose digest is
known. A file that changed just before it was checked is read again next time: another change within the same
tick of the clock would leave the same times.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from deskpress.engine.fingerprint import digest

FINE, COARSE = 20_000_000, 2_500_000_000
"""Nanoseconds that must lie between a change of a file and a check of it: on file systems that store
fractions of a second (from a clock of at least 100 ticks), and on others (FAT: two seconds)."""


class Status(Protocol):
    """The status of a file: an `os.stat_result`, or the stored part of one."""

    @property
    def st_size(self) -> int: ...  # noqa: D102  # as in os.stat_result
    @property
    def st_mtime_ns(self) -> int: ...  # noqa: D102  # as above
    @property
    def st_ctime_ns(self) -> int: ...  # noqa: D102  # as above
    @property
    def st_ino(self) -> int: ...  # noqa: D102  # as above


class Stamp(Struct, frozen=True, array_like=True):
    """What identifies a file's content, and its digest. `settled`: the next check may trust it."""

    size: int
    modified: int
    changed: int
    inode: int
    digest: str
    settled: bool

    def fits(self, status: Status) -> bool:
        """Whether the file with this status is certainly the one that was digested."""
        return (
            self.settled
            and self.size == status.st_size
            and self.modified == status.st_mtime_ns
            and self.changed == status.st_ctime_ns
            and self.inode == status.st_ino
        )


def stamp(path: Path | str, status: Status, known: Stamp | None) -> Stamp:
    """The stamp of the file at `path`; it is read only if `known` does not fit. Raises `OSError`."""
    if known is not None and known.fits(status):
        return known
    return stamped(status, digest(read_bytes(path)))


def read_bytes(path: Path | str) -> bytes:
    """The content of a file. Raises `OSError`."""
    # Without a buffer: creating one takes longer than reading a page.
    with open(path, "rb", buffering=0) as file:
        return file.read()


def stamped(status: Status, content: str) -> Stamp:
    """The stamp of a file whose digest is `content`."""
    latest = max(status.st_mtime_ns, status.st_ctime_ns)
    settled = time.time_ns() - latest > (FINE if status.st_ctime_ns % 1_000_000 else COARSE)
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, content, settled)
