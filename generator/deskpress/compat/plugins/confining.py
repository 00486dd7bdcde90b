"""Plug-ins that open files named in a text: editors must not include files from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from deskpress.build.config import repository_of
from deskpress.compat.plugins.hosting import OF_PAGES, origin
from deskpress.engine.confined import Confinement, OutsideError, confined

OPENING = ("include-markdown", "table-reader")
"""By MkDocs' names of the plug-ins."""

_MARK = "deskpress_confined"


class ConfinedError(PluginError):
    """A text names a file that the plug-in may not open; says which."""


def confine(config: MkDocsConfig, root: Path, *, server: bool) -> None:
    """Let the events of such plug-ins read only below `root`, or in its repository.

    On a `server` only `root` is allowed, and nothing is fetched from the network.
    """
    folder = root if server else repository_of(root)
    for event in OF_PAGES:
        methods = config.plugins.events[event]
        for at, method in enumerate(methods):
            name = origin(config, method)
            if name in OPENING and not hasattr(method, _MARK):
                cache = getattr(getattr(config.plugins[name], "_cache", None), "cache_dir", None)
                bounds = Confinement(str(folder), (str(cache),) if cache else (), online=not server)
                methods[at] = _confined(method, name, bounds)
                config.plugins._event_origins[methods[at]] = name


def _confined(method: Callable[..., Any], name: str, bounds: Confinement) -> Callable[..., Any]:
    @wraps(method)
    def run(item: str, *, page: Any, **known: Any) -> Any:
        try:
            with confined(bounds):
                return method(item, page=page, **known)
        except OutsideError as error:
            raise ConfinedError(f"{name}: {error} ({page.file.src_uri})") from None

    setattr(run, _MARK, True)
    return run
