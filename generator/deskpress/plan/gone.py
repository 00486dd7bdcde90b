"""Tombstones: pages for expired documents, which tell readers and search engines that they are gone.

A file at the address would be served with status 200; only a server can answer 410 (RFC 9110 §15.5.11), so it
gets the list of expired addresses, and the page to show.
"""

from __future__ import annotations

from deskpress.model.output import OutputSpec
from deskpress.model.site import Site
from deskpress.plan.drafting import Draft, Owner


def plan_gone(draft: Draft, site: Site) -> None:
    """Add the list, which servers read even if it is empty, and the page, if anything is gone."""
    draft.add(OutputSpec("gone.map", "gone_map"), Owner("the list of what is gone"))
    owner = Owner("the page for what is gone")
    if site.gone:
        draft.page("410.html", "gone", ("gone",), owner)
    else:
        draft.reserve("410.html", owner)
