"""Limits for Markdown before it is converted: time grows with the square of nesting and unclosed marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from deskpress.model.patterns import lazy_pattern

MAX_INDENT = 200
"""Columns of indentation before a list item or quote: 50 levels. Normal text needs three or four;
Python-Markdown needs minutes for 1,000."""

MAX_OPEN = 500
"""The most unclosed square brackets in a paragraph."""

MAX_MARKS = 2000
"""The most notes, headings, rules, boxes, abbreviations, and unclosed tags or links in a text: the time for
each of these grows with the square of their number."""

MAX_RUN = 2000
"""The most repetitions of a mark in a row."""

MAX_ATTRIBUTES = 1000
"""The most attributes of a tag."""

MAX_PLAIN_TAG = 4 * MAX_ATTRIBUTES
"""Tags up to this length cannot hold that many of the attributes of plain HTML."""

_CROWDED = f"a tag has more than {MAX_ATTRIBUTES:,} attributes"

_TAG, _LINK = re.compile(r"(<[A-Za-z/!?])|>"), re.compile(r"(]\()|\)")
_DEEP = lazy_pattern(rf"^[ \t>]{{{MAX_INDENT},}}(?:[-+*>]|\d+[.)])[ \t]", re.M)
_ATTRIBUTE = r"""[\s/]*+=?+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
"""As browsers read it (HTML Standard, 13.2.5.32 to 13.2.5.39): quotes have a meaning only after `=`."""

_WHOLE_TAG = rf"</?[A-Za-z][^\s/>]*+((?:{_ATTRIBUTE})*+)[\s/=]*+(>?)"
"""Possessive, and it also matches without an end: so no character is tried for two tags.

A text, like all patterns that only long documents need: compiling them would take 2 ms of every build.
"""

_LONG_TAG = lazy_pattern(rf"<[^<>]{{{MAX_PLAIN_TAG}}}")

_RUNS = "*_^=~+`"
_NO_RUNS = bytes({*range(256)} - {*_RUNS.encode()})
"""All bytes but those whose long repetitions are refused."""

_OTHERS = bytes({*range(256)} - {*b"<[]#=-"})
"""All bytes but those of which brackets, tags and headings hold one."""

MAX_HIGHLIGHTED = 100_000
"""The most highlighted lines of code: each number becomes an entry of a list, even if there is no line."""

_HIGHLIGHTED = r"""hl_lines\s*=\s*(?:"([^"\n]*)|'([^'\n]*)|([^\s"'}]*))"""

_COUNTED = (
    ("references to footnotes", b"[", r"\[\^"),
    ("headings", b"#=-", r"^ {0,3}(?:#|[=-]+[ \t]*$)"),
    ("horizontal rules", b"*_-", r"^ {0,3}(?:(?:\* {0,2}+){3,}+|(?:_ {0,2}+){3,}+|(?:- {0,2}+){3,}+)$"),
    ("boxes and tabs", b"!?=", r"^ {0,3}(?:!!!|\?\?\?\+?|===!?)[ \t]+\S"),
    ("abbreviations", b"[", r"^ {0,3}\*\["),
)
"""What is counted at the start of a line or with a `[`; the bytes that it must contain; its pattern."""


class NestingError(Exception):
    """The Markdown nests too deeply (`line` from 0, if known), or is too large; `problem` says what."""

    def __init__(self, line: int = 0, problem: str = "", hint: str = "split the text") -> None:
        self.line = line
        self.problem = problem or "lists, quotes or brackets nest too deeply"
        self.hint = hint if problem else "use fewer levels"
        super().__init__(self.problem)


def _unclosed(text: str, marks: re.Pattern[str]) -> int:
    """The position of the first of more than `MAX_MARKS` openings without a closing after them; else -1.

    An opening is the first group of the pattern.
    """
    unclosed = closings = 0
    first = -1
    found = list(marks.finditer(text)) if text.count(marks.pattern[1]) > MAX_MARKS else []
    for opening in reversed(found):
        if not opening[1]:
            closings += 1
        elif closings:
            closings -= 1
        else:
            unclosed += 1
            first = opening.start()
    return first if unclosed > MAX_MARKS else -1


def refuse_deep(text: str) -> None:
    """Raise `NestingError` for what would take Python-Markdown minutes: its time grows with the square."""
    # A character adds at most four columns; patterns take longer to find that there is nothing.
    indented = " " * (MAX_INDENT // 4) in text.replace("\t", " ").replace(">", " ")
    if indented and (deep := _DEEP.search(text.expandtabs(4))):
        raise NestingError(text.count("\n", 0, deep.start()))
    if "hl_lines" in text:
        _refuse_highlighted(text)
    # One pass through the text is enough for nearly all.
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _NO_RUNS)) >= MAX_RUN:
        _refuse_runs(text)
    _refuse_large(text, data)
    if len(data.translate(None, _OTHERS)) <= MAX_OPEN:
        return
    _refuse_open(text)
    if text.count("[") > MAX_OPEN:
        at = 0
        for block in text.split("\n\n"):
            if block.count("[") - block.count("]") > MAX_OPEN:
                lead = len(block) - len(block.lstrip("\n"))
                raise NestingError(text.count("\n", 0, at + lead))
            at += len(block) + 2


def _refuse(text: str, at: int, problem: str) -> None:
    raise NestingError(text.count("\n", 0, at), problem)


def _refuse_highlighted(text: str) -> None:
    """Raise `NestingError` for code with too many highlighted lines (`hl_lines="1-3 5"`)."""
    lines = 0
    for found in re.finditer(_HIGHLIGHTED, text):
        for part in "".join(filter(None, found.groups())).split():
            first, _, last = part.partition("-")
            numbers = [int(one[:9]) for one in (first, last) if one.isdecimal()]
            lines += 1 + max(0, numbers[-1] - numbers[0] if len(numbers) > 1 else 0)
            lines += MAX_HIGHLIGHTED * (max(len(first), len(last)) > 9)
        if lines > MAX_HIGHLIGHTED:
            _refuse(text, found.start(), f"more than {MAX_HIGHLIGHTED:,} lines are highlighted")


def _refuse_runs(text: str) -> None:
    """Raise `NestingError` for a mark that is repeated too often."""
    for mark in _RUNS:
        if text.count(mark) >= MAX_RUN and (at := text.find(mark * MAX_RUN)) >= 0:
            _refuse(text, at, f"“{mark}” occurs here {MAX_RUN:,} times in a row, or more")


def _refuse_large(text: str, data: bytes) -> None:
    """Raise `NestingError` for something that is too large, or too many lines with the same beginning.

    `data` is the text in UTF-8, in which single bytes are counted fastest.
    """
    if len(text) <= MAX_RUN:
        return
    for tag in _crowded(text):
        # Prose with a `<` before a letter: a blank line comes before the next `>`.
        if tag[2] and "\n\n" not in tag[0]:
            _refuse(text, tag.start(), _CROWDED)
    many = max(data.count(b"\n"), data.count(b"[")) > MAX_MARKS
    for what, parts, pattern in _COUNTED if many else ():
        if sum(map(data.count, parts)) > MAX_MARKS:
            found = next(islice(re.finditer(pattern, text, re.M), MAX_MARKS, None), None)
            if found is not None:
                _refuse(text, found.start(), f"more than {MAX_MARKS:,} {what}")


def refuse_long_tags(html: str) -> None:
    """Raise `NestingError` for a long tag of more than `MAX_ATTRIBUTES`, with no `<` or `>` in it.

    This is fast, and enough for patterns that search for attributes up to the next of these characters.
    """
    if _LONG_TAG.search(html):
        refuse_crowded(html)


def refuse_crowded(html: str) -> None:
    """Raise `NestingError` for a tag of more than `MAX_ATTRIBUTES`: parsers compare each with all before it.

    For the converted text, since attribute lists, and tags with blank lines, are complete only there.
    """
    if next(_crowded(html), None):
        raise NestingError(problem=_CROWDED)


def _crowded(text: str) -> Iterator[re.Match[str]]:
    """The tags of more than `MAX_ATTRIBUTES`."""
    if len(text) <= 2 * MAX_ATTRIBUTES:
        return
    for tag in re.finditer(_WHOLE_TAG, text):
        # Each has at least two characters, with its separator.
        start, end = tag.span(1)
        if end - start > 2 * MAX_ATTRIBUTES and len(re.findall(_ATTRIBUTE, tag[1])) > MAX_ATTRIBUTES:
            yield tag


def _refuse_open(text: str) -> None:
    """Raise `NestingError` if too many tags or links are not closed."""
    for what, pattern in (("tags", _TAG), ("links", _LINK)):
        if (at := _unclosed(text, pattern)) >= 0:
            _refuse(text, at, f"more than {MAX_MARKS:,} {what} without an end")
