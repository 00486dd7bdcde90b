"""Which rules of Material's style sheets apply to nothing on a site's pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from deskpress.compat.configuration import NAME, Configuration
from deskpress.compat.plugins.addons import native
from deskpress.compat.plugins.settings import is_safe

REPLACED = (
    "md-search md-tabs md-version md-select md-post md-pagination md-author md-authors md-profile md-feedback"
    " md-path md-status md-hero md-rating md-sidebar--post md-footer__ md-footer-nav md-nav__icon"
    " md-nav__more md-nav__toggle md-nav__button md-nav__container md-nav__source md-nav__item--section"
    " md-nav__item--nested md-nav__item--pruned md-nav--lifted md-nav--integrated md-header__topic"
    " md-header__title md-header__ellipsis giscus gsc-"
).split()
"""Classes of parts in whose place our layout has others; so here and below with all that begin so."""

COLOURS = (
    "red pink purple deep-purple indigo blue light-blue cyan teal green light-green lime yellow amber orange"
    " deep-orange brown grey blue-grey black white"
).split()
"""What `primary` and `accent` of `palette` may be."""

OF_FEATURES = {
    ("content.code.copy", "content.code.select", "content.code.annotate"): ("md-code__",),
    ("content.code.annotate",): ("md-annotation",),
    ("content.code.annotate", "content.tooltips", "content.footnote.tooltips"): ("md-tooltip",),
    ("navigation.top",): ("md-top",),
    ("navigation.instant.progress",): ("md-progress",),
}
"""Classes that only some features of the theme bring."""

OF_EXTENSIONS = {
    ("pymdownx.tabbed", "pymdownx.blocks.tab"): ("tabbed",),
    ("pymdownx.keys",): ("keys", "key-"),
    ("pymdownx.critic",): ("critic",),
    ("pymdownx.arithmatex",): ("arithmatex",),
    ("pymdownx.tasklist",): ("task-list",),
    ("pymdownx.extra", "footnotes", "markdown.extensions.footnotes", "extra", "markdown.extensions.extra"): (
        "footnote",
    ),
}
"""Classes that only some extensions of Markdown bring."""


def unused_selectors(config: Configuration) -> tuple[str, ...]:
    """The beginnings of simple selectors (`.md-search`) that select nothing on any page of the site.

    None where anybody else has a part in the pages: templates and scripts of the site's own, HTML that is not
    looked at, or plug-ins and hooks.
    """
    plugin: Any = config.plugins[NAME]
    # By the configuration alone: a full build of the same site loads the same.
    ours = native(config).names
    others = any(name not in ours and not is_safe(config, name) for name in config.plugins)
    if others or plugin.config["raw_html"] == "trusted":
        return ()
    if config.theme.custom_dir or config.extra_javascript:
        return ()
    features = set(map(str, config.theme.get("features") or ()))
    found = [
        *REPLACED,
        *_absent(OF_FEATURES, features),
        *_absent(OF_EXTENSIONS, set(map(str, config.markdown_extensions))),
    ]
    if not config.extra.get("consent"):
        found.append("md-consent")
    if not config.extra.get("social"):
        found.append("md-social")
    if not config.repo_url:
        found += ["md-source__", "md-header__source"]
    return tuple(sorted([*(f".{name}" for name in found), *_colours(config.theme.get("palette"))]))


def _colours(palette: Any) -> Iterable[str]:
    """Selectors of the colours that the site does not name."""
    schemes = palette if isinstance(palette, list) else [palette]
    for kind in ("primary", "accent"):
        named = {str(one.get(kind, "")).replace(" ", "-") for one in schemes if isinstance(one, dict)}
        yield from (f"[data-md-color-{kind}={colour}]" for colour in COLOURS if colour not in named)


def _absent(groups: Mapping[tuple[str, ...], tuple[str, ...]], present: set[str]) -> Iterable[str]:
    return (name for needs, names in groups.items() if present.isdisjoint(needs) for name in names)
