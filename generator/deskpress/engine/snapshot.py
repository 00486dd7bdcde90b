"""Checks quickly whether a set of files is unchanged: one fingerprint in place of thousands of records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from deskpress.engine.fingerprint import digest, fingerprint
from deskpress.engine.stamps import Stamp, Status


class Snapshot(Struct, frozen=True):
    """Files at one moment: the fingerprint of what identifies each of them.

    `fresh` are the digests of those that had changed too recently for their times to prove anything.
    """

    seen: str
    fresh: dict[str, str]


def hold(stamps: Mapping[str, Stamp]) -> Snapshot:
    """Record files by their stamps."""
    seen = {path: (s.size, s.modified, s.changed, s.inode) for path, s in stamps.items()}
    return Snapshot(fingerprint(seen), {path: s.digest for path, s in stamps.items() if not s.settled})


def is_unchanged(before: Snapshot, root: Path, listing: Mapping[str, Status | None]) -> bool:
    """Whether the files below `root` are those of `before`; False if anything is not a regular file."""
    if None in listing.values():
        return False
    seen = {p: (s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino) for p, s in listing.items() if s}
    try:
        if fingerprint(seen) != before.seen:
            return False
        return all(digest((root / path).read_bytes()) == known for path, known in before.fresh.items())
    except (OSError, UnicodeEncodeError):  # a name that is not valid text cannot be one of ours
        return False
