"""Changes MkDocs' configuration so that its loop leaves to Deskpress what Deskpress does."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from deskpress.compat.configuration import NAME
from deskpress.compat.material.look import set_look
from deskpress.compat.material.needs import names_font
from deskpress.compat.material.theme import draws, palette_of
from deskpress.compat.plugins.addons import apply, native
from deskpress.compat.plugins.full_build import switch_off
from deskpress.compat.plugins.navigating import navigate
from deskpress.engine.package_files import theme_folder


def adapt(config: MkDocsConfig) -> None:
    """Put our theme on top of Material, and disable what Deskpress does itself."""
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
    set_look(config.theme, config.plugins[NAME].config)
    switch_off(config)
    # Links, anchors and the navigation are checked before the first write, by our own rules.
    quiet = logging.DEBUG
    config.validation.nav.omitted_files = quiet
    config.validation.nav.not_found = quiet
    config.validation.nav.absolute_links = quiet
    config.validation.links.not_found = quiet
    config.validation.links.anchors = quiet
    config.validation.links.absolute_links = quiet
    config.validation.links.unrecognized_links = quiet
    found = native(config)
    navigate(config, found.names, found.addons)
    apply(config, found)
