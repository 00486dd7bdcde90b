"""A first heading that says the title once more: pages show the title above the text."""

from __future__ import annotations

import re

from msgspec.structs import replace

from deskpress.importers.platforms.documents import plain
from deskpress.importers.platforms.items import Item

_FIRST = {
    "markdown": re.compile(r"\s*(?:#[ \t]+(?P<atx>[^\n]+?)[ \t]*#*|(?P<setext>[^\n]+)\n=+)[ \t]*(?:\n|\Z)"),
    "html": re.compile(r"\s*<h1>(?P<atx>[^<]*)(?P<setext>)</h1>\s*", re.I),
}


def titled_once(item: Item) -> Item:
    """A document without such a heading; the site would leave it out, too."""
    found = _FIRST[item.markup].match(item.body)
    if found is None or plain(found["atx"] or found["setext"] or "") != plain(item.title):
        return item
    return replace(item, body=item.body[found.end() :])
