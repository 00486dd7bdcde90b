"""The folder of the built site, changed in two steps: stage everything, then put it in place.

Staging writes new bytes into a hidden folder of the site; nothing a reader sees changes, so a
failure until then leaves the old site as it was. Committing renames the staged files into place
(each rename is atomic), and removes what is not planned last.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

MARKER = ".deskpress"
KEPT = frozenset({".git"})
"""Left alone at the top of the site: a checkout that somebody deploys from."""

STAGING = ".deskpress-staging"

SLOTS, RUN = 8, 16
"""Folders of the staging, and how many files in a row go into one: workers that write runs of numbers at
the same time would wait for each other in one folder."""

_BINARY = getattr(os, "O_BINARY", 0)
"""Windows would else translate newlines."""


class Seen(Struct, frozen=True, array_like=True):
    """What identifies a file: bytes, nanoseconds and inode, by the names of `os.stat_result`."""

    st_size: int
    st_mtime_ns: int
    st_ctime_ns: int
    st_ino: int


Listing = Mapping[str, Seen | None]
"""What lies in the folder: files with what identifies them; None for a link or an empty folder."""


class ForeignFolderError(Exception):
    """The folder holds files that no build of ours has written."""


class Tree:
    """A site folder that belongs to the build. `root` is absolute."""

    def __init__(self, root: Path, marker: bytes) -> None:
        self.root = root
        self.marker = marker
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
            listed = [name for name in os.listdir(self.root) if name not in KEPT]
            if listed and MARKER not in listed and not clean:
                raise ForeignFolderError(f"{self.root} holds files that Deskpress has not written")

    def look_ahead(self, packed: Callable[[], bytes | None]) -> None:
        """Have the next listing come from elsewhere, as `packed` gives it there; None if it does not."""
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
                    if path in KEPT or path == STAGING:
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
        self.root.mkdir(parents=True, exist_ok=True)
        marker = self.root / MARKER
        if marker.is_symlink() or not marker.is_file():
            _remove(marker)
            marker.write_bytes(self.marker)
        _remove(self.staging)
        self.staging.mkdir()
        for slot in range(SLOTS):
            (self.staging / str(slot)).mkdir()

    def _staged(self, number: int) -> str:
        return f"{self.staging}/{number // RUN % SLOTS}/{number}"

    def stage(self, number: int, data: bytes) -> None:
        """Keep `data` under `number` until the commit."""
        # Without a buffer: opening one costs more than writing a page.
        file = os.open(self._staged(number), os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)

    def commit(self, staged: Collection[tuple[int, str]], planned: Collection[str], listing: Listing) -> int:
        """Put staged files in place, remove everything that is not planned; how many were removed.

        `listing` is what lay in the folder before.
        """
        made: set[str] = set()
        # What pages need comes before the pages.
        for number, path in sorted(staged, key=lambda item: (item[1].endswith(".html"), item[1])):
            self._make_folders(path, listing, made)
            self._replace(self._staged(number), f"{self.root}/{path}")
        removed = 0
        for path in listing:
            if path not in planned and path != MARKER:
                removed += self._drop(path)
        _remove(self.staging)
        return removed

    def abandon(self) -> None:
        """Forget what was staged."""
        _remove(self.staging)

    def _make_folders(self, path: str, listing: Listing, made: set[str]) -> None:
        """Create the folders above `path`; a file or a symbolic link in their place goes."""
        for at, char in enumerate(path):
            folder = path[:at]
            if char != "/" or folder in made:
                continue
            target = self.root / folder
            # A folder that holds anything is not listed: what is, is a file, a link or an empty folder.
            if folder in listing and (target.is_symlink() or not target.is_dir()):
                target.unlink(missing_ok=True)
            target.mkdir(exist_ok=True)
            made.add(folder)

    def _replace(self, staged: str, target: str) -> None:
        """Put a file in place, a folder's too."""
        try:
            os.replace(staged, target)
        except OSError:
            folder = Path(target)
            if not folder.is_dir() or folder.is_symlink():
                raise
            _remove(folder)
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
            return 0  # it went with the folder that a planned file has replaced
        for parent in target.parents:
            if parent == self.root or any(parent.iterdir()):
                break
            parent.rmdir()
        return 1


def _remove(path: Path) -> None:
    """Remove a file, a link or a folder with all that is in it; links in it are not followed."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
