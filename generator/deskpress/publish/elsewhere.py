"""Takes a built site to other hosts: a folder, a bucket, a branch that Pages shows. Only what changed goes.

What pages need comes before the pages, and what is gone is removed last: whoever reads meanwhile finds whole
pages.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Literal, Protocol

from msgspec import Struct

from deskpress.engine.fingerprint import digest
from deskpress.publish.git import GitError, Repository
from deskpress.publish.remote import RemoteError, Say
from deskpress.write.tree import KEPT, MARKER, STAGING

Progress = Callable[[str, int], Callable[[int], None]]
"""Begins a stage of so many steps, and gives the function to call as steps are done."""

ATTEMPTS = 4
"""How often a transfer is tried; the pause doubles from one second."""


_IDENTITY = ("GIT_AUTHOR_", "GIT_COMMITTER_")


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


def files_of(folder: Path) -> dict[str, str]:
    """Every file of a folder with its digest; links are none."""
    found = {}
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in (*KEPT, STAGING))
        for name in sorted(names):
            path = Path(root, name)
            if not path.is_symlink():
                found[path.relative_to(folder).as_posix()] = digest(path.read_bytes())
    return found


class Target(Protocol):
    """A place that shows files. Its methods raise `RemoteError` or `OSError`; a `put` may be called again."""

    @property
    def workers(self) -> int:
        """How many files may be on their way at once."""

    def files(self) -> dict[str, str]:
        """What lies there, each with the mark of its bytes. Raises `RemoteError` if it is not ours."""

    def mark(self, data: bytes) -> str:
        """What tells these bytes from others there."""

    def read(self, path: str) -> bytes | None:
        """A file, or None."""

    def put(self, path: str, data: bytes) -> None:
        """Write a file, whole."""

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files."""


def send(site: Path, target: Target, say: Say, *, dry: bool, progress: Progress) -> list[Step]:
    """Make `target` hold the site; what was done, or would be. Raises `RemoteError` or `OSError`."""
    there = target.files()
    here = {path: target.mark((site / path).read_bytes()) for path in files_of(site)}
    todo = steps(here, there)
    for step in todo:
        say(f"{step.what} {step.path}")
    if dry or not todo:
        return todo
    tick = progress("Sending", len(todo))

    def put(path: str) -> None:
        target.put(path, (site / path).read_bytes())

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
    return todo


class Folder(Struct, frozen=True):
    """A folder of this machine."""

    root: Path
    workers: int = 1

    def files(self) -> dict[str, str]:
        """What lies there. Raises `RemoteError` for a folder that is not ours."""
        if self.root.exists() and any(self.root.iterdir()) and not (self.root / MARKER).is_file():
            raise RemoteError(f"{self.root} holds files that Deskpress has not written")
        return files_of(self.root) if self.root.is_dir() else {}

    def mark(self, data: bytes) -> str:
        """The digest."""
        return digest(data)

    def read(self, path: str) -> bytes | None:
        """A file, or None."""
        try:
            return (self.root / path).read_bytes()
        except OSError:
            return None

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
        temporary = target.with_name(f".{target.name[:100]}.new")
        temporary.write_bytes(data)
        os.replace(temporary, target)

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, and the folders that become empty."""
        for path in paths:
            target = self.root / path
            # Something else may stand there now.
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                target.unlink()
            for parent in target.parents:
                if parent == self.root or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()


class Branch(Struct, frozen=True):
    """A branch of a remote repository, as it was when `fetched`; `commit` is empty where there is none."""

    repository: Repository
    remote: str
    ref: str
    commit: str

    @classmethod
    def fetched(cls, project: Path, remote: str, branch: str, say: Say) -> Branch:
        """Bring the branch here. Raises `GitError`, and `RemoteError` if others have written it."""
        repository = _repository(project)
        ref = f"refs/heads/{branch}"
        known = repository.run("ls-remote", remote, ref).decode().split("\t")[0].strip()
        if known:
            _again(lambda: repository.run("fetch", "-q", "--no-tags", remote, ref), say)
        found = cls(repository, remote, ref, known)
        if known and found.read(MARKER) is None:
            problem = f"the branch {branch} of {remote} holds files that Deskpress has not written"
            raise RemoteError(f"{problem}: name another with --branch, or delete it first")
        return found

    def read(self, path: str) -> bytes | None:
        """A file, or None."""
        try:
            return self.repository.run("cat-file", "blob", f"{self.commit}:{path}") if self.commit else None
        except GitError:
            return None

    def send(self, site: Path, say: Say, *, dry: bool) -> str:
        """Push the site as the next commit; the commit, or nothing where nothing changed.

        Raises `GitError`.
        """
        repository, known = self.repository, self.commit
        with tempfile.TemporaryDirectory() as folder:
            tree = _tree(repository, site, Path(folder, "index"))
        before = repository.run("rev-parse", f"{known}^{{tree}}").decode().strip() if known else ""
        if tree == before:
            return ""
        empty = repository.run("hash-object", "-t", "tree", os.devnull).decode().strip()
        changes = repository.run("diff-tree", "-r", "-z", "--name-status", before or empty, tree)
        for line in _names(changes):
            say(line)
        if dry:
            return tree
        head = repository.run("rev-parse", "HEAD").decode().strip()
        parents = ("-p", known) if known else ()
        message = f"Publish {head[:10]}"
        # Who commits may be told by the environment, as hosts of git do.
        told = {name: value for name, value in os.environ.items() if name.startswith(_IDENTITY)}
        signed = Repository(repository.path, told)
        commit = signed.run("commit-tree", tree, *parents, "-m", message).decode().strip()
        _again(lambda: repository.run("push", "-q", self.remote, f"{commit}:{self.ref}"), say)
        return commit


def _repository(project: Path) -> Repository:
    found = next((path / ".git" for path in (project, *project.parents) if (path / ".git").exists()), None)
    if found is None:
        raise RemoteError(f"{project} lies in no git repository")
    return Repository(found)


def _tree(repository: Repository, site: Path, index: Path) -> str:
    """The site as a tree of git's, byte for byte; `.nojekyll` tells GitHub to show it as it is."""
    inside = Repository(repository.path, {"GIT_INDEX_FILE": str(index), "GIT_WORK_TREE": str(site)})
    paths = list(files_of(site))
    listed = "".join(f"{site / path}\n" for path in paths).encode("utf-8", "surrogateescape")
    names = inside.run("hash-object", "-w", "--no-filters", "--stdin-paths", feed=listed).decode().split()
    lines = [f"100644 {name}\t{path}\0" for name, path in zip(names, paths, strict=True)]
    empty = inside.run("hash-object", "-w", "--stdin", feed=b"").decode().strip()
    lines.append(f"100644 {empty}\t.nojekyll\0")
    inside.run("update-index", "-z", "--index-info", feed="".join(lines).encode("utf-8", "surrogateescape"))
    return inside.run("write-tree").decode().strip()


def _names(listed: bytes) -> Iterator[str]:
    parts = listed.decode("utf-8", "replace").split("\0")
    words = {"A": "put", "M": "put", "D": "remove"}
    for status, path in zip(parts[::2], parts[1::2], strict=False):
        yield f"{words.get(status, status)} {path}"


def _again(what: Callable[[], object], say: Say) -> None:
    """Try, and try again: networks fail."""
    for attempt in range(ATTEMPTS):
        try:
            what()
        except GitError as error:
            # Somebody else was faster: trying again would not help.
            if attempt == ATTEMPTS - 1 or "rejected" in str(error):
                raise
            say(f"{error}; trying again")
            time.sleep(2**attempt)
        else:
            return
