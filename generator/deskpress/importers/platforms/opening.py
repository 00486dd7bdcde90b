"""A source is a file, a folder or a zip: nothing outside of it is read, and everything is limited."""

from __future__ import annotations

import os
import posixpath
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msgspec import Struct, field

from deskpress.importers.shortcodes import ShortcodeTable

LARGEST_TEXT = 512_000_000
"""Bytes of a file that is read as a whole; larger ones are for formats that read piece by piece."""

LARGEST_MEDIA = 200_000_000
MOST_FILES = 500_000
MOST_UNPACKED = 8_000_000_000
"""Bytes that a zip may hold once it is unpacked, all its files together."""

MOST_RATIO = 200
"""How many times as long as it is packed a file of a zip may be, from `RATIO_FROM` bytes on."""

RATIO_FROM = 20_000_000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How files in a zip may be packed. Python unpacks the others without a bound, whatever size a zip claims."""

MOST_ZIPS = 50
"""Zips in zips that are looked into."""


class SourceError(Exception):
    """A source cannot be read; the text says where and why."""


class Source(Struct):
    """The files of a source by their paths, with slashes, sorted. `label` is how messages name it.

    `shortcodes` are those of the site that it is imported into.
    """

    label: str
    folder: Path | None = None
    files: dict[str, Path] = field(default_factory=dict)
    packed: dict[str, tuple[zipfile.ZipFile, zipfile.ZipInfo]] = field(default_factory=dict)
    shortcodes: ShortcodeTable = field(default_factory=ShortcodeTable)

    @property
    def names(self) -> list[str]:
        """All paths, sorted."""
        return sorted({*self.files, *self.packed})

    @property
    def is_file(self) -> bool:
        """Whether the source is one file."""
        return self.folder is None and not self.packed

    def place(self, name: str, line: int = 0) -> str:
        """How messages name a place: `export/a.json:3`."""
        shown = self.label if self.is_file else f"{self.label}/{name}"
        return f"{shown}:{line}" if line else shown

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self.files or name in self.packed

    def size(self, name: str) -> int:
        """Bytes of a file."""
        return self.files[name].stat().st_size if name in self.files else self.packed[name][1].file_size

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """The bytes of a file, read piece by piece. Raises `SourceError`."""
        try:
            if name in self.files:
                with self.files[name].open("rb") as file:
                    yield file
            else:
                archive, info = self.packed[name]
                with archive.open(info) as packed:
                    yield packed
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise SourceError(f"{self.place(name)}: it cannot be read: {error}") from None

    def read(self, name: str, largest: int = LARGEST_TEXT) -> bytes:
        """All bytes of a file. Raises `SourceError` for more than `largest`."""
        with self.open(name) as file:
            data = file.read(largest + 1)
        if len(data) > largest:
            raise SourceError(f"{self.place(name)}: more than {largest:,} bytes")
        return data

    def text(self, name: str) -> str:
        """A file as text with newlines as `\\n`: UTF-8, else Windows-1252. Raises `SourceError`."""
        return decoded(self.read(name))


def decoded(data: bytes) -> str:
    """Bytes as text: UTF-8 or UTF-16 by their mark, UTF-8, else Windows-1252, which reads all."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = (
                data.decode("cp1252", "replace") if _is_windows(data) else data.decode("utf-8-sig", "replace")
            )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_windows(data: bytes) -> bool:
    """Whether a text that is no UTF-8 is none at all: of broken UTF-8 most letters can be read."""
    broken = data.decode("utf-8", "replace").count("\ufffd")
    high = sum(byte > 0x7F for byte in data[:2_000_000])
    return broken * 3 > high


def open_source(path: Path) -> Source:
    """Open a source. Raises `SourceError`."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from None
    if stat.S_ISDIR(mode):
        return _folder(path)
    if not stat.S_ISREG(mode):
        raise SourceError(f"{path}: it is neither a file nor a folder")
    if zipfile.is_zipfile(path) and path.suffix.lower() not in (".docx", ".docm"):
        return _zip(path)
    return Source(path.name, files={path.name: path})


def _folder(path: Path) -> Source:
    source = Source(path.name or str(path), folder=path)
    root = os.path.realpath(path)
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name not in (".git", "node_modules"))
        for name in sorted(names):
            full = os.path.join(folder, name)
            # A link that leads out of the folder would bring files of the machine into the site.
            if os.path.realpath(full) != full and not os.path.realpath(full).startswith(root + os.sep):
                continue
            if not os.path.isfile(full):
                continue
            inner = os.path.relpath(full, path).replace(os.sep, "/")
            source.files[inner] = Path(full)
            if len(source.files) > MOST_FILES:
                raise SourceError(f"{path}: more than {MOST_FILES:,} files")
    return source


def _zip(path: Path) -> Source:
    source = Source(path.name, folder=None)
    try:
        _unpack(source, zipfile.ZipFile(path), "", [0, 0])
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise SourceError(f"{path}: this zip cannot be read: {error}") from None
    return source


def _unpack(source: Source, archive: zipfile.ZipFile, under: str, seen: list[int]) -> None:
    """List the files of a zip, and of those in it. `seen` counts bytes and zips."""
    for info in archive.infolist():
        if info.is_dir():
            continue
        name = posixpath.normpath(under + info.filename.replace("\\", "/"))
        place = f"{source.label}/{info.filename[:200]}"
        if name.startswith(("/", "../")) or name == ".." or ":" in name.split("/")[0]:
            raise SourceError(f"{place}: this path leads out of the zip")
        if stat.S_ISLNK(info.external_attr >> 16):
            continue
        if info.flag_bits & 1:
            raise SourceError(f"{place}: it is encrypted")
        if info.compress_type not in METHODS:
            raise SourceError(f"{place}: it is packed in a way that is not known: pack it with Deflate")
        seen[0] += info.file_size
        if info.file_size > RATIO_FROM and info.file_size > MOST_RATIO * max(1, info.compress_size):
            raise SourceError(
                f"{place}: it becomes more than {MOST_RATIO} times as large when it is unpacked"
            )
        if seen[0] > MOST_UNPACKED or len(source.packed) > MOST_FILES:
            raise SourceError(f"{source.label}: it holds more than may be unpacked")
        if name.lower().endswith(".zip"):
            seen[1] += 1
            if seen[1] > MOST_ZIPS or info.file_size > LARGEST_TEXT:
                raise SourceError(f"{place}: too many zips within this one, or too large a one")
            inner = tempfile.TemporaryFile()  # noqa: SIM115  # its files are read from it later
            with archive.open(info) as packed:
                shutil.copyfileobj(packed, inner)
            folder = posixpath.dirname(name)
            _unpack(source, zipfile.ZipFile(inner), f"{folder}/" if folder else "", seen)
            continue
        if not name.startswith("__MACOSX/"):
            source.packed[name] = (archive, info)
