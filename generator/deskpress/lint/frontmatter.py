"""Values of front matter that are read, but not as they are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from deskpress.lint.text import Finding
from deskpress.source.frontmatter import Value
from deskpress.source.slips import quote

_LISTS = ("categories", "tags", "authors", "topics")
_TEXTS = ("title", "description", "subtitle")
_SEPARATED = re.compile(r"\s*[,;]\s*")
_MEANT = re.compile(r"[ \t]#[^\s!]")
"""A comment is usually written with a space behind its mark; `#5` is a number of something."""


def check(values: Mapping[str, Value], lines: list[str]) -> Iterator[Finding]:
    """`values` of the front matter that `lines`, from the top of the file, hold."""
    for key in _LISTS:
        if (value := values.get(key)) is not None:
            yield from _one_for_many(key, value)
    for key in _TEXTS:
        if (value := values.get(key)) is not None and isinstance(value.data, str):
            yield from _cut(key, value, lines)


def _one_for_many(key: str, value: Value) -> Iterator[Finding]:
    items = value.data if isinstance(value.data, list) else [value]
    alone = len(items) == 1
    if not alone or isinstance(items[0].data, list | dict | None):
        return
    item = items[0]
    parts = [part for part in _SEPARATED.split(item.raw.strip("[] ")) if part]
    if len(parts) < 2 or (isinstance(value.data, list) and "," not in item.raw and ";" not in item.raw):
        return
    many = {"categories": "category", "tags": "tag", "authors": "author", "topics": "topic"}[key]
    mended = f"{key}: [{', '.join(parts)}]"
    problem = f"this makes one {many} called “{item.raw}”"
    hint = f"for {'two' if len(parts) == 2 else len(parts)} write `{mended}`"
    yield Finding(value.line, value.column, problem, hint)


def _cut(key: str, value: Value, lines: list[str]) -> Iterator[Finding]:
    line = lines[value.line - 1] if value.line <= len(lines) else ""
    written = line[value.column - 1 :]
    if written[:1] in ("'", '"', "|", ">") or not (found := _MEANT.search(written)):
        return
    problem = f"the text ends before ` #`: `{key}` is only “{value.raw}”"
    hint = f"write `{key}: {quote(written.strip())}`"
    yield Finding(value.line, value.column + found.start() + 1, problem, hint)
