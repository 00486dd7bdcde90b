"""The notices' outputs: the list of all, and a page for each."""

from __future__ import annotations

from deskpress.model.site import Site
from deskpress.plan.drafting import Draft, Owner, owner_of
from deskpress.plan.urls import folder_address


def plan_notices(draft: Draft, site: Site) -> None:
    """Add every notice, and the list of them if there are any."""
    options = site.options
    for notice in site.notices:
        owner = owner_of(site, notice)
        draft.page(folder_address(notice), "notice", ("notice", notice.path), owner, notice.template)
    # The list stays when its last notice has expired: others may link to it.
    listed = bool(site.notices) or site.has_expired(f"{options.notices_dir}/")
    if listed and f"{options.notices_dir}/" not in {folder_address(page) for page in site.pages}:
        draft.page(f"{options.notices_dir}/", "notices", ("notices",), Owner("the list of notices"))
