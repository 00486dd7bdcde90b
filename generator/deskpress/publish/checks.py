"""Compares a site with what was published: no address is lost, no subscriber is flooded or misled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from deskpress.model.published import FeedItem, Published
from deskpress.plan.claims import is_wanted

FLOOD = 3
"""How many posts may appear at once that are older than those that subscribers have seen."""

JUMP = timedelta(days=1)
"""The most days by which the date of an item may be corrected."""


ALIAS = "now at /"
"""The mark of the target of an old address in the record, in place of a file."""


class PublishedRecord(Struct, frozen=True):
    """Everything that was ever published: each address with its file, each feed id; the current feeds.

    `mains` are the feeds of all posts, one for each language; `files` are the current files other than pages.
    """

    addresses: dict[str, str] = field(default_factory=dict)
    ids: dict[str, datetime] = field(default_factory=dict)
    feeds: dict[str, tuple[FeedItem, ...]] = field(default_factory=dict)
    mains: tuple[str, ...] = ("",)
    files: tuple[str, ...] = ()

    def after(self, site: Published) -> PublishedRecord:
        """The record once `site` is live."""
        aliases = {old: f"{ALIAS}{new}" for old, new in site.redirects.items()}
        addresses = {**aliases, **self.addresses, **site.addresses}
        return PublishedRecord(addresses, {**self.ids, **site.ids}, dict(site.feeds), site.mains, site.files)

    def without(self, addresses: Iterable[str]) -> PublishedRecord:
        """The record without addresses that are dropped."""
        given_up = set(addresses)
        return replace(self, addresses={a: path for a, path in self.addresses.items() if a not in given_up})


def lost_addresses(record: PublishedRecord, site: Published) -> dict[str, str]:
    """The published addresses that are broken now, with the files that they showed."""
    return {address: record.addresses[address] for address in site.lost(sorted(record.addresses))}


def superseded(
    record: PublishedRecord, site: Published, reserved: Iterable[str], files: Collection[str]
) -> list[str]:
    """Old addresses that are broken because an output of Deskpress among `files` uses them now.

    They were taken over: removing the alias again loses nothing. `reserved` are the patterns of
    `plan.claims`.
    """
    lost = [a for a, path in lost_addresses(record, site).items() if path.startswith(ALIAS)]
    return [address for address in lost if is_wanted(address, reserved, files)]


def feed_problems(record: PublishedRecord, site: Published) -> list[str]:
    """Why subscribers would be misled by the feeds of `site`."""
    # A category may lose its last post: its subscribers lose nothing that the main feed does not have.
    # The same holds for a feed whose posts have all expired.
    gone = set(site.gone)
    found = [
        f"the main feed is gone: /{name}"
        for name in record.mains
        if name not in site.feeds and any(item.address not in gone for item in record.feeds.get(name, ()))
    ]
    for name, before in sorted(record.feeds.items()):
        if after := site.feeds.get(name):
            found += _changes(before, after)
    for name in record.mains:
        found += _vanished(record.feeds.get(name, ()), site.feeds.get(name, ()), site)
    found += _flood(record, site.feeds)
    return list(dict.fromkeys(found))


def _changes(before: tuple[FeedItem, ...], after: tuple[FeedItem, ...]) -> Iterator[str]:
    by_address = {item.address: item for item in after}
    by_id = {item.id: item for item in after}
    for item in before:
        same = by_address.get(item.address)
        if same and same.id != item.id:
            change = f"the id of /{item.address} changes from {item.id} to {same.id}"
            yield f"{change}: readers would see it twice; write `id: {item.id}` in its front matter"
        same = by_id.get(item.id)
        if same and abs(same.published - item.published) > JUMP:
            days = f"from {item.published:%Y-%m-%d} to {same.published:%Y-%m-%d}"
            yield f"the date of /{item.address} jumps {days}"


def _vanished(before: tuple[FeedItem, ...], after: tuple[FeedItem, ...], site: Published) -> Iterator[str]:
    ids = {item.id for item in after}
    addresses = {item.address for item in after}
    oldest = min((item.published for item in after), default=None)
    for item in before:
        if item.id in ids or item.address in addresses or item.address in site.gone:
            continue
        if item.address in site.redirects or (oldest is not None and item.published <= oldest):
            continue
        yield f"/{item.address} vanishes from the feed"


def _flood(record: PublishedRecord, feeds: Mapping[str, tuple[FeedItem, ...]]) -> Iterator[str]:
    # By what the main feeds have shown: the id of a notice may contain a future day.
    shown = (item.published for name in record.mains for item in record.feeds.get(name, ()))
    newest = max(shown, default=None)
    if newest is None:
        return
    old = {
        item.id: item
        # A feed that is new has no subscribers who could see anything twice.
        for name, feed in feeds.items()
        if name in record.feeds
        for item in feed
        if item.id not in record.ids and item.published < newest
    }
    if len(old) > FLOOD:
        one = next(iter(old.values())).address
        yield f"{len(old)} posts with old dates would appear as new, /{one} among them"
