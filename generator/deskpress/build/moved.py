"""Addresses that a build has removed without a redirect, if no `addresses.lock` protects them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from deskpress.build.pipeline import Prepared
from deskpress.engine.build_log import OutputRecord, mark
from deskpress.model.output import address_of
from deskpress.plan.emptied_lists import emptied_list_pattern
from deskpress.plan.promises import promises
from deskpress.plan.remedies import remedy
from deskpress.source.addresses import NAME

SHOWN = 20
"""The most addresses that are reported for one build."""


def moved(
    before: Mapping[str, OutputRecord], now: Iterable[str], prepared: Prepared, root: Path
) -> list[str]:
    """A line for each document whose page was among the outputs `before` and is not among those `now`.

    Its address, and with it the post's id in feeds, has changed, or it is withheld. `root` is the content
    folder.
    """
    if (root / NAME).exists():
        return []
    options = prepared.everything.options
    lists = emptied_list_pattern(options.addresses)
    gone = sorted(path for path in before.keys() - set(now) if path.endswith(".html"))
    documents = {mark(f"body:{one.path}"): one.path for one in prepared.everything.documents} if gone else {}
    left = {}
    for path in gone:
        named = [documents[read] for read in before[path].reads.split() if read in documents]
        address = address_of(path)
        if len(named) == 1 and not lists.fullmatch(address):
            left[address] = named[0]
    if not left:
        return []
    published, content = promises(prepared.site, prepared.plan), options.content
    lines = [
        f"/{address} (it was {content}/{left[address]}) has left the site:"
        f" {remedy(address, left[address], published, content)}"
        for address in published.lost(left)
    ]
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], *([f"and {more} more addresses"] if more > 0 else [])]
