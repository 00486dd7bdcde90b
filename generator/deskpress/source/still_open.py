"""Elements that browsers keep open behind what looks like their end.

They ignore `</video>` while a paragraph in the video is open, and take `<details/>` for a start tag wherever
another language has ended. Which is which only a parser tells: each place behind an end gets a mark, and is
sought in the tree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from deskpress.source.parsed import body_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

UNSHOWN = frozenset({"datalist", "dialog", "rp"})
"""Elements that browsers do not show, whose end tags may be left out or which a script may open."""


class End(NamedTuple):
    """A place behind an end tag, or a slash, that seems to end the elements of these numbers."""

    place: int
    numbers: Sequence[int]


class Left(NamedTuple):
    """What is open: numbers with the place of the end that is none, and what the whole rest is hidden in.

    That is the name of the outermost element without a number, and how many of its name stand before it.
    """

    numbers: Mapping[int, int]
    rest_in: tuple[str, int] | None


class _Mark(NamedTuple):
    """A mark of the tree, with the numbers and all of the elements that it is in."""

    what: str
    numbers: set[int]
    path: list[tuple[LexborNode, int]]


def still_open(html: str, names: Sequence[int], ends: Sequence[End]) -> Left:
    """What browsers keep open: the tag of number n has its name before `names[n]`."""
    mark = "deskpress-mark"
    while mark in html:
        mark += "-"
    body = body_of(_marked(html, mark, names, ends))
    ended = {number: end.place for end in ends for number in end.numbers}
    found: dict[int, int] = {}
    rest_in = None
    for what, inside, path in _marks(body, mark):
        if what == "end":
            rest_in = _unshown(path, mark)
        for number in ended if what == "end" else ends[int(what)].numbers:
            if number in inside:
                found.setdefault(number, ended[number])
    return Left(found, rest_in)


def _marked(html: str, mark: str, names: Sequence[int], ends: Sequence[End]) -> str:
    """The HTML with a number in each start tag, a comment behind each end, and a word behind all."""
    marks = [(place, f' {mark}="{number}"') for number, place in enumerate(names)]
    # Unlike text, a comment opens and moves no other element.
    marks += [(end.place, f"<!--{mark}{at}-->") for at, end in enumerate(ends)]
    parts = []
    done = 0
    for place, text in sorted(marks):
        parts += [html[done:place], text]
        done = place
    return "".join((*parts, html[done:], f"{mark}end"))


def _marks(body: LexborNode | None, mark: str) -> Iterator[_Mark]:
    """The marks in their order in the tree."""
    sought = re.compile(f"{mark}(end|[0-9]+)")
    numbers: set[int] = set()
    path: list[tuple[LexborNode, int]] = []
    seen: Counter[str] = Counter()
    node = body
    while node is not None:
        if node.is_element_node:
            name = node.tag or ""
            if node.child is not None:
                path.append((node, seen[name]))
                if (number := node.attributes.get(mark)) is not None:
                    numbers.add(int(number))
            seen[name] += 1
        else:
            # A comment is text where an element is open whose content is no HTML.
            text = node.comment_content if node.is_comment_node else node.text_content
            for found in sought.finditer(text or ""):
                yield _Mark(found[1], numbers, path)
        node = node.child or _next(node, path, numbers, mark)


def _next(
    node: LexborNode, path: list[tuple[LexborNode, int]], numbers: set[int], mark: str
) -> LexborNode | None:
    """The node behind this one and all that is in it; the elements that end before it are left."""
    following = node.next
    while following is None and path:
        left, _ = path.pop()
        if (number := left.attributes.get(mark)) is not None:
            numbers.discard(int(number))
        following = left.next if path else None
    return following


def _unshown(path: list[tuple[LexborNode, int]], mark: str) -> tuple[str, int] | None:
    """The outermost element without a number that is not shown, if there is text in it."""
    for node, nth in path:
        name, attributes = node.tag or "", node.attributes
        # A paragraph ends where the next block begins.
        hidden = "hidden" in attributes and name != "p"
        if mark not in attributes and (hidden or name in UNSHOWN):
            return (name, nth) if node.text().strip() != f"{mark}end" else None
    return None
