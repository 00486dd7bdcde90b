"""Files that outlive a build: authenticated records, and a store of large values.

A record is rewritten as a whole when much of it has changed; small changes go into a second file next to it,
so that saving costs only what changed. Nothing here can break a build: a record that is missing, damaged, of
another version or written without the key reads as None; a value whose bytes differ from those that were
stored reads as None; if a folder is not writable, everything is kept in memory for the length of the build.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from hmac import compare_digest
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from deskpress.engine.fingerprint import code_of, digest

T = TypeVar("T", bound=Struct)

FORMAT = b"deskpress 7\n"
"""The start of each record, followed by the code of its name and bytes, and these.

The code (`code_of`) detects damage and forgery, and identifies the record to those that build upon it.
"""

MAX_RECORD = 1 << 30
"""The most bytes a record may have; a sparse file may claim any size."""

CODE = 32
"""Digits in a code."""

FEW = 8
"""Changes are kept next to a record until they exceed one in this many of its entries."""

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


class StoredRecord(Struct, Generic[T]):
    """A value that outlives builds. `base` is the content of the large record, `code` its code."""

    path: Path
    value: T
    base: T
    code: str
    key: bytes

    def save(self, value: T) -> bool:
        """Keep `value`, writing no more than has changed; False if it cannot be written."""
        since = _difference(self.code, self.base, value)
        entries = sum(len(m) for _, m in _mappings(value))
        changes = sum(len(m) for _, m in _mappings(since.changed)) + sum(map(len, since.gone.values()))
        if changes * FEW > entries:
            return save(self.path, value, self.key) is not None
        return save(_since(self.path), since, self.key) is not None


def keep(path: Path, kind: type[T], key: bytes) -> StoredRecord[T] | None:
    """Read the record of a struct at `path`, with the changes made since; None if there is none."""
    found = _read(path, kind, key)
    if found is None:
        return None
    base, known = found
    since: tuple[Since[T], str] | None = _read(_since(path), Since[kind], key)  # type: ignore[valid-type]  # at run time
    # Changes to another record are of no use; what they recorded is computed again.
    value = _merged(base, since[0]) if since and since[0].base == known else base
    return StoredRecord(path, value, base, known, key)


def load(path: Path, kind: type[T], key: bytes) -> T | None:
    """Read the record at `path` as a `kind`, or None."""
    found = _read(path, kind, key)
    return found[0] if found else None


def save(path: Path, value: object, key: bytes) -> str | None:
    """Write a record atomically; return its code, or None if it cannot be written."""
    data = _encoder.encode(value)
    code = code_of(key, path.name, data)
    try:
        # A cache may come from elsewhere: nothing is written through a link that lies in it.
        if is_led_away(path.parent):
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        # Changes to the former record must not be taken for changes to this one.
        _since(path).unlink(missing_ok=True)
        write_by(path.with_name(f"{path.name}.new"), path, FORMAT, code.encode(), data)
    except OSError:
        return None
    return code


def write_by(fresh: Path, path: Path, *parts: bytes) -> None:
    """Write a file of a cache at `fresh`, and rename it to `path`. Raises `OSError`."""
    # Not through a link, as above.
    fresh.unlink(missing_ok=True)
    try:
        with fresh.open("xb") as file:
            file.writelines(parts)
        os.replace(fresh, path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def is_led_away(folder: Path) -> bool:
    """Whether a folder of a cache, or one of the two above it, is a link: it may lead anywhere."""
    return any(one.is_symlink() for one in (folder, *folder.parents[:2]))


def opened(path: Path) -> IO[bytes]:
    """Open a file of a cache for reading. Raises `OSError`, also for a pipe or a file over the size limit."""
    # Opening a pipe would block until somebody writes to it.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    file = os.fdopen(number, "rb")
    status = os.fstat(number)
    if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_RECORD:
        file.close()
        raise OSError(f"{path} is not a cache file")
    return file


def _read(path: Path, kind: type[T], key: bytes) -> tuple[T, str] | None:
    try:
        with opened(path) as file:
            # Mapped, not read: copying ten megabytes takes a third as long as decoding them.
            data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None
    start = len(FORMAT) + CODE
    code, whole = bytes(data[len(FORMAT) : start]), data[start:]
    if data[: len(FORMAT)] != FORMAT or not compare_digest(code, code_of(key, path.name, whole).encode()):
        return None
    try:
        return msgspec.json.decode(whole, type=kind), code.decode()
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


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
        # No key is missing if the new mapping has grown by the number of its new entries.
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
    """Where a value lies in the blob store: `start` and `size` in bytes, and its digest.

    Whoever can write to the blob store cannot change this: it is part of an authenticated record.
    """

    start: int
    size: int
    digest: str


class BlobStore:
    """Large values in one file that only grows; a value is found by its place."""

    def __init__(self, path: Path | None) -> None:
        self.path = path or Path()
        self.file: IO[bytes] | None = None
        self._owner = os.getpid()
        self._apart: tuple[int, int] = (0, 0)
        if path is None:
            self._borrow()
            return
        try:
            if is_led_away(path.parent):
                raise NotADirectoryError(path.parent)
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_symlink() or (path.exists() and not path.is_file()):
                path.unlink()  # it may lead anywhere, or be a pipe
            self.file = path.open("a+b")
        except OSError:
            self._borrow()

    @classmethod
    def borrowed(cls) -> BlobStore:
        """A blob store for this process only."""
        return cls(None)

    @property
    def kept(self) -> bool:
        """Whether values stored here remain for the next build."""
        return self.path.exists() and self.file is not None and self.file.name == str(self.path)

    def put(self, value: bytes) -> Place:
        """Add a value. The caller must flush before others read."""
        assert self.file is not None
        start = self.file.seek(0, os.SEEK_END)
        try:
            self.file.write(value)
        except OSError:
            self._borrow()
            return self.put(value)
        return Place(start, len(value), digest(value))

    def lay(self, value: bytes) -> Place | None:
        """Add a value, from a forked process too; None if only the process that opened the blob store can.

        The opening process flushes before it forks, and adds nothing while others do.
        """
        process = os.getpid()
        if process == self._owner:
            return self.put(value)
        if not self.kept:
            return None
        try:
            if self._apart[0] != process:
                # Opened separately: processes that inherit a file share its position.
                self._apart = (process, os.open(self.path, os.O_WRONLY | os.O_APPEND))
            # Appending takes a lock, and leaves the position behind what was appended.
            written = os.write(self._apart[1], value)
            end = os.lseek(self._apart[1], 0, os.SEEK_CUR)
        except OSError:
            return None
        return Place(end - written, written, digest(value)) if written == len(value) else None

    def flush(self) -> None:
        """Make all added values readable, by forked processes too."""
        assert self.file is not None
        self.file.flush()

    def get(self, place: Place) -> bytes | None:
        """The value at `place`, or None if it is not stored there intact."""
        assert self.file is not None
        try:
            value = os.pread(self.file.fileno(), place.size, place.start)
        except OSError:
            return None
        return value if digest(value) == place.digest else None

    def close(self) -> None:
        """Close the file."""
        if self.file is not None:
            self.file.close()

    def _borrow(self) -> None:
        import tempfile  # loads slowly, and hardly any build needs it

        self.file = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the blob store
