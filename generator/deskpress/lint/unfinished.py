"""What is left in an unfinished text: notes to oneself, placeholders, signatures of mail programs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

_NOTE = lazy_pattern(
    r"^[ \t>]*(?:[*+-][ \t]+|\d+\.[ \t]+|#+[ \t]+)?[*_]{0,2}[\[(]?(TODO|FIXME|TBD|XXX)\b(?!\][:(\[])",
    re.M,
)
_BLANK = lazy_pattern(
    r"[\[{]{1,2}(?:INSERT|ADD|YOUR|PLACEHOLDER|TODO|TBD|FILL IN|LINK HERE)(?:[ _][A-Z]+)*[\]}]{1,2}(?![(\[:])"
)
_LOREM = lazy_pattern(r"\b[Ll]orem ipsum\b")
_SIGNED = lazy_pattern(
    r"^[ \t>]*(?:Sent from my (?:iPhone|iPad|Android|phone|mobile|Samsung)\b.*|Get Outlook for \w+.*"
    r"|Von meinem (?:iPhone|iPad|Handy) gesendet.*|Envoyé de mon (?:iPhone|iPad).*|Enviado desde mi \w+.*)$",
    re.M,
)
_SIGNS = lazy_pattern(
    r"TODO|FIXME|TBD|XXX|INSERT|YOUR|PLACEHOLDER|[\[{](?:ADD|FILL|LINK) |orem ipsum"
    r"|\n[ >]*(?:Sent|Get|Von|Env)"
)
EMPTY_WORDS = frozenset(
    "untitled,todo,to do,tbd,title,test,draft,placeholder,description,new post,new page,lorem ipsum"
    ",your title,title here,add title".split(",")
)
"""Titles and descriptions that say nothing, in lower case."""


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return _SIGNS.search(text) is not None


def check(text: Text) -> Iterator[Finding]:
    """The first note, and each placeholder."""
    bare = text.bare
    if found := _NOTE.search(bare):
        line, _ = text.place(found.start(1))
        shown = text.lines[line - 1].strip().replace("--", "-")
        problem = f"`{found[1]}` is a note to yourself: readers see it"
        other = f"hide it: `<!-- {shown} -->`" if len(shown) < LONGEST else "remove it"
        yield text.finding(found.start(1), problem, f"do it, or {other}")
    for found in _BLANK.finditer(bare):
        if found[0][1:-1].lower() in text.definitions:
            continue
        problem = f"`{found[0]}` was never filled in"
        yield text.finding(found.start(), problem, "write what belongs there, or remove it")
    if found := _LOREM.search(bare):
        problem = "this is placeholder text: readers see it"
        yield text.finding(found.start(), problem, "write the text, or remove it")
    for found in _SIGNED.finditer(bare):
        start = found.start() + len(found[0]) - len(found[0].lstrip(" \t>"))
        yield text.finding(start, "a mail program has signed the text: readers see it", "remove this line")


LONGEST = 80
"""Characters of a line that a hint repeats."""
