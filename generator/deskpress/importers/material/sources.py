"""What a site says of itself: its configuration files as they are written, and what MkDocs reads in them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

import yaml
from msgspec import Struct, field

from deskpress.compat.material.setting import Verbatim
from deskpress.importers.changes import Changes
from deskpress.importers.yaml_text import Plugins, YamlText, YamlTextError, plugins_of

MOST_FILES = 20
"""Files that may follow one another by `INHERIT`."""


class Stock(Struct):
    """What MkDocs says of the configuration (`compat/stock.py`), and what lies in the content folder.

    `files` are paths in the content folder; `ahead` tells whether a post is dated ahead. `redirects` are old
    addresses of lists with those that they are to lead to.
    """

    data: Mapping[str, Any]
    files: frozenset[str] = frozenset()
    ahead: bool = False
    redirects: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> list[tuple[str, Any]]:
        """The plug-ins in their order, with their options."""
        return [(str(name), options) for name, options in self.data["given"]]

    @property
    def directory_urls(self) -> bool:
        """Whether the addresses of pages end in slashes; the plug-in `offline` has files instead."""
        offline = any(
            name in ("offline", "material/offline") and dict(options).get("enabled", True)
            for name, options in self.given
        )
        return bool(self.data.get("use_directory_urls", True)) and not offline


class ConfigFiles(Struct):
    """The configuration file and those it inherits from, in turn.

    Of these, `outside` is the first that lies outside the site's folder, where nothing is written.
    """

    files: list[YamlText] = field(default_factory=list)
    outside: YamlText | None = None

    @property
    def main(self) -> YamlText:
        """The file that MkDocs is given."""
        return self.files[0]


class Found(Struct, frozen=True):
    """Where a plug-in is named: the list, and which entry of it."""

    plugins: Plugins
    at: int

    @property
    def options(self) -> list[tuple[yaml.Node, yaml.Node]]:
        """The nodes of its options."""
        node = self.plugins.entries[self.at].options
        return node.value if isinstance(node, yaml.MappingNode) else []

    def place(self, option: str = "") -> str:
        """`path:line` of the plug-in, or of one of its options."""
        lines = (key.start_mark.line for key, _ in self.options if key.value == option)
        line = next(lines, self.plugins.entries[self.at].first)
        return f"{self.plugins.file.label}:{line + 1}"

    @property
    def raw(self) -> dict[str, Verbatim]:
        """The values of its options as they stand in the file."""
        return {str(key.value): self.plugins.file.source(value) for key, value in self.options}

    @property
    def comments(self) -> dict[str, tuple[tuple[str, ...], str]]:
        """The comments of its options: those on lines above, and the one behind."""
        node = self.plugins.entries[self.at].options
        if getattr(node, "flow_style", True):
            return {}
        file = self.plugins.file
        return {
            str(key.value): (file.above(key.start_mark.line), file.behind(value))
            for key, value in self.options
        }


def read_sources(changes: Changes, config_file: str) -> ConfigFiles:
    """Read the configuration and what it inherits from. Raises `YamlTextError`, `OSError`."""
    found, label = ConfigFiles(), config_file
    for _ in range(MOST_FILES):
        inside = not label.startswith(("../", "/"))
        try:
            text = changes.read(label) if inside else (changes.root / label).read_text("utf-8")
        except UnicodeDecodeError:
            raise YamlTextError(f"{label}: this is not UTF-8") from None
        source = YamlText(label, text.replace("\r\n", "\n"))
        if not inside:
            found.outside = source
            return found
        found.files.append(source)
        pair = source.pair("INHERIT")
        if pair is None:
            return found
        label = posixpath.normpath(posixpath.join(posixpath.dirname(label), str(pair[1].value)))
    return found


def lists_of(sources: ConfigFiles) -> list[Plugins]:
    """The lists of plug-ins that count: the first, and those that MkDocs merges with a mapping."""
    lists: list[Plugins] = []
    for file in (*sources.files, *([sources.outside] if sources.outside else [])):
        if plugins := plugins_of(file):
            if lists and not plugins.is_mapping:
                break
            lists.append(plugins)
            if not plugins.is_mapping:
                break
    return lists


def rewrite(changes: Changes, file: YamlText, text: str) -> None:
    """Give a configuration file another text, with the line ends that it has."""
    windows = "\r\n" in changes.read(file.label)
    changes.write(file.label, text.replace("\n", "\r\n") if windows else text)
