"""`exclude` (mkdocs-exclude): files that are not published, by globs and regular expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any


def read_exclude(given: Mapping[str, Any]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], str]:
    """The globs and the expressions, and which of the latter is invalid (the plug-in itself fails then)."""
    globs, expressions = _listed(given.get("glob")), _listed(given.get("regex"))
    for one in expressions:
        try:
            re.compile(one)
        except re.error:
            return ((), ()), f"`regex: {one}` is not a regular expression"
    return (globs, expressions), ""


def excluder(patterns: tuple[tuple[str, ...], tuple[str, ...]]) -> Callable[[str], bool]:
    """Returns whether a path in the content folder is left out; folders never are."""
    globs, expressions = patterns[0], [re.compile(one) for one in patterns[1]]

    def is_excluded(path: str) -> bool:
        if path.endswith("/"):
            return False
        return any(fnmatchcase(path, one) for one in globs) or any(one.match(path) for one in expressions)

    return is_excluded


def _listed(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
