"""Snippets (`--8<-- "file.md"`): their folders, and missing ones.

They are searched for from the folder of the configuration file, wherever a command is called from.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from deskpress.build.config import SiteConfig
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.patterns import lazy_pattern
from deskpress.source.included import ANY_FILE, Readable
from deskpress.source.report import Report

NAME = "pymdownx.snippets"
_MARK = r"-{2,}8<-{2,}"
_LINE = lazy_pattern(
    rf"^(?P<indent>[ \t]*)(?P<escape>;*){_MARK}[ \t]+(?P<quote>[\"'])(?P<name>.+?)(?P=quote)[ \t]*$"
)
_BLOCK = lazy_pattern(rf"^[ \t]*(?P<escape>;*){_MARK}[ \t]*$")
_SECTION = lazy_pattern(r"^(?P<path>.+?)(?::(?:[A-Za-z_-][\w-]*|-?\d*(?::-?\d*)?(?:,-?\d*:-?\d*)*))?$")


class Snippets(Struct, frozen=True):
    """The folders of snippets, which of their files are read, and whether a missing one is an error."""

    config_file: str
    folders: tuple[str, ...] = ()
    readable: Readable = ANY_FILE
    strict: bool = False
    downloads: bool = False

    @classmethod
    def of(cls, config: SiteConfig) -> Snippets | None:
        """Those of a site; None if it has none."""
        given = rebased(config).get(NAME)
        if given is None:
            return None
        return cls(
            config.file.name,
            tuple(given["base_path"]),
            readable_of(config, given),
            bool(given.get("check_paths")),
            bool(given.get("url_download")),
        )

    def missing(self, label: str, markdown: str, first_line: int) -> list[Diagnostic]:
        """The missing snippets that a document names, at their places."""
        report = Report(label, "\n" * (first_line - 1) + markdown)
        inside = False
        for number, line in enumerate(markdown.split("\n"), first_line):
            if (mark := _BLOCK.match(line)) and not mark["escape"]:
                inside = not inside
                continue
            found = _LINE.match(line)
            if found and not found["escape"]:
                name, column = found["name"], found.start("name") + 1
            elif inside and line.strip() and not line.strip().startswith(";"):
                name, column = line.strip(), len(line) - len(line.lstrip()) + 1
            else:
                continue
            if not self._is_there(name):
                folders = " or ".join(f"`{Path(one).name}/`" for one in self.folders)
                problem = f"there is no snippet `{name}`"
                hint = f"it is sought in {folders}, from the folder of {self.config_file}"
                tell = report.error if self.strict else report.warning
                tell(Kind.CONTENT, problem, hint, line=number, column=column)
        return report.found

    def _is_there(self, name: str) -> bool:
        if name.startswith(("http://", "https://")):
            return self.downloads
        section = _SECTION.match(name)
        names = {name, section["path"] if section else name}
        return any(
            (self.readable.allows(path := f"{folder}/{one}") and os.path.isfile(path))
            or _is_itself(folder, one)
            for folder in self.folders
            for one in names
        )


def _is_itself(folder: str, name: str) -> bool:
    """Whether a base path is the file itself, as pymdownx allows."""
    return Path(folder).is_file() and Path(folder).name == name


def based(folder: Path, bases: object) -> list[str]:
    """The base paths of the configuration in `folder`, made absolute."""
    given = (
        [bases]
        if isinstance(bases, str | Path)
        else list(bases)
        if isinstance(bases, list | tuple)
        else ["."]
    )
    return [str(folder / str(base)) for base in given]


def rebased(config: SiteConfig) -> Mapping[str, Any]:
    """The options of extensions, with absolute base paths; on a server nothing is fetched."""
    options = config.extension_options
    if NAME not in options and NAME not in config.extensions:
        return options
    given = options.get(NAME) or {}
    own: dict[str, Any] = {"base_path": based(config.folder, given.get("base_path", ["."]))}
    if config.on_server:
        own["url_download"] = False
    return {**options, NAME: {**given, **own}}


def readable_of(config: SiteConfig, given: Mapping[str, Any]) -> Readable:
    """Which files the texts of a site may include; `given` are the options of the extension."""
    if not given.get("restrict_base_path", True) and not config.on_server:
        return ANY_FILE
    return Readable((str(config.reach), *given["base_path"]))
