"""A page after its template: corrects the output of Material's base template, and minifies."""

from __future__ import annotations

from deskpress.compat.native.minify import minified_page
from deskpress.model.addons import Minify

_SWITCHES = ("__drawer", "__search")
"""The ids of Material's hidden checkboxes; HTML allows `autocomplete` on text fields only (§4.10.18.7.1)."""


def finished_page(page: str, kind: str, minify: Minify | None) -> str:
    """A page of this kind of output as it is written. Redirects are small, and do not use the theme."""
    if kind == "redirect":
        return page
    for switch in _SWITCHES:
        # Without it Firefox may restore the state of the menu when a page is reloaded, which is harmless.
        page = page.replace(f' id="{switch}" autocomplete="off">', f' id="{switch}">', 1)
    return minified_page(page, minify) if minify else page
