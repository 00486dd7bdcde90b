"""`sitemap.xml`, its compressed twin, and the lists of redirects that servers read."""

from __future__ import annotations

import gzip
from typing import cast

from deskpress.model.address import href
from deskpress.model.output import path_of
from deskpress.render import redirect_lists
from deskpress.render.library import Library

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(library: Library) -> bytes:
    """Every page; `lastmod` only if an editor's dates say it."""
    from lxml import etree  # loads slowly, and most builds do not change the site map

    root = etree.Element(f"{{{NAMESPACE}}}urlset", nsmap=cast("dict[str, str]", {None: NAMESPACE}))
    pages = (page for other in library.by_language.values() for page in other.changes())
    for address, changed in sorted(pages, key=lambda page: path_of(page[0])):
        url = etree.SubElement(root, f"{{{NAMESPACE}}}url")
        etree.SubElement(url, f"{{{NAMESPACE}}}loc").text = library.options.url + href(address)
        if changed:
            etree.SubElement(url, f"{{{NAMESPACE}}}lastmod").text = changed.isoformat()
    text: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return text


def compressed(data: bytes) -> bytes:
    """`data` as gzip, without a timestamp."""
    return gzip.compress(data, mtime=0)


def redirects_map(library: Library) -> bytes:
    """`redirects.map`: old addresses for nginx."""
    return redirect_lists.nginx_redirects(library.redirects(), library.options.base_path)


def gone_map(library: Library) -> bytes:
    """`gone.map`: addresses that nginx answers with 410."""
    return redirect_lists.nginx_gone(library.gone(), library.options.base_path)


def redirects_caddy(library: Library) -> bytes:
    """`redirects.caddy`: both for Caddy."""
    return redirect_lists.caddy(library.redirects(), library.gone(), library.options.base_path)


def redirects_list(library: Library) -> bytes:
    """`_redirects`: old addresses for static hosts."""
    return redirect_lists.static_hosts(library.redirects(), library.options.base_path)
