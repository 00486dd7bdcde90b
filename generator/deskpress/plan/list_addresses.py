"""Which addresses are those of lists, which content may empty."""

from __future__ import annotations

import re
from collections.abc import Mapping


def list_pattern(addresses: Mapping[str, str]) -> re.Pattern[str]:
    """What matches the addresses of lists, their further pages, and those in other languages, as a whole.

    `addresses` are the patterns of the site, that of posts among them.
    """
    return re.compile("|".join(_as_pattern(one) for name, one in addresses.items() if name != "post"))


def _as_pattern(address: str) -> str:
    escaped = re.escape(address.removeprefix("/"))
    numbered = re.sub(r"\\\{(?:year|month|day)\\\}", r"\\d+", escaped)
    plain = re.sub(r"\\\{\w+\\\}", "[^/]+", numbered)
    return rf"(?:[a-z-]+/)?{plain}(?:page/\d+/)?"
