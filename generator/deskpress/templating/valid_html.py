"""Takes out of pages what Material's base template writes and HTML does not allow."""

from __future__ import annotations

SWITCHES = ("__drawer", "__search")
"""The ids of Material's hidden checkboxes, whose `autocomplete` HTML allows for text only (§4.10.18.7.1)."""


def valid_html(page: str) -> str:
    """The page without the attribute; without it Firefox may open the menu again when a page is reloaded."""
    for switch in SWITCHES:
        page = page.replace(f' id="{switch}" autocomplete="off">', f' id="{switch}">', 1)
    return page
