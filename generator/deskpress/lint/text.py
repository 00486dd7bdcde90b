"""A document's Markdown as the rules need it: lines, which of them are code, and the text without code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import accumulate

from msgspec import Struct

from deskpress.model.patterns import lazy_pattern

BULLET = lazy_pattern(r"(?:[*+-]|\d{1,9}\.)[ \t]+(?=\S)")
"""The mark of a list's entry (Python-Markdown 3.10, `OListProcessor` and `UListProcessor`)."""

CONTAINER = lazy_pattern(r"(?:[*+-]|\d{1,9}\.)[ \t]|!!!|\?\?\?|===[!+ ]|///|:[ ]{1,4}\S|\[\^[^\]]+\]:|:::")
"""Beginnings of a line that make indented lines below it text, not code: lists, boxes, tabs, notes."""

FENCE = lazy_pattern(r"(`{3,}(?=[^`]*$)|~{3,})(.*)")
_QUOTE = lazy_pattern(r"(?: {0,3}> ?)*")
_RAW = lazy_pattern(r"<(pre|script|style|textarea)\b", re.I)
_COMMENT_END = lazy_pattern("-->")
_RUN = lazy_pattern(r"(?<!\\)`+")
_BREAK = lazy_pattern(r"\n[ \t]*\n")
_MATH = lazy_pattern(r"(?<![\\$])(\$\$?)(?=\S)[^\n$]+?(?<=\S)\1(?![\d$])")
_DEFINED = lazy_pattern(r"^[ >]{0,9}\[([^\[\]\n]+)\]:", re.M)


class Finding(Struct, frozen=True):
    """The result of a rule: the place in the text (line and column from 1), the problem and the hint."""

    line: int
    column: int
    problem: str
    hint: str
    error: bool = False


class Dialect(Struct, frozen=True):
    """What the site's Markdown supports: the names of its extensions."""

    extensions: frozenset[str] = frozenset()

    def has(self, *names: str) -> bool:
        """Whether one of the extensions is in use, by the end of its name; `extra` includes several."""
        return _has(self.extensions, names)

    def has_like(self, *parts: str) -> bool:
        """Whether the name of an extension contains one of these parts."""
        return _has_like(self.extensions, parts)


_EXTRA = frozenset("fenced_code footnotes attr_list def_list tables abbr md_in_html".split())


@lru_cache(maxsize=1000)
def _has(extensions: frozenset[str], names: tuple[str, ...]) -> bool:
    extra = bool(extensions & {"extra", "markdown.extensions.extra", "pymdownx.extra"})
    return any(
        (extra and name in _EXTRA) or any(one == name or one.endswith(f".{name}") for one in extensions)
        for name in names
    )


@lru_cache(maxsize=1000)
def _has_like(extensions: frozenset[str], parts: tuple[str, ...]) -> bool:
    return any(part in one.lower() for one in extensions for part in parts)


class Text:
    """The Markdown of a document. Lines are numbered from 0 here."""

    def __init__(self, markdown: str, dialect: Dialect) -> None:
        self.markdown = markdown
        self.dialect = dialect
        self.lines = markdown.split("\n")
        self.unclosed_fence = -1
        """The line of a fence without an end; -1 if there is none."""
        self.unclosed_comment = -1
        count = len(self.lines)
        self.quote = [0] * count
        """How many quotation marks (`>`) precede a line."""
        self.indent = [0] * count
        """How many spaces precede a line, after these."""
        self.body = [""] * count
        """The line without both."""
        self.code = [False] * count
        """Whether a line is code, a comment, or HTML without text."""
        self.fences: set[int] = set()
        """The lines on which a fence opens."""
        self._until: re.Pattern[str] | None = None
        self._kind = ""
        self._opened = -1
        self._contained = self._blank = False
        self._scan()

    def _scan(self) -> None:
        for number, line in enumerate(self.lines):
            if self._until is None and line[:1].isalpha() and "<" not in line:
                # True for nearly all lines.
                self.body[number] = line.rstrip()
                self._contained, self._blank = self._contained and not self._blank, False
            elif not line:
                self._blank = self._blank or self._until is None
                self.code[number] = self._until is not None
            else:
                self._look_at(number, line)
        if self._until is not None and self._kind == "fence":
            self.unclosed_fence = self._opened
        if self._until is not None and self._kind == "comment":
            self.unclosed_comment = self._opened

    def _look_at(self, number: int, line: str) -> None:
        """Record what precedes the text of a line, and whether it is code."""
        quote, rest = 0, line
        if ">" in line[:8] and (marks := _QUOTE.match(line)):
            quote, rest = marks[0].count(">"), line[marks.end() :]
        body = rest.strip()
        indent = len(shown := rest.expandtabs(4)) - len(shown.lstrip())
        self.quote[number], self.indent[number], self.body[number] = quote, indent, body
        if self._until is not None:
            self.code[number] = True
            if self._until.search(body if self._kind == "fence" else line):
                self._until = None
            self._blank = False
        elif not body:
            self._blank = True
        elif indent >= 4 and (self._blank or (number and self.code[number - 1])) and not self._contained:
            self.code[number] = True
        else:
            if indent < 4:
                lazy = self._contained and not self._blank
                self._contained = CONTAINER.match(body) is not None or lazy
            self._blank = False
            self._open(number, line, body)

    def _open(self, number: int, line: str, body: str) -> None:
        """Check whether code, a comment or HTML without text begins on a line."""
        if body[0] in "`~" and (fence := FENCE.match(body)):
            self.fences.add(number)
            mark = fence[1]
            self._begin(number, "fence", re.compile(rf"^{mark[0]}{{{len(mark)},}}[ \t]*$"))
            self.code[number] = True
        elif "<" not in line:
            return
        elif (start := line.rfind("<!--")) >= 0 and "-->" not in line[start + 2 :]:
            if "`" not in line[:start]:
                self._begin(number, "comment", _COMMENT_END)
                self.code[number] = line.lstrip().startswith("<!--")
        elif body[0] == "<" and (raw := _RAW.match(body)):
            self.code[number] = True
            if f"</{raw[1].lower()}" not in body.lower():
                self._begin(number, "raw", re.compile(rf"</{raw[1]}", re.I))

    def _begin(self, number: int, kind: str, until: re.Pattern[str]) -> None:
        self._opened, self._kind, self._until = number, kind, until

    def is_text(self, number: int) -> bool:
        """Whether a line holds text: it exists, and is neither blank nor code."""
        return 0 <= number < len(self.lines) and bool(self.body[number]) and not self.code[number]

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Runs of lines of text in one quotation, as the first line and the one after the last."""
        start = 0
        count = len(self.lines)
        while start < count:
            if not self.is_text(start):
                start += 1
                continue
            end = start + 1
            while end < count and self.is_text(end) and self.quote[end] == self.quote[start]:
                end += 1
            yield start, end
            start = end

    @cached_property
    def bare(self) -> str:
        """The text with spaces in place of code, comments and formulas: every position stays the same."""
        if any(self.code):
            lines = zip(self.lines, self.code, strict=True)
            text = "\n".join(" " * len(line) if code else line for line, code in lines)
        else:
            text = self.markdown
        if "<!--" in text:
            text = re.sub(r"<!--.*?(?:-->|\Z)", _blank, text, flags=re.S)
        if "`" in text:
            text = _without_spans(text)
        if "$" in text and self.dialect.has("arithmatex"):
            text = _MATH.sub(_blank, text)
        return text

    @cached_property
    def definitions(self) -> frozenset[str]:
        """The names of the lines `[name]: target`, in lower case."""
        return frozenset(" ".join(found[1].lower().split()) for found in _DEFINED.finditer(self.bare))

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins in the text."""
        return [0, *accumulate(len(line) + 1 for line in self.lines[:-1])]

    def place(self, at: int) -> tuple[int, int]:
        """The line and the column, from 1, of the `at`-th letter."""
        number = bisect_right(self.starts, at) - 1
        return number + 1, at - self.starts[number] + 1

    def finding(self, at: int, problem: str, hint: str) -> Finding:
        """A finding at the `at`-th letter."""
        return Finding(*self.place(at), problem, hint)

    def column(self, number: int) -> int:
        """The column, from 1, at which the text of a line begins."""
        line = self.lines[number]
        return line.find(self.body[number]) + 1 if self.body[number] else 1


def _without_spans(text: str) -> str:
    """`text` with spaces in place of inline code, which ends with as many backticks, in its paragraph."""
    runs = list(_RUN.finditer(text))
    breaks = [found.start() for found in _BREAK.finditer(text)]
    following: dict[int, int] = {}
    partner = [0] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        length = len(runs[number][0])
        partner[number] = following.get(length, 0)
        following[length] = number
    parts = []
    done = number = 0
    while number < len(runs):
        other, start = partner[number], runs[number].start()
        if not other or bisect_right(breaks, start) != bisect_right(breaks, runs[other].start()):
            number += 1
            continue
        end = runs[other].end()
        code = text[start:end]
        parts += [text[done:start], "\n".join(" " * len(part) for part in code.split("\n"))]
        done, number = end, other + 1
    return "".join((*parts, text[done:]))


def _blank(code: re.Match[str]) -> str:
    text = code[0]
    return " " * len(text) if "\n" not in text else "\n".join(" " * len(part) for part in text.split("\n"))
