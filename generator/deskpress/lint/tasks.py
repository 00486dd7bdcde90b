"""Boxes to tick (`- [ ] …`) that are shown as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

_TASK = lazy_pattern(
    r"^[ >]*+(?P<mark>[*+-]|\d+\.)?(?P<gap>[ \t]*+)\[(?P<tick>[ xX]?)\](?P<words>[ \t]+[^\s(\[].*)$", re.M
)
_SIGNS = lazy_pattern(r"\[[ xX]?\][ \t]")


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return _SIGNS.search(text) is not None


def check(text: Text) -> Iterator[Finding]:
    """The first box that is none; those below it are of the same kind."""
    supported = text.dialect.has_like("tasklist", "checklist", "todo")
    for found in _TASK.finditer(text.bare):
        mark, gap, tick, words = found.group("mark", "gap", "tick", "words")
        if supported and mark and gap and tick:
            continue
        if not mark and not tick:
            continue  # empty brackets in a text
        wanted = f"{mark or '-'} [{tick or ' '}]{words}"
        if supported:
            problem = f"`{mark or ''}{gap}[{tick}]` is not a box to tick: readers see the brackets"
            hint = f"write `{wanted}`"
        else:
            shown = f"{mark or '-'} {'☑' if tick.strip() else '☐'}{words}"
            problem = f"no box to tick is shown here: readers see `[{tick}]`"
            hint = f"write `{shown}`, or add `pymdownx.tasklist` to `markdown_extensions` for `{wanted}`"
        yield text.finding(found.start() + len(found[0]) - len(found[0].lstrip(" >")), problem, hint)
        return
