"""Movable Type's import format, as TypePad and Movable Type write it.

https://movabletype.org/documentation/appendices/import-export-format.html
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from msgspec import Struct, field

from deskpress.importers.html.paragraphs import implied
from deskpress.importers.platforms.items import Item, Person
from deskpress.importers.platforms.opening import Source, SourceError
from deskpress.importers.report import ImportReport

LONGEST_LINE = 20_000_000
"""Bytes of a line; bodies of TypePad are often one line each."""

LARGEST_ENTRY = 50_000_000
"""Characters of an entry with its comments."""

_PART, _ENTRY = "-----", "--------"
_PARTS = frozenset({"BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS", "COMMENT", "PING"})
_KEYS = (
    "AUTHOR|AUTHOR EMAIL|AUTHOR URL|TITLE|BASENAME|STATUS|ALLOW COMMENTS|CONVERT BREAKS|ALLOW PINGS|TAGS"
    "|NO ENTRY|PRIMARY CATEGORY|CATEGORY|UNIQUE URL|DATE|BLOG NAME|BLOG URL|KEYWORDS"
)
_KEY = re.compile(rf"({_KEYS}):(.*)")
_TWELVE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) (\d{1,2}):(\d\d)(?::(\d\d))?(?: *([AP])M)?", re.I)
_HELD_BACK = {"draft": "a draft", "future": "it was to be published later", "review": "not reviewed yet"}


class _Part(Struct):
    name: str
    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")


class _Entry(Struct):
    line: int
    head: list[tuple[str, str]] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)
    cut_off: bool = False

    def first(self, key: str) -> str:
        return next((value for name, value in self.head if name == key and value), "")

    def every(self, *keys: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for name, value in self.head if name in keys and value))

    def part(self, name: str) -> str:
        return "\n".join(part.text for part in self.parts if part.name == name)


def fits(source: Source) -> bool:
    """Whether a source is one text file that begins with a key of this format."""
    if not source.is_file:
        return False
    with source.open(source.names[0]) as file:
        start = file.read(4000).decode("utf-8-sig", "replace")
    return any(_KEY.match(line) for line in start.splitlines()[:5])


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The entries of an export. Raises `SourceError`."""
    for name in source.names:
        if source.is_file or name.lower().endswith((".txt", ".mtif")):
            for entry in _entries(source, name):
                item = _item(entry, source, name, report)
                if item is not None:
                    yield item


def _item(entry: _Entry, source: Source, name: str, report: ImportReport) -> Item | None:
    place = source.place(name, entry.line)
    title = entry.first("TITLE")
    comments = sum(part.name in ("COMMENT", "PING") for part in entry.parts)
    if comments:
        report.count("comments left out: they are the readers'", comments)
    status = entry.first("STATUS").lower()
    hidden = _HELD_BACK.get(status, "" if status in ("", "publish") else f"its status is {status}")
    if entry.first("NO ENTRY") == "1":
        if not entry.part("BODY").strip():
            report.add("changed", f"“{title[:60]}”", "`NO ENTRY: 1`: it brings nothing but comments", place)
            return None
        hidden = "`NO ENTRY: 1` says that it is no entry of its own"
    if entry.cut_off:
        report.add("lost", "the rest of the file", "it ends within this entry, without `--------`", place)
    address = entry.first("UNIQUE URL")
    last = urlsplit(address).path.rstrip("/").rpartition("/")[2] if address.startswith("http") else ""
    slug = last.rpartition(".")[0] or last or entry.first("BASENAME")
    created = _date(entry.first("DATE"))
    if created is None and entry.first("DATE"):
        report.add("lost", f"the date `{entry.first('DATE')}`", "it is none", place)
    markup = entry.first("CONVERT BREAKS").lower()
    author = entry.first("AUTHOR")
    return Item(
        key=address or f"{entry.first('BASENAME')} {entry.first('DATE')} {title}",
        kind="post",
        title=title,
        place=place,
        body=_body(entry, markup),
        markup="markdown" if markup.startswith("markdown") else "html",
        base=address,
        created=created,
        slug=slug,
        description=entry.part("EXCERPT"),
        categories=entry.every("PRIMARY CATEGORY", "CATEGORY"),
        tags=_tags(entry.first("TAGS"), entry.part("KEYWORDS")),
        people=(Person(author, author),) if author else (),
        addresses=(address,) if address else (),
        hidden=hidden,
    )


def _body(entry: _Entry, markup: str) -> str:
    parts = [text for name in ("BODY", "EXTENDED BODY") if (text := entry.part(name)).strip()]
    if markup.startswith("markdown"):
        return "\n\n<!-- more -->\n\n".join(parts)
    if markup in ("0", "wysiwyg", "richtext"):
        return "\n<!--more-->\n".join(parts)
    return "\n<!--more-->\n".join(map(implied, parts))


def _tags(line: str, keywords: str) -> tuple[str, ...]:
    """Tags are a line of CSV; keywords stand one a line, or between commas."""
    try:
        found = next(csv.reader([line], skipinitialspace=True), [])
    except csv.Error:
        found = line.split(",")
    return tuple(dict.fromkeys(tag.strip() for tag in found if tag.strip()))


def _date(text: str) -> datetime | None:
    found = _TWELVE.fullmatch(text.strip())
    if found is None:
        return None
    month, day, year, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    if found[7]:
        hour = hour % 12 + (12 if found[7].upper() == "P" else 0)
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


class _Lines:
    """The lines of a file with their numbers, of which those to come can be looked at."""

    def __init__(self, source: Source, name: str) -> None:
        self._lines = self._read(source, name)
        self._ahead: deque[tuple[int, str]] = deque()

    def _read(self, source: Source, name: str) -> Iterator[tuple[int, str]]:
        with source.open(name) as file:
            number = 0
            while data := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(data) > LONGEST_LINE:
                    raise SourceError(
                        f"{source.place(name, number)}: a line of more than {LONGEST_LINE:,} bytes"
                    )
                yield number, _decoded(data).rstrip("\r\n")

    def next(self) -> tuple[int, str] | None:
        return self._ahead.popleft() if self._ahead else next(self._lines, None)

    def peek(self, at: int = 0) -> str | None:
        while len(self._ahead) <= at:
            line = next(self._lines, None)
            if line is None:
                return None
            self._ahead.append(line)
        return self._ahead[at][1]

    def text_after(self, at: int) -> str | None:
        """The next line with text from `at` on; None at the end."""
        while (line := self.peek(at)) is not None:
            if line.strip():
                return line
            at += 1
        return None


def _decoded(line: bytes) -> str:
    """A line in UTF-8, else in Windows-1252: exports that were put together hold both."""
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = line.decode("cp1252", "replace")
    return text


def _entries(source: Source, name: str) -> Iterator[_Entry]:
    lines = _Lines(source, name)
    entry: _Entry | None = None
    part: _Part | None = None
    size = 0
    while (found := lines.next()) is not None:
        number, line = found
        if entry is None:
            if not line.strip() or line.rstrip() == _ENTRY:
                continue
            entry, part, size = _Entry(number), None, 0
        size += len(line)
        if size > LARGEST_ENTRY:
            raise SourceError(
                f"{source.place(name, entry.line)}: an entry of more than {LARGEST_ENTRY:,} characters"
            )
        bare = line.rstrip()
        if bare == _PART and _ends_part(lines):
            part = None
            if (after := lines.peek()) is not None and after.rstrip() == _ENTRY:
                lines.next()
                yield entry
                entry = None
            elif after is not None and _named(after):
                begun = lines.next()
                assert begun is not None
                part = _Part(_named(after), begun[0])
                entry.parts.append(part)
        elif part is not None:
            part.lines.append(line)
        elif bare == _ENTRY:
            yield entry
            entry = None
        elif key := _KEY.match(line):
            entry.head.append((key[1], key[2].strip()))
        elif entry.head and line.strip() and not entry.parts:
            # What has no key belongs to the line before: a title with a line's end in it.
            entry.head[-1] = (entry.head[-1][0], f"{entry.head[-1][1]} {line.strip()}")
    if entry is not None and (entry.head or entry.parts):
        entry.cut_off = True
        yield entry


def _named(line: str) -> str:
    """The part that a line begins; empty for any other line."""
    bare = line.rstrip()
    return bare[:-1] if bare.endswith(":") and bare[:-1] in _PARTS else ""


def _ends_part(lines: _Lines) -> bool:
    """Whether the `-----` before the next line ends a part: a part follows, an entry's end, or nothing."""
    after = lines.peek()
    if after is None or _named(after):
        return True
    if after.rstrip() == _ENTRY:
        behind = lines.text_after(1)
        return behind is None or _KEY.match(behind) is not None
    return lines.text_after(0) is None
