"""Smaller variants of the content's pictures."""

from __future__ import annotations

from deskpress.model.output import OutputSpec
from deskpress.model.pictures import variants
from deskpress.model.site import Site
from deskpress.plan.drafting import Draft, Owner


def plan_pictures(draft: Draft, site: Site) -> None:
    """Add the variants that the content does not hold itself."""
    if not site.options.images:
        return
    for asset in site.assets:
        for width, path in variants(asset).items():
            if path not in draft.outputs:
                spec = OutputSpec(path, "variant", ("asset", asset.path, str(width)))
                draft.add(spec, Owner(f"a variant of {asset.path}"))
