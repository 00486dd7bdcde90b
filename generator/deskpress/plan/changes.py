"""When each page was last changed, as far as editors' dates tell: for the site map."""

from __future__ import annotations

from datetime import datetime

from deskpress.model.document import AnyDocument
from deskpress.model.site import Site
from deskpress.plan.lists import TAXONOMIES, Lists
from deskpress.plan.urls import document_address, month_address, year_address


def last_changes(site: Site, lists: Lists) -> dict[str, datetime]:
    """The last change by address; a list changes with its newest post."""
    found: dict[str, datetime] = {}
    addresses = site.options.addresses

    def note(address: str, moment: datetime | None) -> None:
        if moment and (address not in found or moment > found[address]):
            found[address] = moment

    for post in site.posts:
        months = month_address(post.month, addresses), year_address(post.created.year, addresses)
        for address in (
            document_address(post, site.options),
            *months,
            addresses["blog"],
            addresses["archive"],
        ):
            note(address, post.changed)
    others: tuple[AnyDocument, ...] = (*site.topics, *site.pages)
    for document in others:
        note(document_address(document, site.options), document.updated or site.committed.get(document.path))
    for notice in site.notices:
        note(document_address(notice, site.options), notice.changed)
        note(f"{site.options.notices_dir}/", notice.changed)
    for kind, listings in {
        **{kind: lists.taxonomy(kind) for kind in TAXONOMIES},
        "series": lists.series,
    }.items():
        for slug, listing in listings.items():
            note(addresses[kind].format(slug=slug), max(post.changed for post in listing.posts))
    return found
