"""Misspelt marks of the excerpt, and comments that do not end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

MORE = lazy_pattern(
    r"<[ \t]*!-{1,3}[ \t]*/?(?:read[ -]?more|more|excerpt|truncate|break|end[ -]?excerpt|summary|teaser"
    r"|fold)[ \t]*/?-{0,3}>?|<more */?>|\[(?:more|read more)\](?![(\[:])|\{\{<?%? *more *%?>?\}\}"
    r"|&lt;!--[ \t]*more[ \t]*--&gt;",
    re.I,
)
_READ = lazy_pattern(r"<!--\s*more\s*-->", re.I)
"""The mark as `source.portable` reads it."""


_SIGNS = lazy_pattern(r"<!-|<[ \t]+!-|<more|\[more|\[read more|\{[{%]|&lt;!", re.I)


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return _SIGNS.search(text) is not None


def _odd_mark(text: Text) -> Iterator[Finding]:
    """A mark that leaves nothing for the excerpt, or does not end it."""
    marked = [number for number, line in enumerate(text.lines) if "<!--" in line and _READ.search(line)]
    if not marked:
        return
    number = marked[0]
    body = text.body[number]
    at = text.lines[number].find("<!--") + 1
    if not _READ.fullmatch(body):
        if "`" not in body and text.is_text(number) and not any(map(_is_mark, text.body)):
            problem = "the mark ends the excerpt only on a line of its own"
            yield Finding(
                number + 1, at, problem, "put it on its own line, with a blank line above and below"
            )
    elif not any(text.body[:number]):
        problem = "the mark is above all text: the list of posts shows nothing of this"
        yield Finding(number + 1, at, problem, "put it below the first paragraph")
    elif again := [other for other in marked[1:] if _is_mark(text.body[other])]:
        problem = "a second mark: the list of posts ends the excerpt at the first one"
        at = text.lines[again[0]].find("<!--") + 1
        yield Finding(again[0] + 1, at, problem, "remove this line")


def _is_mark(body: str) -> bool:
    return _READ.fullmatch(body) is not None


def check(text: Text) -> Iterator[Finding]:
    """Marks that only look like `<!-- more -->`, comments without an end."""
    markdown = text.markdown
    if _READ.search(markdown) is None:
        for number, body in enumerate(text.body):
            if body[:1] in ("<", "[", "{", "&") and (found := MORE.fullmatch(body)):
                if text.code[number] and not body.startswith("<!-"):
                    continue
                problem = f"`{found[0]}` is not the mark at which the list of posts ends the excerpt"
                yield Finding(number + 1, text.column(number), problem, "write `<!-- more -->`")
                return
    else:
        yield from _odd_mark(text)
    if (number := text.unclosed_comment) >= 0:
        at = text.lines[number].rfind("<!--")
        problem = "the comment that begins here has no end"
        yield Finding(number + 1, at + 1, problem, "write `-->` after it")
