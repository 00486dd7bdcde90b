"""A page after its template: mends what Material's base template writes, and minifies as the plug-in does."""

from __future__ import annotations

from deskpress.compat.native.minify import minified_page
from deskpress.model.addons import Minify

_SWITCHES = ("__drawer", "__search")
"""The ids of Material's hidden checkboxes, whose `autocomplete` HTML allows for text only (§4.10.18.7.1)."""


def finished_page(page: str, kind: str, minify: Minify | None) -> str:
    """A page of this kind of output as it is written. Redirects are small, and stand outside the theme."""
    if kind == "redirect":
        return page
    for switch in _SWITCHES:
        # Without it Firefox may show the menu as it was when a page is loaded again, which does no harm.
        page = page.replace(f' id="{switch}" autocomplete="off">', f' id="{switch}">', 1)
    return minified_page(page, minify) if minify else page
