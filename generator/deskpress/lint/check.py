"""All rules about the text of a document, in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from deskpress.lint import (
    admonitions,
    bare,
    chats,
    comments,
    conflicts,
    emphasis,
    escaped,
    extensions,
    fences,
    foreign,
    frontmatter,
    headings,
    html,
    indents,
    invisible,
    line_ends,
    links,
    lists,
    notes,
    pictures,
    tables,
    tasks,
    tools,
    unfinished,
)
from deskpress.lint.text import Dialect, Finding, Text
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span, excerpt
from deskpress.source.frontmatter import Value
from deskpress.source.slips import UNSEEN

_CONFLICTS = ("<<<<<<<", ">>>>>>>", "|||||||")
_RULES = (
    admonitions,
    bare,
    chats,
    comments,
    emphasis,
    escaped,
    extensions,
    fences,
    foreign,
    html,
    indents,
    invisible,
    line_ends,
    links,
    lists,
    notes,
    pictures,
    tables,
    tasks,
    tools,
    unfinished,
)
"""Each has a `check`, and a `may_hold` that saves calling it: nearly all texts of a site are right."""


def findings(
    markdown: str, dialect: Dialect, *, heads: int | None = None, first_line: int = 1
) -> list[Finding]:
    """The findings in a document's Markdown, by line; `heads` as in `headings.check`."""
    enclosed = f"\n{markdown}\n"
    rules = [rule for rule in _RULES if rule.may_hold(enclosed)]
    headed = headings.may_hold(enclosed, heads)
    marked = any(mark in markdown for mark in _CONFLICTS)
    if not (rules or headed or marked):
        return []
    text = Text(markdown, dialect)
    if marked and (conflict := list(conflicts.check(text.lines, text.code, first_line))):
        # Further findings would mix the two texts.
        return conflict
    found = [one for rule in rules for one in rule.check(text)]
    if headed:
        found += headings.check(text, heads=heads)
    return sorted(set(found), key=lambda one: (one.line, one.column, one.problem))


def mistakes(label: str, markdown: str, first_line: int, dialect: Dialect) -> list[Diagnostic]:
    """The errors in a document at `label`, whose Markdown begins on line `first_line`."""
    if not any(mark in markdown for mark in _CONFLICTS):
        return []
    text = Text(markdown, dialect)
    return list(_told(label, text.lines, first_line, conflicts.check(text.lines, text.code, first_line)))


def slips(
    label: str, markdown: str, first_line: int, dialect: Dialect, heads: int | None = None
) -> list[Diagnostic]:
    """The warnings about such a document."""
    found = [one for one in findings(markdown, dialect, heads=heads, first_line=first_line) if not one.error]
    return list(_told(label, markdown.split("\n"), first_line, found)) if found else []


def in_front_matter(label: str, values: Mapping[str, Value], head: str) -> list[Diagnostic]:
    """The warnings about the `values` of a document's front matter; `head` is its text, from the top."""
    lines = head.split("\n")
    found = list(frontmatter.check(values, lines)) if values else []
    if not head.isascii():
        # A slug with one is refused, and before a key it is reported as that.
        found += invisible.in_lines(lines, ("slug:", *UNSEEN))
    found += frontmatter.wrong_year(values.get("date"), label.rpartition("/")[2])
    return list(_told(label, lines, 1, found))


def _told(label: str, lines: list[str], first_line: int, found: Iterable[Finding]) -> Iterator[Diagnostic]:
    for one in found:
        context, lead = excerpt(lines[one.line - 1], one.column)
        severity = Severity.ERROR if one.error else Severity.WARNING
        span = Span(label, one.line - 1 + first_line, one.column)
        yield Diagnostic(span, severity, Kind.TEXT, one.problem, one.hint, context, lead)
