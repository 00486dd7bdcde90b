"""Checks each new commit of an editor's push: what is forbidden in the result is forbidden in between, too.

Somebody may build, merge or check out any commit later. Two git processes read them all, and a push uses
memory for the ids of its commits, never for their files.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice

from msgspec import Struct

from deskpress.engine.fingerprint import digest
from deskpress.publish.git import GitError, Repository, TreeEntry, answer, ask
from deskpress.publish.refusal import SHOWN, RefusedError

MOST_COMMITS = 10_000
MOST_PARENTS = 32
MOST_PATHS = 200_000
"""The most changes of files in all new commits together."""

MOST_MERGES = 100
"""The most merges of branches with different configurations whose merge base is computed."""

MOST_SHOWN = 5
"""The most commits with a forbidden configuration that are reported."""

LARGEST_TREE = 8_000_000
"""In bytes: a folder of some 100,000 entries."""

_TREE_MODE = b"40000"


class PushedCommit(Struct, frozen=True):
    """A commit and its parents, by their ids."""

    name: str
    parents: tuple[str, ...]


class CommittedFile(Struct, frozen=True):
    """A file as changed by a commit; no `entry` if it was removed. Sizes are not known here."""

    commit: str
    path: str
    entry: TreeEntry | None


def new_commits(repository: Repository, tips: Iterable[str]) -> list[PushedCommit]:
    """The commits of `tips` that no ref has yet, parents first. Raises `RefusedError`."""
    found: list[PushedCommit] = []
    feed = "".join(f"{tip}\n" for tip in tips).encode()
    arguments = ("--parents", "--topo-order", "--reverse", "--stdin", "--not", "--all")
    with closing(repository.lines("rev-list", *arguments, feed=feed)) as lines:
        for line in lines:
            name, *parents = line.decode().split()
            found.append(PushedCommit(name, tuple(parents)))
            if len(found) > MOST_COMMITS:
                raise RefusedError(f"There are more than {MOST_COMMITS:,} new commits in one push.")
            if len(parents) > MOST_PARENTS:
                raise RefusedError(f"The commit {name[:7]} has more than {MOST_PARENTS} parents.")
    return found


class Configurations:
    """Compares configurations of commits, by the folders above the content; `content` is its folder."""

    def __init__(self, repository: Repository, content: str, process: subprocess.Popen[bytes]) -> None:
        self.repository = repository
        self.parts = content.split("/")
        self._known: dict[str, str] = {}
        self._process = process

    def of(self, commit: str) -> str:
        """A digest of every file outside the content folder."""
        if commit not in self._known:
            self._known[commit] = digest(b"\0\0".join(self._levels(commit)))
        return self._known[commit]

    def _levels(self, commit: str) -> Iterator[bytes]:
        """Each folder from the top to the parent of the content, without the entry that leads there."""
        name = f"{commit}^{{tree}}"
        for at, part in enumerate(self.parts):
            tree = self._tree(name, commit)
            size = len(commit) // 2
            entry = re.compile(rb"([0-7]+) ([^\0]+)\0(.{%d})" % size, re.DOTALL)
            wanted = (_TREE_MODE, part.encode("utf-8", "surrogateescape"))
            entries = list(entry.finditer(tree))
            if sum(len(one[0]) for one in entries) != len(tree):
                raise RefusedError(f"The commit {commit[:7]} has a damaged folder.")
            yield b"".join(one[0] for one in entries if (one[1], one[2]) != wanted)
            down = [one[3] for one in entries if (one[1], one[2]) == wanted]
            if not down or at + 1 == len(self.parts):
                return
            name = down[0].hex()

    def _tree(self, name: str, commit: str) -> bytes:
        kind, size = ask(self._process, name)
        if kind != "tree":
            raise GitError(f"{commit} is not a commit of this repository")
        if size > LARGEST_TREE:
            raise RefusedError(f"The commit {commit[:7]} has a folder with too many files.")
        return answer(self._process, size)


@contextmanager
def configurations(repository: Repository, content: str) -> Iterator[Configurations]:
    """Compares configurations while the block runs."""
    with repository.batch(repository.seconds) as process:
        try:
            yield Configurations(repository, content, process)
        finally:
            process.kill()


def with_other_configuration(
    commits: list[PushedCommit], trusted: str, known: Configurations
) -> list[PushedCommit]:
    """The first commits with a configuration that neither the `trusted` commit nor their parents have.

    A merge may have that of one parent if the others left it unchanged since the merge base: that is git's
    own result. It may not return to an older one by way of a merge.
    """
    asked = 0
    found = []
    for commit in commits:
        own = known.of(commit.name)
        others = [parent for parent in commit.parents if known.of(parent) != own]
        if own == known.of(trusted) or (commit.parents and not others):
            continue
        same = [parent for parent in commit.parents if parent not in others]
        asked += bool(same)
        if asked > MOST_MERGES:
            raise RefusedError(
                f"More than {MOST_MERGES} merges join branches with different files outside the content."
            )
        if not any(all(_unchanged(known, one, other) for other in others) for one in same):
            found.append(commit)
            # A thousand folders of a refused push are not read either.
            if len(found) == MOST_SHOWN:
                break
    return found


def _unchanged(known: Configurations, one: str, other: str) -> bool:
    """Whether `other` has not changed the configuration since its merge base with `one`."""
    bases = known.repository.bases(one, other)
    return bool(bases) and all(known.of(base) == known.of(other) for base in bases)


def differing(repository: Repository, old: str, new: str, content: str) -> list[str]:
    """The first paths outside the content folder that differ between two commits, one more than is shown."""
    paths = (old, new, "--", f":(top,exclude,literal){content}")
    command = ("diff-tree", "-r", "-z", "--no-renames", "--name-only", *paths)
    with closing(repository.records(*command)) as records:
        found = list(islice(records, SHOWN + 1))
    return [path.decode("utf-8", "surrogateescape") for path in found]


def changes(repository: Repository, commits: list[PushedCommit], content: str) -> Iterator[CommittedFile]:
    """How each commit changes files in the content folder; of a merge, only what differs from all parents.

    Raises `RefusedError` for too many.
    """
    arguments = ("--stdin", "-c", "-r", "--root", "--raw", "-z", "--no-renames", "--no-abbrev", "--")
    feed = "".join(f"{commit.name}\n" for commit in commits).encode()
    command = ("diff-tree", *arguments, f":(top,literal){content}")
    with closing(repository.records(*command, feed=feed)) as fields:
        commit, count = "", 0
        for field in fields:
            if not field.startswith(b":"):
                commit = field.decode()
                continue
            count += 1
            if count > MOST_PATHS:
                raise RefusedError(f"There are more than {MOST_PATHS:,} changes of files in one push.")
            path = next(fields).decode("utf-8", "surrogateescape")
            yield CommittedFile(commit, path, _entry(field))


def _entry(about: bytes) -> TreeEntry | None:
    """The new file in a raw line: `:old-mode new-mode old-id new-id letter`; one colon for each parent."""
    parents = len(about) - len(about.lstrip(b":"))
    words = about.decode().lstrip(":").split()
    mode, blob = words[parents], words[2 * parents + 1]
    return TreeEntry(mode, blob, 0) if mode.strip("0") else None


def sizes(repository: Repository, blobs: Iterable[str]) -> dict[str, int]:
    """The sizes of blobs in bytes. Raises `GitError`."""
    found = {}
    feed = "".join(f"{blob}\n" for blob in blobs).encode()
    question = "--batch-check=%(objectname) %(objectsize)"
    with closing(repository.lines("cat-file", question, feed=feed)) as lines:
        for line in lines:
            name, size = line.decode().split()
            if not size.isdecimal():
                raise GitError(f"{name} is missing")
            found[name] = int(size)
    return found


def as_listings(made: Iterable[tuple[str, TreeEntry]]) -> list[dict[str, TreeEntry]]:
    """Files as whole listings have them: versions of the same path are in separate listings."""
    found: list[dict[str, TreeEntry]] = []
    versions: dict[str, int] = {}
    for path, entry in dict.fromkeys(made):
        at = versions.get(path, 0)
        versions[path] = at + 1
        if at == len(found):
            found.append({})
        found[at][path] = entry
    return found
