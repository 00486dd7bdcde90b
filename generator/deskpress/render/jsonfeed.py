"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from deskpress.render.entries import FeedEntry, FeedView


def json_feed(view: FeedView) -> bytes:
    """The feed as JSON."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "home_page_url": view.home,
        "feed_url": view.self_url,
    }
    if view.subtitle:
        feed["description"] = view.subtitle
    feed["language"] = view.language
    feed["authors"] = [{"name": view.author}]
    if view.hub:
        feed["hubs"] = [{"type": "WebSub", "url": view.hub}]
    feed["items"] = [_item(entry) for entry in view.entries]
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: FeedEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
    }
    if entry.authors:
        item["authors"] = [
            {key: value for key, value in (("name", a.name), ("url", a.url)) if value} for a in entry.authors
        ]
    if entry.categories:
        item["tags"] = list(entry.categories)
    if entry.enclosures:
        item["attachments"] = [
            {"url": e.address, "mime_type": e.type, "size_in_bytes": e.size} for e in entry.enclosures
        ]
    return item
