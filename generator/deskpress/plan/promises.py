"""The public interface of a site: the addresses and feed items that later builds must keep."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from deskpress.model.document import Dated
from deskpress.model.output import Plan
from deskpress.model.published import FeedItem, Published
from deskpress.model.site import Site
from deskpress.plan.feeds import entry_id, feed_sources
from deskpress.plan.language_sites import language_sites
from deskpress.plan.lists import TAXONOMIES, Lists
from deskpress.plan.urls import document_address

LISTS = frozenset({"month", "year", "category", "tag", "author", "series"})
"""Lists that may become empty. Their further pages need not be kept."""


def promises(site: Site, plan: Plan) -> Published:
    """The addresses and feeds of a site when it is published."""
    options = site.options

    def item(document: Dated) -> FeedItem:
        address = document_address(document, options)
        return FeedItem(entry_id(document, options), address, document.created)

    return replace(
        promised_addresses(site, plan, {document_address(d, options): d.path for d in site.documents}),
        feeds={
            source.folder: tuple(item(post) for post in source.posts[: options.feed_length])
            for language_site in language_sites(site)
            for source in feed_sources(language_site, Lists(language_site))
        },
        ids={item(document).id: document.created for document in _dated(site)},
    )


def promised_addresses(site: Site, plan: Plan, documents: Mapping[str, str]) -> Published:
    """The same without feeds and ids, which take most of the time; `documents` are the files by address."""
    options = site.options
    return Published(
        {**documents, **_lists(plan)},
        dict(plan.redirects),
        site.gone,
        mains=tuple(one.prefix for one in (options, *options.other_languages)),
        files=tuple(asset.at for asset in site.assets),
        withheld=dict(site.withheld),
    )


def _lists(plan: Plan) -> dict[str, str]:
    found = (spec for spec in plan if spec.kind in LISTS)
    return {s.address: f"({s.kind})" for s in found if s.kind not in TAXONOMIES or s.subject[-1] == "1"}


def _dated(site: Site) -> tuple[Dated, ...]:
    return (*site.posts, *site.notices)
