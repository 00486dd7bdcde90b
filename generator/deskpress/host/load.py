"""Loads `mkdocs.yml`, for commands that need no loop of MkDocs."""

from __future__ import annotations

import logging

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from msgspec import Struct
from msgspec.structs import replace
from yaml import YAMLError

from deskpress.build.request import Project, Request, SetupError
from deskpress.host.contract import NAME, adapt, forget_icons
from deskpress.host.options import read_options
from deskpress.host.plugin import DeskpressPlugin
from deskpress.host.site_config import site_config
from deskpress.model.diagnostic import ContentError, Diagnostic


class Loaded(Struct, frozen=True):
    """A project, with MkDocs' own configuration, and the plug-in in there, for what only its loop can do."""

    project: Project
    native: MkDocsConfig
    plugin: DeskpressPlugin


def load(request: Request) -> Loaded:
    """Load the configuration. Raises `SetupError` or `ContentError`."""
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
        # The loader takes the whole file at once: what it says about its own YAML names line and column.
        config = load_config(
            str(path), site_dir=str(request.site_dir.resolve()) if request.site_dir else None
        )
    except (ConfigurationError, Abort, ValueError, YAMLError) as error:
        from deskpress.host.config_mistakes import mistakes

        if told := mistakes(path, complaints.messages or [str(error)]):
            raise ContentError(told) from None
        details = "\n".join(complaints.messages) or str(error)
        raise SetupError(f"{path}: {details}") from None
    finally:
        logger.removeHandler(complaints)
        logger.propagate = propagates
    odd: tuple[Diagnostic, ...] = ()
    if complaints.messages:
        from deskpress.host.config_mistakes import warnings

        odd = tuple(warnings(path, complaints.messages))
    plugin = config.plugins.get(NAME)
    if not isinstance(plugin, DeskpressPlugin):
        raise SetupError(f"{path}: `deskpress` is not among the plug-ins. Add it: `plugins: [deskpress]`.")
    for name in ("drafts", "future", "expired"):
        if getattr(request, name):
            plugin.config[name] = True
    if request.as_of is not None:
        plugin.config["as_of"] = request.as_of
    plugin.memory, plugin.limit = request.memory, request.limit
    config.strict = config.strict or request.strict
    adapt(config)
    options = read_options(config, plugin.config)
    if request.preview:
        others = tuple(replace(one, noindex=True) for one in options.editions)
        options = replace(options, noindex=True, editions=others)
    forget_icons(config)
    site = site_config(config, plugin.config, request.memory, options)
    project = Project(site, request.say, request.past, request.limit, request.lenient, odd)
    return Loaded(project, config, plugin)


class _Complaints(logging.Handler):
    """Keeps what MkDocs says while it loads the configuration."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
