"""Blogger's exports: Atom in two schemas, of the old interface (2008) and of Google Takeout (2018)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from deskpress.importers.platforms.items import Item, Person
from deskpress.importers.platforms.opening import Source
from deskpress.importers.platforms.records import moment
from deskpress.importers.platforms.xml_pieces import Piece, child_text, element, name_of, pieces
from deskpress.importers.report import ImportReport

_KIND = "http://schemas.google.com/g/2005#kind"
_HIDDEN = {
    "draft": "a draft",
    "scheduled": "it was to be published later",
    "soft_trashed": "it is in the trash",
}


def fits(source: Source) -> bool:
    """Whether a source is an Atom file of Blogger, or holds one (Takeout)."""
    for name in _files(source)[:20]:
        with source.open(name) as file:
            start = file.read(20_000)
        if b"blogger" in start and b"<feed" in start:
            return True
    return False


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The posts and pages of a blog. Raises `SourceError`."""
    for name in _files(source):
        for piece in pieces(source, name, ("entry",)):
            if piece.name:
                item = _item(piece, source.place(name, piece.line), report)
                if item is not None:
                    yield item


def _files(source: Source) -> list[str]:
    return [name for name in source.names if source.is_file or name.lower().endswith((".atom", ".xml"))]


def _item(piece: Piece, place: str, report: ImportReport) -> Item | None:
    node = element(piece, place, report)
    if node is None:
        return None
    kind = _kind(node)
    if kind == "comment":
        report.count("comments left out: they are the readers'")
    if kind not in ("post", "page"):
        return None
    address = _address(node)
    author = next((child for child in node if name_of(child) == "author"), None)
    name = child_text(author, "name") if author is not None else ""
    path = urlsplit(address).path
    slug = re.sub(r"\.html?$", "", path.rstrip("/").rpartition("/")[2])
    return Item(
        key=child_text(node, "id") or address,
        kind="post" if kind == "post" else "page",
        title=child_text(node, "title"),
        place=place,
        body=child_text(node, "content"),
        base=address,
        created=_instant(node, "published") or _instant(node, "blogger:created"),
        updated=_instant(node, "updated"),
        slug=slug,
        file=slug if kind == "page" else "",
        description=child_text(node, "blogger:metaDescription"),
        categories=_labels(node),
        people=(Person(name, name),) if name else (),
        addresses=(address,) if address else (),
        id=child_text(node, "id"),
        hidden=_hidden(node),
    )


def _kind(node: etree._Element) -> str:
    said = child_text(node, "blogger:type")
    if said:
        return said.lower()
    kinds = (c.get("term") or "" for c in node if name_of(c) == "category" and c.get("scheme") == _KIND)
    return next(kinds, "").rpartition("#")[2]


def _address(node: etree._Element) -> str:
    """Where readers found it: the 2018 schema tells the path only."""
    links = (c.get("href") or "" for c in node if name_of(c) == "link" and c.get("rel") == "alternate")
    return next(links, "") or child_text(node, "blogger:filename")


def _labels(node: etree._Element) -> tuple[str, ...]:
    found = (
        child.get("term") or ""
        for child in node
        if name_of(child) == "category" and child.get("scheme") != _KIND
    )
    return tuple(dict.fromkeys(filter(None, found)))


def _hidden(node: etree._Element) -> str:
    status = child_text(node, "blogger:status").lower()
    if status and status != "live":
        return _HIDDEN.get(status, f"its status is `{status}`")
    if child_text(node, "blogger:trashed"):
        return "it is in the trash"
    control = next((child for child in node if name_of(child) == "app:control"), None)
    drafts = [child_text(one, "app:draft") for one in (node, control) if one is not None]
    return "a draft" if "yes" in drafts else ""


def _instant(node: etree._Element, name: str) -> datetime | None:
    return moment(child_text(node, name))
