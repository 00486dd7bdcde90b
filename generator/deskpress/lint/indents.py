"""Paragraphs that are indented as in a letter, and so become code."""

from __future__ import annotations

from collections.abc import Iterator

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

_SENTENCE = lazy_pattern(r"[^\W\d_][\w’']*(?:[,;]? [\w“”\"’'(*][\w“”\"’'),*-]*){5,}[.!?][”\"’)]?")
_SIGNS = lazy_pattern(r"\n(?: {4,}|\t)\w[^\n]{24,}[.!?][”\"’)]?[ \t]*\n")


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return _SIGNS.search(text) is not None


def check(text: Text) -> Iterator[Finding]:
    """A line of code by itself that is a sentence of at least six words."""
    for number, body in enumerate(text.body):
        if not text.code[number] or text.indent[number] < 4 or not _SENTENCE.fullmatch(body):
            continue
        around = (n for n in (number - 1, number + 1) if 0 <= n < len(text.body))
        if any(text.body[n] for n in around) or not body[0].isupper():
            continue
        problem = "a line that begins with four spaces is code: this paragraph is shown as it is written"
        yield Finding(number + 1, text.column(number), problem, "begin it without spaces")
