"""When each page was last changed, according to editors' dates: for the site map."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from deskpress.model.document import AnyDocument
from deskpress.model.site import Site
from deskpress.plan.lists import Lists, taxonomies
from deskpress.plan.urls import month_address, year_address


def last_changes(site: Site, lists: Lists, own: Mapping[str, str]) -> dict[str, datetime]:
    """The last change by address; a list changes with its newest post. `own` are the documents' addresses."""
    found: dict[str, datetime] = {}
    addresses = site.options.addresses

    def note(address: str, moment: datetime | None) -> None:
        if moment and (address not in found or moment > found[address]):
            found[address] = moment

    for post in site.posts:
        note(own[post.path], post.changed)
    for month, posts in lists.months.items():
        latest = max(post.changed for post in posts)
        note(month_address(month, addresses), latest)
        for address in (year_address(month.year, addresses), addresses["blog"], addresses["archive"]):
            note(address, latest)
    others: tuple[AnyDocument, ...] = (*site.topics, *site.pages)
    for document in others:
        note(own[document.path], document.updated or site.committed.get(document.path))
    for notice in site.notices:
        note(own[notice.path], notice.changed)
        note(f"{site.options.notices_dir}/", notice.changed)
    for kind, listings in {
        **{kind: lists.taxonomy(kind) for kind in taxonomies(site.options)},
        "series": lists.series,
    }.items():
        for slug, listing in listings.items():
            note(addresses[kind].format(slug=slug), max(post.changed for post in listing.posts))
    return found
