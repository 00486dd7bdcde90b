"""Tables that are shown as text, and rows that lose a cell (Python-Markdown 3.10, `extensions.tables`)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from deskpress.lint.text import BULLET, Finding, Text
from deskpress.model.patterns import lazy_pattern

_RULE = lazy_pattern(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_LIKE_RULE = lazy_pattern(r"[|:\s=+_.*~–—−-]*[=+_.*~–—−-][|:\s=+_.*~–—−-]*")
_GRID = lazy_pattern(r"\+(?:[-=]+\+)+$")
_PASTED = lazy_pattern(
    r"\n[^\s|][^\n\t]*\t[^\n]*\S\n[^\s|][^\n\t]*\t|\n[^\s|;][^\n;]{0,60};[^\n]*\n[^\s;][^\n;]{0,60};"
    r"|\n[^\s|,][^\n,]{0,60},\S[^\n]*\n[^\s,][^\n,]{0,60},\S"
)
_SEPARATORS = {"\t": "tabs", ";": "semicolons", ",": "commas"}
LONGEST_CELL = 40
"""Characters of a cell between semicolons or commas; what is longer is a sentence."""
_BAR = lazy_pattern(r"(?<!\\)\|")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return "|" in text or _PASTED.search(text) is not None


def check(text: Text) -> Iterator[Finding]:
    """Rows with bars that are not a table, and those with more cells than the table has."""
    if not text.dialect.has("tables"):
        return
    yield from _indented(text)
    last: tuple[int, int] | None = None
    for start, end in text.blocks():
        rows = [n for n in range(start, end) if "|" in text.body[n]]
        if len(rows) > 1 or (rows and rows[0] > start and _GRID.match(text.body[rows[0] - 1])):
            apart = last is not None and _apart(text, start, last) and _parted(text, start, last[0])
            yield from [apart] if apart else _block(text, start, end, rows)
        elif not rows and end - start > 1:
            yield from _pasted(text, start, end)
        last = (start, end) if rows else None


def _indented(text: Text) -> Iterator[Finding]:
    """Tables that are code because of four spaces: a row, and the line below the head."""
    for number in range(1, len(text.body) - 1):
        rule = text.body[number + 1]
        if not (text.code[number] and text.code[number + 1] and text.indent[number] >= 4):
            continue
        head = text.body[number]
        if text.body[number - 1] or not (rule.startswith("|") and _RULE.match(rule)):
            continue
        if head.startswith("|") and head.endswith("|"):
            problem = "lines that begin with four spaces are code: this table is shown as it is written"
            yield Finding(number + 1, text.column(number), problem, "begin its lines without spaces")


def _apart(text: Text, start: int, last: tuple[int, int]) -> bool:
    """Whether one blank line stands between a block and rows with as many cells above it."""
    if start != last[1] + 1 or not (text.body[last[0]].startswith("|") and text.body[start].startswith("|")):
        return False
    return len(_cells(text, start)) == len(_cells(text, last[0]))


def _parted(text: Text, start: int, first: int) -> Finding | None:
    """A blank line within a table: between its head and the line below, or between two rows."""
    ruled = any(_RULE.match(text.body[n]) for n in range(first, start))
    if ruled == (_RULE.match(text.body[start]) is not None) or _ruled_below(text, start):
        return None
    what = "a blank line ends the table: what is below it is shown as text"
    if not ruled:
        what = "a blank line separates the head of the table from it: it is shown as text"
    return Finding(start, 1, what, "remove this blank line")


def _ruled_below(text: Text, start: int) -> bool:
    """Whether a block begins with the head of another table."""
    return start + 1 < len(text.body) and _RULE.match(text.body[start + 1]) is not None


def _pasted(text: Text, start: int, end: int) -> Iterator[Finding]:
    """Rows as spreadsheets copy and export them, with tabs, semicolons or commas between the cells."""
    lines = text.lines[start:end]
    mark = next((mark for mark in _SEPARATORS if mark in lines[0] and mark in lines[1]), "")
    if not mark or any(BULLET.match(body) or body[:1] in ("#", "<", "!") for body in text.body[start:end]):
        return
    rows = [line.strip().split(mark) for line in lines]
    width = len(rows[0])
    if len(rows) < 2 or width < 2 or any(len(row) != width for row in rows):
        return
    if not all(cell.strip() for cell in rows[0]) or (mark != "\t" and not _is_data(rows, mark)):
        return
    head = "| " + " | ".join(cell.strip() for cell in rows[0]) + " |"
    line = "|" + "---|" * width
    how = "copy" if mark == "\t" else "export"
    problem = (
        f"cells between {_SEPARATORS[mark]}, as spreadsheets {how} them, are not a table:"
        " this is shown as one paragraph"
    )
    yield Finding(start + 1, 1, problem, f"write bars between them: `{head}`, and `{line}` below that")


def _is_data(rows: list[list[str]], mark: str) -> bool:
    """Whether rows between semicolons or commas are cells, not sentences with as many in each line."""
    if len(rows) * len(rows[0]) < 6 or (mark == "," and any(" " in cell[:1] for row in rows for cell in row)):
        return False
    cells = [cell.strip() for row in rows for cell in row]
    return not any(len(cell) > LONGEST_CELL or cell.endswith((".", "!", "?", ":")) for cell in cells)


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
    framed = text.body[head].startswith("|")
    for number in range(rule + 1, end):
        body = text.body[number]
        if framed and "|" not in body and not body.startswith(("{", "<")):
            problem = "this line becomes a row of the table above it"
            yield Finding(number + 1, text.column(number), problem, "put a blank line above this line")
            return
        if framed and body.startswith("|") and not body.endswith("|") and text.body[head].endswith("|"):
            after = text.body[number + 1] if number + 1 < end else ""
            if after.endswith("|") and not after.startswith("|"):
                problem = "a cell cannot go on in the next line: the rest of it becomes a row"
                column = text.column(number) + len(body)
                yield Finding(number + 1, column, problem, "write all in one line, with `<br>` between")
                return
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
    """A table is intended if two consecutive lines begin with a bar, or have the same number of them."""
    if rows[0] and _GRID.match(text.body[rows[0] - 1]):
        line = "|" + "---|" * len(_cells(text, rows[0]))
        problem = "a frame of `+` and `-` is not a table: this is shown as text"
        hint = f"remove these lines, and write `{line}` below the head"
        yield Finding(rows[0], text.column(rows[0] - 1), problem, hint)
        return
    for first, second in pairwise(rows):
        if second != first + 1:
            continue
        one, two = text.body[first], text.body[second]
        if (one.startswith("|") and two.startswith("|") and len(_cells(text, first)) > 1) or (
            one.startswith("|") and one.endswith("|") and two.endswith("|")
        ):
            line = "|" + "---|" * len(_cells(text, first))
            if _LIKE_RULE.fullmatch(two):
                problem = "this is not the line that a table needs below its head: all is shown as text"
                yield Finding(second + 1, text.column(second), problem, f"write `{line}`")
                return
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
    """A line without inline code, in which bars separate nothing."""
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
