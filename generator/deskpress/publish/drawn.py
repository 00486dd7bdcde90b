"""How many elements a browser draws for a drawing: each as often as something refers to it.

Twenty `<use>` that each show the one before twice are a million copies, and a tab that hangs. Patterns,
masks, clips and markers are drawn in the same way wherever a paint or a style names them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

MOST_DRAWN = 5_000_000

_REFERENCE = re.compile(r"url\(\s*+[\"']?+\s*+#([^\"')\s]+)", re.I)
"""Possessive: in five million spaces nothing is tried twice."""

_CLASS = re.compile(r"\.([\w-]+)")
_SHOWING = frozenset({"use", "pattern", "feImage"})
"""Elements that draw what their `href` names."""

_XLINK = "{http://www.w3.org/1999/xlink}href"


def drawn(root: Any) -> float:
    """The elements below `root` (of lxml), counted once for each time that they are drawn.

    Infinite for what shows itself: where browsers stop depends on where they begin. Of the selectors of style
    sheets the classes count.
    """
    by_id: dict[str, Any] = {}
    for node in root.iter("*"):
        by_id.setdefault(node.get("id", ""), node)
    of_class = _by_class(node.text or "" for node in root.iter("{*}style"))

    def parts(node: Any) -> Iterator[Any]:
        yield from node.iterchildren("*")
        shows = node.tag.rpartition("}")[2] in _SHOWING
        names = [(node.get("href") or node.get(_XLINK) or "").strip().removeprefix("#")] if shows else []
        for value in node.attrib.values():
            names += _REFERENCE.findall(value) if "#" in value else ()
        for name in (node.get("class") or "").split():
            names += of_class.get(name, ())
        yield from (by_id[name] for name in names if name and name in by_id)

    return _count(root, parts)


def _count(root: Any, parts: Callable[[Any], Iterator[Any]]) -> float:
    """One for each element and its parts, all the way down; each is looked at once."""
    counted: dict[Any, int] = {}
    sums = {root: 1}
    path = [(root, parts(root))]
    while path:
        node, rest = path[-1]
        part = next(rest, None)
        if part is None:
            path.pop()
            counted[node] = sums.pop(node)
            if path:
                sums[path[-1][0]] += counted[node]
        elif part in counted:
            sums[node] += counted[part]
        elif part in sums:
            return math.inf
        else:
            sums[part] = 1
            path.append((part, parts(part)))
    return counted[root]


def _by_class(sheets: Iterable[str]) -> dict[str, list[str]]:
    """What the rules of style sheets refer to, by class."""
    found: dict[str, list[str]] = {}
    for sheet in sheets:
        for rule in sheet.split("}"):
            selectors, _, body = rule.rpartition("{")
            if names := _REFERENCE.findall(body):
                for name in _CLASS.findall(selectors):
                    found.setdefault(name, []).extend(names)
    return found
