"""The addresses of lists, which may become empty."""

from __future__ import annotations

import re
from collections.abc import Mapping


def emptied_list_pattern(addresses: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern for whole addresses of lists, their further pages, and those in other languages.

    `addresses` are the patterns of the site, including that of posts.
    """
    return re.compile("|".join(_as_pattern(one) for name, one in addresses.items() if name != "post"))


def _as_pattern(address: str) -> str:
    escaped = re.escape(address.removeprefix("/"))
    numbered = re.sub(r"\\\{(?:year|month|day)\\\}", r"\\d+", escaped)
    plain = re.sub(r"\\\{\w+\\\}", "[^/]+", numbered)
    return rf"(?:[a-z-]+/)?{plain}(?:page/\d+/)?"
