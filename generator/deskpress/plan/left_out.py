"""A one-line summary of what is not in the site."""

from __future__ import annotations

from collections import Counter

from deskpress.model.document import Withheld
from deskpress.model.site import Site

_NAMES: dict[Withheld, tuple[str, str]] = {
    "a draft": ("draft", "drafts"),
    "dated ahead": ("scheduled", "scheduled"),
    "expired": ("expired", "expired"),
}


def left_out(site: Site) -> str:
    """`left out: 1 draft, 2 scheduled, 1 expired`; empty if nothing is. Broken documents have errors."""
    counts = Counter(site.withheld.values())
    parts = [f"{n} {names[n != 1]}" for why, names in _NAMES.items() if (n := counts[why])]
    return f"left out: {', '.join(parts)}" if parts else ""


def names_left_out(site: Site) -> list[str]:
    """The files that are not in the site, each with the reason, in order."""
    label = site.options.content
    return [
        f"{label}/{path}: {_NAMES[why][0]}" for path, why in sorted(site.withheld.items()) if why in _NAMES
    ]
