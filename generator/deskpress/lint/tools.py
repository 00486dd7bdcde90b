"""Mistakes in tools of the help center: unknown names, attributes and values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfoNotFoundError

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern
from deskpress.model.tools import TOOLS
from deskpress.source.dates import zone, zones_known
from deskpress.source.front_matter_keys import nearest

_TAG = lazy_pattern(r"<([A-Za-z][A-Za-z0-9]*[-_ ][A-Za-z0-9_-]+)((?:\s[^<>]*)?)/?>")
_ALONE = lazy_pattern(rf"<({'|'.join(TOOLS)})(?:\s[^<>]*)?>\s*</\1>", re.I)
_ATTRIBUTE = lazy_pattern(r"([^\s=\"'/>]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
ATTRIBUTES = ("compact", "rules", "time-zone")
_ANYWHERE = lazy_pattern(r"(?:data|aria)-.*|id|class|lang|title|dir|hidden")


def is_like_tool(name: str) -> str:
    """The tool that an unknown element probably stands for; empty if none."""
    plain = name.lower().replace("_", "-").replace(" ", "-")
    return "" if plain == name and name in TOOLS else nearest(plain, TOOLS)


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return "<" in text and ("-" in text or "_" in text)


def check(text: Text) -> Iterator[Finding]:
    """Elements whose names are similar to a tool's, and unknown attributes of tools."""
    yield from _as_code(text)
    for tag in _TAG.finditer(text.bare):
        name = tag[1]
        if name.lower() not in TOOLS:
            if like := is_like_tool(name):
                problem = f"there is no tool `{name}`"
                yield text.finding(tag.start(), problem, f"did you mean `<{like}></{like}>`?")
            continue
        if tag[2].count('"') % 2:
            continue  # reported as an unclosed quotation mark
        for found in _ATTRIBUTE.finditer(tag[2]):
            at = tag.start(2) + found.start()
            value = (found[2] or "").strip("\"'")
            inside = at + found[0].find(value, len(found[1])) if value else at
            yield from _attribute(text, (at, inside), name.lower(), found[1], value)


def _as_code(text: Text) -> Iterator[Finding]:
    """Tools that stand alone and are indented by four spaces."""
    for number, body in enumerate(text.body):
        if not (
            body[:1] == "<" and text.code[number] and text.indent[number] >= 4 and _ALONE.fullmatch(body)
        ):
            continue
        if not any(0 <= near < len(text.body) and text.body[near] for near in (number - 1, number + 1)):
            problem = "a line that begins with four spaces is code: this tool is shown as it is written"
            hint = f"write `{body}` at the start of the line"
            yield Finding(number + 1, text.column(number), problem, hint)


def _attribute(text: Text, at: tuple[int, int], tool: str, name: str, value: str) -> Iterator[Finding]:
    lowered = name.lower()
    if lowered not in ATTRIBUTES:
        if _ANYWHERE.fullmatch(lowered):
            return
        like = nearest(lowered.replace("_", "-"), ATTRIBUTES)
        known = ", ".join(f"`{one}`" for one in ATTRIBUTES)
        hint = f"did you mean `{like}`?" if like else f"there are: {known}"
        yield text.finding(at[0], f"`<{tool}>` has no attribute `{name}`", hint)
    elif lowered == "time-zone" and not _is_zone(value):
        like = _zone_like(value)
        hint = f"did you mean `{like}`?" if like else "as in `America/Los_Angeles`"
        yield text.finding(at[1], f"no time zone is called `{value}`", hint)


def _is_zone(name: str) -> bool:
    try:
        zone(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _zone_like(name: str) -> str:
    """The time zone of a city, or the one that is spelt most like `name`."""
    plain = name.strip().replace(" ", "_")
    zones = zones_known()
    exact = [zone for zone in sorted(zones) if zone.rpartition("/")[2].lower() == plain.lower()]
    return exact[0] if exact else (nearest(plain, zones) if "/" in plain else "")
