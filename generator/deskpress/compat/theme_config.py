"""What templates see of a site's configuration, and where they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskpress.compat.configuration import Configuration
from deskpress.compat.material.look import unused_looks
from deskpress.compat.material.theme import STOCK, unused_assets
from deskpress.compat.plugins.addons import native
from deskpress.compat.plugins.rss import style_files
from deskpress.compat.plugins.settings import settings_of
from deskpress.templating.theme import ThemeConfig

if TYPE_CHECKING:
    import jinja2

    from deskpress.templating.events import RenderEvents

SHELL = (
    "site_name site_url site_description site_author copyright repo_url repo_name edit_uri"
    " extra extra_css extra_javascript mdx_configs theme use_directory_urls remote_branch"
).split()
"""The keys of MkDocs' configuration that templates may see; also the names of the plug-ins."""


def plain_environment(folders: list[str]) -> Callable[[], jinja2.Environment]:
    """Makes a Jinja environment like that of MkDocs, which is not asked."""

    def make() -> jinja2.Environment:
        import jinja2

        loader = jinja2.FileSystemLoader(folders)
        # What is escaped is decided when it is prepared.
        env = jinja2.Environment(  # noqa: S701
            loader=loader, auto_reload=False, extensions=["jinja2.ext.i18n"]
        )
        env.install_null_translations()  # type: ignore[attr-defined]  # of the extension
        return env

    return make


def theme_config(
    config: Configuration,
    *,
    environment: Callable[[], jinja2.Environment],
    generator: str,
    more_context: Mapping[str, Any] | None = None,
    events: RenderEvents | None = None,
) -> ThemeConfig:
    """The theme of the configuration; for the other parameters see `ThemeConfig`."""
    custom = config.theme.custom_dir
    return ThemeConfig(
        folders=tuple(config.theme.dirs),
        environment=environment,
        custom=Path(custom) if custom else None,
        stock=STOCK,
        unused=(*unused_assets(config), *unused_looks(config.theme)),
        more={**native(config).files, **style_files(config)},
        settings=dict(config.theme),
        shell={name: getattr(config, name) for name in SHELL},
        plugins={name: settings_of(name, plugin) for name, plugin in config.plugins.items()},
        generator=generator,
        more_context=more_context or {},
        events=events,
    )
