"""Converts MkDocs' configuration to a `SiteConfig`."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mkdocs
from mkdocs.config.defaults import MkDocsConfig

from deskpress.build.config import ConfigReport, MomentOptions, SiteConfig
from deskpress.build.moment import read_moment
from deskpress.build.unknown_keys import keys_read_in
from deskpress.compat.configuration import NAME, site_file, site_folder
from deskpress.compat.material.remarks import remarks
from deskpress.compat.material.theme import own_icons
from deskpress.compat.options import read_options
from deskpress.compat.plugins.full_build import runs_others, why_mkdocs
from deskpress.compat.plugins.settings import hook_files
from deskpress.compat.theme_config import theme_config
from deskpress.host.options import PluginSchema, plugin_options
from deskpress.model.site import Options
from deskpress.templating.theme import ThemeConfig

if TYPE_CHECKING:
    from deskpress.compat.plugins.hosting import Hosted
    from deskpress.compat.plugins.page_events import DocumentEvents, EventCode
    from deskpress.compat.plugins.render_events import PageRenderEvents


def site_config(
    config: MkDocsConfig, plugin: PluginSchema, cache: Path | None = None, options: Options | None = None
) -> SiteConfig:
    """The configuration of a site, prepared by `adapt`; `cache` is the cache's folder, if set.

    `options` are those that were read already. Raises `ContentError` with every mistake.
    """
    code = _event_code(config, cache)
    options = options or options_of(config, plugin)
    given = plugin_options(plugin)
    return SiteConfig(
        file=site_file(config),
        content_dir=Path(config.docs_dir),
        site_dir=Path(config.site_dir),
        cache_dir=cache or cache_folder(config),
        options=options,
        theme=theme_of(config, code),
        moment=MomentOptions(given.drafts, given.future, given.expired, given.as_of),
        strict=config.strict,
        git_dates=given.git_dates,
        extensions=config.markdown_extensions,
        extension_options=config.mdx_configs,
        own_icons=tuple(own_icons(config)),
        drafts=config.draft_docs,
        excluded=config.exclude_docs,
        unlisted=config.not_in_nav,
        watched=(*config.watch, *map(str, hook_files(config))),
        keys=keys_read_in(given.front_matter_keys, config.theme.custom_dir, hook_files(config)),
        events=_events(options, code),
        full_build=why_mkdocs(config),
        remarks=remarks(config),
    )


def options_of(config: MkDocsConfig, plugin: PluginSchema) -> Options:
    """The checked options of the site. Raises `ContentError` with every mistake."""
    return read_options(
        config,
        plugin_options(plugin),
        ConfigReport(site_file(config)),
        feeds=getattr(config.plugins.get(NAME), "feeds", ()),
        others=runs_others(config),
    )


def _dates(config: MkDocsConfig) -> dict[str, Any]:
    """The day of the build, for sites whose templates use it: their pages are rendered again each day."""
    custom = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    asking = custom.rglob("*.html") if custom else ()
    if not any("build_date_utc" in path.read_text("utf-8", "replace") for path in asking if path.is_file()):
        return {}
    plugin = config.plugins[NAME].config
    asked = MomentOptions(as_of=plugin.as_of)
    at = read_moment(asked, plugin.timezone, os.environ, datetime.now(UTC)).at
    return {"build_date_utc": at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)}


def _event_code(config: MkDocsConfig, cache: Path | None) -> EventCode | None:
    """The plug-ins and hooks whose events are run without MkDocs' loop; none for most sites."""
    plugin: Any = config.plugins[NAME]
    taken: Hosted = plugin.hosted
    if not (taken.markdown or taken.content or taken.env or taken.context or taken.finished):
        return None
    # Not loaded where no site has any.
    from deskpress.compat.plugins.page_events import EventCode

    return EventCode(config, taken, site_folder(config), plugin.reads, cache or cache_folder(config))


def _events(options: Options, code: EventCode | None) -> DocumentEvents | None:
    """The events that are run as documents are read."""
    if code is None or not (code.hosted.markdown or code.hosted.content):
        return None
    from deskpress.compat.plugins.page_events import DocumentEvents

    return DocumentEvents(code, options)


def _render_events(code: EventCode | None) -> PageRenderEvents | None:
    """The events that are run as pages are rendered."""
    if code is None or not (code.hosted.env or code.hosted.context or code.hosted.finished):
        return None
    from deskpress.compat.plugins.render_events import PageRenderEvents

    return PageRenderEvents(code)


def cache_folder(config: MkDocsConfig) -> Path:
    """Where the cache of a site lies, if nobody says otherwise."""
    return site_folder(config) / ".cache" / "deskpress"


def theme_of(config: MkDocsConfig, code: EventCode | None = None) -> ThemeConfig:
    """The theme; `code` has the events that are run as pages are rendered, where MkDocs does not run them."""
    return theme_config(
        config,
        environment=config.theme.get_env,
        generator=mkdocs.__version__,
        more_context=_dates(config),
        events=_render_events(code),
    )
