"""`meta` of Material: a file of defaults for the front matter of all documents below its folder.

Values are merged as in the plug-in (`mergedeep`, additive and type-safe): lists grow, mappings are merged,
and a document's own values override any default.
"""

from __future__ import annotations

import os
import posixpath
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

MOST_FILES, MOST_BYTES = 2000, 500_000
"""The most files of defaults, and bytes of all of them: each build reads and caches them all, and every
document is compared with each."""

ADDED_AGAIN, ADDED_BEFORE = 2000, 50_000_000
"""The most bytes that they may add to all documents together: for each document, and in addition. Each
document is cached with its defaults."""


class DefaultsError(Exception):
    """Files of defaults are too many, too large or apply to too much; reported for the file at `path`."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        super().__init__(problem)


def default_files(root: Path, name: str, documents: Collection[str]) -> dict[str, bytes]:
    """The files of defaults below `root` by their path, those of outer folders first.

    `documents` are the paths of all documents.

    Raises `DefaultsError`.
    """
    sizes: dict[str, int] = {}
    for folder, folders, files in os.walk(root):
        folders.sort()
        if name in files:
            path = Path(folder, name)
            sizes[path.relative_to(root).as_posix()] = path.stat().st_size
    if len(sizes) > MOST_FILES:
        raise DefaultsError(min(sizes), f"there are {len(sizes):,} such files; {MOST_FILES:,} are allowed")
    if (total := sum(sizes.values())) > MOST_BYTES:
        largest = max(sizes, key=lambda path: (sizes[path], path))
        raise DefaultsError(
            largest,
            f"all files of defaults have {total:,} bytes; {MOST_BYTES:,} are allowed (this one has"
            f" {sizes[largest]:,})",
        )
    if sizes:
        _check_added(sizes, sorted(documents))
    ordered = sorted(sizes, key=lambda path: (path.count("/"), path))
    return {path: (root / path).read_bytes() for path in ordered}


def _check_added(sizes: Mapping[str, int], documents: Sequence[str]) -> None:
    """Raise `DefaultsError` if files of these sizes add too much to all documents, which are sorted."""
    added = {}
    for path, size in sizes.items():
        folder = posixpath.dirname(path)
        # Documents whose paths begin with it (`holds_for`) are consecutive.
        end = bisect_right(documents, folder, key=lambda one: one[: len(folder)])
        added[path] = size * (end - bisect_left(documents, folder))
    most = ADDED_BEFORE + ADDED_AGAIN * len(documents)
    if (total := sum(added.values())) > most:
        largest = max(added, key=lambda path: (added[path], path))
        raise DefaultsError(
            largest,
            f"files of defaults add {total:,} bytes to all documents; {most:,} are allowed (this one adds"
            f" {added[largest]:,})",
        )


def holds_for(file: str, path: str) -> bool:
    """Whether the defaults in `file` apply to the document at `path`.

    As in the plug-in, a folder is a prefix of the path: `a/.meta.yml` applies to `ab.md` as well.
    """
    return path.startswith(posixpath.dirname(file))


def merged(below: Mapping[str, Any], above: Mapping[str, Any], kind_of: Any, join: Any) -> dict[str, Any]:
    """`above` merged over `below`; `kind_of` returns a value's type, `join` merges two lists or mappings.

    Raises `TypeError` with the key whose values are of different types, as the plug-in fails there.
    """
    found = dict(below)
    for key, value in above.items():
        if key in found and kind_of(found[key]) is not kind_of(value):
            raise TypeError(key)
        joined = key in found and kind_of(value) in (list, dict)
        found[key] = join(found[key], value) if joined else value
    return found
