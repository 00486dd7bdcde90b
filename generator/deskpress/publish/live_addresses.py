"""The live addresses of a site that was published before, read from its site map."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote

from deskpress.model.published import Published
from deskpress.plan.emptied_lists import emptied_list_pattern
from deskpress.plan.remedies import remedy

SITEMAP = "sitemap.xml"
LARGEST = 60_000_000
"""Bytes of a site map that are read; the protocol allows 50 MB."""

PLACEHOLDERS = (".example", ".test", ".invalid", ".localhost", "localhost", "example.com", "example.org")
"""Top-level domains that sites cannot have (RFC 2606, RFC 6761)."""

_LOCATION = re.compile(rb"<loc>([^<]*)</loc>")


def live_addresses(read: Callable[[str], bytes | None], url: str, lists: Mapping[str, str]) -> list[str]:
    """The addresses of live documents; `read` returns a file of the target, `url` is the site's.

    `lists` are the patterns of addresses of lists, which may become empty: those are not included.
    """
    data = read(SITEMAP)
    if data is None or len(data) > LARGEST:
        return []
    pattern = emptied_list_pattern(lists)
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


def is_placeholder(url: str) -> bool:
    """Whether a site's address is in a reserved domain."""
    host = url.partition("://")[2].partition("/")[0].partition(":")[0]
    return host.endswith(PLACEHOLDERS)


def told_lost(lost: Iterable[str], files: Mapping[str, str], now: Published, content: str) -> list[str]:
    """A line for each address that would be broken; `files` are those that it showed, if known."""
    lines = []
    for address in lost:
        file = files.get(address, "")
        was = f" (it was {content}/{file})" if file else ""
        lines.append(f"  /{address}{was}: {remedy(address, file, now, content)}")
    return lines
