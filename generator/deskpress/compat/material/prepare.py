"""Puts our theme on top of Material, and completes its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from deskpress.compat.configuration import Configuration
from deskpress.compat.material.formulas import use_own_copies
from deskpress.compat.material.look import set_look
from deskpress.compat.material.needs import names_font
from deskpress.compat.material.theme import draws, palette_of
from deskpress.engine.package_files import theme_folder


def prepare_theme(config: Configuration, looks: Mapping[str, Any]) -> None:
    """Change the theme's folders and settings; `looks` has our options `look` and `accent`."""
    ours = str(theme_folder())
    if ours not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, ours)
    # The 404 page and the site map are planned like every other output.
    config.theme.static_templates = {
        name for name in config.theme.static_templates if name not in ("404.html", "sitemap.xml")
    }
    # Otherwise Material writes the path to the root into an inline script, which so differs on each page.
    config.extra.setdefault("scope", urlsplit(config.site_url or "/").path or "/")
    # Without a palette Material has default colours, but omits the attributes that style sheets refer to.
    config.theme["palette"] = palette_of(config.theme.get("palette"))
    # Material would load its own fonts from Google, even if the site does not use them.
    if not names_font(config):
        config.theme["font"] = False
    config.theme["diagrams"] = draws(config)
    use_own_copies(config)
    set_look(config.theme, looks)
