"""The folder of the built site, changed in two steps: stage everything, then put it in place.

Staging writes new bytes into a hidden folder inside the site; nothing a reader sees changes, so a
failure up to that point leaves the old site as it was. Committing renames the staged files into place
(each rename is atomic; folders that do not exist yet are moved as a whole) and removes unplanned files last.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

MARKER = ".deskpress"
KEPT = frozenset({".git"})
"""Left alone at the top of the site: `.git` belongs to a checkout that is deployed from this folder."""

STAGING = ".deskpress-staging"

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""Flags that create a new file and fail if it exists; without `O_BINARY`, Windows translates newlines."""


class Seen(Struct, frozen=True, array_like=True):
    """What identifies a file: bytes, nanoseconds and inode, by the names of `os.stat_result`."""

    st_size: int
    st_mtime_ns: int
    st_ctime_ns: int
    st_ino: int


Listing = Mapping[str, Seen | None]
"""The contents of the folder: files with what identifies them; None for a link or an empty folder."""


class ForeignFolderError(Exception):
    """The folder holds files that were not written by a Deskpress build."""


ASKED_EVERY = 2_000_000
"""Bytes that one process stages between two checks of the free disk space."""

Room = Callable[[int], None]
"""Called with the number of bytes written; raises if the disk has no room for them."""


def any_room(size: int) -> None:
    """Accept any size, even if the disk may become full."""


class Tree:
    """A site folder that belongs to the build. `root` is absolute; the names in `kept` at its top stay.

    `room` is called as files are staged.
    """

    def __init__(
        self, root: Path, marker: bytes, kept: Collection[str] = KEPT, room: Room = any_room
    ) -> None:
        self.root = root
        self.marker = marker
        self.kept = kept
        self.room = room
        self._unasked = 0
        self.staging = root / STAGING
        self._ahead: Callable[[], bytes | None] | None = None

    def claim(self, *, clean: bool) -> None:
        """Make sure that the folder is ours to write; raises `ForeignFolderError` if it is not.

        With `clean`, a folder without our marker is taken over: the next commit removes what is not
        planned.
        """
        if self.root.is_symlink() and not self.root.exists():
            raise ForeignFolderError(f"{self.root} is a symbolic link that leads nowhere")
        if self.root.exists():
            if not self.root.is_dir():
                raise ForeignFolderError(f"{self.root} is not a folder")
            listed = [name for name in os.listdir(self.root) if name not in self.kept and name != STAGING]
            if listed and MARKER not in listed and not clean:
                raise ForeignFolderError(f"{self.root} holds files that Deskpress has not written")

    def look_ahead(self, packed: Callable[[], bytes | None]) -> None:
        """Take the next listing from `packed`, or make it as usual if that returns None."""
        self._ahead = packed

    def packed(self) -> bytes:
        """The listing as bytes."""
        return msgspec.msgpack.encode(self._list())

    def listing(self) -> Listing:
        """Everything below the root, by path; symbolic links are not followed."""
        ahead, self._ahead = self._ahead, None
        data = ahead() if ahead else None
        return self._list() if data is None else msgspec.msgpack.decode(data, type=dict[str, Seen | None])

    def _list(self) -> dict[str, Seen | None]:
        found: dict[str, Seen | None] = {}
        pending = [""] if self.root.is_dir() else []
        while pending:
            prefix = pending.pop()
            empty = True
            with os.scandir(f"{self.root}/{prefix}") as entries:
                for entry in entries:
                    empty = False
                    path = prefix + entry.name
                    if path in self.kept or path == STAGING:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(path + "/")
                    elif entry.is_file(follow_symlinks=False):
                        seen = entry.stat(follow_symlinks=False)
                        found[path] = Seen(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)
                    else:
                        found[path] = None
            if empty and prefix:
                found[prefix[:-1]] = None
        return found

    def begin(self) -> None:
        """Create the folder, its marker and an empty place for staging."""
        self.mark()
        _remove(self.staging)
        self.staging.mkdir()

    def mark(self) -> None:
        """Create the folder and its marker."""
        self.root.mkdir(parents=True, exist_ok=True)
        marker = self.root / MARKER
        if marker.is_symlink() or not marker.is_file():
            _remove(marker)
            marker.write_bytes(self.marker)

    def stage(self, path: str, data: bytes) -> None:
        """Keep `data` for the file at `path` until the commit. Raises what `room` raises."""
        self._unasked += len(data)
        if self._unasked >= ASKED_EVERY:
            self.room(self._unasked)
            self._unasked = 0
        target = f"{self.staging}/{path}"
        # Without a buffer: opening one costs more than writing a page.
        try:
            file = os.open(target, _NEW, 0o666)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            file = os.open(target, _NEW, 0o666)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)

    def holds(self, path: str, listing: Listing) -> bool:
        """Whether the file at `path` already has the bytes staged for it, and its path contains no link."""
        there = listing.get(path) is not None
        return there and filecmp.cmp(self.staging / path, self.root / path, shallow=False)

    def commit(self, staged: Collection[str], planned: Collection[str], listing: Listing) -> int:
        """Put the files staged for these paths in place, remove everything that is not planned.

        `listing` is what lay in the folder before. Returns how many were removed.
        """
        # What pages need comes before the pages.
        units: dict[str, bool] = {}
        there: dict[str, bool] = {}
        for path in staged:
            unit = self._unit(path, there)
            units[unit] = units.get(unit, False) or path.endswith(".html")
        for unit in sorted(units, key=lambda unit: (units[unit], unit)):
            self._replace(f"{self.staging}/{unit}", f"{self.root}/{unit}")
        removed = 0
        for path in listing:
            if path not in planned and path != MARKER:
                removed += self._drop(path)
        _remove(self.staging)
        return removed

    def abandon(self) -> None:
        """Discard what was staged."""
        _remove(self.staging)

    def _unit(self, path: str, there: dict[str, bool]) -> str:
        """What is renamed to put `path` in place: the file, or its uppermost folder that is missing."""
        at = path.find("/")
        while at >= 0:
            folder = path[:at]
            known = there.get(folder)
            if known is None:
                target = f"{self.root}/{folder}"
                known = there[folder] = os.path.isdir(target) and not os.path.islink(target)
            if not known:
                return folder
            at = path.find("/", at + 1)
        return path

    def _replace(self, staged: str, target: str) -> None:
        """Put a file or a folder in place of whatever is there."""
        try:
            os.replace(staged, target)
        except OSError:
            # A file replaces a file; a folder, or whatever occupies a folder's path, has to be removed first.
            if not os.path.isdir(staged) and (not os.path.isdir(target) or os.path.islink(target)):
                raise
            _remove(Path(target))
            os.replace(staged, target)

    def _drop(self, path: str) -> int:
        """Remove a file, a link or an empty folder, and the folders above that became empty."""
        target = self.root / path
        try:
            if target.is_dir() and not target.is_symlink():
                if any(target.iterdir()):
                    return 1  # a link was there, and a planned folder has taken its place
                target.rmdir()
            else:
                target.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return 0  # removed with the folder that a planned file has replaced
        for parent in target.parents:
            if parent == self.root or any(parent.iterdir()):
                break
            parent.rmdir()
        return 1


def _remove(path: Path) -> None:
    """Remove a folder with all its contents, or whatever else is at `path`; links are not followed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        # Also for a pipe: opening it would block until somebody writes to it.
        path.unlink(missing_ok=True)
