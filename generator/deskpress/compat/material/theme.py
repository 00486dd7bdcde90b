"""Material's handling of a theme's settings, and which of its files a site's pages load."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import Any

from deskpress.compat.configuration import NAME, Configuration
from deskpress.compat.material.formulas import unused_copies
from deskpress.compat.material.needs import MERMAID, brings_mermaid, has_diagrams
from deskpress.compat.plugins.settings import is_safe

_OF_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""Parts of Material that only its own search loads."""


def _folder(package: str) -> str:
    """The folder of a package, which is not imported for that."""
    found = find_spec(package)
    assert found is not None
    assert found.origin is not None
    return os.path.dirname(found.origin)


STOCK = (_folder("mkdocs"), _folder("material"))
"""The folders of what is part of MkDocs or Material."""


def palette_of(palette: Any) -> Any:
    """Material's setting `palette`; if it is empty, with our colours, under a name for style sheets."""
    match palette:
        case [_, *_]:
            return [palette_of(scheme) for scheme in palette]
        case {}:
            named = {name: value for name, value in palette.items() if value}
            # A scheme of the site itself has its own colours.
            ours = named.get("scheme", "default") in ("default", "slate")
            return ({"primary": NAME, "accent": NAME} if ours else {}) | named
        case _:
            return palette_of({})


def unused_assets(config: Configuration) -> tuple[str, ...]:
    """The prefixes of paths of Material's files that this site's pages never load."""
    searches = any(
        name in config.plugins and not is_safe(config, name) for name in ("search", "material/search")
    )
    diagrams = () if draws(config) else (MERMAID,)
    return (*(() if searches else _OF_SEARCH), *diagrams, *unused_copies(config))


def draws(config: Configuration) -> bool:
    """Whether pages get our copy of Mermaid."""
    return has_diagrams(config) and not brings_mermaid(config)


def forget_icons(config: Configuration) -> None:
    """Make Material index icons again if a site has its own, or had: it caches them for the process."""
    emoji = sys.modules.get("material.extensions.emoji")
    if emoji is None:
        return
    # It adds icons to the table of emoji, and never removes any.
    table = emoji.twemoji_db.emoji
    icons = {name: found["path"] for name, found in table.items() if "path" in found}
    if own_icons(config) or not all(path.startswith(STOCK) for path in icons.values()):
        for name in icons:
            del table[name]
        for function in vars(emoji).values():
            if hasattr(function, "cache_clear"):
                function.cache_clear()


def own_icons(config: Configuration) -> list[str]:
    """The folders of the site's own icons, which Markdown may show."""
    options = config.mdx_configs.get("pymdownx.emoji", {}).get("options") or {}
    return list(options.get("custom_icons") or ())
