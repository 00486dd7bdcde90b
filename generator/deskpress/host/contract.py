"""What we rely on in MkDocs 1.6 and Material 9, and what makes a build need MkDocs' own loop."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import material
import mkdocs
from mkdocs.config.defaults import MkDocsConfig

from deskpress.host.addons import apply, native
from deskpress.host.hosting import Hosted, hosted
from deskpress.host.needs import MERMAID, brings_mermaid, has_diagrams, names_font
from deskpress.host.rss import take_over
from deskpress.templating.theme import theme_folder

NAME = "deskpress"

SAFE_PLUGINS = {
    NAME: "ours",
}
"""Plug-ins whose work we know to be done when MkDocs' loop does not run, with the reason."""

SAFE_WHEN_OFF = frozenset(
    "material/blog material/group material/info material/meta material/offline material/optimize"
    " material/privacy material/projects material/search material/social material/typeset rss".split()
)
"""Plug-ins that do nothing unless `enabled`: each of their events returns at once.

Not `material/tags`, which adds an extension even then.
"""

_OF_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""Parts of Material that only its own search loads."""


STOCK = (os.path.dirname(mkdocs.__file__), os.path.dirname(material.__file__))
"""The folders of what is part of MkDocs or Material."""


def site_file(config: MkDocsConfig) -> Path:
    """The configuration file."""
    return Path(os.path.abspath(config.config_file_path or "mkdocs.yml"))


def site_folder(config: MkDocsConfig) -> Path:
    """The folder of the site's sources, in which the configuration file lies."""
    return site_file(config).resolve().parent


def adapt(config: MkDocsConfig) -> None:
    """Lay our theme over Material, and take from MkDocs what Deskpress does itself."""
    ours = str(theme_folder())
    if ours not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, ours)
    # The page for lost readers and the site map are planned like every other output.
    config.theme.static_templates = {
        name for name in config.theme.static_templates if name not in ("404.html", "sitemap.xml")
    }
    # Else Material writes the way to the root into an inline script, and so a different one on each page.
    config.extra.setdefault("scope", urlsplit(config.site_url or "/").path or "/")
    # Without a palette Material has colours, but leaves out the names by which style sheets ask for them.
    config.theme["palette"] = _palette(config.theme.get("palette"))
    # Material would load its own fonts from Google, whether the site asks for any or not.
    if not names_font(config):
        config.theme["font"] = False
    config.theme["diagrams"] = _draws(config)
    _switch_off(config)
    # Links, anchors and the navigation are checked before the first write, by our own rules.
    quiet = logging.DEBUG
    config.validation.nav.omitted_files = quiet
    config.validation.nav.not_found = quiet
    config.validation.nav.absolute_links = quiet
    config.validation.links.not_found = quiet
    config.validation.links.anchors = quiet
    config.validation.links.absolute_links = quiet
    config.validation.links.unrecognized_links = quiet
    apply(config, native(config))


def _palette(palette: Any) -> Any:
    """Material's setting, with ours where the site names no colours: style sheets know them by our name."""
    match palette:
        case [_, *_]:
            return [_palette(scheme) for scheme in palette]
        case {}:
            named = {name: value for name, value in palette.items() if value}
            # A scheme of the site's own brings colours of its own.
            ours = named.get("scheme", "default") in ("default", "slate")
            return ({"primary": NAME, "accent": NAME} if ours else {}) | named
        case _:
            return _palette({})


def why_mkdocs(config: MkDocsConfig) -> str:
    """Why this site needs MkDocs' own loop; empty if it does not. Correct beats fast."""
    # MkDocs lists hooks among the plug-ins, by the names of their files.
    done = native(config)
    plugin: Any = config.plugins[NAME]
    # As it was decided when the events before the build had to be run, or not.
    taken: Hosted = plugin.hosted
    refused = {**taken.refused, **done.refused}
    others = sorted(
        f"{name} ({refused[name]})" if name in refused else name
        for name in config.plugins
        if name not in done.names and name not in taken.names and not _is_safe(config, name)
    )
    if plugin.unhosted:
        return str(plugin.unhosted)
    if others:
        return f"these plug-ins or hooks are not known to be safe: {', '.join(others)}"
    if config.extra_templates:
        return f"there are extra templates: {', '.join(sorted(map(str, config.extra_templates)))}"
    if config.theme.static_templates:
        return f"there are static templates: {', '.join(sorted(config.theme.static_templates))}"
    return ""


def _switch_off(config: MkDocsConfig) -> None:
    """Switch off plug-ins that make what Deskpress makes itself."""
    # Everybody who comes from Material has its search in the list. Nobody would load what it writes.
    plugin: Any = config.plugins[NAME]
    if "material/search" in config.plugins and plugin.config["search"]:
        config.plugins["material/search"].config["enabled"] = False
    plugin.feeds = take_over(config, plugin.config["posts_dir"].strip("/"), plugin.feeds)


def host(config: MkDocsConfig) -> Hosted:
    """The plug-ins and hooks whose events are run as documents are read; none where another one is not."""
    _switch_off(config)
    plugin: Any = config.plugins[NAME]
    done = native(config)
    names = [name for name in config.plugins if name not in done.names and not _is_safe(config, name)]
    if not names or plugin.unhosted:
        return Hosted()
    found = hosted(config, names, plugin.config["page_local"], site_folder(config))
    return Hosted(refused=found.refused) if found.refused or done.refused else found


def _is_safe(config: MkDocsConfig, name: str) -> bool:
    """Whether a plug-in has nothing to do in MkDocs' loop that we do not do."""
    return name in SAFE_PLUGINS or (name in SAFE_WHEN_OFF and not config.plugins[name].config["enabled"])


def unused_assets(config: MkDocsConfig) -> tuple[str, ...]:
    """The beginnings of the paths of Material's files that this site's pages never load."""
    searches = any(
        name in config.plugins and not _is_safe(config, name) for name in ("search", "material/search")
    )
    return (*(() if searches else _OF_SEARCH), *(() if _draws(config) else (MERMAID,)))


def _draws(config: MkDocsConfig) -> bool:
    """Whether pages get our copy of Mermaid."""
    return has_diagrams(config) and not brings_mermaid(config)


def forget_icons(config: MkDocsConfig) -> None:
    """Have Material look for icons anew if a site has its own, or had: it keeps what a process has met."""
    emoji = sys.modules.get("material.extensions.emoji")
    if emoji is None:
        return
    # It adds icons to the table of emoji, and never takes one out.
    table = emoji.twemoji_db.emoji
    icons = {name: found["path"] for name, found in table.items() if "path" in found}
    if own_icons(config) or not all(path.startswith(STOCK) for path in icons.values()):
        for name in icons:
            del table[name]
        for function in vars(emoji).values():
            if hasattr(function, "cache_clear"):
                function.cache_clear()


def own_icons(config: MkDocsConfig) -> list[str]:
    """The folders of icons of the site's own, which Markdown may show."""
    options = config.mdx_configs.get("pymdownx.emoji", {}).get("options") or {}
    return list(options.get("custom_icons") or ())
