"""Tables that are shown as text, and rows that lose a cell (Python-Markdown 3.10, `extensions.tables`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from deskpress.lint.text import Finding, Text

_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_BAR = re.compile(r"(?<!\\)\|")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def may_hold(text: str) -> bool:
    """Whether a text may hold such a slip: quick, and never wrongly no."""
    return "|" in text


def check(text: Text) -> Iterator[Finding]:
    """Rows with bars that are no table, and those with more cells than the table has."""
    if not text.dialect.has("tables"):
        return
    for start, end in text.blocks():
        rows = [n for n in range(start, end) if "|" in text.body[n]]
        if len(rows) > 1:
            yield from _block(text, start, end, rows)


def _block(text: Text, start: int, end: int, rows: list[int]) -> Iterator[Finding]:
    rule = next((n for n in rows if _RULE.match(text.body[n]) and "|" in text.body[n]), -1)
    if rule < 0:
        yield from _without_rule(text, rows)
        return
    if rule == start:
        yield Finding(
            rule + 1,
            text.column(rule),
            "a table needs a line with its heads above this one",
            "write one, as in `| Name | Price |`",
        )
        return
    head = rule - 1
    if "|" not in text.body[head]:
        return
    columns = len(_cells(text, head))
    if head != start and not _heading(text, head - 1):
        what = "a table needs a blank line above it: this is shown as text"
        yield Finding(head + 1, text.column(head), what, "put a blank line above this line")
        return
    if (given := len(_cells(text, rule))) != columns:
        line = "|" + "---|" * columns
        problem = (
            f"the head of the table has {_count(columns)}, the line below it {_count(given)}:"
            " this is shown as text"
        )
        yield Finding(rule + 1, text.column(rule), problem, f"write `{line}`")
        return
    for number in range(rule + 1, end):
        found = _cells(text, number)
        if "|" not in text.body[number] or len(found) <= columns or not any(found[columns:]):
            continue
        bars = [bar.start() for bar in _BAR.finditer(_plain(text, number))]
        leading = text.body[number].startswith("|")
        offset = text.column(number) - 1
        bar = bars[columns if leading else columns - 1]
        lost = "the last is" if len(found) == columns + 1 else f"the last {len(found) - columns} are"
        problem = f"{_count(len(found), 'cell')} in a table of {_count(columns)}: {lost} lost"
        hint = "join cells, or give the head one more; a `|` within a cell is written `\\|`"
        lost_at = bar + 1 + len(body := text.body[number][bar + 1 :]) - len(body.lstrip())
        yield Finding(number + 1, offset + lost_at + 1, problem, hint)


def _without_rule(text: Text, rows: list[int]) -> Iterator[Finding]:
    """A table is meant where two lines follow one another that begin with a bar, or have the same number."""
    for first, second in pairwise(rows):
        if second != first + 1:
            continue
        one, two = text.body[first], text.body[second]
        if (one.startswith("|") and two.startswith("|") and len(_cells(text, first)) > 1) or (
            one.startswith("|") and one.endswith("|") and two.endswith("|")
        ):
            line = "|" + "---|" * len(_cells(text, first))
            problem = f"a table needs the line `{line}` below its head: this is shown as text"
            yield Finding(first + 1, text.column(first), problem, f"add the line `{line}` below this one")
            return


def _cells(text: Text, number: int) -> list[str]:
    """The cells of a row."""
    body = _plain(text, number).removeprefix("|")
    if body.endswith("|") and not body.endswith("\\|"):
        body = body[:-1]
    return [cell.strip() for cell in _BAR.split(body)]


def _plain(text: Text, number: int) -> str:
    """A line without what stands in backticks, where bars separate nothing."""
    line = text.lines[number]
    begin = text.column(number) - 1
    body = text.body[number]
    if "`" not in line:
        return body
    start = text.starts[number]
    bare = text.bare[start + begin : start + begin + len(body)]
    pairs = zip(bare, body, strict=False)
    return "".join("x" if b == " " and c != " " else b for b, c in pairs)


def _heading(text: Text, number: int) -> bool:
    return text.body[number].startswith(("#", "!!!", "???", "<", "==="))


def _count(number: int, noun: str = "column") -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} {noun}" if number == 1 else f"{word} {noun}s"
