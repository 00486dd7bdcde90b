"""Fixes mechanical mistakes in a document: returns the text, and a line for each change."""

from __future__ import annotations

from msgspec import Struct

from deskpress.lint.lists import SPACES, flat, list_without_blank
from deskpress.lint.text import BULLET, Dialect, Text
from deskpress.model.diagnostic import Kind
from deskpress.model.patterns import lazy_pattern
from deskpress.source.front_matter_keys import KEYS, canonical
from deskpress.source.frontmatter import FRONT_MATTER, read_mapping
from deskpress.source.report import Report
from deskpress.source.slips import CLOSING, OPENING, explain, quote

_ENTRY = lazy_pattern(r"(?P<key>[\w-]+)[ \t]*:[ \t]+(?P<value>.*?)[ \t]*")
ROUNDS = 40
"""The most mistakes that are fixed in one front matter."""


class Fixed(Struct, frozen=True):
    """A text after `changes`, which say what was done."""

    text: str
    changes: tuple[str, ...] = ()


def fix(text: str, dialect: Dialect) -> Fixed:
    """Fix the front matter and the lists of a document; newlines are `\\n`."""
    changes: list[str] = []
    head = FRONT_MATTER.match(text)
    body = text
    before = ""
    if head is not None:
        mended = fix_front_matter(head[2])
        changes += mended.changes
        before = head[1] + mended.text + head[3]
        body = text[head.end() :]
    for step in (_blank_above_lists, _indented):
        mended = step(body, dialect)
        body = mended.text
        changes += mended.changes
    return Fixed(before + body, tuple(changes)) if changes else Fixed(text)


def fix_front_matter(text: str) -> Fixed:
    """Fix YAML of `key: value` lines if the meaning is clear; unchanged if it stays invalid."""
    lines = text.split("\n")
    changes: list[str] = []
    for _ in range(ROUNDS):
        report = Report("")
        if read_mapping("\n".join(lines), report) is not None and not report.found:
            break
        slip = explain("\n".join(lines), KEYS)
        if slip is None or not slip.mended or lines[slip.line] == slip.mended:
            break
        changes.append(f"`{lines[slip.line].strip()}` is `{slip.mended.strip()}` now")
        lines[slip.line] = slip.mended
    report = Report("")
    values = read_mapping("\n".join(lines), report)
    if values is None or any(found.kind is not Kind.FRONT_MATTER for found in report.found):
        return Fixed(text)
    for number, line in enumerate(lines):
        mended = _straight(line, set(values))
        if mended != line:
            changes.append(f"`{line.strip()}` is `{mended.strip()}` now")
            lines[number] = mended
    return Fixed("\n".join(lines), tuple(changes))


def _straight(line: str, present: set[str]) -> str:
    """A line with its key in lower case, and straight quotation marks around its value."""
    entry = _ENTRY.fullmatch(line)
    if entry is None:
        return line
    key, value = entry["key"], entry["value"]
    wanted = canonical(key, present) or key
    if len(value) > 2 and value[0] in OPENING and value[-1] in CLOSING and value[0] not in "‘’":
        value = quote(value[1:-1])
    return line if (wanted, value) == (key, entry["value"]) else f"{wanted}: {value}"


def _blank_above_lists(body: str, dialect: Dialect) -> Fixed:
    text = Text(body, dialect)
    places = [at for start, end in text.blocks() if (at := list_without_blank(text, start, end)) >= 0]
    if not places:
        return Fixed(body)
    lines = list(text.lines)
    for at in reversed(places):
        lines.insert(at, "> " * text.quote[at] if text.quote[at] else "")
    changes = tuple(f"a blank line above `{text.body[at][:40]}`" for at in places)
    return Fixed("\n".join(lines), changes)


def _indented(body: str, dialect: Dialect) -> Fixed:
    """Indent nested entries by four spaces a level, with everything that belongs to them."""
    text = Text(body, dialect)
    wrong = list(flat(text))
    if not wrong or any(text.quote) or "\t" in body:
        return Fixed(body)
    lines = list(text.lines)
    done: list[str] = []
    for finding in wrong:
        first, last = _region(text, finding.line - 1)
        for number, line in _levels(text, first, last):
            lines[number] = line
        done.append(f"the list at `{text.body[first][:40]}` indented by four spaces a level")
    mended = "\n".join(lines)
    if list(flat(Text(mended, dialect))):
        return Fixed(body)
    return Fixed(mended, tuple(done))


def _region(text: Text, at: int) -> tuple[int, int]:
    """The first line of the list that a line belongs to, and the one after its last."""
    first = at
    while first > 0 and not _ends(text, first - 1):
        first -= 1
    while first < at and not BULLET.match(text.body[first]):
        first += 1
    last = at + 1
    while last < len(text.lines) and not _ends(text, last):
        last += 1
    return first, last


def _ends(text: Text, number: int) -> bool:
    """Whether a line is outside of a list: not indented, not an entry, and after a blank line."""
    body = text.body[number]
    if not body or text.indent[number] or (BULLET.match(body) and not text.code[number]):
        return False
    return number == 0 or not text.body[number - 1] or text.code[number]


def _levels(text: Text, first: int, last: int) -> list[tuple[int, str]]:
    made: list[tuple[int, str]] = []
    # For each entry around a line: the columns of it and its text, and the new column of its text.
    around: list[tuple[int, int, int]] = []
    shift = 0
    for number in range(first, last):
        body, indent = text.body[number], text.indent[number]
        if not body:
            continue
        mark = BULLET.match(body) if not text.code[number] else None
        if text.code[number] and number not in text.fences and around:
            wanted = max(0, indent + shift)  # moves with its fence
        elif mark:
            while around and indent <= around[-1][0]:
                around.pop()
            wanted = SPACES * len(around)
            around.append((indent, indent + mark.end(), wanted + SPACES))
        elif around and indent:
            inner = next((one for one in reversed(around) if indent > one[0]), around[0])
            wanted = inner[2] + max(0, indent - inner[1])
        else:
            continue
        shift = wanted - indent
        made.append((number, " " * wanted + text.lines[number].strip()))
    return made
