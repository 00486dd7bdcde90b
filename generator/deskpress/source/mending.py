"""Repairs mechanical mistakes of front matter in the text itself, so that nothing else of it changes.

Values that YAML would misread are quoted; one of several duplicate keys is kept. What MkDocs reads as
metadata without lines of `---` (its MultiMarkdown style) gets these lines.
"""

from __future__ import annotations

from typing import Any

import yaml
from msgspec import Struct

from deskpress.model.patterns import lazy_pattern
from deskpress.source.front_matter_keys import KEYS
from deskpress.source.frontmatter import FRONT_MATTER, MAX_DEPTH, compose
from deskpress.source.quoting import quoted
from deskpress.source.report import Report

_META = lazy_pattern(r"[ ]{0,3}([A-Za-z0-9_-]+):\s*(.*)")
"""A line of metadata as `mkdocs.utils.meta` reads it if there are no lines of `---`."""

MOST_TWINS = 50
"""The most duplicate keys of a file that are handled; for each the front matter is parsed once more."""


class Change(Struct, frozen=True):
    """A changed line (from 1, as it was in the file); `after` is empty if it was removed."""

    line: int
    before: str
    after: str
    reason: str


class Mended(Struct, frozen=True):
    """A text, and what was changed in it."""

    text: str
    changes: tuple[Change, ...] = ()


def mend(text: str, *, as_stock: bool = False) -> Mended:
    """`text` (newlines are `\\n` or `\\r\\n`) with its front matter repaired, and each changed line.

    `as_stock`: of duplicate keys with different values, the last is kept, as MkDocs does; otherwise they all
    stay, since only the author knows which is right. What cannot be repaired stays as it is. Applied to its
    own result it changes nothing.
    """
    windows = "\r\n" in text
    plain = text.replace("\r\n", "\n") if windows else text
    changes: list[Change] = []
    found = FRONT_MATTER.match(plain)
    if found is None:
        mended = _fenced(plain, changes)
    else:
        front = _without_twins(_with_quotes(found[2], changes), changes, as_stock=as_stock)
        mended = f"{found[1]}{front}{found[3]}{plain[found.end() :]}"
    if not changes:
        return Mended(text)
    return Mended(mended.replace("\n", "\r\n") if windows else mended, tuple(changes))


def _with_quotes(front: str, changes: list[Change]) -> str:
    lines = front.split("\n")
    for at, line in sorted(quoted(front).items()):
        changes.append(Change(at + 2, lines[at], line, "the value has to be quoted"))
        lines[at] = line
    return "\n".join(lines)


def _without_twins(front: str, changes: list[Change], *, as_stock: bool) -> str:
    """Remove duplicate keys; removed lines are counted as they were."""
    numbers = list(range(2, front.count("\n") + 3))
    for _ in range(MOST_TWINS):
        twin = _twin(front, as_stock=as_stock)
        if twin is None:
            break
        first, last, key, same = twin
        lines = front.split("\n")
        reason = f"`{key}` appears twice"
        reason += ", with the same value" if same else "; MkDocs takes the last one"
        changes += [Change(numbers[at], lines[at], "", reason) for at in range(first, last + 1)]
        del lines[first : last + 1], numbers[first : last + 1]
        front = "\n".join(lines)
    return front


def _twin(front: str, *, as_stock: bool) -> tuple[int, int, str, bool] | None:
    """The first and last line of an entry to remove, its key, and whether both values are equal."""
    # Errors are reported when the document is read.
    node = compose(front, Report(""))
    stack = [node] if node else []
    while stack:
        node = stack.pop()
        if isinstance(node, yaml.SequenceNode):
            stack += node.value
        if not isinstance(node, yaml.MappingNode):
            continue
        stack += [value for _, value in node.value]
        if node.flow_style:
            continue
        places: dict[str, int] = {}
        for at, (key, value) in enumerate(node.value):
            if not isinstance(key, yaml.ScalarNode):
                continue
            before = places.setdefault(key.value, at)
            if before == at:
                continue
            same = _plain(node.value[before][1]) == _plain(value)
            if same or as_stock:
                first, last = _lines(node, at if same else before, front)
                if first <= last:
                    return first, last, key.value, same
    return None


def _lines(node: yaml.MappingNode, at: int, front: str) -> tuple[int, int]:
    """The lines (from 0) of an entry of a mapping; empty (last before first) if it shares a line."""
    key, value = node.value[at]
    first = key.start_mark.line
    last = max(first, _last_line(value, front))
    lines = front.split("\n")
    if lines[first][: key.start_mark.column].strip():
        return first, first - 1  # the first key of an item of a list
    return first, last


def _last_line(node: yaml.Node, front: str) -> int:
    """The line on which the text of a node ends; that of a block may be followed by empty lines."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        return max((_last_line(child, front) for pair in node.value for child in _nodes(pair)), default=0)
    line: int = node.end_mark.line
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        lines = front.split("\n")
        line -= node.end_mark.column == 0
        while line > node.start_mark.line and not lines[line].strip():
            line -= 1
    return line


def _nodes(pair: Any) -> tuple[yaml.Node, ...]:
    return pair if isinstance(pair, tuple) else (pair,)


def _plain(node: yaml.Node, depth: int = 0) -> Any:
    """A value without its places and its quotes."""
    if depth > MAX_DEPTH:
        return node
    if isinstance(node, yaml.ScalarNode):
        return node.tag, node.value
    if isinstance(node, yaml.MappingNode):
        return [(_plain(key, depth + 1), _plain(value, depth + 1)) for key, value in node.value]
    return [_plain(item, depth + 1) for item in node.value]


def _fenced(text: str, changes: list[Change]) -> str:
    """MultiMarkdown metadata between lines of `---`, if every key of it is known."""
    lines, head = text.split("\n"), []
    for line in lines:
        found = _META.match(line)
        if found is None or found[1].lower() not in KEYS:
            break
        head.append(f"{found[1].lower()}: {found[2].strip()}".rstrip())
    if not head or (len(head) < len(lines) and lines[len(head)].strip()):
        return text
    front = "\n".join(head)
    try:
        yaml.safe_load(front)
    except (yaml.YAMLError, ValueError):  # an invalid day
        front = _with_quotes(front, [])
    for number, (before, after) in enumerate(zip(lines, front.split("\n"), strict=False), 1):
        changes.append(Change(number, before, after, "front matter goes between two lines of `---`"))
    return f"---\n{front}\n---\n" + "\n".join(lines[len(head) :])
