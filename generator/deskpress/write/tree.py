"""The folder of the built site, changed in two steps: stage everything, then put it in place.

Staging writes new bytes into a hidden folder of the site; nothing a reader sees changes, so a
failure until then leaves the old site as it was. Committing renames the staged files into place
(each rename is atomic), and removes what is not planned last.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

MARKER = ".deskpress"
KEPT = frozenset({".git"})
"""Left alone at the top of the site: a checkout that somebody deploys from."""

_STAGING = ".deskpress-staging"


class ForeignFolderError(Exception):
    """The folder holds files that no build of ours has written."""


class Tree:
    """A site folder that belongs to the build. `root` is absolute."""

    def __init__(self, root: Path, marker: bytes) -> None:
        self.root = root
        self.marker = marker
        self.staging = root / _STAGING

    def claim(self, *, clean: bool) -> None:
        """Make sure that the folder is ours to write; raises `ForeignFolderError` if it is not.

        With `clean`, a folder without our marker is taken over, and one with it is emptied by the
        commit that follows all the same: what is not planned goes.
        """
        if self.root.is_symlink() and not self.root.exists():
            raise ForeignFolderError(f"{self.root} is a symbolic link that leads nowhere")
        if self.root.exists():
            if not self.root.is_dir():
                raise ForeignFolderError(f"{self.root} is not a folder")
            listed = [name for name in os.listdir(self.root) if name not in KEPT]
            if listed and MARKER not in listed and not clean:
                raise ForeignFolderError(f"{self.root} holds files that Deskpress has not written")

    def begin(self) -> None:
        """Create the folder, its marker and an empty place for staging."""
        self.root.mkdir(parents=True, exist_ok=True)
        if not (self.root / MARKER).is_file():
            (self.root / MARKER).write_bytes(self.marker)
        _remove(self.staging)
        self.staging.mkdir()

    def stage(self, number: int, path: str, data: bytes) -> bool:
        """Keep `data` for `path` under `number`; False if the site has these bytes already."""
        if self._current(path, len(data)) == data:
            return False
        (self.staging / str(number)).write_bytes(data)
        return True

    def commit(self, staged: Collection[tuple[int, str]], planned: Collection[str]) -> int:
        """Put staged files in place, remove everything that is not planned; how many were removed."""
        # What pages need comes before the pages.
        for number, path in sorted(staged, key=lambda item: (item[1].endswith(".html"), item[1])):
            self._make_way(path)
            os.replace(self.staging / str(number), self.root / path)
        _remove(self.staging)
        return self._prune(frozenset(planned))

    def abandon(self) -> None:
        """Forget what was staged."""
        _remove(self.staging)

    def _current(self, path: str, size: int) -> bytes | None:
        """The bytes at `path`, unless its size already tells that they differ."""
        target = self.root
        for part in path.split("/"):
            target = target / part
            try:
                status = target.lstat()
            except (FileNotFoundError, NotADirectoryError):
                return None
            if stat.S_ISLNK(status.st_mode):
                return None
        if not stat.S_ISREG(status.st_mode) or status.st_size != size:
            return None
        return target.read_bytes()

    def _make_way(self, path: str) -> None:
        """Create the folders above `path`; a file or a symbolic link in their place goes."""
        *folders, name = path.split("/")
        target = self.root
        for folder in folders:
            target = target / folder
            if target.is_symlink() or (target.exists() and not target.is_dir()):
                target.unlink()
            target.mkdir(exist_ok=True)
        target = target / name
        if target.is_dir() and not target.is_symlink():
            _remove(target)

    def _prune(self, planned: frozenset[str]) -> int:
        removed = 0
        folders = {path[:at] for path in planned for at, char in enumerate(path) if char == "/"}
        for path, is_folder in self._walk(folders):
            if path not in planned:
                _remove(self.root / path) if is_folder else (self.root / path).unlink()
                removed += 1
        return removed

    def _walk(self, folders: Collection[str]) -> Iterator[tuple[str, bool]]:
        """Files below the root, and folders that hold nothing planned; links are not followed."""
        pending = [""]
        while pending:
            prefix = pending.pop()
            with os.scandir(self.root / prefix) as entries:
                listed = list(entries)
            for entry in listed:
                path = prefix + entry.name
                if path in KEPT:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if path in folders:
                        pending.append(path + "/")
                    else:
                        yield path, True
                else:
                    yield path, False


def _remove(path: Path) -> None:
    """Remove a file, a link or a folder with all that is in it; links in it are not followed."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
