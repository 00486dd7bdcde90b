"""Explains invalid YAML in front matter: the position of the mistake, and the corrected line.

A parser reports where it gives up, which is often lines below. So each top-level entry is parsed on its own:
the first that is not a valid `key: value` by itself is the one to correct.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct

from deskpress.model.patterns import lazy_pattern
from deskpress.source.front_matter_keys import LISTS

OPENING, CLOSING = "“„«‘‚‹”’", "”“»’‘›"
"""Quotation marks that have no meaning in YAML, at the beginning and at the end of a value."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ENTRY = lazy_pattern(r"(?P<key>[\w-]+)(?P<gap>[ \t]*):(?P<space>[ \t]+|$)(?P<value>.*)")
_CONFLICT = lazy_pattern(r"(?:<{7}|>{7}|\|{7})(?: |$)|={7}$")
_COMMENT = lazy_pattern(r"[ \t]#.*$")
_SECOND = lazy_pattern(r":(?=[ \t]|$)")
_LIST_ITEM = lazy_pattern(r"([ \t]*)-(?=[^\s-])(.*)")
QUOTES = "\"'“”„«»‘’"
"""Marks that may be meant to close a quotation."""

UNSEEN = "\u00a0\u2007\u202f\u3000\u200b\u200c\u200d\u2060\ufeff"
"""Spaces that YAML takes for letters, and invisible characters."""

_LINE_END = lazy_pattern("[\u0085\u2028\u2029]")
"""Characters at which YAML 1.1 ends a line, and which no editor shows."""

_LINK_ITEM = lazy_pattern(r"([ \t]*)-[ \t]*\[([^\[\]]+)\]\(([^()\s]+)\)[ \t]*$")
_QUOTED_APART = lazy_pattern(r"""\[\s*(?:"[^"]*"|'[^']*')(?:\s+(?:"[^"]*"|'[^']*'))+\s*\]""")
_OTHER_BULLET = lazy_pattern(r"([ \t]*)[*•·+–—][ \t]+(\S.*)")
_AS_LIST = lazy_pattern(r"-[ \t]+([A-Za-z][\w-]*):[ \t]+(\S.*)")
_EMPHASISED = lazy_pattern(r"([*_]{1,2}|`)([A-Za-z][\w-]*?)(?::\1|\1[ \t]*:)[ \t]*(.*)")
_NO_TEXT = lazy_pattern(r"!!|&\S+[ \t]+[\[{]")
_MARKS = "[]{}&*!|>'\"%@`#,?"
MOST_LINES = 200
"""The most lines of front matter that are searched for the mistake."""

LONGEST = 20_000
"""The most characters of them."""


class Slip(Struct, frozen=True):
    """A mistake at a line (from 0) and a column (from 1); `mended` is the corrected line, if known."""

    line: int
    column: int
    problem: str
    hint: str
    mended: str = ""


def explain(text: str, keys: frozenset[str] = frozenset()) -> Slip | None:
    """The first mistake in YAML of `key: value` lines; None for other kinds. `keys` are usual ones."""
    lines = text[:LONGEST].split("\n")[:MOST_LINES]
    for number, line in enumerate(lines):
        if _CONFLICT.match(line):
            hint = "choose between the two versions, and remove the lines of marks"
            return Slip(number, 1, "a mark of a merge conflict", hint)
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            column = indent.index("\t") + 1
            return Slip(
                number, column, "the line begins with a tab", "indent with spaces", line.expandtabs(2)
            )
        odd = next((place for place, mark in enumerate(indent) if mark not in " \t"), -1)
        if odd >= 0:
            problem = "there is an invisible character before the text"
            return Slip(number, odd + 1, problem, f"write `{line.strip()}`", line.strip())
    for first, entry in _entries(lines):
        if found := _of_entry(entry, first, keys):
            return found
    return None


def _entries(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The top-level entries: the number of the first line of each, and its lines."""
    start = 0
    entry: list[str] = []
    for number, line in enumerate(lines):
        begins = (bool(line.strip()) and line[0] not in " \t#-") or (line[:1] == "-" and not entry)
        if begins and entry:
            yield start, entry
            entry = []
        if not entry:
            start = number
        if begins or entry:
            entry.append(line)
    if entry:
        yield start, entry


def _is_mapping(text: str) -> bool:
    try:
        node = _Loader(text).get_single_node()
    except (yaml.YAMLError, ValueError):
        return False
    return isinstance(node, yaml.MappingNode)


def _of_entry(entry: list[str], first: int, keys: frozenset[str]) -> Slip | None:
    line = entry[0]
    mapping = _is_mapping("\n".join(entry))
    found = _ENTRY.match(line)
    if found is None:
        return None if mapping else _without_colon(line, first, keys)
    if mapping:
        return None
    alone = _is_mapping(line)
    if not alone or len(entry) == 1:
        return _of_value(line, first, found)
    for number, more in enumerate(entry[1:], 1):
        if _is_mapping("\n".join(entry[: number + 1])):
            continue
        return _below(more, first + number, found["value"].strip())
    return None


def _without_colon(line: str, number: int, keys: frozenset[str]) -> Slip | None:
    """A line that begins with a key, but has no colon and space after it."""
    if unseen := re.match(rf"([A-Za-z][\w-]*):[ ]*([{UNSEEN}]+)(.*)", line):
        mended = f"{unseen[1]}: {as_value(unseen[3].strip(UNSEEN))}"
        problem = f"there is an invisible character after `{unseen[1]}:`"
        return Slip(number, unseen.start(2) + 1, problem, f"write `{mended}`", mended)
    if comment := re.fullmatch(r"\s*(//|<!--|--(?=\s)|;)\s*(.*?)\s*(?:-->)?\s*", line):
        mended = f"# {comment[2]}".rstrip()
        problem = f"`{comment[1]}` begins no comment in front matter"
        return Slip(number, line.index(comment[1]) + 1, problem, f"write `{mended}`", mended)
    if glued := re.match(r"([A-Za-z][\w-]*):(\S.*)", line):
        mended = f"{glued[1]}: {as_value(glued[2])}"
        problem = f"a space is missing after `{glued[1]}:`"
        return Slip(number, len(glued[1]) + 1, problem, f"write `{mended}`", mended)
    if other := re.match(r"([A-Za-z][\w-]*)[ \t]*([=：;]|:=|->|-(?=\s)|–|—)[ \t]*(.*)", line):
        mended = f"{other[1]}: {as_value(other[3])}".rstrip()
        problem = f"`{other[2]}` is after `{other[1]}` in place of a colon"
        return Slip(number, other.start(2) + 1, problem, f"write `{mended}`", mended)
    if (listed := _AS_LIST.fullmatch(line)) and listed[1].lower() in keys:
        mended = f"{listed[1].lower()}: {as_value(listed[2])}"
        return Slip(
            number, 1, "front matter is not a list: no line begins with a hyphen", f"write `{mended}`", mended
        )
    if marked := _EMPHASISED.fullmatch(line):
        mended = f"{marked[2].lower()}: {as_value(marked[3])}"
        problem = f"`{marked[1]}` does not belong around a key of front matter"
        return Slip(number, 1, problem, f"write `{mended}`", mended)
    word = re.match(r"([A-Za-z_]+)[ \t]+(.*)", line)
    if word and (word[1].lower() in keys or not keys):
        mended = f"{word[1].lower()}: {as_value(word[2])}"
        return Slip(number, 1, f"there is no colon after `{word[1]}`", f"write `{mended}`", mended)
    if line.strip().lower() in keys:
        mended = f"{line.strip()}:"
        return Slip(number, 1, f"there is no colon after `{line.strip()}`", f"write `{mended}`", mended)
    problem = "this line is not written as `key: value`"
    hint = "indent it if it goes on from the line above; a text belongs below the front matter"
    return Slip(number, 1, problem, hint)


def _of_value(line: str, number: int, entry: re.Match[str]) -> Slip | None:
    key, value = entry["key"], entry["value"].rstrip()
    at = entry.start("value") + 1
    bare = _COMMENT.sub("", value).rstrip()
    if value[:1] == "[" and "#" in value:
        return _brackets(key, value, number, at)
    if not bare:
        return None
    mark = bare[0]
    if mark in OPENING or (mark in "\"'" and bare[-1] in CLOSING and bare[-1] not in "\"'"):
        return _curly(key, bare, number, at)
    if mark in "\"'":
        return _quotes(key, bare, number, at)
    if mark in "[{":
        return _brackets(key, bare, number, at)
    if odd := _LINE_END.search(value):
        mended = f"{key}: {as_value(_LINE_END.sub(' ', bare))}"
        problem = f"an invisible end of a line (U+{ord(odd[0]):04X}) is in the text"
        return Slip(number, at + odd.start(), problem, f"write `{mended}`", mended)
    mended = f"{key}: {quote(bare)}"
    if (second := _SECOND.search(line, entry.start("value"))) and mark not in "&*!|>":
        problem = "a second colon in a line needs quotes around the text"
        return Slip(number, second.start() + 1, problem, f"write `{mended}`", mended)
    if bare.startswith("- ") and key in LISTS:
        mended = f"{key}: [{as_item(bare[2:].strip())}]"
        return Slip(number, at, "a list of `- ` begins on a line of its own", f"write `{mended}`", mended)
    if mark in _MARKS or bare.startswith("- "):
        problem = f"text that begins with `{mark}` needs quotes"
        return Slip(number, at, problem, f"write `{mended}`", mended)
    return Slip(number, at, f"the value of `{key}` cannot be read", f"write `{mended}`", mended)


def explain_mark(line: str) -> tuple[str, str] | None:
    """The problem and the hint for a line whose value begins with a YAML indicator; else None."""
    entry = _ENTRY.match(line)
    if entry is None or entry["value"][:1] not in ("&", "*", "!"):
        return None
    value = _COMMENT.sub("", entry["value"]).rstrip()
    if _NO_TEXT.match(value):
        return None  # used on purpose: the author knows YAML
    key = entry["key"]
    mended = (
        f"{key}: [{as_item(value[1:].strip())}]"
        if key in LISTS and value[0] == "*"
        else f"{key}: {quote(value)}"
    )
    return f"text that begins with `{value[0]}` needs quotes", f"write `{mended}`"


def _curly(key: str, value: str, number: int, at: int) -> Slip:
    first, last = value[0], value[-1]
    inner = value[1:] if first in OPENING or first in "\"'" else value
    inner = inner[:-1] if inner[-1:] and inner[-1] in CLOSING + "\"'" else inner
    mended = f"{key}: {quote(inner)}"
    odd = first if first in OPENING else last
    pair = f"`{first}` `{last}` are" if last in CLOSING and first in OPENING else f"`{odd}` is"
    marks = "the quotation marks " if pair.endswith("are") else "the quotation mark "
    place = at if first in OPENING else at + len(value) - 1
    problem = f"{marks}{pair} curly, and {'quote' if pair.endswith('are') else 'quotes'} nothing here"
    return Slip(number, place, problem, f"type straight ones: write `{mended}`", mended)


def _quotes(key: str, value: str, number: int, at: int) -> Slip:
    mark = value[0]
    inner = value[1:]
    end = inner.rfind(mark)
    if end < 0:
        mended = f"{key}: {quote(inner[:-1] if inner[-1:] in QUOTES else inner)}"
        problem = "the quotation mark that opens here is not closed"
        return Slip(number, at, problem, f"write `{mended}`", mended)
    if key in LISTS and (several := re.findall(rf"{mark}([^{mark}]+){mark}", value)) and len(several) > 1:
        mended = f"{key}: [{', '.join(map(as_item, several))}]"
        return Slip(number, at, "several values are a list in square brackets", f"write `{mended}`", mended)
    if inner.endswith(mark):
        inner = inner[:-1]
        mended = f"{key}: {quote(inner)}"
        if mark == '"' and "\\" in inner:
            place = at + 1 + inner.index("\\")
            problem = "a backslash within straight quotation marks needs another one"
            return Slip(number, place, problem, f"write `{mended}`", mended)
        place = at + 1 + inner.find(mark)
        problem = f"a `{mark}` within the text ends it"
        return Slip(number, place, problem, f"write `{mended}`", mended)
    place = at + 1 + inner.find(mark) + 1
    if inner[end + 1 :].strip() in (",", ";"):
        mended = f"{key}: {value[: end + 2]}"
        problem = f"a `{inner[end + 1 :].strip()}` is after the closing quotation mark"
        return Slip(number, at + end + 2, problem, f"write `{mended}`", mended)
    mended = f"{key}: {quote(value)}"
    problem = "text follows the closing quotation mark"
    return Slip(number, place, problem, f"write `{mended}`", mended)


def _brackets(key: str, value: str, number: int, at: int) -> Slip:
    mark = value[0]
    close = {"[": "]", "{": "}"}[mark]
    if mark == "[" and (hash_ := re.search(r"(?<=[\[, ])#\w", value)):
        items = [item.strip().lstrip("#") for item in value.strip("[] ").split(",")]
        mended = f"{key}: [{', '.join(as_item(item) for item in items if item)}]"
        problem = "`#` begins a comment: what is behind it is not read"
        return Slip(number, at + hash_.start(), problem, f"write `{mended}`", mended)
    if mark == "[" and _QUOTED_APART.fullmatch(value):
        items = re.findall(r"\"[^\"]*\"|'[^']*'", value)
        mended = f"{key}: [{', '.join(as_item(item[1:-1]) for item in items)}]"
        return Slip(number, at, "commas are missing between the entries", f"write `{mended}`", mended)
    if value.count(mark) > value.count(close):
        mended = f"{key}: {value}{close}"
        if value.endswith((")", "}", "]")) and value[-1] != close:
            mended = f"{key}: {value[:-1]}{close}"
        problem = f"the bracket `{mark}` that opens here is not closed"
        return Slip(number, at, problem, f"write `{mended}`", mended)
    if value.count(mark) < value.count(close) or not value.endswith(close):
        end = value.index(close) + 1
        rest = value[end:].strip()
        mended = f"{key}: {value[:end]}" if not rest.strip(close) else f"{key}: {quote(value)}"
        problem = f"text follows the closing bracket `{close}`"
        return Slip(number, at + end, problem, f"write `{mended}`", mended)
    items = [item.strip() for item in value[1:-1].split(",")]
    mended = f"{key}: {mark}{', '.join(as_item(item) for item in items)}{close}"
    return Slip(number, at, "an entry between the brackets needs quotes", f"write `{mended}`", mended)


def _below(line: str, number: int, above: str) -> Slip | None:
    """A line below the first of an entry that does not belong there."""
    shown = line.strip()
    column = len(line) - len(line.lstrip()) + 1
    if item := _LIST_ITEM.match(line):
        mended = f"{item[1]}- {item[2]}"
        problem = "a list needs a space after `-`"
        return Slip(number, column, problem, f"write `{mended.strip()}`", mended)
    if link := _LINK_ITEM.match(line):
        mended = f"{link[1]}- {link[2].replace(':', '')}: {link[3]}"
        problem = "links are not written as in Markdown here"
        return Slip(number, link.start(2), problem, f"write `{mended.strip()}`", mended)
    if not above and (other := _OTHER_BULLET.match(line)):
        mended = f"{other[1]}- {as_item(other[2])}"
        problem = "each entry of a list begins with a hyphen and a space"
        return Slip(number, column, problem, f"write `{mended.strip()}`, and so with each", mended)
    if above and _ENTRY.match(shown):
        problem = "the line begins with a space, so that it belongs to the one above it"
        return Slip(number, 1, problem, f"write `{shown}` at the start of the line", shown)
    entry = _ENTRY.match(inner := shown.removeprefix("- "))
    if entry and not _is_mapping(inner) and (slip := _of_value(inner, number, entry)):
        prefix = line[: len(line) - len(shown.removeprefix("- "))]
        mended = prefix + slip.mended if slip.mended else ""
        return Slip(number, column, slip.problem, slip.hint, mended)
    if shown.startswith("- ") and _SECOND.search(shown):
        mended = f"{line[: column - 1]}- {quote(shown[2:].strip())}"
        return Slip(number, column + 2, "text with a colon needs quotes", f"write `{mended.strip()}`", mended)
    return Slip(
        number, column, "this line does not belong to the one above it", "indent it as the others are"
    )


def quote(text: str) -> str:
    """`text` between straight quotation marks, as YAML reads it."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def as_value(text: str) -> str:
    """A value in quotes where it needs them."""
    text = text.strip()
    return text if not text or _is_mapping(f"x: {text}") else quote(text)


def as_item(text: str) -> str:
    """An entry of a list in square brackets, in quotes where it needs them, without curly ones."""
    if text[:1] in OPENING and text[-1:] in CLOSING:
        return quote(text[1:-1])
    return text if _is_mapping(f"x: [{text}]") else quote(text)
