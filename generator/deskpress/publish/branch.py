"""A branch of a remote repository that Pages shows: each publication is a commit of the whole site.

Files that Deskpress has not put there stay (`inventory`).
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from deskpress.model.diagnostic import printable
from deskpress.model.patterns import lazy_pattern
from deskpress.publish import inventory
from deskpress.publish.builder import RemoteError, Say
from deskpress.publish.git import GitError, Repository, TreeEntry
from deskpress.publish.targets import files_of
from deskpress.write.site_folder import MARKER

ATTEMPTS = 4
"""How often a transfer is tried; the pause doubles from one second."""

SECONDS = 1800
"""Seconds for which a transfer may last; a remote that answers nothing is left then."""

SEARCHED = 1000
"""The number of commits that are searched for the last publication."""

NO_JEKYLL = ".nojekyll"
"""The file that makes GitHub serve a branch as it is."""

_IDENTITY = ("GIT_AUTHOR_", "GIT_COMMITTER_")
_SUBJECT = lazy_pattern(r"Publish [0-9a-f]{10}")


class Branch(Struct, frozen=True):
    """A branch of a remote repository, as it was when `fetched`; `commit` is empty if there is none."""

    repository: Repository
    remote: str
    ref: str
    commit: str

    @classmethod
    def fetched(cls, project: Path, remote: str, branch: str, say: Say) -> Branch:
        """Fetch the branch. Raises `GitError`, and `RemoteError` if others have written it."""
        repository = _repository(project)
        ref = f"refs/heads/{branch}"
        known = repository.run("ls-remote", remote, ref, within=SECONDS).decode().split("\t")[0].strip()
        if known:
            _again(lambda: repository.run("fetch", "-q", "--no-tags", remote, ref, within=SECONDS), say)
        found = cls(repository, remote, ref, known)
        if known:
            try:
                inventory.claim(found.repository.listing(known).keys(), found.name)
            except RemoteError as error:
                raise RemoteError(
                    f"{error}\n  hint: name another with --branch, or delete it first"
                ) from None
        return found

    @property
    def name(self) -> str:
        """The name in messages."""
        return f"the branch {self.ref.removeprefix('refs/heads/')} of {self.remote}"

    def read(self, path: str) -> bytes | None:
        """A file; None if there is none, or it is larger than the limit."""
        if not self.commit:
            return None
        name = f"{self.commit}:{path}"
        try:
            if int(self.repository.run("cat-file", "-s", name)) > inventory.MAX_READ:
                return None
            return self.repository.run("cat-file", "blob", name)
        except GitError:
            return None

    def send(self, site: Path, say: Say, *, dry: bool) -> str:
        """Push the site as the next commit; returns the commit, or nothing if nothing changed.

        Raises `GitError`.
        """
        repository, known = self.repository, self.commit
        there = repository.listing(known) if known else {}
        ours = self._ours(there)
        files = _stored(repository, site)
        nothing = _blob(repository, b"")
        # GitHub would otherwise leave out names that begin with `_`. A file of the user works as well.
        if NO_JEKYLL not in there or there[NO_JEKYLL].blob == nothing or NO_JEKYLL in (ours or ()):
            files[NO_JEKYLL] = nothing
        files[MARKER] = _blob(repository, inventory.as_list({*files, MARKER}))
        marks = {path: entry.blob if entry.is_file else "" for path, entry in there.items()}
        division = inventory.divide(files, marks, ours, self.name)
        lines = [f"100644 {blob}\t{path}" for path, blob in files.items()]
        lines += [f"{there[path].mode} {there[path].blob}\t{path}" for path in division.kept]
        with tempfile.TemporaryDirectory() as folder:
            tree = _tree(repository, lines, Path(folder, "index"))
        inventory.tell_kept(division, say)
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
        # The environment may set the committer, as git hosts do.
        told = {name: value for name, value in os.environ.items() if name.startswith(_IDENTITY)}
        signed = Repository(repository.path, told)
        commit = signed.run("commit-tree", tree, *parents, "-m", message).decode().strip()
        _again(lambda: repository.run("push", "-q", self.remote, f"{commit}:{self.ref}", within=SECONDS), say)
        return commit

    def _ours(self, there: Mapping[str, TreeEntry]) -> frozenset[str] | None:
        """The list that is there, or what a version without lists has published."""
        if MARKER not in there:
            return None
        if (listed := inventory.listed_in(self.read(MARKER))) is not None:
            return listed
        # Such a version put only its own files into each commit.
        history = self.repository.run("log", "--first-parent", f"-{SEARCHED}", "--format=%H %s", self.commit)
        for line in history.decode(errors="replace").splitlines():
            commit, _, subject = line.partition(" ")
            if _SUBJECT.fullmatch(subject):
                return frozenset(self.repository.listing(commit))
        return None


def _repository(project: Path) -> Repository:
    found = next((path / ".git" for path in (project, *project.parents) if (path / ".git").exists()), None)
    if found is None:
        raise RemoteError(f"{project} lies in no git repository")
    return Repository(found)


def _blob(repository: Repository, data: bytes) -> str:
    """Store a file; returns its git id."""
    return repository.run("hash-object", "-w", "--stdin", feed=data).decode().strip()


def _stored(repository: Repository, site: Path) -> dict[str, str]:
    """Store the files of the site, byte for byte; returns their git ids by path."""
    paths = list(files_of(site))
    listed = "".join(f"{site / path}\n" for path in paths).encode("utf-8", "surrogateescape")
    names = repository.run("hash-object", "-w", "--no-filters", "--stdin-paths", feed=listed)
    return dict(zip(paths, names.decode().split(), strict=True))


def _tree(repository: Repository, lines: Sequence[str], index: Path) -> str:
    """A tree of these files, in the format of `update-index`."""
    inside = Repository(repository.path, {"GIT_INDEX_FILE": str(index)})
    feed = "".join(f"{line}\0" for line in lines).encode("utf-8", "surrogateescape")
    inside.run("update-index", "-z", "--index-info", feed=feed)
    return inside.run("write-tree").decode().strip()


def _names(listed: bytes) -> Iterator[str]:
    parts = listed.decode("utf-8", "replace").split("\0")
    words = {"A": "put", "M": "put", "D": "remove"}
    for status, path in zip(parts[::2], parts[1::2], strict=False):
        yield f"{words.get(status, status)} {printable(path)}"


def _again(what: Callable[[], object], say: Say) -> None:
    """Try several times: networks fail."""
    for attempt in range(ATTEMPTS):
        try:
            what()
        except GitError as error:
            # Somebody else has pushed first, or nobody answers: trying again would not help.
            if attempt == ATTEMPTS - 1 or "rejected" in str(error) or "has not finished" in str(error):
                raise
            say(f"{error}; trying again")
            time.sleep(2**attempt)
        else:
            return
