"""Messages to editors about content: where, what is wrong, and how to fix it."""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from msgspec import Struct

CONTEXT_WIDTH = 100
"""How many characters of an offending line are shown, so that a long line does not fill the screen."""


class Severity(enum.IntEnum):
    """An error stops the build; a warning does so only when the build is strict."""

    WARNING = 1
    ERROR = 2


_SEVERITIES = {severity: severity.name.lower() for severity in Severity}


class Kind(enum.StrEnum):
    """Groups diagnostics, so that 500 of one kind can be shown as 20 and a count."""

    ADDRESS = "address"
    ALT_TEXT = "alternative text"
    CONTENT = "content"
    EXPIRED = "expired"
    FRONT_MATTER = "front matter"
    IMAGE = "image"
    KEY = "key"
    LINK = "link"
    OPTION = "option"
    REVIEW = "review"
    SEARCH = "search"
    SERIES = "series"
    TEMPLATE = "template"
    TEXT = "text"
    TITLE = "title"


class Span(Struct, frozen=True, order=True):
    """A place in a file: `path` relative to the project, `line` and `column` counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __post_init__(self) -> None:
        if self.line < 1 or self.column < 1:
            raise ValueError(f"lines and columns count from 1, not {self.line}:{self.column}")

    def __str__(self) -> str:
        return f"{printable(self.path)}:{self.line}:{self.column}"


class Diagnostic(Struct, frozen=True, order=True):
    """One finding. `context` is the text of the line at `span`, empty where there is none.

    Of a long line it is a part; `lead` is how many characters precede that part.
    """

    span: Span
    severity: Severity
    kind: Kind
    problem: str
    hint: str = ""
    context: str = ""
    lead: int = 0

    def __str__(self) -> str:
        """`path:line:column: severity: problem`, then the line with a caret, then the hint."""
        # There may be thousands, and formatting spans and enum names takes most of the time.
        span, context, hint = self.span, self.context, self.hint
        text = f"{span.path}:{span.line}:{span.column}: {_SEVERITIES[self.severity]}: {self.problem}"
        if not text.isprintable():
            text = printable(text)
        if context and not context.isspace():
            text = f"{text}\n{_caret(context, span.column - self.lead)}"
        return f"{text}\n  hint: {hint if hint.isprintable() else printable(hint)}" if hint else text


class ContentError(Exception):
    """The content cannot be published; carries every diagnostic of the run."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = in_order(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))


class TotalTimeError(ContentError):
    """Documents take too much CPU time all together, though each of them stays within its limit."""


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Diagnostics by file and line, without duplicates."""
    # Thousands of them are sorted in each build: tuples compare ten times faster than records.
    known = {_place(d): d for d in diagnostics}
    return tuple([known[key] for key in sorted(known)])


def with_more(ordered: tuple[Diagnostic, ...], more: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What `in_order` makes of diagnostics that are in order and of some more."""
    # A search for the place of each takes longer than sorting if there are many.
    if len(more) * 32 > len(ordered):
        return in_order((*ordered, *more))
    all_of_them = list(ordered)
    for diagnostic in more:
        key = _place(diagnostic)
        at = bisect_left(all_of_them, key, key=_place)
        if at == len(all_of_them) or _place(all_of_them[at]) != key:
            all_of_them.insert(at, diagnostic)
    return tuple(all_of_them)


def _place(one: Diagnostic) -> tuple[str | int, ...]:
    span = one.span
    return (
        *(span.path, span.line, span.column, one.severity, one.kind),
        *(one.problem, one.hint, one.context, one.lead),
    )


BY_TIME = frozenset({Kind.EXPIRED, Kind.REVIEW})
"""Kinds of warnings that appear as time passes: they must not make a scheduled build fail."""


def errors(
    diagnostics: Iterable[Diagnostic], *, strict: bool = False, by_time: bool = True
) -> list[Diagnostic]:
    """The diagnostics that prevent publishing; with `strict`, warnings too, those `by_time` or not."""
    least = Severity.WARNING if strict else Severity.ERROR
    return [
        d
        for d in diagnostics
        if d.severity >= least and (by_time or d.severity is Severity.ERROR or d.kind not in BY_TIME)
    ]


def excerpt(line: str, column: int) -> tuple[str, int]:
    """The part of a line that a diagnostic at `column` keeps, and how many characters precede it."""
    if len(line) <= 4 * CONTEXT_WIDTH:
        return line, 0
    lead = max(0, column - 1 - CONTEXT_WIDTH)
    return line[lead : column + 2 * CONTEXT_WIDTH], lead


def printable(text: str) -> str:
    """`text` with what a terminal would act on (escapes, newlines, direction marks) escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _caret(line: str, column: int) -> str:
    """The part of a line around a column, and below it a caret."""
    start = column - 1 - CONTEXT_WIDTH // 2
    start = max(start, 0)
    shown = line.rstrip()[start : start + CONTEXT_WIDTH]
    if not shown.isprintable():
        shown = "".join(c if c.isprintable() else " " for c in shown)
    return f"    {shown}\n    {' ' * (column - 1 - start)}^"
