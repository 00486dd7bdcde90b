"""Code blocks that do not end, and those that this site's Markdown does not recognise."""

from __future__ import annotations

from collections.abc import Iterator

from deskpress.lint.text import FENCE, Finding, Text
from deskpress.model.patterns import lazy_pattern

_QUOTES = lazy_pattern(r"(?:'{3,}|‘{2,}’*|´{3,}|’{3,}|\"{3,})\w*$")


_FENCES = lazy_pattern(r"\n[ >\t]*(`{3,}|~{3,})([^\n]*)")


_OTHERS = lazy_pattern(r"\n[ >\t]*(?:'''|‘‘|´´|’’|\"\"\")")


_NAMES = {"`": "backticks", "~": "tildes"}
_COUNTS = {3: "three", 4: "four", 5: "five"}

MOST_LINES = 60
"""Lines of code between such marks."""


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: not if each fence is followed by one that closes it."""
    if "\n`\n" in text or "\n``\n" in text or "```markdown" in text.lower() or "```md" in text.lower():
        return True
    if "```" in text or "~~~" in text:
        found = _FENCES.findall(text)
        pairs = zip(found[::2], found[1::2], strict=False)
        if len(found) % 2 or any(one[0] != two[0] or two[1].strip() for one, two in pairs):
            return True
    return _OTHERS.search(text) is not None or "\n    ```" in text or "\n\t```" in text


_BEHIND = lazy_pattern(r"\S.*?[^`~\s][ \t]*(`{3,}|~{3,})\w*$")


def check(text: Text) -> Iterator[Finding]:
    """A fence without an end, marks that are not backticks, an ignored fence in a list."""
    if not text.dialect.has("fenced_code", "superfences"):
        return
    yield from _ticks(text)
    yield from _whole(text)
    if (number := text.unclosed_fence) >= 0 and (outer := _outer(text, number)) >= 0:
        holder = FENCE.match(text.body[outer])
        assert holder is not None  # as a fence opens there
        problem = "the code that begins here holds a block of code, whose end ends this one, too"
        more = _COUNTS.get(len(holder[1]) + 1, str(len(holder[1]) + 1))
        hint = f"write {more} {_NAMES[holder[1][0]]} here, and as many at its end"
        yield Finding(outer + 1, text.column(outer), problem, hint)
    elif number >= 0:
        fence = FENCE.match(text.body[number])
        assert fence is not None  # it has matched before
        mark = fence[1]
        above = (n for n in range(number - 1, -1, -1) if text.is_text(n) and _BEHIND.match(text.body[n]))
        if (first := next(above, -1)) >= 0:
            begin = text.lines[first].rfind(mark)
            problem = "these marks open no block of code, since there is text before them"
            hint = "put them on their own line, after a blank line"
            yield Finding(first + 1, begin + 1, problem, hint)
            return
        name, count = _NAMES[mark[0]], _COUNTS.get(len(mark), str(len(mark)))
        problem = "the code that begins here is not closed: all text below it is shown as code"
        if not text.dialect.has("superfences"):
            problem = "the code that begins here is not closed"
        hint = f"add a line of {count} {name} below the code"
        yield Finding(number + 1, text.column(number), problem, hint)
    for number, body in enumerate(text.body):
        # In indented code a fence is shown as text.
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


def _outer(text: Text, last: int) -> int:
    """The fence that should hold others, before the unclosed one on line `last`; -1 if there is none.

    Inside it is a line like the beginning of another block: its marks, and the name of a language.
    """
    opened = sorted(text.fences)
    for number in reversed([one for one in opened if one < last]):
        fence = FENCE.match(text.body[number])
        end = next(one for one in opened if one > number)
        inner = (FENCE.match(text.body[one]) for one in range(number + 1, end))
        if fence and any(one and one[1] == fence[1] and one[2].strip() for one in inner):
            return number
    return -1


def _ticks(text: Text) -> Iterator[Finding]:
    """One or two backticks on a line of their own, above and below code."""
    opened = ""
    for number, body in enumerate(text.body):
        if body == opened:
            opened = ""
        elif body in ("`", "``") and text.is_text(number) and not text.is_text(number - 1):
            if body not in text.body[number + 1 : number + MOST_LINES]:
                continue
            opened = body
            problem = "these marks do not make a block of code: what follows is shown on one line"
            hint = "write three backticks (```) above the code and below it"
            yield Finding(number + 1, text.column(number), problem, hint)


def _whole(text: Text) -> Iterator[Finding]:
    """A text that is entirely in a block of Markdown, as assistants return it."""
    filled = [number for number, body in enumerate(text.body) if body]
    if len(filled) < 3 or filled[0] not in text.fences or len(text.fences) > 1:
        return
    fence = FENCE.match(text.body[filled[0]])
    if fence and fence[2].strip().lower() in ("markdown", "md") and text.body[filled[-1]] == fence[1]:
        problem = "all of the text is in a block of code: readers see its marks"
        yield Finding(filled[0] + 1, 1, problem, "remove this line, and the last one")


def _closed(text: Text, number: int) -> bool:
    """Whether a fence in indented code is followed by its end there."""
    for later in range(number + 1, len(text.body)):
        if text.body[later] and not (text.code[later] and text.indent[later] >= 4):
            return False
        if text.body[later].startswith("```"):
            return True
    return False
