"""Digests of files, without reading those that cannot have changed.

Content decides, never a time: size, times and inode only tell that a file is the very one whose digest
is known. A file that was touched within a second of being looked at is read again next time, because
clocks are coarse.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from deskpress.engine.fingerprint import digest

SETTLED = 1_000_000_000
"""Nanoseconds that must lie between a change of a file and a look at it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What identifies a file's content, and its digest. `settled`: the next look may trust it."""

    size: int
    modified: int
    changed: int
    inode: int
    digest: str
    settled: bool

    def fits(self, status: os.stat_result) -> bool:
        """Whether the file with this status is certainly the one that was digested."""
        return (
            self.settled
            and self.size == status.st_size
            and self.modified == status.st_mtime_ns
            and self.changed == status.st_ctime_ns
            and self.inode == status.st_ino
        )


def stamp(path: Path | str, status: os.stat_result, known: Stamp | None) -> Stamp:
    """The stamp of the file at `path`; it is read only if `known` does not fit. Raises `OSError`."""
    if known is not None and known.fits(status):
        return known
    with open(path, "rb") as file:
        return stamped(status, digest(file.read()))


def stamped(status: os.stat_result, content: str) -> Stamp:
    """The stamp of a file whose digest is `content`."""
    latest = max(status.st_mtime_ns, status.st_ctime_ns)
    settled = time.time_ns() - latest > SETTLED
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, content, settled)
