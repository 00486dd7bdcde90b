"""Duplicate footnotes, of which one is lost, and footnotes written as on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

_DEFINED = lazy_pattern(r"^ {0,3}\[\^([^\]\n]+)\]:", re.M)
_ON_PAPER = lazy_pattern(r"^\[(\d{1,3})\][ \t]+(\S.*)", re.M)


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return (text.count("]:") > 1 and "[^" in text) or "\n[1]" in text


def check(text: Text) -> Iterator[Finding]:
    """Footnotes of the same name, of which the last is shown; numbers in brackets with a list of notes."""
    if not text.dialect.has("footnotes"):
        return
    bare = text.bare
    names: set[str] = set()
    for found in _DEFINED.finditer(bare):
        name = found[1]
        if name in names:
            free = next(str(number) for number in range(1, len(names) + 3) if str(number) not in names)
            problem = f"a footnote above is called `[^{name}]`, too: that one is not shown"
            hint = f"give this one another name, as in `[^{free}]`, here and where it is named"
            yield text.finding(found.start() + found[0].index("["), problem, hint)
        else:
            names.add(name)
    for found in _ON_PAPER.finditer(bare) if "\n[1]" in f"\n{bare}" else ():
        number = found[1]
        if number in text.definitions or number in names:
            continue
        if named := re.search(rf"(?<=[\w.,;:!?)”\"])\[{number}\](?![(\[:])", bare[: found.start()]):
            problem = f"`[{number}]` is not a footnote: readers see the brackets"
            hint = f"write `[^{number}]` here, and `[^{number}]: {found[2][:40].strip()}` below"
            yield text.finding(named.start(), problem, hint)
