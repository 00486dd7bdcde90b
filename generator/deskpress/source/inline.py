"""Python-Markdown's inline stage, without trying patterns that cannot match.

Python-Markdown tries every inline pattern on every piece of text. Nearly every pattern needs a certain
character (`[`, `<`, a backtick), and most pieces of text do not hold it, so that looking for the
character first spares most of the work. What comes out is the same: a pattern is left out only where
its regular expression says that it cannot match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]  # the parsed form has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

_COMMON = frozenset(" .,-:'\"()")
"""Characters that nearly every text holds, so that looking for them spares little."""


def needed(pattern: re.Pattern[str]) -> frozenset[str]:
    """Characters of which a text must hold one for `pattern` to match it; none if that is not known.

    Letters and digits are never named, so that the case of letters plays no part.
    """
    flags = pattern.flags & ~re.UNICODE
    return _needed(parser.parse(pattern.pattern, flags)) or frozenset()


def _needed(parsed: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The rarest of the sets of characters that the parts of a sequence need."""
    sets = [found for kind, value in parsed if (found := _needed_by(kind, value))]
    usable = [found for found in sets if not any(char.isalnum() for char in found)]
    return min(usable, key=lambda found: (len(found & _COMMON), len(found), sorted(found)), default=None)


def _needed_by(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is op.LITERAL:
        return frozenset(chr(value))
    if kind is op.IN:
        only_literals = all(part is op.LITERAL for part, _ in value)
        return frozenset(chr(code) for _, code in value) if only_literals else None
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, _, repeated = value
        return _needed(repeated) if least else None
    if kind is op.SUBPATTERN:
        return _needed(value[3])
    if kind is op.ASSERT:
        return _needed(value[1])
    if kind is op.ATOMIC_GROUP:
        return _needed(value)
    if kind is op.BRANCH:
        choices = [_needed(choice) for choice in value[1]]
        return frozenset().union(*(c for c in choices if c)) if all(choices) else None
    return None


class QuickInlineProcessor(InlineProcessor):
    """The stock inline processor, which looks for the needed character before it tries a pattern."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._known: list[tuple[Any, re.Pattern[str]]] = []
        self._table: list[tuple[Any, frozenset[str]]] = []

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Convert the text of every element of `tree`."""
        # Extensions may add patterns at any time.
        now = [(pattern, pattern.getCompiledRegExp()) for pattern in self.md.inlinePatterns]
        if now != self._known:
            self._known = now
            self._table = [(pattern, needed(regexp)) for pattern, regexp in now]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  # names of Python-Markdown
        if isinstance(data, AtomicString):
            return data
        for index in range(patternIndex, len(self._table)):
            pattern, chars = self._table[index]
            if chars:
                for char in chars:
                    if char in data:
                        break
                else:
                    continue
            start, matched = 0, True
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]  # private there
                    pattern, data, index, start
                )
        return data


def quicken_inline(md: Markdown) -> None:
    """Have `md` use the quick inline stage, unless an extension brings one of its own."""
    if type(md.treeprocessors["inline"]) is InlineProcessor:
        md.treeprocessors.register(QuickInlineProcessor(md), "inline", 20)
