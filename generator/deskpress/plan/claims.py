"""What of the content lies where a list or a feed of Deskpress may want to be some day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.model.output import path_of
from deskpress.model.site import Options, Site
from deskpress.plan.editions import editions
from deskpress.plan.feeds import FEED_FILES
from deskpress.plan.lists import TAXONOMIES
from deskpress.plan.urls import FIELDS, document_address

_VALUES = {"year": r"\d{4}", "month": r"\d{2}", "slug": "[^/]+"}


def list_pattern(options: Options) -> re.Pattern[str]:
    """The paths that lists and feeds of a language may have, and all below them."""
    lists = [_of(options, kind) for kind in ("month", "year", "series", *TAXONOMIES)]
    paged = [re.escape(options.addresses["blog"]), *(_of(options, kind) for kind in TAXONOMIES)]
    further = f"(?:{'|'.join(paged)})page/[0-9]+/"
    return re.compile(
        rf"(?:(?:{'|'.join((*lists, further))})index\.html|(?:.*/)?(?:{FEED_FILES}))(?:/.*)?", re.I
    )


def _of(options: Options, kind: str) -> str:
    pattern = re.escape(options.addresses[kind])
    for field in FIELDS[kind]:
        pattern = pattern.replace(re.escape(f"{{{field}}}"), _VALUES[field])
    return pattern


def claims(site: Site) -> dict[str, str]:
    """Addresses of documents, aliases and assets where a list or a feed may want to be, with their files.

    Whoever publishes the first post of a month, or the hundredth, would be told that the address is taken.
    """
    patterns = [(one.options.prefix, list_pattern(one.options)) for one in editions(site)]
    found = {}
    for address, path in _addresses(site):
        place = path_of(address)
        if any(place.startswith(prefix) and pattern.fullmatch(place) for prefix, pattern in patterns):
            found[address] = path
    return found


def _addresses(site: Site) -> Iterator[tuple[str, str]]:
    for document in site.documents:
        yield document_address(document, site.options), document.path
        for alias in document.aliases:
            yield alias, document.path
    for asset in site.assets:
        yield asset.at, asset.path
