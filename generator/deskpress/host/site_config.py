"""Makes of MkDocs' configuration the one that the rest of the program knows."""

from __future__ import annotations

from pathlib import Path

import mkdocs
from mkdocs.config.defaults import MkDocsConfig

from deskpress.build.config import MomentOptions, SiteConfig
from deskpress.host.addons import native
from deskpress.host.contract import STOCK, own_icons, site_file, site_folder, unused_assets, why_mkdocs
from deskpress.host.options import PluginOptions, read_options
from deskpress.host.remarks import remarks
from deskpress.model.site import Options
from deskpress.templating.theme import ThemeConfig

SHELL = (
    "site_name site_url site_description site_author copyright repo_url repo_name edit_uri"
    " extra extra_css extra_javascript mdx_configs theme"
).split()
"""What templates may see of MkDocs' configuration: these keys, and the names of the plug-ins."""


def site_config(
    config: MkDocsConfig, plugin: PluginOptions, cache: Path | None = None, options: Options | None = None
) -> SiteConfig:
    """The configuration of a site, which `adapt` has seen; `cache` is where its cache lies, if told.

    `options` are those that were read already. Raises `ContentError` with every mistake.
    """
    return SiteConfig(
        file=site_file(config),
        content_dir=Path(config.docs_dir),
        site_dir=Path(config.site_dir),
        cache_dir=cache or site_folder(config) / ".cache" / "deskpress",
        options=options or read_options(config, plugin),
        theme=theme_config(config),
        moment=MomentOptions(plugin.drafts, plugin.future, plugin.expired, plugin.as_of),
        strict=config.strict,
        git_dates=plugin.git_dates,
        extensions=config.markdown_extensions,
        extension_options=config.mdx_configs,
        own_icons=tuple(own_icons(config)),
        drafts=config.draft_docs,
        excluded=config.exclude_docs,
        unlisted=config.not_in_nav,
        watched=tuple(config.watch),
        full_build=why_mkdocs(config),
        remarks=remarks(config),
    )


def theme_config(config: MkDocsConfig) -> ThemeConfig:
    """The theme of the configuration, and what templates see of it."""
    custom = config.theme.custom_dir
    return ThemeConfig(
        folders=tuple(config.theme.dirs),
        environment=config.theme.get_env,
        custom=Path(custom) if custom else None,
        stock=STOCK,
        unused=unused_assets(config),
        more=native(config).files,
        settings=dict(config.theme),
        shell={name: config[name] for name in SHELL},
        plugins=tuple(config.plugins),
        generator=mkdocs.__version__,
    )
