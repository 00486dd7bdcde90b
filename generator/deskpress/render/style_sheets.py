"""Style sheets as pages load them: without comments, and without rules for what no page has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deskpress.model.patterns import lazy_pattern

_COMMENT = lazy_pattern(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|(/\*.*?\*/)", re.S)
_GROUP = ("@media", "@supports")
# What ends a part, a bracket or a string; an escaped character (two characters here) does none of this.
_MARK = lazy_pattern(r"\\.|[\"'()\[\]{};,]", re.S)
_OPEN, _CLOSED = "([{", ")]}"


def compact(sheet: str) -> str:
    """A style sheet without comments, indentation and empty lines; what it says is the same."""
    text = _COMMENT.sub(lambda found: "" if found[1] else found[0], sheet)
    return "\n".join(line for line in map(str.strip, text.split("\n")) if line) + "\n"


def trimmed(sheet: str, unused: Sequence[str]) -> str:
    """A style sheet without selectors that hold one of `unused` (`.md-search`), and rules left without any.

    What begins with one of them is unused, too.

    `:not(.unused)` holds for every element of such a page, so a selector that says it stays as it is.
    """
    if not unused:
        return sheet
    names = "|".join(map(re.escape, unused))
    return "".join(_kept(sheet, re.compile(names)))


def _kept(sheet: str, unused: re.Pattern[str]) -> Iterator[str]:
    for statement in _split(sheet, after=";}"):
        head, brace, body = statement.partition("{")
        if not brace or (head.lstrip().startswith("@") and not head.lstrip().startswith(_GROUP)):
            yield statement
        elif head.lstrip().startswith(_GROUP):
            if inner := "".join(_kept(body[:-1], unused)):
                yield f"{head}{{{inner}}}"
        elif not unused.search(head):
            yield statement
        elif selectors := [one for one in _split(head, before=",") if not _names(one, unused)]:
            yield ",".join(selectors) + brace + body


def _names(selector: str, unused: re.Pattern[str]) -> bool:
    """Whether a selector needs something unused."""
    plain = re.sub(r":(?:not|is|where|has)\([^()]*\)", "", selector)
    return bool(unused.search(plain))


def _split(text: str, *, after: str = "", before: str = "") -> Iterator[str]:
    """Parts that end with one of `after`, or lie between `before`, outside of brackets and strings."""
    start = depth = 0
    quote = ""
    for found in _MARK.finditer(text):
        char = found[0]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in _OPEN:
            depth += 1
        elif char in _CLOSED:
            depth -= 1
        if not quote and depth == 0 and char in after + before:
            at = found.start()
            yield text[start : at + (char in after)]
            start = at + 1
    if start < len(text):
        yield text[start:]
