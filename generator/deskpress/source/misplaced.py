"""Front matter that is not where it is read: `draft: true` below a blank first line would be published.

Front matter begins on line 1 with `---`, and nowhere else. What looks like it elsewhere, or between other
lines, is an error: to show it as text could publish a draft.
"""

from __future__ import annotations

import re
from itertools import dropwhile

from deskpress.model.diagnostic import Kind
from deskpress.model.patterns import lazy_pattern
from deskpress.source.fenced import FENCED
from deskpress.source.report import Report

_KEYS = (
    "aliases|authors?|categories|date|description|draft|effective|end|expires|id|links|pin|published|review_by"
    "|series|severity|slug|start|status|supersedes|tags|template|title|topics|updated|updates|visibility"
)
"""Keys by which front matter is recognised, including those of other programs only."""

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = " \t\u00a0\u200b\u2060\ufeff"
_FENCE = lazy_pattern(
    rf"[{_SPACES}]*(?:[{_DASHES}]+|\+{{3}}|={{3,}}|_{{3,}}|(?:\*[ ]?){{3,}}|~{{3,}})[{_SPACES}]*+"
)
"""A line that is `---`, or a variant that people and word processors write; TOML has `+++`."""

_WRONG_END = lazy_pattern(rf"[{_SPACES}]*([{_DASHES}=_*~+]{{2,}}|[{_DASHES[1:]}])(.*)")
_PART = lazy_pattern(rf"[{_SPACES}]*(?:#|-[{_SPACES}]|\S[^:]*:(?:[{_SPACES}]|$))|[ \t]+\S|$")
"""A line that may be part of front matter: an entry, a nested line, a comment, a blank line."""

_OPENING = lazy_pattern(rf"({_FENCE.pattern})((?:ya?ml|toml|json5?)?[{_SPACES}]*(?:#.*)?)", re.I)
"""The opening line: other programs allow the name of the language there, YAML a comment."""

_BEFORE_KEYS = lazy_pattern(rf"[{_SPACES}]*(?:#|\{{[{_SPACES}]*$)")
"""A line that may precede the first key: a comment, the opening brace of JSON."""

_KEY = lazy_pattern(rf"[{_SPACES}]*[\"']?(?:{_KEYS})[\"']?[{_SPACES}]*[:=]", re.I)
_HELD_BACK = lazy_pattern(
    rf"""^\ufeff?\ {{0,3}}["']?
    (?:draft["']?[{_SPACES}]*+[:=][{_SPACES}]*+["']?(?:true|yes|on)
    | published["']?[{_SPACES}]*+[:=][{_SPACES}]*+["']?(?:false|no|off)
    )["']?[{_SPACES}]*+,?[{_SPACES}]*+(?:(?:\#|//)[^\n]*+)?$""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
"""A line that marks a draft, in YAML, TOML or JSON, less indented than code; a comment may follow."""

_MAY_HOLD_BACK = re.compile(rb"(?:draft|published)[^\na-z:=]*+[:=]")

_ON_ONE_LINE = lazy_pattern(
    rf"""[{_SPACES}]*(?:<!--|-{{3}}|\{{)[^\n]*?\bdraft["']?[{_SPACES}]*+[:=][{_SPACES}]*+["']?(?:true|yes|on)\b""",
    re.I,
)
"""Front matter on one line: JSON, a flow mapping after `---`, a comment."""

LONGEST, FIRST = 2000, 3
"""Limits of characters and lines for that search."""

_FENCED = lazy_pattern(FENCED, re.S | re.M)

LINES = 60
"""Lines that are searched for the end of misplaced front matter."""


def report_open_end(text: str, report: Report) -> None:
    """Report front matter that begins on line 1 and does not end, at the line that should end it."""
    lines = text.split("\n", LINES)[:LINES]
    at = next((n for n, line in enumerate(lines[1:], 1) if not _goes_on(lines, n)), len(lines) - 1)
    line = lines[at]
    if found := _WRONG_END.fullmatch(line):
        marks, more = found[1], found[2].strip(_SPACES)
        problem = f"front matter ends with a line that is only three hyphens, not `{marks}`"
        hint = "write `---`"
        if more and marks == "---":
            problem = f"`{more}` is on the line that ends the front matter"
            hint = "put it below that line"
        report.error(Kind.FRONT_MATTER, problem, hint, line=at + 1)
        return
    blank = at
    while blank > 1 and not lines[blank - 1].strip():
        blank -= 1
    hint = "end it with a line that is only `---`, above this one"
    report.error(Kind.FRONT_MATTER, "the front matter is not closed", hint, line=blank + 1)


def _goes_on(lines: list[str], number: int) -> bool:
    """Whether a line may be part of front matter; after a blank line only an entry may."""
    line = lines[number]
    behind = number > 1 and not lines[number - 1].strip()
    return _PART.match(line) is not None and (not line.strip() or not behind or _KEY.match(line) is not None)


def refuse_misplaced(text: str, first_line: int, report: Report) -> bool:
    """Report front matter in `text`, a document's Markdown, which begins on line `first_line`.

    Returns whether there was any.
    """
    if first_line == 1 and (found := _at_top(text)):
        line, problem, hint = found
        report.error(Kind.FRONT_MATTER, problem, hint, line=line)
    elif _may_hold_back(text) and (held := _HELD_BACK.search(_FENCED.sub(_blank, text))):
        report.error(
            Kind.FRONT_MATTER,
            f"`{held[0].strip(_SPACES)}` is in the text, not in the front matter: this would be published",
            "move it between the two lines `---` at the top; an example goes into a block of code",
            line=first_line + text.count("\n", 0, held.start()),
        )
    elif "---" in text and (found := _second(text, first_line)):
        report.error(Kind.FRONT_MATTER, found[1], found[2], line=found[0])
    elif first_line == 1 and (line := _on_one_line(text)):
        report.error(
            Kind.FRONT_MATTER,
            "a draft is written `draft: true`, between two lines `---` at the top: this would be published",
            "write it there",
            line=line,
        )
    else:
        return False
    return True


def _second(text: str, first_line: int) -> tuple[int, str, str] | None:
    """Report a second block of front matter, after the first or after text: closed, with keys only."""
    lines = text.split("\n", LINES)[:LINES]
    top = [n for n, line in enumerate(lines) if line.strip(_SPACES)][:FIRST]
    at = next((n for n in top if lines[n].rstrip() == "---"), -1)
    if at < 0 or any(lines[n].lstrip().startswith(("```", "~~~")) for n in top if n < at):
        return None
    end = next((n for n in range(at + 1, len(lines)) if lines[n].rstrip() == "---"), -1)
    block = [line for line in lines[at + 1 : max(end, 0)] if line.strip(_SPACES)]
    if not block or not _KEY.match(block[0]) or not all(map(_PART.match, block)):
        return None
    if first_line > 1 and at == top[0]:
        problem = "this looks like more front matter, behind its end: it would be shown as text"
        return at + first_line, problem, "remove the two lines of `---` between the entries"
    if first_line == 1:
        return 1, "the front matter must begin on line 1", f"remove what is above line {at + 1}"
    return None


def _may_hold_back(text: str) -> bool:
    """Whether a line of `text` marks a draft, even in code."""
    # Searching for two words is enough for most texts, and for a key after one of them for nearly all.
    lowered = text.encode("utf-8", "surrogatepass").lower()
    return (
        (b"draft" in lowered or b"published" in lowered)
        and _MAY_HOLD_BACK.search(lowered) is not None
        and _HELD_BACK.search(text) is not None
    )


def _on_one_line(text: str) -> int:
    """The line at the top that holds all front matter; 0 if there is none."""
    lines = enumerate(text[: LONGEST * FIRST].split("\n"), 1)
    top = [(number, line) for number, line in lines if line.strip(_SPACES)][:FIRST]
    return next((number for number, line in top if _ON_ONE_LINE.match(line[:LONGEST])), 0)


def _blank(code: re.Match[str]) -> str:
    """Replace code by spaces, so that what follows keeps its position."""
    return "\n".join(" " * len(line) for line in code[0].split("\n"))


def begins_with_front_matter(data: bytes) -> bool:
    """Whether a file begins with front matter, even if misplaced; `data` is the file's beginning."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = (
        data.decode("utf-16" if utf16 else "utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    )
    found = _opening(text)
    return found is not None and _holds_key(found[1])


def _at_top(text: str) -> tuple[int, str, str] | None:
    """The line, problem and hint for a text without front matter that begins with what looks like it."""
    found = _opening(text)
    if found is None:
        return _without_fence(text)
    at, block, fence, end = found
    if not _holds_key(block):
        return None
    opening = _OPENING.fullmatch(fence)
    assert opening is not None  # it has matched before
    marks, more = (part.strip(_SPACES) for part in opening.groups())
    too = f", here and in line {end}" if end else ""
    if marks == "+++":
        return at, "front matter in TOML is not read", "write YAML (`key: value`) between two lines `---`"
    if at > 1:
        above = "the blank line" if at == 2 else f"the {at - 1} blank lines"
        return 1, "the front matter must begin on line 1", f"remove {above} above it"
    if set(marks) <= set("=_*~ "):
        return at, f"front matter begins with three hyphens, not `{marks}`", f"write `---`{too}"
    if set(marks) != {"-"}:
        problem = "the first line is a long dash, as word processors make of `---`"
        return 1, problem, f"type three hyphens{too}"
    if len(marks) != 3:
        count = "two" if len(marks) == 2 else f"{len(marks)}"
        return 1, f"the front matter begins with three hyphens, not {count}", f"write `---`{too}"
    if more:
        return 1, "the front matter begins with a line that is only `---`", f"remove `{more}` from it"
    return 1, "the front matter begins with `---` at the start of the line", "remove what is before it"


def _opening(text: str) -> tuple[int, list[str], str, int] | None:
    """The line (from 1) that begins something like front matter, what follows, that line, and its end.

    The end is the line that closes it, 0 if there is none. None if the first line of a text is not like it.
    """
    lines = text.split("\n", LINES)[:LINES]
    at = next((n for n, line in enumerate(lines) if line.strip(_SPACES)), len(lines))
    if at == len(lines) or not _OPENING.fullmatch(lines[at]):
        return None
    rest = lines[at + 1 :]
    closing = (n for n, line in enumerate(rest) if _FENCE.fullmatch(line) and line.strip(_SPACES))
    end = next(closing, None)
    block = rest if end is None else rest[:end]
    return at + 1, block, lines[at], 0 if end is None else at + end + 2


def _holds_key(block: list[str]) -> bool:
    """Whether the lines up to the first blank one hold a key of front matter."""
    lines = dropwhile(_BEFORE_KEYS.match, dropwhile(lambda line: not line.strip(_SPACES), block))
    first = next(lines, "")
    if _KEY.match(first):
        return True
    return ":" in first and any(_KEY.match(line) for line in lines)


def _without_fence(text: str) -> tuple[int, str, str] | None:
    """The same for keys at the top without a `---` line."""
    lines = text.split("\n", LINES)[:LINES]
    at = next((n for n, line in enumerate(lines) if line.strip(_SPACES)), len(lines))
    keys = 0
    for line in lines[at:]:
        if not _KEY.match(line):
            break
        keys += 1
    if keys < 2:
        return None
    return at + 1, "the front matter has no `---` above it", "enclose it in two lines that are only `---`"
