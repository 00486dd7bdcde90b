"""Loads `zensical.toml` for all commands."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from msgspec.structs import asdict, replace
from pathspec.gitignore import GitIgnoreSpec

from deskpress.build.config import MomentOptions, SiteConfig
from deskpress.build.plugin_options import read_plugin_options
from deskpress.build.request import Project, Request
from deskpress.build.unknown_keys import keys_read_in
from deskpress.compat.configuration import NAME
from deskpress.compat.material.from_blog import options_from
from deskpress.compat.material.prepare import prepare_theme
from deskpress.compat.material.remarks import remarks, search_remarks
from deskpress.compat.material.theme import forget_icons, own_icons
from deskpress.compat.options import as_preview, read_options
from deskpress.compat.plugins.addons import apply, native
from deskpress.compat.plugins.rss import take_over
from deskpress.compat.theme_config import plain_environment, theme_config
from deskpress.zensical.project import make_project
from deskpress.zensical.toml_file import read_project

MKDOCS = version("mkdocs")
"""The release that pages name, whichever program has read the configuration."""

PLACEHOLDER = "https://example.com/"
"""The address of a site that does not say its own, which Zensical does not ask for."""


def load(request: Request) -> Project:
    """Load the configuration. Raises `ContentError` with every mistake, or `OSError`."""
    path = request.config_file
    given, report = read_project(path)
    notes: list[str] = []
    config = make_project(path, given, report, notes.append)
    values, changed = options_from(config.named, Path(config.docs_dir), urls=config.use_directory_urls)
    plugin = read_plugin_options(values, report)
    report.fail()
    if not config.site_url:
        config.site_url = PLACEHOLDER
        hint = 'write `site_url = "https://help.example/"` with the address of the site'
        report.warning("site_name", f"`site_url` is missing: links in feeds begin with {PLACEHOLDER}", hint)
    shown = {
        name: getattr(plugin, name) or getattr(request, name) for name in ("drafts", "future", "expired")
    }
    plugin = replace(plugin, as_of=request.as_of or plugin.as_of, **shown)
    config.plugins[NAME].config = asdict(plugin)
    prepare_theme(config, config.plugins[NAME].config)
    feeds = config.plugins[NAME].feeds = take_over(config, plugin.posts_dir.strip("/"), exact=False)
    notes += search_remarks(config.named.get("search", {}), {})
    found = native(config)
    notes += [
        f"`plugins: {name}` has no effect: {why} is not supported" for name, why in found.refused.items()
    ]
    apply(config, found)
    odd = tuple(report.found)
    options = read_options(config, plugin, report, feeds=feeds)
    options = as_preview(options) if request.preview else options
    forget_icons(config)
    site = SiteConfig(
        file=path.absolute(),
        content_dir=Path(config.docs_dir),
        site_dir=request.site_dir.resolve() if request.site_dir else Path(config.site_dir),
        cache_dir=request.memory or path.resolve().parent / ".cache" / "deskpress",
        options=options,
        theme=theme_config(config, environment=plain_environment(config.theme.dirs), generator=MKDOCS),
        moment=MomentOptions(plugin.drafts, plugin.future, plugin.expired, plugin.as_of),
        strict=config.strict or request.strict,
        git_dates=plugin.git_dates,
        extensions=config.markdown_extensions,
        extension_options=config.mdx_configs,
        own_icons=tuple(own_icons(config)),
        drafts=_patterns(config.draft_docs),
        excluded=_patterns(config.exclude_docs),
        unlisted=_patterns(config.not_in_nav),
        watched=tuple(config.watch),
        keys=keys_read_in(plugin.front_matter_keys, config.theme.custom_dir),
        remarks=(*(f"{path.name}: {one}." for one in (*notes, *changed)), *remarks(config)),
        on_server=request.server,
    )
    return Project(site, request.say, request.past, request.limit, request.lenient, odd, request.most_files)


def _patterns(text: str | None) -> GitIgnoreSpec | None:
    return GitIgnoreSpec.from_lines(text.splitlines()) if text else None
