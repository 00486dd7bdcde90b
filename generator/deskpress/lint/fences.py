"""Blocks of code that do not end, and those that this site's Markdown does not take for such."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.text import FENCE, Finding, Text

_QUOTES = re.compile(r"(?:'{3,}|‘{2,}’*|´{3,}|’{3,}|\"{3,})\w*$")


_FENCES = re.compile(r"\n[ >\t]*(`{3,}|~{3,})([^\n]*)")


_OTHERS = re.compile(r"\n[ >\t]*(?:'''|‘‘|´´|’’|\"\"\")")


def may_hold(text: str) -> bool:
    """Whether a text may hold such a slip: not if each fence is followed by one that closes it."""
    if "```" in text or "~~~" in text:
        found = _FENCES.findall(text)
        pairs = zip(found[::2], found[1::2], strict=False)
        if len(found) % 2 or any(one[0] != two[0] or two[1].strip() for one, two in pairs):
            return True
    return _OTHERS.search(text) is not None or "\n    ```" in text or "\n\t```" in text


_BEHIND = re.compile(r"\S.*?[^`~\s][ \t]*(`{3,}|~{3,})\w*$")


def check(text: Text) -> Iterator[Finding]:
    """A fence without an end, marks that are no backticks, a fence within a list that nobody reads."""
    if not text.dialect.has("fenced_code", "superfences"):
        return
    if (number := text.unclosed_fence) >= 0:
        fence = FENCE.match(text.body[number])
        assert fence is not None  # as it was found by that
        mark = fence[1]
        above = (n for n in range(number - 1, -1, -1) if text.is_text(n) and _BEHIND.match(text.body[n]))
        if (first := next(above, -1)) >= 0:
            begin = text.lines[first].rfind(mark)
            problem = "these marks open no block of code, since text stands before them"
            hint = "put them on a line of their own, behind a blank line"
            yield Finding(first + 1, begin + 1, problem, hint)
            return
        name = "backticks" if mark[0] == "`" else "tildes"
        count = {3: "three", 4: "four", 5: "five"}.get(len(mark), str(len(mark)))
        problem = "the code that begins here is not closed: all text below it is shown as code"
        if not text.dialect.has("superfences"):
            problem = "the code that begins here is not closed"
        hint = f"add a line of {count} {name} below the code"
        yield Finding(number + 1, text.column(number), problem, hint)
    for number, body in enumerate(text.body):
        # In code by its indentation a fence is shown as it is written.
        if body.startswith("```") and text.code[number] and number not in text.fences:
            before = number - 1
            if text.indent[number] >= 4 and (before < 0 or not text.body[before]) and _closed(text, number):
                problem = "a line that begins with four spaces is code: readers see the marks, too"
                yield Finding(number + 1, text.column(number), problem, "begin these lines without spaces")
                break
    opened = False
    for number, body in enumerate(text.body):
        if body[:1] in ("'", "‘", "´", "’", '"') and _QUOTES.match(body) and text.is_text(number):
            opened = not opened
            if opened:
                hint = "write three backticks (```) above the code and below it"
                yield Finding(
                    number + 1, text.column(number), "these marks do not make a block of code", hint
                )


def _closed(text: Text, number: int) -> bool:
    """Whether a fence in code by its indentation is followed by its end there."""
    for later in range(number + 1, len(text.body)):
        if text.body[later] and not (text.code[later] and text.indent[later] >= 4):
            return False
        if text.body[later].startswith("```"):
            return True
    return False
