"""How many elements a browser draws for a drawing: each as often as it is referred to.

Twenty `<use>` that each show the one before twice are a million copies, and a tab that hangs. Patterns,
masks, clips and markers are drawn in the same way wherever a paint or a style names them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from deskpress.publish.css import without_data
from deskpress.publish.references import ALL, Key, fragments, is_custom, rules, url_references
from deskpress.publish.svg import ANIMATIONS, FILTERS, STYLED, SVG, VALUES

MOST_DRAWN = 200_000
"""Chromium needs 12 s for twice as many."""

_SHOWING = frozenset({"use", "pattern", "feImage"})
"""Elements that draw what their `href` names."""

_UNPAINTED = frozenset({"linearGradient", "radialGradient", "stop"}) | FILTERS
"""Elements whose own paints and styles do not draw anything."""

_XLINK = "{http://www.w3.org/1999/xlink}href"


def drawn(root: Any) -> float:
    """The elements below `root` (of lxml), counted once for each time that they are drawn.

    Infinite for recursion: where browsers stop depends on where they begin. The styles are those whose
    characters were counted: tinycss2 takes its time for each.
    """
    return _count(root, _Drawing(root).parts)


class _Drawing:
    """The graph of references. A node is an element, or a `Key` for all rules with that key."""

    def __init__(self, root: Any) -> None:
        self._by_id: dict[str, Any] = {}
        for node in root.iter("*"):
            self._by_id.setdefault(node.get("id", ""), node)
        self._read: dict[str, frozenset[str]] = {}
        self._of_key: dict[Key, set[str]] = {}
        for sheet in {without_data(node.text or "") for node in root.iter(f"{{{SVG}}}style")}:
            for key, names in rules(sheet):
                self._of_key.setdefault(key, set()).update(names)
        self._animated: dict[Any, set[str]] = {}
        for node in root.iter(f"{{{SVG}}}*"):
            self._keep_custom(node.get("style", ""))
            if _name(node) in ANIMATIONS:
                self._animate(node)

    def parts(self, part: Any) -> Iterator[Any]:
        """What is drawn with an element or a key."""
        if isinstance(part, Key):
            yield from self._named(self._of_key[part])
            return
        yield from part.iterchildren("*")
        name = _name(part)
        if name in _SHOWING:
            yield from self._named(_addressed(part))
        if not name or name in _UNPAINTED:
            return
        for attribute, value in part.attrib.items():
            if attribute == "style" or attribute in STYLED:
                yield from self._named(self._references(value))
        yield from self._named(self._animated.get(part, ()))
        yield from filter(self._of_key.__contains__, _keys(part, name))

    def _keep_custom(self, style: str) -> None:
        """Count what custom properties refer to for all elements: they are inherited."""
        if (names := self._references(style)) and is_custom(without_data(style)):
            self._of_key.setdefault(ALL, set()).update(names)

    def _animate(self, node: Any) -> None:
        """Count the values of an animation for the attribute that it changes."""
        values = {name for value in VALUES for name in self._references(node.get(value, ""))}
        for target in (*self._named(_addressed(node)), node.getparent()) if values else ():
            self._animated.setdefault(target, set()).update(values)

    def _references(self, text: str) -> frozenset[str]:
        text = without_data(text)
        names = self._read.get(text)
        if names is None:
            names = self._read[text] = url_references(text)
        return names

    def _named(self, names: Iterable[str]) -> Iterator[Any]:
        return (self._by_id[name] for name in names if name and name in self._by_id)


def _name(node: Any) -> str:
    """The name of an SVG element; empty for the notes of programs."""
    namespace, _, name = node.tag.rpartition("}")
    return name if namespace[1:] == SVG else ""


def _addressed(node: Any) -> set[str]:
    """The ids that the address of an element may name."""
    return {name for key in ("href", _XLINK) for name in fragments(node.get(key, ""))}


def _keys(node: Any, name: str) -> Iterator[Key]:
    """The keys by which rules of style sheets may match an element."""
    yield ALL
    yield Key("type", name)
    yield Key("id", node.get("id", ""))
    for word in set(node.get("class", "").split()):
        yield Key("class", word)


def _count(root: Any, parts: Callable[[Any], Iterator[Any]]) -> float:
    """One for each element and its descendants; each is visited once."""
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
            sums[part] = 0 if isinstance(part, Key) else 1
            path.append((part, parts(part)))
    return counted[root]
