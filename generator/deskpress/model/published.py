"""The public interface of a site for links and subscriptions: its addresses, and the items of its feeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct, field


class FeedItem(Struct, frozen=True):
    """An entry of a feed. `address` is that of its page, below the site's root."""

    id: str
    address: str
    published: datetime


class Published(Struct, frozen=True):
    """Addresses of documents with their files, and of lists with their kinds, `(month)`; feeds by folder.

    `redirects` are old addresses with new ones, `gone` those of documents that were withdrawn. `ids` are all
    that a feed could show, with their dates. `mains` are the feeds of all posts, one for each language;
    `files` is everything that is not a page, `withheld` the unpublished documents, each with the reason.
    """

    addresses: Mapping[str, str] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    feeds: Mapping[str, tuple[FeedItem, ...]] = field(default_factory=dict)
    ids: Mapping[str, datetime] = field(default_factory=dict)
    mains: tuple[str, ...] = ("",)
    files: tuple[str, ...] = ()
    withheld: Mapping[str, str] = field(default_factory=dict)

    def lost(self, addresses: Iterable[str]) -> list[str]:
        """Those of the addresses that are broken now; an alias may lack its trailing slash, or have one."""
        kept = {*self.addresses, *self.redirects, *self.gone}
        bare = {address.rstrip("/") for address in kept}
        return [a for a in addresses if a not in kept and a.rstrip("/") not in bare]
