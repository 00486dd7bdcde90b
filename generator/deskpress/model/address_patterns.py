"""Where generated pages are, unless a site says otherwise."""

from __future__ import annotations

DEFAULT_ADDRESSES = {
    "post": "{year}/{month}/{slug}.html",
    "month": "{year}/{month}/",
    "year": "{year}/",
    "blog": "blog/",
    "archive": "archive/",
    "category": "category/{slug}/",
    "tag": "tag/{slug}/",
    "author": "author/{slug}/",
    "series": "series/{slug}/",
    "subscribe": "subscribe/",
}
"""Default address patterns of generated pages; a site may set its own."""
