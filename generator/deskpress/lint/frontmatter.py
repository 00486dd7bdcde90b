"""Values of front matter that are read, but not as they are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from deskpress.lint.text import Finding
from deskpress.source.frontmatter import Value
from deskpress.source.slips import CLOSING, OPENING, as_item, quote

_LISTS = ("categories", "tags", "authors", "topics")
_TEXTS = ("title", "description", "subtitle")
_ALL_COMMENT = re.compile(r":[ \t]+(#[^\s#!].*)$")
_ENTRIES = re.compile(r"-\S|[^\s,;]+(?: [^\s,;]+)+$")
"""Entries of a list below each other, which YAML joins into one text."""

_SEPARATED = re.compile(r"\s*[,;]\s*")
_MEANT = re.compile(r"[ \t]#[^\s!]")
"""A comment is usually written with a space behind its mark; `#5` is a number of something."""


def check(values: Mapping[str, Value], lines: list[str]) -> Iterator[Finding]:
    """`values` of the front matter that `lines`, from the top of the file, hold."""
    for key in _LISTS:
        if (value := values.get(key)) is not None:
            written = lines[value.key_line - 1] if value.key_line <= len(lines) else ""
            yield from _of_list(key, value, written)
    for key in _TEXTS:
        if (value := values.get(key)) is not None and isinstance(value.data, str):
            yield from _cut(key, value, lines)


def _of_list(key: str, value: Value, line: str) -> Iterator[Finding]:
    if value.data is None and (comment := _ALL_COMMENT.search(line)):
        written = [part.strip(" ,#") for part in re.split(r"[,#]", comment[1])]
        problem = f"`#` begins a comment: `{key}` is empty"
        yield Finding(
            value.key_line,
            comment.start(1) + 1,
            problem,
            f"write `{key}: [{', '.join(filter(None, written))}]`",
        )
    elif isinstance(value.data, str) and value.line > value.key_line and _ENTRIES.match(value.raw):
        first = value.raw.split()[0].lstrip("-")
        problem = f"each entry of a list begins with a hyphen and a space: this makes one, “{value.raw}”"
        yield Finding(value.line, value.column, problem, f"write `- {first}`, and so with each")
    elif isinstance(value.data, list) and (odd := _curly(value)):
        names = ", ".join(as_item(item.raw) for item in value.data)
        marks = f"`{odd.raw[0]}` `{odd.raw[-1]}`"
        problem = f"the quotation marks {marks} are curly: they become part of the name"
        yield Finding(odd.line, odd.column, problem, f"write `{key}: [{names}]`")
    else:
        yield from _one_for_many(key, value)


def _curly(value: Value) -> Value | None:
    """The first entry of a list between curly quotation marks."""
    curly = (item for item in value.data if item.raw[:1] in OPENING and item.raw[-1:] in CLOSING)
    return next((item for item in curly if len(item.raw) > 1), None)


def _one_for_many(key: str, value: Value) -> Iterator[Finding]:
    items = value.data if isinstance(value.data, list) else [value]
    alone = len(items) == 1
    if not alone or isinstance(items[0].data, list | dict | None):
        return
    item = items[0]
    if value.line > value.key_line and not isinstance(value.data, list) and "," not in item.raw:
        return
    parts = [as_item(part) for part in _SEPARATED.split(item.raw.strip("[](){} ")) if part]
    if len(parts) < 2 or (isinstance(value.data, list) and "," not in item.raw and ";" not in item.raw):
        return
    many = {"categories": "category", "tags": "tag", "authors": "author", "topics": "topic"}[key]
    mended = f"{key}: [{', '.join(parts)}]"
    problem = f"this makes one {many} called “{item.raw}”"
    hint = f"for {'two' if len(parts) == 2 else len(parts)} write `{mended}`"
    yield Finding(item.line, item.column, problem, hint)


def _cut(key: str, value: Value, lines: list[str]) -> Iterator[Finding]:
    line = lines[value.line - 1] if value.line <= len(lines) else ""
    written = line[value.column - 1 :]
    if written[:1] in ("'", '"', "|", ">") or not (found := _MEANT.search(written)):
        return
    problem = f"the text ends before ` #`: `{key}` is only “{value.raw}”"
    hint = f"write `{key}: {quote(written.strip())}`"
    yield Finding(value.line, value.column + found.start() + 1, problem, hint)
