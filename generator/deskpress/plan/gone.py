"""Tombstones: whoever follows a link to what has expired is told so, and search engines forget it.

A file at the address would answer 200; that it is gone for good (410, RFC 9110 §15.5.11) only a server can
say, so it gets the list of what is gone, and the page to show.
"""

from __future__ import annotations

from deskpress.model.output import OutputSpec
from deskpress.model.site import Site
from deskpress.plan.drafting import Draft, Owner


def plan_gone(draft: Draft, site: Site) -> None:
    """Add the list, which servers read even when it is empty, and the page, if anything is gone."""
    draft.add(OutputSpec("gone.map", "gone_map"), Owner("the list of what is gone"))
    owner = Owner("the page for what is gone")
    if site.gone:
        draft.page("410.html", "gone", ("gone",), owner)
    else:
        draft.reserve("410.html", owner)
