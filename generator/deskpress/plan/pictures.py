"""Smaller variants of the content's pictures, and the cards of posts."""

from __future__ import annotations

from deskpress.model.output import OutputSpec
from deskpress.model.pictures import card_path, variants
from deskpress.model.site import Site
from deskpress.plan.drafting import Draft, Owner, owner_of


def plan_pictures(draft: Draft, site: Site) -> None:
    """Add the cards, and the variants that the content does not contain itself."""
    for post in site.posts if site.options.cards else ():
        options = site.options.of(post.path)
        draft.language_dir = options.language_dir
        address = draft.addresses.get(("post", post.path), "")
        if address and (path := card_path(address, post.title, options)):
            draft.add(OutputSpec(path, "card", ("post", post.path)), owner_of(site, post))
    draft.language_dir = ""
    if not site.options.images:
        return
    for asset in site.assets:
        for width, path in variants(asset).items():
            if path not in draft.outputs:
                spec = OutputSpec(path, "variant", ("asset", asset.path, str(width)))
                draft.add(spec, Owner(f"a variant of {asset.path}"))
