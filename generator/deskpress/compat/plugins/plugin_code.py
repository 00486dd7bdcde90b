"""What of the code of an installed plug-in can be told by reading it, and what it keeps from page to page."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from mkdocs.config.base import Config

from deskpress.compat.plugins.page_code import at_a_glance, look_at
from deskpress.engine.fingerprint import describe, digest


def look_at_plugin(plugin: object) -> tuple[str, frozenset[Path]]:
    """What in the code of a plug-in decides and is not recorded, empty if nothing is; and its files.

    Modules that it imports from other installed packages count as its code.
    """
    module = sys.modules[type(plugin).__module__]
    file = getattr(module, "__file__", None)
    if file is None or module.__name__.partition(".")[0] in ("mkdocs", "material"):
        return "what its events read is not known", frozenset()
    path = Path(file).resolve()
    installed = path.parents[module.__name__.count(".") + (path.name == "__init__.py")]
    return look_at(path, installed)


class InstalledCode:
    """A plug-in of which nothing is known but its code."""

    def __init__(self, plugin: object) -> None:
        package = type(plugin).__module__.partition(".")[0]
        self.plugin = plugin
        self.modules = [
            (name, module)
            for name, module in sorted(sys.modules.items())
            if isinstance(module, ModuleType) and name.partition(".")[0] == package
        ]

    def digests(self) -> list[str]:
        """The digests of its files: where it is being written, its version stays."""
        return sorted(digest(file.read_bytes()) for file in look_at_plugin(self.plugin)[1])

    def forget(self, names: Iterable[str]) -> None:
        """Take out of its tables what it has kept of one page, under one of the page's own `names`."""
        for table in vars(self.plugin).values():
            if isinstance(table, dict):
                for name in names:
                    table.pop(name, None)

    def state(self) -> Any:
        """What it keeps: its attributes in detail, and the variables of its package at a glance."""
        held = {name: value for name, value in vars(self.plugin).items() if not isinstance(value, Config)}
        variables = [
            [name, {key: at_a_glance(value) for key, value in vars(module).items() if key[:2] != "__"}]
            for name, module in self.modules
        ]
        return [describe(held), variables]
