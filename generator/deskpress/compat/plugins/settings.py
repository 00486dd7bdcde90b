"""Plug-ins and hooks as far as they are data: options, files, releases; and which have nothing to do."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path
from typing import Any

from deskpress.compat.configuration import NAME, Configuration

SAFE_PLUGINS = {
    NAME: "ours",
    "material/typeset": "titles in navigation and contents are plain text: `remarks` says so",
}
"""Plug-ins that are known not to need MkDocs' loop, with the reason."""

SAFE_WHEN_OFF = frozenset(
    "material/blog material/group material/info material/meta material/offline material/optimize"
    " material/privacy material/projects material/search material/social rss".split()
)
"""Plug-ins that do nothing unless `enabled`: each of their events returns at once.

Not `material/tags`, which adds an extension even then.
"""


def hook_files(config: Configuration) -> list[Path]:
    """The files of hooks."""
    modules = [module for name, module in config.plugins.items() if name in config.hooks]
    return [Path(file) for module in modules if (file := getattr(module, "__file__", None))]


def settings_of(name: str, plugin: object) -> dict[str, Any]:
    """The options of a plug-in, for templates; none of hooks and none of ours."""
    config = getattr(plugin, "config", None)
    if not isinstance(config, Mapping) or name == NAME:
        return {}
    return {name: value for name, value in config.items() if _is_data(value)}


def _is_data(value: object) -> bool:
    """Whether a value is not an object of a plug-in, which may change, or differ between processes."""
    if isinstance(value, list | tuple):
        return all(map(_is_data, value))
    if isinstance(value, dict):
        return all(_is_data(item) for pair in value.items() for item in pair)
    return value is None or isinstance(value, bool | int | float | str)


def is_safe(config: Configuration, name: str) -> bool:
    """Whether a plug-in has nothing to do in MkDocs' loop that we do not do."""
    return name in SAFE_PLUGINS or (name in SAFE_WHEN_OFF and not config.plugins[name].config["enabled"])


def versions(names: tuple[str, ...]) -> tuple[str, ...]:
    """The releases of plug-ins, and of their dependencies."""
    found = []
    for entry in entry_points(group="mkdocs.plugins"):
        if entry.name in names and entry.dist is not None:
            found.append(f"{entry.dist.name} {entry.dist.version}")
            for need in entry.dist.requires or ():
                name = need.split(";")[0].split("[")[0].strip(" ()<>=!~0123456789.,*")
                try:
                    found.append(f"{name} {version(name)}")
                except (PackageNotFoundError, ValueError):
                    found.append(f"{name} -")
    return tuple(sorted(found))
