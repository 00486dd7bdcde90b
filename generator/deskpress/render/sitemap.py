"""`sitemap.xml`, its compressed twin, and the lists of redirects that servers read."""

from __future__ import annotations

import gzip
from datetime import datetime
from typing import cast

from lxml import etree

from deskpress.model.address import href
from deskpress.model.document import Post
from deskpress.plan.urls import month_address, year_address
from deskpress.render.library import Library

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LEFT_OUT = frozenset({"redirect", "not_found"})


def sitemap(library: Library) -> bytes:
    """Every page; `lastmod` only where an editor's dates tell it."""
    changed = _changes(library)
    root = etree.Element(f"{{{NAMESPACE}}}urlset", nsmap=cast("dict[str, str]", {None: NAMESPACE}))
    for spec in library.plan:
        if not spec.template or spec.kind in _LEFT_OUT:
            continue
        url = etree.SubElement(root, f"{{{NAMESPACE}}}url")
        etree.SubElement(url, f"{{{NAMESPACE}}}loc").text = library.options.url + href(spec.address)
        if spec.address in changed:
            etree.SubElement(url, f"{{{NAMESPACE}}}lastmod").text = changed[spec.address].isoformat()
    text: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return text


def compressed(data: bytes) -> bytes:
    """`data` as gzip, without the time of compressing."""
    return gzip.compress(data, mtime=0)


def redirects_map(library: Library) -> bytes:
    """Lines for nginx: `map $uri $target { include redirects.map; }`."""
    base = library.options.base_path
    lines = [f"{_quoted(base + old)} {_quoted(base + href(new))};" for old, new in _spelt(library)]
    return _listed("nginx: map $uri $deskpress_target { include redirects.map; }", lines)


def redirects_list(library: Library) -> bytes:
    """`_redirects` as static hosts read it."""
    base = library.options.base_path
    lines = [f"{base}{href(old)} {base}{href(new)} 301" for old, new in _spelt(library)]
    return _listed("old address, new address, status", lines)


def _spelt(library: Library) -> list[tuple[str, str]]:
    """Old and new addresses; one that ends in a slash also without it, as it may have been linked."""
    redirects = library.plan.redirects
    bare = {old.removesuffix("/"): new for old, new in redirects.items()}
    return sorted({**bare, **redirects}.items())


def _changes(library: Library) -> dict[str, datetime]:
    """When each page was last changed, by address: a list changes with its newest post."""
    found: dict[str, datetime] = {}

    def note(address: str, *moments: datetime | None) -> None:
        known = [m for m in (found.get(address), *moments) if m is not None]
        if known:
            found[address] = max(known)

    addresses = library.options.addresses
    for document in library.site.documents:
        if isinstance(document, Post):
            note(library.address(document), document.changed)
            note(month_address(document.month, addresses), document.changed)
            note(year_address(document.month.year, addresses), document.changed)
            note(addresses["blog"], document.changed)
            note(addresses["archive"], document.changed)
        else:
            note(library.address(document), document.updated)
    for kind, listings in library.lists.taxonomies.items():
        for slug, listing in listings.items():
            note(addresses[kind].format(slug=slug), *(post.changed for post in listing.posts))
    for slug, listing in library.lists.series.items():
        note(addresses["series"].format(slug=slug), *(post.changed for post in listing.posts))
    return found


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"'


def _listed(comment: str, lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in (f"# {comment}", *lines)).encode()
