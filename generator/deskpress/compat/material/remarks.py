"""Settings of `mkdocs.yml` that this theme does not support: one line each, with the alternative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from deskpress.compat.configuration import Configuration, site_file
from deskpress.compat.material.formulas import LEFT_OUT
from deskpress.compat.material.unused import unused_templates
from deskpress.compat.plugins.rss import left_out

_SEARCH = "the search of Deskpress suggests and marks words by itself"

_FEATURES = {
    "content.action.view": "pages link to where they can be edited, not to their source",
    "navigation.instant.preview": "links show no preview",
    "search.highlight": _SEARCH,
    "search.share": "the address of the page of results can be shared as it is",
    "search.suggest": _SEARCH,
}
"""Features of Material without effect here, and why."""

_EXTRA = {
    "alternate": "name the languages under `plugins: deskpress: languages`, and pages link to one another",
    "polyfills": "name scripts under `extra_javascript`",
    "version": "pages show no choice of versions",
}
"""Keys of `extra` that Material's theme shows and ours does not, with the alternative."""

_SEARCH_OPTIONS = {
    "jieba_dict": "words of Chinese are not cut by a dictionary",
    "jieba_dict_user": "words of Chinese are not cut by a dictionary",
    "lang": "words are stemmed in the language of the pages (`theme: language`, `languages`)",
    "pipeline": "words are stemmed, and those that tell nothing are left out",
    "separator": "words end at what is neither letter nor digit; parts of words with hyphens are found, too",
}
"""Options of Material's search that ours ignores, and what it does instead."""


def remarks(config: Configuration) -> tuple[str, ...]:
    """What has no effect, a line each; to be told once in a build."""
    custom = config.theme.custom_dir
    unused = unused_templates(Path(custom)) if custom else ()
    folder = Path(custom).name if custom else ""
    return (
        *(f"{site_file(config).name}: {one}." for one in _remarks(config)),
        *(f"{folder}: {one}." for one in unused),
    )


def _remarks(config: Configuration) -> Iterator[str]:
    for name in sorted(set(map(str, config.theme.get("features") or ()))):
        if name in _FEATURES:
            yield f"`theme: features: {name}` has no effect: {_FEATURES[name]}"
    for key, why in _EXTRA.items():
        if config.extra.get(key):
            yield f"`extra: {key}` has no effect: {why}"
    analytics = config.extra.get("analytics")
    if isinstance(analytics, dict) and analytics.get("feedback"):
        why = "`plugins: deskpress: helpful` asks whether a page helped"
        yield f"`extra: analytics: feedback` has no effect: {why}"
    if config.extra.get("annotate") and "content.code.annotate" not in (config.theme.get("features") or ()):
        yield "`extra: annotate` has no effect: it needs the feature `content.code.annotate`"
    for script in config.theme.get(LEFT_OUT) or ():
        why = "the host was sold and has sent other scripts; browsers do not need it"
        yield f"`extra_javascript: {script}` is left out: {why}"
    if not config.use_directory_urls:
        yield "`use_directory_urls: false`: pages are at `a/`, and `a.html` leads there"
    typeset = config.plugins.get("material/typeset")
    if typeset is not None and typeset.config.get("enabled", True):
        yield "`plugins: typeset` has no effect: titles in navigation and contents are plain text"
    yield from left_out(config)
    yield from _of_search(config)
    yield from _of_hooks(config)


def _of_hooks(config: Configuration) -> Iterator[str]:
    for event in ("pre_template", "template_context", "post_template"):
        for method in getattr(config.plugins, "events", {}).get(event, ()):
            name = config.plugins._event_origins.get(method, "")
            if name in list(map(str, config.hooks)):
                yield f"`hooks: {name}`: `on_{event}` has no effect: `404.html` and `sitemap.xml` are planned"


def _of_search(config: Configuration) -> Iterator[str]:
    plugin = config.plugins.get("material/search")
    if plugin is not None and not plugin.config.get("enabled", True):
        defaults = {name: option.default for name, option in plugin.config._schema}
        yield from search_remarks(plugin.config, defaults)


def search_remarks(given: Mapping[str, Any], defaults: Mapping[str, Any]) -> Iterator[str]:
    """The `given` options of Material's search that differ from their `defaults`, without effect here."""
    for name, why in _SEARCH_OPTIONS.items():
        if given.get(name) != defaults.get(name):
            yield f"`plugins: search: {name}` has no effect: {why}"
