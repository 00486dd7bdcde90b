"""Decides whether a site needs MkDocs' own loop, from its plug-ins and hooks."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from deskpress.compat.configuration import NAME, site_folder
from deskpress.compat.plugins.addons import native
from deskpress.compat.plugins.hosting import Hosted, hosted
from deskpress.compat.plugins.rss import take_over
from deskpress.compat.plugins.settings import is_safe


def why_mkdocs(config: MkDocsConfig) -> str:
    """Why this site needs MkDocs' own loop; empty if it does not. Correctness before speed."""
    # MkDocs lists hooks among the plug-ins, by the names of their files.
    done = native(config)
    plugin: Any = config.plugins[NAME]
    # As it was decided when the events before the build were run, or not.
    taken: Hosted = plugin.hosted
    refused = {**taken.refused, **done.refused}
    others = sorted(
        f"{name} ({refused[name]})" if name in refused else name
        for name in config.plugins
        if name not in done.names and name not in taken.names and not is_safe(config, name)
    )
    if plugin.unhosted:
        return str(plugin.unhosted)
    if others:
        # Others are hosted, were it not for those that are refused.
        told = [one for one in others if one.partition(" (")[0] in refused] or others
        return f"these plug-ins or hooks are not known to be safe: {', '.join(told)}"
    if config.extra_templates:
        return f"there are extra templates: {', '.join(sorted(map(str, config.extra_templates)))}"
    if config.theme.static_templates:
        return f"there are static templates: {', '.join(sorted(config.theme.static_templates))}"
    return ""


def switch_off(config: MkDocsConfig) -> None:
    """Switch off plug-ins whose output Deskpress makes itself."""
    # Sites that come from Material list its search. Its output would not be loaded.
    plugin: Any = config.plugins[NAME]
    if "material/search" in config.plugins and plugin.config["search"]:
        config.plugins["material/search"].config["enabled"] = False
    plugin.feeds = take_over(config, plugin.config["posts_dir"].strip("/"), plugin.feeds)


def host(config: MkDocsConfig) -> Hosted:
    """The plug-ins and hooks whose events run as documents are read; empty if one of them cannot."""
    switch_off(config)
    plugin: Any = config.plugins[NAME]
    done = native(config)
    names = [name for name in config.plugins if name not in done.names and not is_safe(config, name)]
    if not names or plugin.unhosted:
        return Hosted()
    found = hosted(config, names, plugin.config["page_local"], site_folder(config))
    return Hosted(refused=found.refused) if found.refused or done.refused else found


def runs_others(config: MkDocsConfig) -> bool:
    """Whether code of plug-ins or hooks takes part in pages, in MkDocs' loop or without it."""
    plugin: Any = config.plugins[NAME]
    return bool(why_mkdocs(config) or plugin.hosted.names)
