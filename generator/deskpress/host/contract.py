"""What we rely on in MkDocs 1.6 and Material 9, and what makes a build need MkDocs' own loop."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import material
import mkdocs
from mkdocs.config.defaults import MkDocsConfig

NAME = "deskpress"

SAFE_PLUGINS = {
    NAME: "ours",
}
"""Plug-ins whose work we know to be done when MkDocs' loop does not run, with the reason."""

SAFE_WHEN_OFF = frozenset(
    "material/blog material/group material/info material/meta material/offline material/optimize"
    " material/privacy material/projects material/search material/social material/typeset".split()
)
"""Plug-ins that do nothing unless `enabled`: each of their events returns at once.

Not `material/tags`, which adds an extension even then.
"""

_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""Parts of Material that only its own search loads."""


_NO_ASSETS = (".html", ".map", ".py", ".pyc", ".md", ".yml")


def theme_folder() -> Path:
    """The folder of our templates: beside the package in a wheel, at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "theme"
    return inside if inside.is_dir() else package.parents[1] / "theme"


def is_inherited(path: str) -> bool:
    """Whether a folder or a file is part of Material or MkDocs."""
    return path.startswith((os.path.dirname(mkdocs.__file__), os.path.dirname(material.__file__)))


def is_stock(template: str) -> bool:
    """Whether a template's file is Material's, MkDocs' or ours, and not the site's or a plug-in's."""
    return is_inherited(template) or Path(template).is_relative_to(theme_folder())


def site_folder(config: MkDocsConfig) -> Path:
    """The folder of the site's sources, in which `mkdocs.yml` lies."""
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent


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
    # Everybody who comes from Material has its search in the list. Nobody would load what it writes.
    if "material/search" in config.plugins and config.plugins[NAME].config["search"]:
        config.plugins["material/search"].config["enabled"] = False
    # Links, anchors and the navigation are checked before the first write, by our own rules.
    quiet = logging.DEBUG
    config.validation.nav.omitted_files = quiet
    config.validation.nav.not_found = quiet
    config.validation.nav.absolute_links = quiet
    config.validation.links.not_found = quiet
    config.validation.links.anchors = quiet
    config.validation.links.absolute_links = quiet
    config.validation.links.unrecognized_links = quiet


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
    others = sorted(name for name in config.plugins if not _is_safe(config, name))
    if others:
        return f"these plug-ins or hooks are not known to be safe: {', '.join(others)}"
    if config.extra_templates:
        return f"there are extra templates: {', '.join(sorted(map(str, config.extra_templates)))}"
    if config.theme.static_templates:
        return f"there are static templates: {', '.join(sorted(config.theme.static_templates))}"
    return ""


def _is_safe(config: MkDocsConfig, name: str) -> bool:
    """Whether a plug-in has nothing to do in MkDocs' loop that we do not do."""
    return name in SAFE_PLUGINS or (name in SAFE_WHEN_OFF and not config.plugins[name].config["enabled"])


def has_template(config: MkDocsConfig, name: str) -> bool:
    """Whether the site's `custom_dir` brings a page template of that name.

    Only there: the themes' own are made for one kind of page each, and fail on another.
    """
    parts = name.split("/")
    inside = ".." not in parts and "" not in parts and name.endswith(".html")
    custom = config.theme.custom_dir
    return inside and custom is not None and Path(custom, *parts).is_file()


def theme_assets(config: MkDocsConfig) -> dict[str, Path]:
    """The theme's files that a site needs, by their path in the site; earlier folders win."""
    found: dict[str, Path] = {}
    searches = any(
        name in config.plugins and not _is_safe(config, name) for name in ("search", "material/search")
    )
    unused = () if searches else _UNUSED
    for folder in config.theme.dirs:
        for path in _assets_in(folder, unused):
            found.setdefault(path, Path(folder, path))
    return found


def _assets_in(folder: str, unused: tuple[str, ...]) -> Iterator[str]:
    """As MkDocs picks them: neither templates nor hidden files, and here no source maps either."""
    for where, folders, files in os.walk(folder):
        prefix = "/".join([*Path(where).relative_to(folder).parts, ""])
        # Not entered at all: Material brings 14,000 icons in a hidden folder.
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(files):
            path = prefix + name
            left_out = name.startswith(".") or path.startswith(unused) or path.startswith("locales/")
            if not left_out and not name.lower().endswith(_NO_ASSETS):
                yield path


def forget_icons(config: MkDocsConfig) -> None:
    """Have Material look for icons anew if a site has its own, or had: it keeps what a process has met."""
    emoji = sys.modules.get("material.extensions.emoji")
    if emoji is None:
        return
    # It adds icons to the table of emoji, and never takes one out.
    table = emoji.twemoji_db.emoji
    icons = {name: found["path"] for name, found in table.items() if "path" in found}
    if own_icons(config) or not all(map(is_inherited, icons.values())):
        for name in icons:
            del table[name]
        for function in vars(emoji).values():
            if hasattr(function, "cache_clear"):
                function.cache_clear()


def own_icons(config: MkDocsConfig) -> list[str]:
    """The folders of icons of the site's own, which Markdown may show."""
    options = config.mdx_configs.get("pymdownx.emoji", {}).get("options") or {}
    return list(options.get("custom_icons") or ())
