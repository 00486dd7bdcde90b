"""The current feeds of subscribers, read from wherever a site was published before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

import msgspec
from msgspec import Struct

from deskpress.model.output import path_of
from deskpress.model.published import FeedItem, Published
from deskpress.publish.checks import PublishedRecord

FEED = "feed.json"


class _Item(Struct, frozen=True):
    id: str
    url: str
    date_published: datetime


class _LiveFeed(Struct, frozen=True):
    items: tuple[_Item, ...]


def shown(read: Callable[[str], bytes | None], site: Published, url: str) -> PublishedRecord:
    """The record of the live feeds that `site` has too; `read` returns a live file, `url` is the site's.

    A feed that cannot be read is ignored: it is made anew. Posts that already have a page there were shown to
    subscribers when they were new, even if no feed contains them any more.
    """
    folders = sorted({*site.mains, *site.feeds})
    feeds = {folder: found for folder in folders if (found := _items(read(folder + FEED), url)) is not None}
    ids = {item.id: item.published for items in feeds.values() for item in items}
    others = {item.id: item for name in feeds for item in site.feeds.get(name, ()) if item.id not in ids}
    there = (item for item in others.values() if read(path_of(item.address)) is not None)
    return PublishedRecord({}, {**ids, **{item.id: item.published for item in there}}, feeds, site.mains)


def _items(data: bytes | None, url: str) -> tuple[FeedItem, ...] | None:
    try:
        feed = msgspec.json.decode(data or b"", type=_LiveFeed)
    except (msgspec.MsgspecError, ValueError):
        return None
    return tuple(
        FeedItem(item.id, _address(item.url, url), item.date_published)
        for item in feed.items
        if item.date_published.tzinfo is not None
    )


def _address(given: str, url: str) -> str:
    """An item's address below the site, whether it was published with `http:` or `https:`."""
    rest, own = given.partition("://")[2], url.partition("://")[2]
    return unquote(rest.removeprefix(own) if rest else given.removeprefix("/"))
