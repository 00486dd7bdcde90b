"""What differs between two commits, by reading their trees: git itself would hold all of it in memory."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from deskpress.model.address import MAX_LENGTH, MAX_PARTS
from deskpress.publish.git import GitError, Repository, answer, ask
from deskpress.publish.limits import LimitError, Tally

_ENTRY = re.compile(rb"[0-7]+ [^\0/]+\0.{20}", re.S)
"""An entry of a tree, whose object is named by SHA-1: `remote init` makes no other repositories."""

_FOLDERS = ("40000", "040000")

_LONGEST = 4 * MAX_LENGTH
"""Bytes of a path beyond which nothing is read; paths that are too long by less are told with others."""

_KEPT = 16_000_000
"""Bytes of trees that are kept, since the new ones of a commit are the old ones of the next."""

_NOTHING: frozenset[bytes] = frozenset()


class Trees:
    """Reads trees of a repository, in a `with` block; a tree is the set of its entries as they are stored."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._process: subprocess.Popen[bytes] | None = None
        self._kept: dict[str, tuple[int, frozenset[bytes]]] = {}
        self._bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            self._process.__exit__(None, None, None)

    def changed(self, old: str, new: str, tally: Tally) -> Iterator[tuple[str, str]]:
        """The paths that differ between two commits, and their modes in `new` (empty for what is gone).

        `old` is empty for no commit. Equal folders are not looked into. Raises `LimitError`, and `GitError`
        for trees that are missing or damaged.
        """
        before = self._entries(f"{old}^{{tree}}", tally) if old else _NOTHING
        return self._compare("", before, self._entries(f"{new}^{{tree}}", tally), tally)

    def merged(self, parents: Sequence[str], new: str, tally: Tally) -> Iterator[tuple[str, str]]:
        """The paths and modes in a merge that none of its `parents` has so. Raises as `changed` does."""
        before = [self._entries(f"{parent}^{{tree}}", tally) for parent in parents]
        return self._new(before, "", self._entries(f"{new}^{{tree}}", tally), tally)

    def _new(
        self, before: list[frozenset[bytes]], prefix: str, new: frozenset[bytes], tally: Tally
    ) -> Iterator[tuple[str, str]]:
        made = new.difference(*before)
        tally.check_entries(len(made))
        parents = [_by_name(old - new) for old in before] if made else []
        for name, (mode, blob) in sorted(_by_name(made).items()):
            path = _joined(prefix, name)
            tally.add(name)
            if mode not in _FOLDERS:
                yield path, mode
                continue
            former = [parent[name][1] for parent in parents if parent.get(name, ("",))[0] in _FOLDERS]
            if mode != "40000":
                yield path, mode
            folders = [self._entries(one, tally) for one in former]
            yield from self._new(folders, f"{path}/", self._entries(blob, tally), tally)

    def _compare(
        self, prefix: str, old: frozenset[bytes], new: frozenset[bytes], tally: Tally
    ) -> Iterator[tuple[str, str]]:
        gone, made = old - new, new - old
        # Both are counted before more is made of them.
        tally.check_entries(max(len(gone), len(made)))
        before, after = _by_name(gone), _by_name(made)
        for name in sorted(before.keys() | after.keys()):
            path = _joined(prefix, name)
            tally.add(name)
            (was, former), (mode, blob) = before.get(name, ("", "")), after.get(name, ("", ""))
            old_folder = self._entries(former, tally) if was in _FOLDERS else _NOTHING
            new_folder = self._entries(blob, tally) if mode in _FOLDERS else _NOTHING
            if old_folder or new_folder:
                yield from self._compare(f"{path}/", old_folder, new_folder, tally)
            if any(kind and kind != "40000" for kind in (was, mode)):
                yield path, mode if mode != "40000" else ""

    def _entries(self, name: str, tally: Tally) -> frozenset[bytes]:
        if name in self._kept:
            self._kept[name] = self._kept.pop(name)  # asked for last
            return self._kept[name][1]
        data = self._read(name, tally)
        found = _parsed(name, data)
        self._kept[name] = (len(data), found)
        self._bytes += len(data)
        while self._bytes > _KEPT:
            size, _ = self._kept.pop(next(iter(self._kept)))
            self._bytes -= size
        return found

    def _read(self, name: str, tally: Tally) -> bytes:
        if self._process is None:
            self._process = self._repository.batch()
        kind, size = ask(self._process, name)
        if kind != "tree":
            raise GitError(f"{name} is not a folder of this repository")
        tally.check_folder(size)
        return answer(self._process, size)


def changed_files(repository: Repository, old: str, new: str, tally: Tally) -> dict[str, str]:
    """The paths that differ between two commits, sorted, with their mode in `new` as it is stored.

    The mode is empty where the file is gone. All of `new` if there is no `old`. Raises `GitError`, and
    `LimitError` as soon as there are more than two commits may hold.
    """
    with Trees(repository) as trees:
        return dict(sorted(trees.changed(old, new, tally)))


def _joined(prefix: str, name: bytes) -> str:
    """The path of a name in a folder. Raises `LimitError`."""
    path = prefix + name.decode("utf-8", "surrogateescape")
    if len(os.fsencode(path)) > _LONGEST or prefix.count("/") > MAX_PARTS:
        raise LimitError(f"{path[:40]}…: the path is longer than systems can hold.")
    return path


def _by_name(entries: Iterable[bytes]) -> dict[bytes, tuple[str, str]]:
    """Mode and object of entries by name."""
    found = {}
    for entry in entries:
        mode, _, rest = entry.partition(b" ")
        name, _, digest = rest.partition(b"\0")
        found[name] = (mode.decode(), digest.hex())
    return found


def _parsed(name: str, data: bytes) -> frozenset[bytes]:
    """The entries of a tree (mode, space, name, NUL, digest). Raises `GitError`."""
    found = _ENTRY.findall(data)
    if sum(map(len, found)) != len(data):
        raise GitError(f"the folder {name} is damaged")
    return frozenset(found)
