"""Finds elements that browsers keep open after what looks like their end.

They ignore `</video>` while a paragraph in the video is open, and take `<details/>` for a start tag wherever
another language has ended. Only a parser can tell: each place after an end gets a mark, which is then looked
up in the tree.
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
"""Elements that browsers do not show, with optional end tags or opened by a script."""


class End(NamedTuple):
    """A place after an end tag, or a slash, that seems to end the elements of these numbers."""

    place: int
    numbers: Sequence[int]


class Left(NamedTuple):
    """What is open: numbers with the place of the ineffective end, and what hides the whole rest.

    That is the name of the outermost element without a number, and how many elements of its name precede it.
    """

    numbers: Mapping[int, int]
    rest_in: tuple[str, int] | None


class _Around(NamedTuple):
    """An element around a node: how many of its name precede it, and its number, -1 if it has none."""

    node: LexborNode
    nth: int
    number: int


class _Mark(NamedTuple):
    """A mark of the tree, with the numbers and all of the elements that it is in."""

    what: str
    numbers: set[int]
    path: list[_Around]


def still_open(html: str, names: Sequence[int], ends: Sequence[End]) -> Left:
    """The elements that browsers keep open: the tag of number n has its name before `names[n]`."""
    mark = "deskpress-mark"
    while mark in html:
        mark += "-"
    body = body_of(_marked(html, mark, names, ends))
    ended = {number: end.place for end in ends for number in end.numbers}
    found: dict[int, int] = {}
    rest_in = None
    for what, inside, path in _marks(body, mark):
        if what == "end":
            rest_in = _unshown(path, f"{mark}end")
        for number in ended if what == "end" else ends[int(what)].numbers:
            if number in inside:
                found.setdefault(number, ended[number])
    return Left(found, rest_in)


def _marked(html: str, mark: str, names: Sequence[int], ends: Sequence[End]) -> str:
    """The HTML with a number in each start tag, a comment after each end, and a word at the end."""
    marks = [(place, f' {mark}="{number}"') for number, place in enumerate(names)]
    # Unlike text, a comment does not open or move any other element.
    marks += [(end.place, f"<!--{mark}{at}-->") for at, end in enumerate(ends)]
    parts = []
    done = 0
    for place, text in sorted(marks):
        parts += [html[done:place], text]
        done = place
    return "".join((*parts, html[done:], f"{mark}end"))


def _marks(body: LexborNode | None, mark: str) -> Iterator[_Mark]:
    """The marks in document order."""
    if body is None:
        return
    sought = re.compile(f"{mark}(end|[0-9]+)")
    # Reading a node's attributes takes longer than everything else here.
    numbered = {node.mem_id: int(node.attributes[mark] or 0) for node in body.css(f"[{mark}]")}
    numbers: set[int] = set()
    path: list[_Around] = []
    seen: Counter[str] = Counter()
    node: LexborNode | None = body
    while node is not None:
        child = node.child
        if node.is_element_node:
            name = node.tag or ""
            if child is not None:
                number = numbered.get(node.mem_id, -1)
                path.append(_Around(node, seen[name], number))
                numbers.add(number)
            seen[name] += 1
        else:
            # A comment is text inside an element whose content is not HTML.
            text = node.comment_content if node.is_comment_node else node.text_content
            if text and mark in text:
                for found in sought.finditer(text):
                    yield _Mark(found[1], numbers, path)
        node = child or _next(node, path, numbers)


def _next(node: LexborNode, path: list[_Around], numbers: set[int]) -> LexborNode | None:
    """The node after this one and its descendants; elements that end before it are popped."""
    following = node.next
    while following is None and path:
        left = path.pop()
        if left.number >= 0:
            numbers.discard(left.number)
        following = left.node.next if path else None
    return following


def _unshown(path: list[_Around], end: str) -> tuple[str, int] | None:
    """The outermost hidden element without a number, if it holds more text than the mark `end`."""
    for node, nth, number in path:
        name, attributes = node.tag or "", node.attributes
        # A paragraph ends where the next block begins.
        hidden = "hidden" in attributes and name != "p"
        if number < 0 and (hidden or name in UNSHOWN):
            return (name, nth) if node.text().strip() != end else None
    return None
