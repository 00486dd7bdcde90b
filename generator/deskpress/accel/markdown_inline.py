"""Python-Markdown's inline stage, without trying patterns that cannot match.

Python-Markdown tries every inline pattern on every piece of text. Nearly every pattern needs certain
characters (`![`, `<`, a backtick), and most pieces of text do not contain them, so that searching for these
first saves most of the work. The result is the same: a pattern is only skipped if its regular expression
cannot match. Links and code are found by searching for what ends them, where Python-Markdown goes through the
text character by character.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from types import MethodType
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    AutolinkInlineProcessor,
    AutomailInlineProcessor,
    BacktickInlineProcessor,
    EscapeInlineProcessor,
    HtmlInlineProcessor,
    ImageInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SimpleTextInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import (
    INLINE_PLACEHOLDER,
    INLINE_PLACEHOLDER_PREFIX,
    INLINE_PLACEHOLDER_RE,
    STX,
    AtomicString,
)

from deskpress.accel.patterns import COMMON, Search, looks_behind, needed, searching

_TARGET = re.compile(r"""\(\s*((?:[^\s<()'"][^()'"]*)?)\)""")
"""The target of a link without a title, brackets and quotation marks."""


def _text_of_link(self: LinkInlineProcessor, data: str, index: int) -> tuple[str, int, bool]:
    """The text in the brackets at `index`, the index after them, whether they are closed."""
    end = data.find("]", index)
    if end < 0 or data.find("[", index, end) >= 0:
        return LinkInlineProcessor.getText(self, data, index)
    return data[index:end], end + 1, True


def _target_of_link(self: LinkInlineProcessor, data: str, index: int) -> tuple[str, str | None, int, bool]:
    """The target and the title that begin at `index`, the index after them, whether there are any."""
    found = _TARGET.match(data, index)
    if found is None:
        return LinkInlineProcessor.getLink(self, data, index)
    target = found[1]
    return (self.unescape(target) if STX in target else target).strip(), None, found.end(), True


_TICKS = re.compile("`+")


class QuickBackticks(BacktickInlineProcessor):
    """Finds the end of code by searching for backticks."""

    def find_code_spans(self, start: int, text: str) -> tuple[int, int | None]:  # type: ignore[override]  # the stubs are of an older release
        """The start and end of code whose backticks begin at `start`; no end if it is not closed."""
        opening = _TICKS.match(text, start)
        if opening is None:
            return super().find_code_spans(start, text)  # type: ignore[return-value]  # the same
        begin = opening.end()
        wanted = begin - start
        longest = end = 0
        for ticks in _TICKS.finditer(text, begin):
            length = ticks.end() - ticks.start()
            if length == wanted:
                return begin, ticks.start()
            if length > longest:
                longest, end = length, ticks.end()
        if 0 < longest < wanted:
            # The longest run of them ends it, and what they do not match is text.
            return begin - (wanted - longest), end - longest
        return begin + wanted, None


SHORT = 10_000
"""Characters of a text from which on the quadratic time of placeholders matters."""

_FORWARD = frozenset(
    {
        AutolinkInlineProcessor,
        AutomailInlineProcessor,
        EscapeInlineProcessor,
        HtmlInlineProcessor,
        ImageInlineProcessor,
        LinkInlineProcessor,
        QuickBackticks,
        ReferenceInlineProcessor,
        ShortReferenceInlineProcessor,
        SimpleTextInlineProcessor,
        SubstituteTagInlineProcessor,
    }
)
"""Patterns whose `handleMatch` does not look at the text before its match."""


def _optimize_pattern(pattern: Any) -> None:
    """Make a pattern search for the end of a link or code, unless an extension has replaced it."""
    if type(pattern) is BacktickInlineProcessor:
        pattern.__class__ = QuickBackticks
    for name, quick in (("getText", _text_of_link), ("getLink", _target_of_link)):
        if getattr(type(pattern), name, None) is getattr(LinkInlineProcessor, name):
            setattr(pattern, name, MethodType(quick, pattern))


def _make_idle(needs: list[tuple[str, ...]]) -> Callable[[str], bool]:
    """A function that tests whether a text has nothing that any pattern needs."""
    if not all(needs):
        return lambda data: False
    # One character of each string is enough, if it is rare.
    strings = tuple(
        dict.fromkeys(min(set(string) - COMMON, default=string) for need in needs for string in need)
    )

    def idle(data: str) -> bool:
        for string in strings:  # noqa: SIM110  # a generator would take longer than the search
            if string in data:
                return False
        return True

    return idle


class QuickInlineProcessor(InlineProcessor):
    """The stock inline processor, which searches for what a pattern needs before it tries the pattern."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._tree = Element("div")
        self._known: list[tuple[Any, re.Pattern[str]]] = []
        self._table: list[tuple[Any, Search, tuple[str, ...]]] = []
        self._behind: list[frozenset[str] | None] = []
        self._idle: Callable[[str], bool] = lambda data: False

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Convert the text of every element of `tree`, in the stock order: extensions count what they see."""
        self._look_who_is_there()
        self._tree = tree
        self.stashed_nodes = {}
        pending = deque([(tree, list(ancestors or ()))])
        while pending:
            element, self.ancestors = pending.popleft()
            self.ancestors.append(element.tag.lower())
            placed = []
            # What follows a child is inserted after it, and processed next: so the number is the position.
            for place, child in enumerate(element):
                text = child.text
                if text and not isinstance(text, AtomicString) and not self._stays(text):
                    child.text = None
                    self.ancestors.append(child.tag.lower())
                    made = self._InlineProcessor__processPlaceholders(
                        self._InlineProcessor__handleInline(text), child
                    )
                    self.ancestors.pop()
                    pending += made
                    placed.append((child, made))
                if child.tail and not self._stays(child.tail):
                    self._convert_tail(element, child, place)
                if len(child):
                    pending.append((child, self.ancestors[:]))
            # Only now: the inserted elements have been converted, and must not be processed again.
            for child, made in placed:
                for at, (node, _) in enumerate(made):
                    child.insert(at, node)
        return tree

    @property
    def parent_map(self) -> dict[Element, Element]:  # type: ignore[override]  # stock sets it in each run
        """The parent of each element of the tree, for patterns that use it."""
        return {child: parent for parent in self._tree.iter() for child in parent}

    def _look_who_is_there(self) -> None:
        # Extensions may add patterns at any time.
        now = [(pattern, pattern.getCompiledRegExp()) for pattern in self.md.inlinePatterns]
        if now != self._known:
            self._known = now
            for pattern, _ in now:
                _optimize_pattern(pattern)
            self._table = [(pattern, searching(regexp), needed(regexp)) for pattern, regexp in now]
            self._behind = [looks_behind(r) if type(p) in _FORWARD else None for p, r in now]
            self._idle = _make_idle([strings for _, _, strings in self._table])

    def _stays(self, text: str) -> bool:
        """Whether a text has nothing for any pattern, and no placeholder."""
        return self._idle(text) and INLINE_PLACEHOLDER_PREFIX not in text

    def _convert_tail(self, parent: Element, child: Element, place: int) -> None:
        """Convert what follows `child`, at position `place`; resulting elements are inserted after it."""
        bearer = Element("d")
        tail = self._InlineProcessor__handleInline(child.tail or "")
        made = self._InlineProcessor__processPlaceholders(tail, bearer, False)
        child.tail = bearer.tail or None
        for node, _ in reversed(made):
            parent.insert(place + 1, node)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  # names of Python-Markdown
        if isinstance(data, AtomicString) or self._idle(data):
            return data
        for index in range(patternIndex, len(self._table)):
            pattern, search, strings = self._table[index]
            for string in strings:
                if string in data:
                    break
            else:
                if strings:
                    continue
            data = self._apply(pattern, search, data, index)
        return data

    def _apply(self, pattern: Any, search: Search, data: str, index: int) -> str:
        """`data` with a placeholder for everything that the `index`-th pattern takes."""
        if not isinstance(pattern, InlinePattern):
            start, matched = 0, True
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]  # private there
                    pattern, data, index, start
                )
            return data
        for name in pattern.ANCESTOR_EXCLUDES:
            if name.lower() in self.ancestors:
                return data
        handle = pattern.handleMatch
        behind = self._behind[index] if len(data) > SHORT else None
        # The part before `done` is replaced. Inserting each placeholder into the whole text takes quadratic
        # time, so that is only done if the pattern could notice the difference.
        parts: list[str] = []
        start = done = 0
        while (match := search(data, start)) is not None:
            node, begin, end = handle(match, data)
            if begin is None or end is None:
                start = max(match.end(), match.start() + 1)
                continue
            if node is None:
                start = end
                continue
            if not isinstance(node, str) and not isinstance(node.text, AtomicString):
                self._descend(node, index)
            name = f"{len(self.stashed_nodes):04d}"
            self.stashed_nodes[name] = node
            placeholder = INLINE_PLACEHOLDER % name
            if behind is None:
                data = data[:begin] + placeholder + data[end:]
                start = begin + len(placeholder)
                continue
            if done <= begin < end and data[end - 1] not in behind:
                parts += (data[done:begin], placeholder)
                start = done = end
                continue
            before = "".join((*parts, data[done:begin], placeholder))
            parts, done, start = [], 0, len(before)
            data = before + data[end:]
        return "".join((*parts, data[done:])) if parts else data

    def _descend(self, node: Element, index: int) -> None:
        """Convert the text of an element that the `index`-th pattern has made."""
        for child in (node, *node):
            if child.text:
                self.ancestors.append(child.tag.lower())
                child.text = self._InlineProcessor__handleInline(child.text, index + 1)
                self.ancestors.pop()
            if child.tail:
                child.tail = self._InlineProcessor__handleInline(child.tail, index)

    def _InlineProcessor__processPlaceholders(  # noqa: N802  # name of Python-Markdown
        self,
        data: str | None,
        parent: Element,
        isText: bool = True,  # noqa: N803
    ) -> list[tuple[Element, list[str]]]:
        if not data:
            return []
        if INLINE_PLACEHOLDER_PREFIX not in data:
            _append(data, parent, None, isText)
            return []
        text, *parts = INLINE_PLACEHOLDER_RE.split(data)
        known = all(name in self.stashed_nodes for name in parts[::2])
        if (
            not known
            or len(parts) != 2 * data.count(INLINE_PLACEHOLDER_PREFIX)
            or isinstance(data, AtomicString)
        ):
            odd: list[tuple[Element, list[str]]] = super()._InlineProcessor__processPlaceholders(  # type: ignore[misc]  # private there
                data, parent, isText
            )
            return odd
        placed: list[tuple[Element, list[str]]] = []
        last: Element | None = None
        for name, following in zip(parts[::2], parts[1::2], strict=True):
            node = self.stashed_nodes[name]
            if isinstance(node, str):
                text += node + following
                continue
            _append(text, parent, last, isText)
            self._place_within(node)
            placed.append((node, self.ancestors[:]))
            text, last = following, node
        _append(text, parent, last, isText)
        return placed

    def _place_within(self, node: Element) -> None:
        """Replace the placeholders within an element."""
        place = self._InlineProcessor__processElementText  # type: ignore[attr-defined]  # private there
        for child in (node, *node):
            if child.tail and INLINE_PLACEHOLDER_PREFIX in child.tail:
                place(node, child, False)
            if child.text and INLINE_PLACEHOLDER_PREFIX in child.text:
                place(child, child)


def _append(text: str, parent: Element, last: Element | None, within: bool) -> None:
    """Add text after the `last` inserted element, else at the start of the parent or after it."""
    if not text:
        return
    if last is not None:
        last.tail = last.tail + text if last.tail else text
    elif within:
        parent.text = parent.text + text if parent.text else text
    else:
        parent.tail = parent.tail + text if parent.tail else text


def optimize_inline(md: Markdown) -> None:
    """Make `md` use the fast inline stage, unless an extension has replaced it."""
    if type(md.treeprocessors["inline"]) is InlineProcessor:
        md.treeprocessors.register(QuickInlineProcessor(md), "inline", 20)
