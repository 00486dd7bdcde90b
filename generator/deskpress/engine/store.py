"""Files that outlive a build: records with a checksum, and a shelf of large values.

A record is written whole while much of it changes; small changes go into a record beside it, so that
saving costs what changed. Nothing here can break a build. A record that is missing, damaged or of another
version reads as None; a value whose bytes are not those that were put in reads as None; a folder that
cannot be written keeps everything for the length of the build.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from deskpress.engine.fingerprint import digest

T = TypeVar("T", bound=Struct)

FORMAT = b"deskpress 6\n"
"""Stands at the head of each record, before its digest, a checksum of that and of its bytes, and these.

The digest is its name to those that build upon it; the checksum tells damage, six times faster.
"""

FEW = 8
"""Changes are kept beside a record until they are more than one in so many of its entries."""

# JSON, since MessagePack keeps an instant but not the offset it was written with.
_encoder = msgspec.json.Encoder()


class Since(Struct, Generic[T], frozen=True):
    """What has changed since the record of the digest `base`.

    `changed` holds of each mapping the entries that are new or different, and all other fields; `gone` the
    keys that each mapping has lost.
    """

    base: str
    changed: T
    gone: dict[str, list[str]]


class Kept(Struct, Generic[T]):
    """A value that outlives builds. `base` is what lies in the large record, `digest` its digest."""

    path: Path
    value: T
    base: T
    digest: str

    def save(self, value: T) -> bool:
        """Keep `value`, writing no more than has changed; False if it cannot be written."""
        since = _difference(self.digest, self.base, value)
        entries = sum(len(m) for _, m in _mappings(value))
        changes = sum(len(m) for _, m in _mappings(since.changed)) + sum(map(len, since.gone.values()))
        if changes * FEW > entries:
            return save(self.path, value) is not None
        return save(_since(self.path), since) is not None


def keep(path: Path, kind: type[T]) -> Kept[T] | None:
    """Read the record of a struct at `path`, with what has changed since; None without one."""
    found = _read(path, kind)
    if found is None:
        return None
    base, known = found
    since: tuple[Since[T], str] | None = _read(_since(path), Since[kind])  # type: ignore[valid-type]  # at run time
    # Changes of another record are of no use; what they told is found out anew.
    value = _merged(base, since[0]) if since and since[0].base == known else base
    return Kept(path, value, base, known)


def load(path: Path, kind: type[T]) -> T | None:
    """Read the record at `path` as a `kind`, or None."""
    found = _read(path, kind)
    return found[0] if found else None


def save(path: Path, value: object) -> str | None:
    """Write a record whole or not at all; its digest, or None if it cannot be written."""
    data = _encoder.encode(value)
    known = digest(data)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # What had changed since the former record must not be taken for changes of this one.
        _since(path).unlink(missing_ok=True)
        fresh = path.with_name(f"{path.name}.new")
        write_by(fresh, path, FORMAT, known.encode(), _checksum(known.encode(), data), data)
    except OSError:
        return None
    return known


def write_by(fresh: Path, path: Path, *parts: bytes) -> None:
    """Write a file of a cache at `fresh`, and rename it to `path`. Raises `OSError`."""
    # A cache may come from elsewhere: nothing is written through a link that lies in it.
    fresh.unlink(missing_ok=True)
    try:
        with fresh.open("xb") as file:
            file.writelines(parts)
        os.replace(fresh, path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _read(path: Path, kind: type[T]) -> tuple[T, str] | None:
    try:
        with path.open("rb") as file:
            # Not read: a copy of ten megabytes takes as long as a third of what is made of them.
            data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None
    name = len(FORMAT) + 32
    start = name + 8
    known, whole = bytes(data[len(FORMAT) : name]), data[start:]
    if data[: len(FORMAT)] != FORMAT or data[name:start] != _checksum(known, whole):
        return None
    try:
        return msgspec.json.decode(whole, type=kind), known.decode()
    except (msgspec.MsgspecError, ValueError):
        return None


def _checksum(name: bytes, data: bytes | memoryview) -> bytes:
    return b"%08x" % zlib.crc32(data, zlib.crc32(name))


def _since(path: Path) -> Path:
    return path.with_name(f"{path.name}.since")


def _mappings(value: Struct) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in value.__struct_fields__:
        found = getattr(value, name)
        if isinstance(found, dict):
            yield name, found


def _difference(base: str, before: T, now: T) -> Since[T]:
    changed: dict[str, Any] = {}
    gone = {}
    for name, new in _mappings(now):
        old = getattr(before, name)
        changed[name] = {k: v for k, v in new.items() if (was := old.get(k)) is not v and was != v}
        # Nothing is missing where the new is as much larger as it has new entries.
        added = sum(1 for key in changed[name] if key not in old)
        if len(new) - added < len(old):
            gone[name] = [key for key in old if key not in new]
    return Since(base, replace(now, **changed), gone)


def _merged(base: T, since: Since[T]) -> T:
    merged: dict[str, Any] = {}
    for name, changed in _mappings(since.changed):
        merged[name] = {**getattr(base, name), **changed}
        for key in since.gone.get(name, ()):
            merged[name].pop(key, None)
    return replace(since.changed, **merged)


class Place(Struct, frozen=True, array_like=True):
    """Where a value lies on the shelf: `start` and `size` in bytes, and a checksum that tells damage."""

    start: int
    size: int
    check: int


class Shelf:
    """Large values in one file that only grows; values have no names but their places."""

    def __init__(self, path: Path | None) -> None:
        self.path = path or Path()
        self.file: IO[bytes] | None = None
        self._owner = os.getpid()
        self._apart: tuple[int, int] = (0, 0)
        if path is None:
            self._borrow()
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_symlink():
                path.unlink()  # it may lead anywhere
            self.file = path.open("a+b")
        except OSError:
            self._borrow()

    @classmethod
    def borrowed(cls) -> Shelf:
        """A shelf for this process only."""
        return cls(None)

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
        return Place(start, len(value), zlib.crc32(value))

    def lay(self, value: bytes) -> Place | None:
        """Add a value, from a forked process too; None if only the one that opened the shelf can.

        That one flushes before it forks, and puts nothing in while others do.
        """
        process = os.getpid()
        if process == self._owner:
            return self.put(value)
        if not self.kept:
            return None
        try:
            if self._apart[0] != process:
                # A place of its own in the file: all who inherit one share it.
                self._apart = (process, os.open(self.path, os.O_WRONLY | os.O_APPEND))
            # Appending takes turns, and leaves the place behind what was appended.
            written = os.write(self._apart[1], value)
            end = os.lseek(self._apart[1], 0, os.SEEK_CUR)
        except OSError:
            return None
        return Place(end - written, written, zlib.crc32(value)) if written == len(value) else None

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
        return value if zlib.crc32(value) == place.check else None

    def close(self) -> None:
        """Let the file go."""
        if self.file is not None:
            self.file.close()

    def _borrow(self) -> None:
        import tempfile  # loads slowly, and hardly any build needs it

        self.file = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the shelf
