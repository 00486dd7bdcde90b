"""What is refused before Markdown is converted: its time grows with the square of nesting and open ends."""

from __future__ import annotations

import re

MAX_INDENT = 200
"""Columns of indentation before a list item or quote: 50 levels. Honest text needs three or four;
Python-Markdown needs minutes for 1,000."""

MAX_OPEN = 500
"""Square brackets that may stand open in a paragraph."""

MAX_MARKS = 2000
"""Notes, headings, and tags or links without an end, that a text may have: the time for each of these grows
with the square of their number."""

_TAG, _LINK = re.compile(r"(<[A-Za-z/!?])|>"), re.compile(r"(]\()|\)")
_HEADINGS = re.compile(r"^ {0,3}(?:#|[=-]+[ \t]*$)", re.M)
_DEEP = re.compile(rf"^[ \t>]{{{MAX_INDENT},}}(?:[-+*>]|\d+[.)])[ \t]", re.M)
_OTHERS = bytes({*range(256)} - {*b"<[]#=-"})
"""All bytes but those of which one stands in whatever is counted here."""


class NestingError(Exception):
    """The Markdown nests too deeply (`line` from 0, if it is known), or holds too many of some `marks`."""

    def __init__(self, line: int = 0, marks: str = "") -> None:
        self.line = line
        self.problem = (
            f"more than {MAX_MARKS:,} {marks}" if marks else "lists, quotes or brackets nest too deeply"
        )
        self.hint = "split the text" if marks else "use fewer levels; a few are all that readers can follow"
        super().__init__(self.problem)


def _unclosed(text: str, marks: re.Pattern[str]) -> int:
    """How many openings have no closing after them; these are the group that the pattern begins with."""
    unclosed = closings = 0
    for opening in reversed(marks.findall(text)) if text.count(marks.pattern[1]) > MAX_MARKS else ():
        if not opening:
            closings += 1
        elif closings:
            closings -= 1
        else:
            unclosed += 1
    return unclosed


def refuse_deep(text: str) -> None:
    """Raise `NestingError` for what would take Python-Markdown minutes: its time grows with the square."""
    # Four columns at the most come from one letter; patterns take longer to see that there is nothing.
    indented = " " * (MAX_INDENT // 4) in text.replace("\t", " ").replace(">", " ")
    if indented and (deep := _DEEP.search(text.expandtabs(4))):
        raise NestingError(text.count("\n", 0, deep.start()))
    # To go through the text once is enough for nearly all.
    if len(text.encode("utf-8", "surrogatepass").translate(None, _OTHERS)) <= MAX_OPEN:
        return
    for marks, number in (
        ("references to footnotes", text.count("[^")),
        ("tags without an end", _unclosed(text, _TAG)),
        ("links without an end", _unclosed(text, _LINK)),
        ("headings", len(_HEADINGS.findall(text)) if text.count("\n") > MAX_MARKS else 0),
    ):
        if number > MAX_MARKS:
            raise NestingError(0, marks)
    if text.count("[") > MAX_OPEN:
        at = 0
        for block in text.split("\n\n"):
            if block.count("[") - block.count("]") > MAX_OPEN:
                lead = len(block) - len(block.lstrip("\n"))
                raise NestingError(text.count("\n", 0, at + lead))
            at += len(block) + 2
