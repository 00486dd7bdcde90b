"""A commit's files in a folder, brought there from the objects: no filters, no links, nothing run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from deskpress.publish.git import Entry, Repository
from deskpress.write.whole import write_whole


class Checkout(Struct, frozen=True):
    """A folder of ours; what lies in it is noted in a hidden file of it, by path with its blob."""

    folder: Path

    @property
    def _noted(self) -> Path:
        return self.folder / ".deskpress-checkout.json"

    def bring(self, repository: Repository, listing: Mapping[str, Entry]) -> None:
        """Make the folder hold the plain files of `listing`; only what differs is written."""
        known = self._known()
        wanted = {path: entry.blob for path, entry in listing.items() if entry.is_file}
        gone = [path for path in known if path not in wanted]
        new = [path for path, blob in wanted.items() if known.get(path) != blob]
        if not gone and not new:
            return
        # While it is changed, no note says what it holds: who comes after a crash begins anew.
        self._noted.unlink(missing_ok=True)
        for path in gone:
            self._drop(path)
        for path, data in zip(new, repository.blobs(wanted[path] for path in new), strict=True):
            target = self.folder / path
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError):
                self._make_way(path)
            temporary = target.with_name(".deskpress.new")
            temporary.write_bytes(data)
            os.replace(temporary, target)
        write_whole(self._noted, msgspec.json.encode(wanted))

    def _known(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._noted.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.MsgspecError):
            self._empty()
            return {}

    def _empty(self) -> None:
        """Nothing is known of the folder: all goes but the memory of builds, which proves itself."""
        import shutil

        self.folder.mkdir(parents=True, exist_ok=True)
        for entry in os.scandir(self.folder):
            if entry.is_dir(follow_symlinks=False):
                if entry.name != ".cache":
                    shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)

    def _make_way(self, path: str) -> None:
        """A folder takes the place of a file that is gone from the commit."""
        target = self.folder
        for part in path.split("/")[:-1]:
            target = target / part
            if not target.is_dir():
                target.unlink(missing_ok=True)
                target.mkdir()

    def _drop(self, path: str) -> None:
        target = self.folder / path
        target.unlink(missing_ok=True)
        for parent in target.parents:
            if parent == self.folder:
                break
            try:
                parent.rmdir()
            except OSError:
                break
