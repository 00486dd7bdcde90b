"""`sitemap.xml`, its compressed twin, and the lists of redirects that servers read."""

from __future__ import annotations

import gzip
from typing import cast

from deskpress.model.address import href
from deskpress.model.output import path_of
from deskpress.render.library import Library

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(library: Library) -> bytes:
    """Every page; `lastmod` only where an editor's dates tell it."""
    from lxml import etree  # loads slowly, and most builds leave the site map as it is

    root = etree.Element(f"{{{NAMESPACE}}}urlset", nsmap=cast("dict[str, str]", {None: NAMESPACE}))
    pages = (page for edition in library.editions.values() for page in edition.changes())
    for address, changed in sorted(pages, key=lambda page: path_of(page[0])):
        url = etree.SubElement(root, f"{{{NAMESPACE}}}url")
        etree.SubElement(url, f"{{{NAMESPACE}}}loc").text = library.options.url + href(address)
        if changed:
            etree.SubElement(url, f"{{{NAMESPACE}}}lastmod").text = changed.isoformat()
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


def gone_map(library: Library) -> bytes:
    """Lines for nginx that answer 410 where a tombstone stands."""
    base = library.options.base_path
    lines = [f"{_quoted(base + href(address))} 1;" for address in library.gone()]
    return _listed("nginx: map $uri $deskpress_gone { include gone.map; }", lines)


def redirects_list(library: Library) -> bytes:
    """`_redirects` as static hosts read it."""
    base = library.options.base_path
    lines = [f"{base}{href(old)} {base}{href(new)} 301" for old, new in _spelt(library)]
    return _listed("old address, new address, status", lines)


def _spelt(library: Library) -> list[tuple[str, str]]:
    """Old and new addresses; one that ends in a slash also without it, as it may have been linked."""
    redirects = dict(library.redirects())
    bare = {old.removesuffix("/"): new for old, new in redirects.items()}
    return sorted({**bare, **redirects}.items())


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"'


def _listed(comment: str, lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in (f"# {comment}", *lines)).encode()
