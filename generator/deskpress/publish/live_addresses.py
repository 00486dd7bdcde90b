"""Addresses that are live where a site was published before, read from its site map."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote

SITEMAP = "sitemap.xml"
LARGEST = 60_000_000
"""Bytes of a site map that are read; the protocol allows 50 MB."""

PLACEHOLDERS = (".example", ".test", ".invalid", ".localhost", "localhost", "example.com", "example.org")
"""Ends of host names that no site has (RFC 2606, RFC 6761)."""

_LOCATION = re.compile(rb"<loc>([^<]*)</loc>")


def live_addresses(read: Callable[[str], bytes | None], url: str, lists: Mapping[str, str]) -> list[str]:
    """The addresses of documents that are live; `read` gives a file of the place, `url` is the site's.

    `lists` are the patterns of addresses of lists, which content may empty: those are not among them.
    """
    data = read(SITEMAP)
    if data is None or len(data) > LARGEST:
        return []
    pattern = re.compile("|".join(_as_pattern(one) for name, one in lists.items() if name != "post"))
    host = url.partition("://")[2]
    found = []
    for location in _LOCATION.findall(data):
        text = location.decode("utf-8", "replace").replace("&amp;", "&")
        rest = text.partition("://")[2]
        if rest.startswith(host):
            address = unquote(rest[len(host) :])
            if address and not pattern.fullmatch(address):
                found.append(address)
    return found


def _as_pattern(address: str) -> str:
    escaped = re.escape(address.removeprefix("/"))
    numbered = re.sub(r"\\\{(?:year|month|day)\\\}", r"\\d+", escaped)
    plain = re.sub(r"\\\{\w+\\\}", "[^/]+", numbered)
    return rf"(?:[a-z-]+/)?{plain}(?:page/\d+/)?"


def is_placeholder(url: str) -> bool:
    """Whether a site's address is one that nobody can own."""
    host = url.partition("://")[2].partition("/")[0].partition(":")[0]
    return host.endswith(PLACEHOLDERS)


def told_lost(lost: Iterable[str], files: Mapping[str, str], content: str) -> list[str]:
    """A line for each address that would lead nowhere; `files` were shown there, as far as that is known."""
    lines = []
    for address in lost:
        file = f"{content}/{files[address]}" if files.get(address) else ""
        was = f" (it was {file})" if file else ""
        gone = f"; if it is gone for good: `deskpress retire {file}`" if file else ""
        lines.append(f"  /{address}{was}: add `aliases: [/{address}]` to what takes its place{gone}")
    return lines
