"""Files that outlive a build: records with a checksum, and a shelf of large values.

Nothing here can break a build. A record that is missing, damaged or of another version reads as None; a
value whose bytes are not those that were put in reads as None; a folder that cannot be written keeps
everything for the length of the build.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from deskpress.engine.fingerprint import digest

T = TypeVar("T")

FORMAT = b"deskpress 1\n"
"""Stands at the head of each record, before its digest and its bytes."""

# JSON, since MessagePack keeps an instant but not the offset it was written with.
_encoder = msgspec.json.Encoder()


def load(path: Path, kind: type[T]) -> T | None:
    """Read the record at `path` as a `kind`, or None."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    start = len(FORMAT) + 32
    if not data.startswith(FORMAT) or data[len(FORMAT) : start] != digest(data[start:]).encode():
        return None
    try:
        return msgspec.json.decode(data[start:], type=kind)
    except (msgspec.MsgspecError, ValueError):
        return None


def save(path: Path, value: object) -> bool:
    """Write a record whole or not at all; False if it cannot be written."""
    data = _encoder.encode(value)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.new")
        fresh.write_bytes(FORMAT + digest(data).encode() + data)
        os.replace(fresh, path)
    except OSError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value lies on the shelf: `start` and `size` in bytes, and its digest."""

    start: int
    size: int
    digest: str


class Shelf:
    """Large values in one file that only grows; values have no names but their places."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: IO[bytes] | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.file = path.open("a+b")
        except OSError:
            self._borrow()

    @classmethod
    def borrowed(cls) -> Shelf:
        """A shelf for this process only."""
        shelf = cls.__new__(cls)
        shelf.path = Path()
        shelf._borrow()
        return shelf

    @property
    def kept(self) -> bool:
        """Whether what is put in is there for the next build."""
        return self.path.exists() and self.file is not None and self.file.name == str(self.path)

    def put(self, value: bytes) -> Place:
        """Add a value. The caller flushes before others read."""
        assert self.file is not None
        start = self.file.seek(0, os.SEEK_END)
        try:
            self.file.write(value)
        except OSError:
            self._borrow()
            return self.put(value)
        return Place(start, len(value), digest(value))

    def flush(self) -> None:
        """Make everything that was put in readable, by forked processes too."""
        assert self.file is not None
        self.file.flush()

    def get(self, place: Place) -> bytes | None:
        """The value at `place`, or None if it is not there whole."""
        assert self.file is not None
        try:
            value = os.pread(self.file.fileno(), place.size, place.start)
        except OSError:
            return None
        return value if digest(value) == place.digest else None

    def close(self) -> None:
        """Let the file go."""
        if self.file is not None:
            self.file.close()

    def _borrow(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the shelf
