"""Compressed files that servers would send in place of others: `index.html.gz` replaces the home page."""

from __future__ import annotations

from deskpress.model.address import uncompressed
from deskpress.plan.drafting import Draft, Owner

OURS = "sitemap.xml.gz"
"""Kinds that are made from the file that they replace."""


def report_twins(draft: Draft) -> None:
    """Report each compressed output whose plain file is another output.

    Only two files of the content are allowed: they are compressed by hand.
    """
    for path, spec in draft.outputs.items():
        plain = uncompressed(path)
        while plain:
            other = draft.outputs.get(plain)
            if other and path != OURS and not spec.kind == other.kind == "asset":
                owner = draft.owner(path) or Owner(f"/{path}")
                taken = draft.owner(plain) or Owner(f"/{plain}")
                draft.error(
                    owner.span or taken.span,
                    f"servers may send /{path} ({owner.name}) in place of /{plain} ({taken.name})",
                    "give one of them another name",
                )
            plain = uncompressed(plain)
