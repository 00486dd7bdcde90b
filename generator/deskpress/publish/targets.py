"""Takes a built site to other hosts: a folder, a bucket. Only what changed goes.

What pages need comes before the pages, and what is gone is removed last: whoever reads meanwhile finds whole
pages. What Deskpress has not put there stays (`inventory`).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Literal, Protocol

from msgspec import Struct

from deskpress.engine.fingerprint import digest, digest_of
from deskpress.model.diagnostic import printable
from deskpress.publish import inventory
from deskpress.publish.remote import Say
from deskpress.write.tree import KEPT, MARKER, STAGING

_BINARY = getattr(os, "O_BINARY", 0)

Progress = Callable[[str, int], Callable[[int], None]]
"""Begins a stage of so many steps, and gives the function to call as steps are done."""


class Step(Struct, frozen=True):
    """One thing to do at the target."""

    what: Literal["put", "remove"]
    path: str


def steps(site: Mapping[str, str], there: Mapping[str, str]) -> list[Step]:
    """What turns the files `there` into those of the site, in a safe order; both by path with digests."""
    changed = [path for path, wanted in site.items() if there.get(path) != wanted]
    gone = sorted(there.keys() - site.keys())
    ordered = sorted(changed, key=lambda path: (_rank(path), path))
    return [*(Step("put", path) for path in ordered), *(Step("remove", path) for path in gone)]


def _rank(path: str) -> int:
    """What says whose the files are, files that pages need, pages, and what leads to pages."""
    if path == MARKER:
        return -1
    if path.endswith(".html"):
        return 1
    return 2 if path.endswith((".xml", ".xml.gz", "feed.json")) or "/search/" in f"/{path}" else 0


def files_of(folder: Path, *, others: bool = False) -> dict[str, str]:
    """Every file of a folder with its digest; with `others` also links and the like, with an empty one."""
    found = {}
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in (*KEPT, STAGING))
        # Links to folders are among these, and are not followed.
        for name in sorted((*names, *folders)):
            path = Path(root, name)
            relative = path.relative_to(folder).as_posix()
            if relative in KEPT or (path.is_dir() and not path.is_symlink()):
                continue
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    found[relative] = digest_of(file)
            elif others:
                found[relative] = ""
    return found


class PublishTarget(Protocol):
    """A place that shows files. Its methods raise `RemoteError` or `OSError`; a `put` may be called again."""

    @property
    def workers(self) -> int:
        """How many files may be on their way at once."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    def files(self) -> dict[str, str]:
        """What lies there, each with the mark of its bytes; an empty one for what is no file."""

    def mark(self, data: bytes) -> str:
        """What tells these bytes from others there."""

    def read(self, path: str) -> bytes | None:
        """A file; None if there is none, or one of more than `inventory.MAX_READ` bytes.

        What lies at a target may have been written by anybody.
        """

    def put(self, path: str, data: bytes) -> None:
        """Write a file, whole."""

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files."""


def send(site: Path, target: PublishTarget, say: Say, *, dry: bool, progress: Progress) -> list[Step]:
    """Make `target` hold the site; what was done, or would be. Raises `RemoteError` or `OSError`."""
    there = target.files()
    paths = {*files_of(site), MARKER}
    new = inventory.as_list(paths)

    def data(path: str) -> bytes:
        return new if path == MARKER else (site / path).read_bytes()

    here = {path: target.mark(data(path)) for path in sorted(paths)}
    listed = inventory.listed_in(target.read(MARKER)) if MARKER in there else None
    division = inventory.divide(here, there, listed, target.name)
    todo = steps(here, {path: mark for path, mark in there.items() if path in division.ours})
    for step in todo:
        say(f"{step.what} {printable(step.path)}")
    inventory.tell_kept(division, say)
    if dry or not todo:
        return todo
    tick = progress("Sending", len(todo))
    # Nothing is there, now or when this is cut off, that the list of then does not name.
    both = inventory.as_list(paths | division.ours | (listed or frozenset()))

    def put(path: str) -> None:
        target.put(path, both if path == MARKER else data(path))

    with ThreadPoolExecutor(target.workers) as pool:
        puts = (step.path for step in todo if step.what == "put")
        # A rank is there, all of it, before the next begins.
        for _, ranked in groupby(puts, _rank):
            for _ in pool.map(put, ranked):
                tick(1)
    gone = [step.path for step in todo if step.what == "remove"]
    if gone:
        target.remove(gone)
        tick(len(gone))
    if both != new:
        target.put(MARKER, new)
    return todo


class Folder(Struct, frozen=True):
    """A folder of this machine."""

    root: Path
    workers: int = 1

    @property
    def name(self) -> str:
        """Its path."""
        return str(self.root)

    def files(self) -> dict[str, str]:
        """What lies there, links included."""
        return files_of(self.root, others=True)

    def mark(self, data: bytes) -> str:
        """The digest."""
        return digest(data)

    def read(self, path: str) -> bytes | None:
        """A file, or None."""
        try:
            # A pipe would else have us wait for somebody to write.
            number = os.open(self.root / path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
        except OSError:
            return None
        with os.fdopen(number, "rb") as file:
            status = os.fstat(number)
            if not stat.S_ISREG(status.st_mode) or status.st_size > inventory.MAX_READ:
                return None
            return file.read(inventory.MAX_READ)

    def put(self, path: str, data: bytes) -> None:
        """Write a file beside its place, and move it there."""
        target = self.root / path
        # A file may stand where a folder has to be, or a link that leads out of here; and the reverse.
        for above in (*reversed(target.relative_to(self.root).parents[:-1]),):
            if (self.root / above).is_symlink() or (self.root / above).is_file():
                (self.root / above).unlink()
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the file, the temporary name could be that of another file of the site.
        staging = self.root / STAGING
        if staging.is_symlink():
            staging.unlink()  # it may lead anywhere
        staging.mkdir(exist_ok=True)
        temporary = staging / "new"
        try:
            temporary.write_bytes(data)
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                staging.rmdir()

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, and the folders that become empty."""
        for path in paths:
            target = self.root / path
            # Something else may stand there now: a folder of the site, or a file in place of the folder.
            if target.is_dir() and not target.is_symlink():
                continue
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                target.unlink()
            for parent in target.parents:
                if parent == self.root or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()
