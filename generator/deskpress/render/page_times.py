"""When pages were created and changed, for feeds of all pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from deskpress.model.document import AnyDocument, Post
from deskpress.model.site import FeedFile, Site
from deskpress.source.frontmatter import read_meta


def page_times(document: AnyDocument, file: FeedFile, site: Site) -> tuple[datetime, datetime] | None:
    """When a document was created and changed; None if neither its front matter nor git says it."""
    if isinstance(document, Post):
        return document.created, document.changed
    commits = site.commits.get(document.path)
    meta = read_meta(document.front) if any(file.dates) else {}
    zone = ZoneInfo(site.options.timezone)
    created, changed = (_at(meta, key, zone) if key else None for key in file.dates)
    if commits is not None:
        created = created or (commits.created.at if commits.created else None)
        changed = changed or (commits.last.at if commits.last else None)
    created = created or changed
    return (created, max(changed or created, created)) if created else None


def _at(meta: Mapping[str, Any], key: str, zone: ZoneInfo) -> datetime | None:
    value: Any = meta
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    return datetime(value.year, value.month, value.day, tzinfo=zone) if isinstance(value, date) else None


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was changed."""
