"""The configuration of plug-ins and hooks, as far as it is data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from deskpress.compat.configuration import NAME


def hook_files(config: MkDocsConfig) -> list[Path]:
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
