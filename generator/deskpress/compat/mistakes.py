"""Mistakes in `mkdocs.yml`, with their line and in words for its author.

MkDocs reports most of them without a line, and passes on Python's messages. Its messages are parsed here, and
the line is searched for in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import entry_points
from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from deskpress.build.config import ConfigReport
from deskpress.model.diagnostic import Diagnostic
from deskpress.source.front_matter_keys import nearest
from deskpress.source.invalid_yaml import not_yaml

_PLUGIN = re.compile(r'The "(?P<name>[^"]+)" plugin is not installed')
_EXTENSION = re.compile(r"Failed to load extension '(?P<name>[^']+)'")
_OPTION = re.compile(
    r"(?:Plugin '(?P<plugin>[^']+)' option '(?P<name>[^']+)'|'(?P<top>[^']+)')"
    r": Unrecognised configuration name"
)
_VALUE = re.compile(r"(?:Config value )?(?:Plugin '[^']+' option )?'(?P<name>[^']+)': (?P<what>.*)", re.S)


def mistakes(path: Path, messages: Iterable[str], ours: Config) -> list[Diagnostic]:
    """MkDocs' errors about the file at `path`, with their places; empty if these are not known.

    `ours` holds the options of our plug-in.
    """
    lines = path.read_text("utf-8", "replace").split("\n")
    if found := not_yaml(path.name, lines):
        return [found]
    report = ConfigReport(path)
    for message in messages:
        if plugin := _PLUGIN.search(message):
            names = [point.name for point in entry_points(group="mkdocs.plugins")]
            problem = f"no plug-in is called `{plugin['name']}`"
            report.error(
                plugin["name"], problem, _like(plugin["name"], names, "install it, or remove the line")
            )
        elif extension := _EXTENSION.search(message):
            problem = f"no extension is called `{extension['name']}`"
            hint = _like(extension["name"], _extensions(), "install it, or remove the line")
            report.error(extension["name"], problem, hint)
        elif _OPTION.search(message):
            report.found += warnings(path, [message], ours)
        elif value := _VALUE.search(message):
            report.error(value["name"], value["what"].strip().rstrip("."))
    return report.found


def warnings(path: Path, messages: Iterable[str], ours: Config) -> list[Diagnostic]:
    """MkDocs' warnings about a file that it accepted, mostly about unknown options."""
    report = ConfigReport(path)
    for message in messages:
        if option := _OPTION.search(message):
            name = option["name"] or option["top"]
            known = ours if option["plugin"] == "deskpress" else MkDocsConfig()
            names = [key for key, _ in known._schema]
            if option["plugin"] not in (None, "deskpress"):
                names = []
            report.warning(name, f"there is no option `{name}`", _like(name, names, "remove the line"))
        elif value := _VALUE.search(message):
            report.warning(value["name"], value["what"].strip().rstrip("."))
        else:
            report.warning("", message)
    return report.found


def _like(name: str, known: Iterable[str], otherwise: str) -> str:
    like = nearest(name, list(known))
    return f"did you mean `{like}`?" if like else otherwise


def _extensions() -> list[str]:
    return sorted(point.name for point in entry_points(group="markdown.extensions"))
