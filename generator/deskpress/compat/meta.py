"""`meta` of Material: a file of defaults for the front matter of all documents below its folder.

Values are merged as the plug-in merges them (`mergedeep`, additive and safe for types): lists grow, mappings
are merged, and what a document says itself is more than any default.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def default_files(root: Path, name: str) -> dict[str, bytes]:
    """The files of defaults below `root` by their path, those of outer folders first."""
    found = {}
    for folder, folders, files in os.walk(root):
        folders.sort()
        if name in files:
            path = Path(folder, name)
            found[path.relative_to(root).as_posix()] = path.read_bytes()
    return dict(sorted(found.items(), key=lambda one: (one[0].count("/"), one[0])))


def holds_for(file: str, path: str) -> bool:
    """Whether the defaults in `file` hold for the document at `path`.

    As in the plug-in, a folder is a beginning of the path: `a/.meta.yml` holds for `ab.md` as well.
    """
    return path.startswith(posixpath.dirname(file))


def merged(below: Mapping[str, Any], above: Mapping[str, Any], kind_of: Any, join: Any) -> dict[str, Any]:
    """`above` laid over `below`; `kind_of` tells a value's type, `join` makes one of two lists or mappings.

    Raises `TypeError` with the key whose values are of different types, as the plug-in fails there.
    """
    found = dict(below)
    for key, value in above.items():
        if key in found and kind_of(found[key]) is not kind_of(value):
            raise TypeError(key)
        joined = key in found and kind_of(value) in (list, dict)
        found[key] = join(found[key], value) if joined else value
    return found
