"""Headings: a second one of the first level, a skipped level, lines that become one by accident."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from deskpress.lint.text import BULLET, Finding, Text
from deskpress.model.patterns import lazy_pattern

_ATX = lazy_pattern(r"(#{1,6})(.*)")
_RULE = lazy_pattern(r"(=+|-{2,})$")
_SENTENCE = lazy_pattern(r"[.!?:;,]['\"”’)*_]*$")
_BRACE = lazy_pattern(r"\{:?[ \t]*[#.][\w-]+[ \t]*$")
_NAMED = lazy_pattern(r"\{:?[ \t]*#([\w-]+)[^{}]*\}[ \t]*$")
LONG = 100
"""Characters of a line that is too long to be meant as a heading."""


_ESCAPED = lazy_pattern(r"\\(#{2,6})[ \t]+(\S.*)")
_CODE = lazy_pattern(r"(#{2,6})[ \t]+([A-Z].*)")
_LEVELS = lazy_pattern(r"\n {0,3}(#{1,6})(?!#)")
_NO_SPACE = lazy_pattern(r"\n[ >]{0,9}#{1,6}[^#\s]|\n\\##|\n#{7}|\n(?: {4}|\t)##")
_NO_WORDS = lazy_pattern(r"\n {0,3}#{1,6}[ \t#]*\n")


def may_hold(text: str, heads: int | None) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    if "{#" in text or "{ #" in text or "{." in text or "{:" in text:
        return True
    if "\n--" in text or "\n==" in text:
        return True
    if "\n#" not in text and "#" not in text:
        return False
    levels = [len(marks) for marks in _LEVELS.findall(text)]
    if heads is not None and 1 in levels:
        return True
    if _NO_SPACE.search(text) or _NO_WORDS.search(text):
        return True
    return any(two > one + 1 for one, two in pairwise(levels))


def check(text: Text, *, heads: int | None = None) -> Iterator[Finding]:
    """`heads` are the headings of the first level above the text: 1 if that is the title, 0 if none.

    None stands for a title in the front matter alone: all headings are then shown below it.
    """
    yield from _twice(text)
    before, first, more = 0, heads or 0, 0
    second: Finding | None = None
    sane = text.dialect.has("saneheaders")
    for number, body in enumerate(text.body):
        mark = body[:1]
        if mark in ("\\", "#"):
            yield from _none(text, number, body)
        if mark not in ("#", "-", "=") or not text.is_text(number) or text.indent[number] > 3:
            continue
        yield from _in_entry(text, number, body)
        found = _heading(text, number, body)
        if found is None:
            continue
        level, written, at = found
        if mark == "#" and not written.startswith((" ", "\t")):
            yield from _without_space(text, number, body, sane=sane)
            if sane or level == 1:
                continue
        if mark == "-" and (len(written) > LONG or _SENTENCE.search(written)):
            problem = "this line makes a heading of the one above it"
            yield Finding(number + 1, 1, problem, "put a blank line above it, for a line across the page")
            continue
        if text.quote[number]:
            continue
        written = written.strip().rstrip("#").strip()
        if level == 1 and heads is not None:
            if first:
                more += 1
                second = second or _second(text, at, written)
            first = 1
        if before and level > before + 1:
            wanted = "#" * (before + 1)
            problem = f"this heading has {level} marks #, the one above it {before}: a level is skipped"
            yield Finding(at + 1, text.column(at), problem, f"write `{wanted} {written}`")
        before = level
    if second:
        problem = second.problem + (f" ({more - 1} more below it)" if more > 1 else "")
        yield Finding(second.line, second.column, problem, second.hint)


def _in_entry(text: Text, number: int, body: str) -> Iterator[Finding]:
    """A line of hyphens right below an entry of a list, which becomes a heading in it."""
    above = number - 1
    if _RULE.match(body) and len(body) > 2 and text.is_text(above) and BULLET.match(text.body[above]):
        problem = "this line makes a heading of the entry above it"
        yield Finding(number + 1, text.column(number), problem, "put a blank line above this line")


def _twice(text: Text) -> Iterator[Finding]:
    """Names of anchors that two headings are given: links lead to the first."""
    known: dict[str, int] = {}
    named_by = enumerate(text.body) if text.dialect.has("attr_list") and "{" in text.markdown else ()
    for number, body in named_by:
        named = _NAMED.search(body) if body[:1] == "#" and "#" in body[2:] and text.is_text(number) else None
        if named is None:
            continue
        if known.setdefault(named[1], number) != number:
            problem = f"the anchor `{named[1]}` is that of another heading above: links lead there"
            column = text.lines[number].rfind("{") + 1
            yield Finding(number + 1, column, problem, f"write `{{#{named[1]}-2}}`, or another name")


def _none(text: Text, number: int, body: str) -> Iterator[Finding]:
    """Lines meant as a heading that are none, or have another level."""
    place = (number + 1, text.column(number))
    if text.code[number]:
        alone = not any(0 <= n < len(text.body) and text.body[n] for n in (number - 1, number + 1))
        if alone and text.indent[number] >= 4 and (found := _CODE.fullmatch(body)):
            problem = "a line that begins with four spaces is code: this heading is shown as it is written"
            yield Finding(*place, problem, f"write `{body}` at the start of the line")
    elif text.is_text(number) and text.indent[number] < 4:
        if (brace := _BRACE.search(body)) and body[0] == "#" and text.dialect.has("attr_list"):
            problem = "the brace that opens here is not closed: readers see it"
            column = text.lines[number].rfind("{") + 1
            yield Finding(number + 1, column, problem, f"write `{brace[0].rstrip()} }}`")
        if found := _ESCAPED.fullmatch(body):
            problem = f"the backslash keeps `{found[1]}` from making a heading: readers see the marks"
            yield Finding(*place, problem, f"write `{body[1:]}`")
        elif not body.strip("#") and len(body) <= len("######"):
            problem = "this heading has no text: readers see an empty one"
            yield Finding(*place, problem, f"write `{body} Its words`, or remove the line")
        elif body.startswith("#######") and body.strip("# "):
            problem = "a heading has six marks # at the most: readers see the others"
            yield Finding(*place, problem, f"write `###### {body.strip('# ')}`")


def _second(text: Text, at: int, written: str) -> Finding:
    problem = "this is a second heading with one #: the title is the only one of that level"
    return Finding(at + 1, text.column(at), problem, f"write `## {written}`")


def _heading(text: Text, number: int, body: str) -> tuple[int, str, int] | None:
    """The level of the heading at a line, its text, and its own line; None if there is none."""
    if body.startswith("#"):
        found = _ATX.match(body)
        assert found is not None  # it begins with the mark
        if not found[2].strip(" \t#"):
            return None
        return len(found[1]), found[2], number
    rule = _RULE.match(body)
    above = number - 1
    # Only the first two lines of a block can be a heading (Python-Markdown, `SetextHeaderProcessor`).
    if rule is None or not text.is_text(above) or text.is_text(above - 1) or text.indent[above] > 3:
        return None
    if text.body[above].startswith(("#", "|", "-", "*", "+", ">", "<", "!!!", "---")):
        return None
    return (1 if rule[1][0] == "=" else 2), text.body[above], above


def _without_space(text: Text, number: int, body: str, *, sane: bool) -> Iterator[Finding]:
    marks = body[: len(body) - len(body.lstrip("#"))]
    rest = body[len(marks) :]
    place = (number + 1, text.column(number))
    if sane:
        if len(marks) > 1 or rest[:1].isupper():
            problem = f"a heading needs a space after `{marks}`: this is shown as text"
            yield Finding(*place, problem, f"write `{marks} {rest.strip()}`")
    elif len(marks) == 1 and not rest[:1].isupper():
        yield Finding(*place, "a line that begins with # is a heading", f"write `\\{body}` if it is text")
