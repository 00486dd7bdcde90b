"""Values of front matter that are valid, but probably not as intended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from deskpress.lint.text import Finding
from deskpress.lint.unfinished import EMPTY_WORDS
from deskpress.model.patterns import lazy_pattern
from deskpress.source.frontmatter import Value
from deskpress.source.slips import CLOSING, OPENING, as_item, as_value, quote

_LISTS = ("categories", "tags", "authors", "topics")
_TEXTS = ("title", "description", "subtitle")
_ALL_COMMENT = lazy_pattern(r":[ \t]+(#[^\s#!].*)$")
_ENTRIES = lazy_pattern(r"-\S|[^\s,;]+(?: [^\s,;]+)+$")
"""Entries of a list below each other, which YAML joins into one text."""

_MARKS = lazy_pattern(
    r"\*\*(\S[^*]*?)\*\*|(?<!\w)__(\S[^_]*?)__(?!\w)|\[([^\[\]]+)\]\([^()\s]+\)|</?(?:b|i|em|strong|u|br|span|font)\b[^<>]*>"
)
"""Marks of Markdown and HTML, which a title shows as text."""

NEAR = 5
"""Years by which a date may differ from its file's name through a mistake."""

_DAY = lazy_pattern(r"(\d{4})-(\d\d-\d\d)")
_SEPARATED = lazy_pattern(r"\s*[,;]\s*")
_MEANT = lazy_pattern(r"[ \t]#[^\s!]")
"""A comment usually has a space after its mark; `#5` is a number of something."""


def check(values: Mapping[str, Value], lines: list[str]) -> Iterator[Finding]:
    """`values` of the front matter that `lines`, from the top of the file, hold."""
    for key in _LISTS:
        if (value := values.get(key)) is not None:
            written = lines[value.key_line - 1] if value.key_line <= len(lines) else ""
            yield from _of_list(key, value, written, lines)
    slug = values.get("slug")
    if slug and len(slug.raw) > 2 and slug.raw[0] in OPENING and slug.raw[-1] in CLOSING:
        marks = f"`{slug.raw[0]}` `{slug.raw[-1]}`"
        problem = f"the quotation marks {marks} are curly: they become part of the address"
        yield Finding(slug.line, slug.column, problem, f"write `slug: {slug.raw[1:-1]}`")
    if (aliases := values.get("aliases")) is not None:
        yield from _files(aliases)
    if (title := values.get("title")) is not None and (marked := _MARKS.search(title.raw)):
        plain = _MARKS.sub(lambda found: next(filter(None, found.groups()), ""), title.raw)
        problem = f"a title is plain text: readers see `{marked[0]}` as it is written"
        yield Finding(title.line, title.column, problem, f"write `title: {as_value(plain)}`")
    for key in _TEXTS:
        if (value := values.get(key)) is not None and isinstance(value.data, str):
            yield from _cut(key, value, lines)
            if value.raw.strip(" .…<>[]").lower() in EMPTY_WORDS:
                problem = f"`{value.raw}` is a placeholder: readers see it"
                yield Finding(value.line, value.column, problem, f"write the {key} of this text")
    yield from _marked_tags(values.get("tags"))


def _marked_tags(tags: Value | None) -> Iterator[Finding]:
    """The first tag with the mark of networks before it, in quotation marks."""
    if tags is None or not isinstance(tags.data, list):
        return
    item = next((one for one in tags.data if one.raw.startswith("#") and one.raw.strip("# ")), None)
    if item is not None:
        names = ", ".join(as_item(one.raw.lstrip("#")) for one in tags.data)
        problem = f"the mark `#` becomes a part of the tag `{item.raw}`"
        yield Finding(item.line, item.column, problem, f"write `tags: [{names}]`")


def _of_list(key: str, value: Value, line: str, lines: list[str]) -> Iterator[Finding]:
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
        words = [word.lstrip("-*•·–—") for word in value.raw.split()]
        first = next(filter(None, words), "…")
        problem = f"each entry of a list begins with a hyphen and a space: this makes one, “{value.raw}”"
        yield Finding(value.line, value.column, problem, f"write `- {first}`, and so with each")
    elif isinstance(value.data, list) and (swallowed := _swallowed(value, lines)):
        yield swallowed
    elif isinstance(value.data, list) and (odd := _curly(value)):
        names = ", ".join(as_item(item.raw) for item in value.data)
        marks = f"`{odd.raw[0]}` `{odd.raw[-1]}`"
        problem = f"the quotation marks {marks} are curly: they become part of the name"
        yield Finding(odd.line, odd.column, problem, f"write `{key}: [{names}]`")
    else:
        yield from _one_for_many(key, value)


def _swallowed(value: Value, lines: list[str]) -> Finding | None:
    """An entry that is indented further than the one above it, so that YAML joins it to that."""
    for item in value.data:
        below = lines[item.line] if 0 < item.line < len(lines) else ""
        shown = below.strip()
        if not isinstance(item.data, str) or not shown.startswith("- ") or f" {shown}" not in item.raw:
            continue
        column = len(below) - len(below.lstrip()) + 1
        wanted = lines[item.line - 1].partition("-")[0]
        problem = f"this entry is indented further than the one above, and becomes a part of it: “{item.raw}”"
        return Finding(item.line + 1, column, problem, f"write `{wanted}{shown}`")
    return None


def _curly(value: Value) -> Value | None:
    """The first entry of a list between curly quotation marks."""
    curly = (item for item in value.data if item.raw[:1] in OPENING and item.raw[-1:] in CLOSING)
    return next((item for item in curly if len(item.raw) > 1), None)


def _files(aliases: Value) -> Iterator[Finding]:
    """Aliases that name a file of the content, which was never an address."""
    for item in aliases.data if isinstance(aliases.data, list) else [aliases]:
        if isinstance(item.data, str) and item.raw.lower().endswith(".md"):
            problem = (
                f"an alias is an old address of the page, not a file: there was never one like `{item.raw}`"
            )
            yield Finding(
                item.line,
                item.column,
                problem,
                "write the address that readers had, as in `/2012/03/old.html`",
            )


def wrong_year(value: Value | None, name: str) -> Iterator[Finding]:
    """A date of the same day in another year than the file's `name` begins with: one of them is wrong."""
    if value is None or not (found := _DAY.match(name)) or not (day := _DAY.match(value.raw)):
        return
    # Years that are further off are reported as far dates.
    if found[2] == day[2] and 0 < abs(int(found[1]) - int(day[1])) <= NEAR:
        problem = f"the date is of {day[1]}, the name of the file of {found[1]}"
        yield Finding(value.line, value.column, problem, f"write `date: {found[0]}`, or rename the file")


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
