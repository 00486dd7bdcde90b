"""Loads `mkdocs.yml`, for commands that do not need MkDocs' loop."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from msgspec import Struct
from msgspec.structs import replace
from yaml import YAMLError

from deskpress.build.request import Project, Request, SetupError
from deskpress.compat.configuration import NAME, site_folder
from deskpress.compat.material.theme import forget_icons
from deskpress.compat.options import as_preview
from deskpress.compat.plugins.addons import mute, native
from deskpress.compat.plugins.confining import confine
from deskpress.compat.plugins.full_build import host
from deskpress.compat.plugins.hosting import Hosted, begin, files_after, site_dir_set
from deskpress.engine.reads import NotLocalError
from deskpress.host.adapt import adapt
from deskpress.host.options import PluginSchema
from deskpress.host.plugin import DeskpressPlugin
from deskpress.host.site_config import options_of, site_config
from deskpress.model.diagnostic import ContentError, Diagnostic


class Loaded(Struct, frozen=True):
    """A project, with MkDocs' own configuration and our plug-in in it, for builds through MkDocs' loop."""

    project: Project
    native: MkDocsConfig
    plugin: DeskpressPlugin


def load(request: Request, unhosted: str = "") -> Loaded:
    """Load the configuration. `unhosted` is why MkDocs has to run all events of plug-ins, if it has to.

    Raises `SetupError` or `ContentError`.
    """
    path = request.config_file
    if not path.is_file():
        raise SetupError(
            f"{path} does not exist. Is this a site's folder? `deskpress new site DIR` begins one."
        )
    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(complaints)
    propagates, logger.propagate = logger.propagate, False
    try:
        # The loader reads the whole file at once: its own YAML errors name line and column.
        config = load_config(
            str(path), site_dir=str(request.site_dir.resolve()) if request.site_dir else None
        )
    except (ConfigurationError, Abort, ValueError, YAMLError) as error:
        from deskpress.compat.mistakes import mistakes

        if told := mistakes(path, complaints.messages or [str(error)], PluginSchema()):
            raise ContentError(told) from None
        details = "\n".join(complaints.messages) or str(error)
        raise SetupError(f"{path}: {details}") from None
    finally:
        logger.removeHandler(complaints)
        logger.propagate = propagates
    odd: tuple[Diagnostic, ...] = ()
    if complaints.messages:
        from deskpress.compat.mistakes import warnings

        odd = tuple(warnings(path, complaints.messages, PluginSchema()))
    plugin = config.plugins.get(NAME)
    if not isinstance(plugin, DeskpressPlugin):
        raise SetupError(f"{path}: `deskpress` is not among the plug-ins. Add it: `plugins: [deskpress]`.")
    for name in ("drafts", "future", "expired"):
        if getattr(request, name):
            plugin.config[name] = True
    if request.as_of is not None:
        plugin.config["as_of"] = request.as_of
    plugin.memory, plugin.limit, plugin.on_server = request.memory, request.limit, request.server
    plugin.most_files = request.most_files
    config.strict = config.strict or request.strict
    plugin.unhosted = unhosted
    try:
        config = _begun(config, plugin)
    except NotLocalError as error:
        return load(request, str(error))
    options = options_of(config, plugin.config)
    options = as_preview(options) if request.preview else options
    forget_icons(config)
    site = replace(site_config(config, plugin.config, request.memory, options), on_server=request.server)
    project = Project(
        site, request.say, request.past, request.limit, request.lenient, odd, request.most_files
    )
    return Loaded(project, config, plugin)


def with_files_after(loaded: Loaded) -> Project:
    """The project with the files that hooks write when a site has been built. Raises `SetupError`."""
    project, taken = loaded.project, loaded.plugin.hosted
    if not taken.after:
        return project
    config = project.config
    try:
        made = files_after(loaded.native, taken, config.cache_dir / "made")
    except NotLocalError:
        raise
    except (Exception, SystemExit) as error:
        raise SetupError(f"A hook failed: {type(error).__name__}: {error}") from error
    theme = replace(config.theme, more={**config.theme.more, **made})
    return replace(project, config=replace(config, theme=theme))


def _begun(config: MkDocsConfig, plugin: DeskpressPlugin) -> MkDocsConfig:
    """The configuration after our plug-in, and the plug-ins whose events run as documents are read."""
    plugin.hosted, plugin.reads, plugin.driven = Hosted(), {}, False
    confine(config, site_folder(config), server=plugin.on_server)
    taken = host(config)
    plugin.hosted = taken
    if not taken.names:
        adapt(config)
        return config
    root = site_folder(config)
    mute(config, native(config).names)
    plugin.driven, site_dir = True, config.site_dir
    try:
        config, plugin.reads = begin(config, taken, root)
    except (NotLocalError, ContentError):
        raise
    except (Exception, SystemExit) as error:
        raise SetupError(f"A plug-in or hook failed: {type(error).__name__}: {error}") from error
    finally:
        plugin.driven = False
    if config.site_dir != site_dir:
        raise SetupError(site_dir_set(Path(config.site_dir)))
    return config


class _Complaints(logging.Handler):
    """Collects MkDocs' log messages while it loads the configuration."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
