"""The plug-ins of a project: their options with Zensical's defaults, and what has no effect here."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from deskpress.build.config import ConfigReport
from deskpress.compat.configuration import NAME
from deskpress.zensical.extensions import Remark, resolve

NATIVE = frozenset(
    "exclude git-revision-date-localized glightbox llmstxt meta minify redirects rss tags".split()
)
"""Plug-ins whose work is done here."""

_NEEDS = {
    "glightbox": ("mkdocs_glightbox", "mkdocs-glightbox"),
    "llmstxt": ("mkdocs_llmstxt", "mkdocs-llmstxt"),
    "minify": ("htmlmin", "mkdocs-minify-plugin"),
}
"""The module that does the work of a plug-in, and the package that brings it."""

_DONE = frozenset({"blog", "search", "social", NAME})
"""Plug-ins whose options are read elsewhere, or whose work is always done."""

_SHOWN = "texts show what is written for it as it is"
_NO_EFFECT = {
    **dict.fromkeys(
        "autorefs callouts gh-admonitions include-markdown macros markdown-exec markdownextradata"
        " mkdocs-audio mkdocs-video mkdocstrings table-reader".split(),
        _SHOWN,
    ),
    **dict.fromkeys(("api-autonav", "mkdocs-autoapi"), "no pages are made of source code"),
    **dict.fromkeys(
        ("awesome-nav", "literate-nav", "mkdocs-nav-weight"), "`nav`, or the folders, make the navigation"
    ),
    "meta-descriptions": "`description` in front matter, or the beginning of a text, describes a page",
    "mike": "there is one version of the site",
    "offline": "pages have addresses that end in slashes, and are read from a server",
    "optimize": "`images: true`, the default of `plugins.deskpress`, makes small variants of pictures",
    "privacy": "pages load nothing from other hosts unless the configuration names them",
}
"""What Zensical knows and is not done here, and what that means."""

Named = Mapping[str, dict[str, Any]]
"""Plug-ins with the options that the project sets."""


def named_plugins(given: Any, report: ConfigReport, *, functions: bool = True) -> Named:
    """The plug-ins with their options, of two alike the first; `functions` take the place of their names."""
    found: dict[str, dict[str, Any]] = {}
    listed = given if isinstance(given, list) else [{key: value} for key, value in (given or {}).items()]
    for one in listed:
        for name, options in (one if isinstance(one, dict) else {one: {}}).items():
            if not isinstance(options or {}, dict):
                report.error(str(name), f"the options of the plug-in `{name}` must be a table")
            else:
                found.setdefault(str(name).removeprefix("material/"), dict(options or {}))
    for options in found.values():
        for key in options if functions else ():
            if key.endswith("_slugify"):
                options[key] = resolve(options[key], report, key)
    return found


def read_plugins(given: Named, remark: Remark) -> dict[str, Any]:
    """The plug-ins that are done here; `remark` is told of the others."""
    plugins = {NAME: SimpleNamespace(config=given.get(NAME, {}), unhosted="")}
    for name, options in given.items():
        if name in _DONE or not options.get("enabled", True):
            continue
        if name not in NATIVE:
            remark(f"`plugins: {name}` has no effect: {_NO_EFFECT.get(name, 'it is not known')}")
            continue
        module, package = _NEEDS.get(name, ("", ""))
        if module and importlib.util.find_spec(module) is None:
            remark(f"`plugins: {name}` has no effect until its code is installed: `pip install {package}`")
            continue
        # Zensical writes no list of tags as JSON.
        more = {"enabled": True} | ({"export": False} if name == "tags" else {})
        plugins[f"material/{name}" if name in ("meta", "tags") else name] = SimpleNamespace(
            config=more | options
        )
    return plugins
