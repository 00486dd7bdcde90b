"""Uploads a built site to other hosts: a folder, a bucket. Only changed files are sent.

What pages need is sent before the pages, and removed files go last, so that readers always find complete
pages. Files that Deskpress has not put there stay (`inventory`).
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
from deskpress.publish.builder import Say
from deskpress.write.site_folder import KEPT, MARKER, STAGING

_BINARY = getattr(os, "O_BINARY", 0)

Progress = Callable[[str, int], Callable[[int], None]]
"""Begins a stage of that many steps, and returns the function to call as steps are done."""


class Step(Struct, frozen=True):
    """One step at the target."""

    what: Literal["put", "remove"]
    path: str


def steps(site: Mapping[str, str], there: Mapping[str, str]) -> list[Step]:
    """The steps from the files `there` to those of the site, in a safe order; both by path with digests."""
    changed = [path for path, wanted in site.items() if there.get(path) != wanted]
    gone = sorted(there.keys() - site.keys())
    ordered = sorted(changed, key=lambda path: (_rank(path), path))
    return [*(Step("put", path) for path in ordered), *(Step("remove", path) for path in gone)]


def _rank(path: str) -> int:
    """The order: the list of our files, files that pages need, pages, and what leads to pages."""
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
    """A place that serves files. Methods raise `RemoteError` or `OSError`; a `put` may be called again."""

    @property
    def workers(self) -> int:
        """The most files that are sent at once."""

    @property
    def name(self) -> str:
        """The name in messages."""

    def files(self) -> dict[str, str]:
        """The files there, each with a digest; empty for what is not a file."""

    def mark(self, data: bytes) -> str:
        """The digest of these bytes in the form of the target."""

    def read(self, path: str) -> bytes | None:
        """A file; None if there is none, or it has more than `inventory.MAX_READ` bytes.

        Files at a target may have been written by anybody.
        """

    def put(self, path: str, data: bytes) -> None:
        """Write a file completely."""

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files."""


def send(site: Path, target: PublishTarget, say: Say, *, dry: bool, progress: Progress) -> list[Step]:
    """Update `target` to the site; returns the steps, done or planned. Raises `RemoteError` or `OSError`."""
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
    # At every moment, even after an interruption, the list at the target names all our files.
    both = inventory.as_list(paths | division.ours | (listed or frozenset()))

    def put(path: str) -> None:
        target.put(path, both if path == MARKER else data(path))

    with ThreadPoolExecutor(target.workers) as pool:
        puts = (step.path for step in todo if step.what == "put")
        # All steps of a rank are done before the next one begins.
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
        """The files there, links included."""
        return files_of(self.root, others=True)

    def mark(self, data: bytes) -> str:
        """The digest."""
        return digest(data)

    def read(self, path: str) -> bytes | None:
        """A file, or None."""
        try:
            # Opening a pipe would block until somebody writes to it.
            number = os.open(self.root / path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
        except OSError:
            return None
        with os.fdopen(number, "rb") as file:
            status = os.fstat(number)
            if not stat.S_ISREG(status.st_mode) or status.st_size > inventory.MAX_READ:
                return None
            return file.read(inventory.MAX_READ)

    def put(self, path: str, data: bytes) -> None:
        """Write a file next to its place, and move it there."""
        target = self.root / path
        # A file, or a link that leads out of here, may be where a folder has to be; and the reverse.
        for above in (*reversed(target.relative_to(self.root).parents[:-1]),):
            if (self.root / above).is_symlink() or (self.root / above).is_file():
                (self.root / above).unlink()
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        # Next to the file, the temporary name could be that of another file of the site.
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
            # The place may be taken now: by a folder of the site, or a file in place of the folder.
            if target.is_dir() and not target.is_symlink():
                continue
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                target.unlink()
            for parent in target.parents:
                if parent == self.root or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()
