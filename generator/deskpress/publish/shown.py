"""What subscribers are shown now, read from the feeds of wherever a site was published before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

import msgspec

from deskpress.model.published import Item
from deskpress.publish.guard import Record

FEED = "feed.json"


@dataclass(frozen=True, slots=True)
class _Item:
    id: str
    url: str
    date_published: datetime


@dataclass(frozen=True, slots=True)
class _Feed:
    items: tuple[_Item, ...]


def shown(read: Callable[[str], bytes | None], folders: Iterable[str], url: str) -> Record:
    """The record of the live feeds in `folders`; `read` gives a file's bytes, `url` is the site's.

    A feed that cannot be read tells nothing: it is made anew.
    """
    feeds = {folder: found for folder in folders if (found := _items(read(folder + FEED), url)) is not None}
    ids = {item.id: item.published for items in feeds.values() for item in items}
    return Record({}, ids, feeds)


def _items(data: bytes | None, url: str) -> tuple[Item, ...] | None:
    try:
        feed = msgspec.json.decode(data or b"", type=_Feed)
    except (msgspec.MsgspecError, ValueError):
        return None
    return tuple(
        Item(item.id, unquote(item.url.removeprefix(url).removeprefix("/")), item.date_published)
        for item in feed.items
        if item.date_published.tzinfo is not None
    )
