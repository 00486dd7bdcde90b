"""Writes a commit's files to a folder, from the objects: no filters, no links, nothing run."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from deskpress.publish.git import GitError, Repository, TreeEntry
from deskpress.write.atomic import write_whole


class Checkout(Struct, frozen=True):
    """A managed folder; its contents are recorded next to it, by path with the blob.

    Every name in the folder belongs to the content: the record is `FOLDER.json`, and a file is written as
    `FOLDER.new` before it is moved to its place.
    """

    folder: Path

    @property
    def _note(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.json")

    @property
    def _new(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.new")

    def bring(
        self,
        repository: Repository,
        listing: Mapping[str, TreeEntry],
        check_room: Callable[[int], None] = lambda needed: None,
    ) -> None:
        """Make the folder hold the regular files of `listing`; only what differs is written.

        `check_room` is called with the number of bytes before the first is written, and raises if there are
        too many. Raises `GitError` and `OSError`; the folder then holds none of the new files.
        """
        wanted = {path: entry.blob for path, entry in listing.items() if entry.is_file}
        known = self._known()
        needed = sum(listing[path].size for path, blob in wanted.items() if known.get(path) != blob)
        check_room(needed)
        self._bring(repository, known, wanted)

    def noted(self) -> bytes:
        """The recorded contents of the folder, for `restore`."""
        try:
            return self._note.read_bytes()
        except OSError:
            return b""

    def restore(self, repository: Repository, noted: bytes) -> None:
        """Restore the former contents of the folder; it is emptied if that fails."""
        try:
            before = msgspec.json.decode(noted, type=dict[str, str]) if noted else {}
            self._bring(repository, self._known(), before)
        except (OSError, GitError, msgspec.MsgspecError):
            self._note.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                self._empty()

    def _bring(self, repository: Repository, known: Mapping[str, str], wanted: Mapping[str, str]) -> None:
        gone = [path for path in known if path not in wanted]
        new = [path for path, blob in wanted.items() if known.get(path) != blob]
        if not gone and not new:
            return
        # While it is changed there is no record: after a crash it is filled from scratch.
        self._note.unlink(missing_ok=True)
        for path in gone:
            self._drop(path)
        try:
            for path, chunks in zip(new, repository.contents(wanted[path] for path in new), strict=True):
                with self._new.open("wb") as file:
                    for chunk in chunks:
                        file.write(chunk)
                self._place(path)
        except BaseException:
            self._take_back(new, {path: blob for path, blob in known.items() if wanted.get(path) == blob})
            raise
        write_whole(self._note, msgspec.json.encode(wanted))

    def _take_back(self, new: list[str], kept: Mapping[str, str]) -> None:
        """Remove the files that were to be written, and record what is left."""
        # Without a record the folder is emptied before it is used again.
        with contextlib.suppress(OSError):
            self._new.unlink(missing_ok=True)
            for path in new:
                self._drop(path)
            write_whole(self._note, msgspec.json.encode(kept))

    def _known(self) -> dict[str, str]:
        try:
            if not self.folder.is_dir():
                raise FileNotFoundError(self.folder)
            return msgspec.json.decode(self._note.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.MsgspecError):
            self._empty()
            return {}

    def _empty(self) -> None:
        """Empty the folder, since its contents are not known."""
        if self.folder.is_dir():
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)

    def _place(self, path: str) -> None:
        """Move what was written to its place, whatever a plug-in may have put there."""
        target = self.folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            self._make_way(path)
        try:
            os.replace(self._new, target)
        except IsADirectoryError:
            shutil.rmtree(target)
            os.replace(self._new, target)

    def _make_way(self, path: str) -> None:
        """Put a folder in place of a file that is gone from the commit."""
        target = self.folder
        for part in path.split("/")[:-1]:
            target = target / part
            if target.is_symlink() or not target.is_dir():
                target.unlink(missing_ok=True)
                target.mkdir()

    def _drop(self, path: str) -> None:
        target = self.folder / path
        # What a plug-in has put in place of a file is not part of the commit.
        with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            target.unlink()
        for parent in target.parents:
            if parent == self.folder:
                break
            try:
                parent.rmdir()
            except OSError:
                break
