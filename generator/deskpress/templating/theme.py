"""The theme of a site: our own templates, which override those of the theme that Deskpress builds upon."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from deskpress.engine.fingerprint import digest
from deskpress.engine.package_files import theme_folder

if TYPE_CHECKING:
    import jinja2

    from deskpress.templating.events import RenderEvents

_NO_ASSETS = (".html", ".map", ".py", ".pyc", ".md", ".yml")


class ThemeConfig(Struct, frozen=True):
    """The `folders` that are searched for templates and assets, the first one wins; what templates see.

    `custom` is the site's own folder among them; what is below the `stock` folders belongs to the theme that
    Deskpress builds upon. `environment` makes the Jinja environment that searches the folders. `unused` are
    prefixes of asset paths that no page loads, `more` are files of plug-ins by their path in the site.

    `settings` are those of the theme, `shell` what templates see of the configuration besides; `plugins` are
    the configurations of all plug-ins by their names, `generator` is the version that pages name.
    `more_context` is what only some sites' templates ask for. `events` run as pages are rendered.
    """

    folders: tuple[str, ...]
    environment: Callable[[], jinja2.Environment]
    custom: Path | None = None
    stock: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    shell: Mapping[str, Any] = field(default_factory=dict)
    plugins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    generator: str = ""
    more_context: Mapping[str, Any] = field(default_factory=dict)
    events: RenderEvents | None = None

    def is_inherited(self, path: str) -> bool:
        """Whether a folder or a file is part of the theme that Deskpress builds upon."""
        return path.startswith(self.stock)

    def is_stock(self, path: str) -> bool:
        """Whether a template's file belongs to that theme or ours, and not to the site or a plug-in."""
        return self.is_inherited(path) or Path(path).is_relative_to(theme_folder())


REDIRECT = "redirect.html"
"""Leads to the `location` in front matter, as Material's of that name, whose place ours takes."""


def has_template(theme: ThemeConfig, name: str) -> bool:
    """Whether the site's own folder brings a page template of that name, or it is that of redirects.

    Material's own take what content says for HTML, so no content may choose one.
    """
    if name == REDIRECT:
        return True
    parts = name.split("/")
    inside = ".." not in parts and "" not in parts and name.endswith(".html")
    return inside and theme.custom is not None and Path(theme.custom, *parts).is_file()


def theme_assets(theme: ThemeConfig) -> dict[str, Path]:
    """The theme's files that a site needs, by their path in the site; earlier folders win."""
    found: dict[str, Path] = {}
    for folder in theme.folders:
        for path in _assets_in(folder, theme.unused):
            found.setdefault(path, Path(folder, path))
    for path, file in theme.more.items():
        found.setdefault(path, Path(file))
    return found


def _assets_in(folder: str, unused: tuple[str, ...]) -> Iterator[str]:
    """As MkDocs selects them: neither templates nor hidden files, and here no source maps either."""
    for where, folders, files in os.walk(folder):
        prefix = "/".join([*Path(where).relative_to(folder).parts, ""])
        # Not entered at all: Material has 14,000 icons in a hidden folder.
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(files):
            path = prefix + name
            left_out = name.startswith(".") or path.startswith(unused) or path.startswith("locales/")
            if not left_out and not name.lower().endswith(_NO_ASSETS):
                yield path


def template_digest(folders: Sequence[str], name: str) -> str:
    """The digest of the template that Jinja would find, or a word if there is none: it may be added later."""
    # As in Jinja's loader: a name cannot lead out of a folder. Names of icons come from the content.
    for folder in folders if ".." not in name.split("/") else ():
        path = f"{folder}/{name}"
        if os.path.isfile(path):
            return source_digest(Path(path).read_bytes())
    return "missing"


def source_digest(source: bytes) -> str:
    """The digest of a template's source with its line ends normalised as Jinja reads them."""
    return digest(source.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
