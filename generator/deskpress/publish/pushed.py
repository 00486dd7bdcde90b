"""Counts the contents of a push before they are read further: objects, commits, changes, refs."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from deskpress.publish.git import Repository
from deskpress.publish.limits import SMALL, LimitError, Limits, Tally, check_room, exceeded
from deskpress.publish.trees import Trees

METADATA = 1_000_000
"""The most bytes of a commit or a tag, including its message."""

_MODES = frozenset({"", "100644", "100755", "120000", "160000"})

_PREVIEWS = "refs/heads/preview/"
_DIRECTORY = "GIT_OBJECT_DIRECTORY"


def check_refs(names: Iterable[str], limits: Limits, *, editor: bool) -> None:
    """Check the names of the refs of a push. Raises `LimitError`."""
    listed = list(names)
    if editor and len(listed) > limits.updates:
        raise exceeded(limits, "updates", f"The push names {len(listed):,} branches and tags")
    for name in listed:
        if not name.isprintable():
            raise LimitError(f"The name of the ref {name!a} holds bytes that are not text.")


def check_sent(repository: Repository, new: Iterable[str], limits: Limits, *, editor: bool) -> None:
    """Count what an editor's push has sent; `new` are the commits (or tags) that its refs will name.

    Objects are counted in git's quarantine, including unreachable ones. Raises `LimitError` as soon as a
    limit is passed, and `GitError`.
    """
    if not editor:
        return
    commits = sorted({name for name in new if name})
    if _DIRECTORY in repository.quarantine:
        _count_objects(repository, limits)
    if commits:
        _check_changes(repository, commits, limits)
    _check_disk(repository, limits)


def _check_disk(repository: Repository, limits: Limits) -> None:
    objects = repository.path / "objects"
    # The quarantine folder; missing if all objects were known.
    held = Path(repository.quarantine.get(_DIRECTORY, objects / "none"))
    if folder_size(held) <= SMALL:
        return
    if folder_size(objects) > limits.repository:
        raise exceeded(limits, "repository", "The repository is too large for more than small pushes")
    if shutil.disk_usage(objects).free < limits.free:
        check_room(objects, folder_size(held), limits)


def _count_objects(repository: Repository, limits: Limits) -> None:
    # Without the alternates, git lists only what was sent.
    sent = replace(repository, quarantine={_DIRECTORY: repository.quarantine[_DIRECTORY]})
    question = "--batch-check=%(objecttype) %(objectsize)"
    objects = commits = unpacked = 0
    with contextlib.closing(sent.lines("cat-file", "--batch-all-objects", "--unordered", question)) as lines:
        for line in lines:
            kind, size = line.split()
            objects += 1
            unpacked += int(size)
            if objects > limits.objects:
                raise exceeded(limits, "objects", "The push sends too many objects")
            if unpacked > limits.unpacked:
                raise exceeded(limits, "unpacked", "The push is too large when it is unpacked")
            if kind in (b"commit", b"tag"):
                commits += 1
                if commits > limits.commits:
                    raise exceeded(limits, "commits", "The push sends too many commits")
                if int(size) > METADATA:
                    raise LimitError(
                        f"A {kind.decode()} of the push has {int(size):,} bytes; {METADATA:,} are allowed."
                    )


def _check_changes(repository: Repository, commits: list[str], limits: Limits) -> None:
    """Count the changes of each new commit, all of which are read later."""
    tally = Tally.of_changes(limits)
    command = ("rev-list", "--parents", f"--max-count={limits.commits + 1}", *commits, "--not", "--all", "--")
    number = 0
    with contextlib.closing(repository.lines(*command)) as lines, Trees(repository) as trees:
        for line in lines:
            number += 1
            if number > limits.commits:
                raise exceeded(limits, "commits", "The push brings too many commits")
            commit, *parents = line.decode().split()
            if len(parents) > 1:
                # Merged commits are counted themselves, or known; the merge may add changes.
                made = trees.merged(parents, commit, tally)
            else:
                made = trees.changed(parents[0] if parents else "", commit, tally)
            for path, mode in made:
                check_mode(path, mode)


def check_mode(path: str, mode: str) -> None:
    """Raise `LimitError` for a file mode that current git does not write; it is empty for removed files.

    Git accepts any number as one of these (canon_mode in git's cache.h); other programs do not.
    """
    if mode not in _MODES:
        raise LimitError(
            f"{path}:1:1: the file mode {mode} is none that git writes.\n"
            "  hint: remove the file, commit, add it again and commit"
        )


def check_ref_count(repository: Repository, names: Iterable[str], limits: Limits, *, editor: bool) -> None:
    """Count the refs that the repository would have with the new ones, `names`. Raises `LimitError`.

    A push without new refs is always accepted: simultaneous pushes may together exceed the limit.
    """
    made = {*names}
    if editor and made and _refs(repository, "refs/", made) > limits.refs:
        raise exceeded(limits, "refs", "The repository has too many branches and tags")
    previews = {name for name in made if name.startswith(_PREVIEWS)}
    if previews and _refs(repository, _PREVIEWS, previews) > limits.previews:
        raise exceeded(limits, "previews", "There are too many previews")


def _refs(repository: Repository, below: str, more: set[str]) -> int:
    """How many refs there are below a prefix, with those of `more`."""
    found = len(more)
    with contextlib.closing(repository.lines("for-each-ref", "--format=%(refname)", below)) as lines:
        for line in lines:
            found += line.decode("utf-8", "surrogateescape") not in more
    return found


def check_previews(folder: Path, name: str, limits: Limits) -> None:
    """Raise `LimitError` if another preview, `name`, is too many for the folder of previews."""
    others = {entry.name for entry in os.scandir(folder)} - {name} if folder.is_dir() else set()
    if len(others) >= limits.previews:
        raise exceeded(limits, "previews", "There are too many previews")


def folder_size(folder: Path) -> int:
    """Bytes of all files below a folder; files that vanish meanwhile are ignored."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(root, name)).st_size
    return total
