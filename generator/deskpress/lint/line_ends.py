"""Ends of lines that are meant as a line break but make none."""

from __future__ import annotations

from collections.abc import Iterator

from deskpress.lint.text import Finding, Text


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return "\\\n" in text


def check(text: Text) -> Iterator[Finding]:
    """A backslash at the end of a line: a break in CommonMark, a backslash here."""
    if text.dialect.has("escapeall", "nl2br") or text.dialect.has_like("hardbreak", "arithmatex", "math"):
        return
    for number, body in enumerate(text.body):
        if not body.endswith("\\") or not text.is_text(number) or body.endswith("\\\\"):
            continue
        if "\\" in body[:-1] or not text.is_text(number + 1) or len(body) < 3:
            continue  # a path, or a formula
        place = text.column(number) + len(body) - 1
        problem = "a backslash at the end of a line is not a line break: readers see it"
        yield Finding(number + 1, place, problem, "write `<br>` in its place")
