"""Markdown that another program has escaped, so that readers see its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

_STRONG = lazy_pattern(r"\\\*\\\*(\S(?:[^\n*\\]*[^\s*\\])?)\\\*\\\*")
_LINK = lazy_pattern(r"\\\[([^\[\]\n\\]{1,200})\\\]\\?\(([^()\s\\]+)\\?\)")
_QUOTE = lazy_pattern(r"^ {0,3}&gt;[ ]?(?=\S)(.*)$", re.M)
_TAGS = lazy_pattern(r"&lt;(b|i|em|strong|u)&gt;([^&\n]{1,200})&lt;/\1&gt;", re.I)
_ENTITY = lazy_pattern(r"&([A-Za-z]{2,12});")
_WIDE = lazy_pattern(r"(!?)[\[［]([^\[\]［］\n]{1,200})[\]］][(（]([^()（）\s]+)[)）]")
_SIGNS = lazy_pattern(r"\\\*\\\*|\\\[|\n *&gt;|&lt;|&[A-Za-z]+;|[［］]|\]（|）")
_SIMPLE = {"b": "**", "strong": "**", "i": "*", "em": "*", "u": ""}


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return _SIGNS.search(text) is not None


def check(text: Text) -> Iterator[Finding]:
    """Escaped marks, references to characters that do not exist, and brackets of East Asian keyboards."""
    bare = text.bare
    for found in _STRONG.finditer(bare):
        problem = "the backslashes keep this from being bold: readers see the stars"
        yield text.finding(found.start(), problem, f"write `**{found[1]}**`")
    for found in _LINK.finditer(bare):
        problem = "the backslashes keep this from being a link: readers see the brackets"
        yield text.finding(found.start(), problem, f"write `[{found[1]}]({found[2]})`")
    if quoted := _QUOTE.search(bare):
        problem = "`&gt;` does not begin a quotation: readers see `>`"
        hint = f"write `> {quoted[1]}`" if len(quoted[1]) < LONGEST else "write `>` in its place"
        yield text.finding(quoted.start() + quoted[0].index("&"), problem, hint)
    for found in _TAGS.finditer(bare):
        mark = _SIMPLE[found[1].lower()]
        problem = f"the tags are escaped: readers see `<{found[1]}>`"
        yield text.finding(found.start(), problem, f"write `{mark}{found[2].strip()}{mark}`")
    for found in _ENTITY.finditer(bare):
        if f"{found[1]};" not in html5:
            problem = f"no character is called `{found[0]}`"
            yield text.finding(found.start(), problem, f"write the character itself, or `&amp;{found[1]};`")
    for found in _WIDE.finditer(bare):
        if set(found[0]) & set("［］（）"):
            problem = "these wide brackets do not make a link: readers see them"
            yield text.finding(found.start(), problem, f"write `{found[1]}[{found[2]}]({found[3]})`")


LONGEST = 80
"""Characters of a line that a hint repeats."""
