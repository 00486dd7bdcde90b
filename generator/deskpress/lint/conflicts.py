"""Marks of a merge conflict: both versions, and the marks, would be published."""

from __future__ import annotations

from collections.abc import Iterator

from deskpress.lint.text import Finding
from deskpress.model.patterns import lazy_pattern

_MARK = lazy_pattern(r"(<{7}|>{7}|\|{7})(?: \S.*|)$")


def check(lines: list[str], code: list[bool], first_line: int = 1) -> Iterator[Finding]:
    """Conflicts in the lines of a text, which begins on line `first_line`; those in code are examples."""
    number = 0
    last = max((n for n, line in enumerate(lines) if line.startswith(">>>>>>>")), default=-1)
    while number < len(lines):
        line = lines[number]
        if line[:1] not in ("<", ">", "|") or code[number] or not _MARK.match(line.rstrip()):
            number += 1
            continue
        middle = end = -1
        for later in range(number + 1, last + 1):
            mark = lines[later].rstrip()
            if mark == "=======":
                middle = later
            elif mark.startswith("<<<<<<<"):
                break
            elif mark.startswith(">>>>>>>"):
                end = later
                break
        yield Finding(number + 1, 1, *_told(lines, number, middle, end, first_line), error=True)
        number = max(end, number) + 1


def _told(lines: list[str], number: int, middle: int, end: int, first_line: int) -> tuple[str, str]:
    if not lines[number].startswith("<") or middle < 0 or end < 0:
        return "a mark of a merge conflict", "remove it, and check that the text is right"
    first, second = (
        _lines(number + first_line + 1, middle + first_line - 1),
        _lines(middle + first_line + 1, end + first_line - 1),
    )
    hint = f"choose between {first} and {second}, and remove the three lines of marks"
    return "marks of a merge conflict: both versions would be published", hint


def _lines(start: int, end: int) -> str:
    if end < start:
        return "nothing"
    return f"line {start}" if start == end else f"lines {start} to {end}"
