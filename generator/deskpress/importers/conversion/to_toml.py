"""`mkdocs.yml` as `zensical.toml`: tables follow the plain keys, as TOML demands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import tomlkit
import yaml
from tomlkit.items import Array, InlineTable, Table

from deskpress.importers.conversion import ConversionError, Converted
from deskpress.importers.yaml_text import YamlText, YamlTextError
from deskpress.zensical.extensions import FENCES

_NAME, _APPLY = "tag:yaml.org,2002:python/name:", "tag:yaml.org,2002:python/object/apply:"

Pairs = list[tuple[yaml.Node, yaml.Node]]

WIDTH = 100
"""The most characters of a list on one line."""


def to_toml(label: str, text: str) -> Converted:
    """The configuration as TOML. Raises `ConversionError` with the place of what TOML cannot say."""
    try:
        source = YamlText(label, text.replace("\r\n", "\n"))
    except YamlTextError as error:
        raise ConversionError(str(error)) from None
    return _Conversion(source).converted()


class _Conversion:
    """One file; comments above and behind keys go along, those within lists do not."""

    def __init__(self, source: YamlText) -> None:
        self.source = source
        self.notes: list[str] = []

    def converted(self) -> Converted:
        document, project = tomlkit.document(), tomlkit.table()
        pairs = list(_pairs(self.source.root))
        # They are about the file, not about its first key.
        head = self.source.above(pairs[0][0].start_mark.line) if pairs else ()
        _add_comments(document, head)
        self._fill(project, [pair for pair in pairs if not self._is_table(pair)], skip=head)
        for key, node in (pair for pair in pairs if self._is_table(pair)):
            if key.value in ("plugins", "markdown_extensions"):
                self._named(project, key, node)
            else:
                self._add(project, key, node)
        if not any(key.value == "markdown_extensions" for key, _ in pairs):
            # Without it there would be those of a new project.
            project.add("markdown_extensions", tomlkit.table())
        if FENCES not in self.source.text:
            self.notes.append(f"code fences are converted by `{FENCES}`, as Zensical always does")
        document.add("project", project)
        text = tomlkit.dumps(document).strip() + "\n"
        if (lost := _comments(self.source.text) - _comments(text)) > 0:
            self.notes.append(f"{lost} comment{'s' if lost > 1 else ''} within lists had no place")
        return Converted(text, tuple(self.notes))

    def _is_table(self, pair: tuple[yaml.Node, yaml.Node]) -> bool:
        key, node = pair
        if key.value in ("plugins", "markdown_extensions"):
            return True
        return isinstance(node, yaml.MappingNode) or _is_tables(node)

    def _fill(self, table: Table, pairs: Pairs, skip: tuple[str, ...] = ()) -> None:
        """Add the pairs of a mapping: plain values first."""
        for at, (key, node) in enumerate(sorted(pairs, key=self._is_table)):
            self._add(table, key, node, commented=not (skip and at == 0))

    def _add(self, table: Table, key: yaml.Node, node: yaml.Node, *, commented: bool = True) -> None:
        name = str(key.value)
        if name == "INHERIT":
            why = "TOML files do not inherit: write what the other file says into this one first"
            raise ConversionError(f"{self._place(key)}: `INHERIT`: {why}")
        if commented:
            _add_comments(table, self.source.above(key.start_mark.line))
        if isinstance(node, yaml.MappingNode) and not node.tag.startswith(_APPLY):
            inner = tomlkit.table()
            self._fill(inner, list(_pairs(node)))
            table.add(name, inner)
        elif _is_tables(node):
            rows = tomlkit.aot()
            for one in node.value:
                row = tomlkit.table()
                self._fill(row, list(_pairs(one)))
                rows.append(row)
            table.add(name, rows)
        else:
            value = self._value(node)
            if value is None:
                return
            item = tomlkit.item(value) if not isinstance(value, Array | InlineTable) else value
            if behind := self.source.behind(node):
                item.comment(behind.lstrip("# "))
            table.add(name, item)

    def _named(self, project: Table, key: yaml.Node, node: yaml.Node) -> None:
        """Plug-ins and extensions: a list of names, or of names with options, becomes a table."""
        table = tomlkit.table()
        _add_comments(project, self.source.above(key.start_mark.line))
        for name, options in self._entries(node):
            _add_comments(table, self.source.above(name.start_mark.line))
            text = str(name.value).removeprefix("material/")
            if key.value == "plugins":
                inner = tomlkit.table()
                self._fill(inner, list(_pairs(options)))
                table.add(text, inner)
            else:
                # In one line each, so that they keep their order, which TOML's tables need not.
                made = self._inline(options)
                if options is not None and (behind := self.source.behind(options)):
                    made.comment(behind.lstrip("# "))
                table.add(text, made)
        project.add(str(key.value), table)

    def _entries(self, node: yaml.Node) -> Iterator[tuple[yaml.Node, yaml.Node | None]]:
        if isinstance(node, yaml.MappingNode):
            yield from _pairs(node)
            return
        for one in node.value if isinstance(node, yaml.SequenceNode) else ():
            if isinstance(one, yaml.ScalarNode):
                yield one, None
            else:
                yield from _pairs(one)

    def _inline(self, node: yaml.Node | None) -> InlineTable:
        found = tomlkit.inline_table()
        for key, value in _pairs(node):
            made = self._value(value, nested=True)
            if made is not None:
                found.append(str(key.value), made)
        return found

    def _value(self, node: yaml.Node, *, nested: bool = False) -> Any:
        """A value: None for what is empty, which TOML does not have; what is `nested` is on one line."""
        if node.tag.startswith(_NAME):
            return _theirs(node.tag.removeprefix(_NAME))
        if node.tag.startswith(_APPLY):
            keywords = next((value for key, value in _pairs(node) if key.value == "kwds"), None)
            made = tomlkit.inline_table()
            made.append("object", _theirs(node.tag.removeprefix(_APPLY)))
            made.append("kwds", self._inline(keywords))
            return made
        if node.tag.startswith("!"):
            why = "TOML has no tags: write the value itself"
            raise ConversionError(f"{self._place(node)}: `{node.tag}`: {why}")
        if isinstance(node, yaml.MappingNode):
            return self._inline(node)
        if isinstance(node, yaml.SequenceNode):
            items = tomlkit.array()
            for one in node.value:
                if (made := self._value(one, nested=True)) is not None:
                    items.append(made)
            rows = len(items.as_string()) > WIDTH or any(isinstance(one, dict) for one in items)
            items.multiline(rows and not nested)
            return items
        return _scalar(node)

    def _place(self, node: yaml.Node) -> str:
        return f"{self.source.label}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"


def _add_comments(table: Table | tomlkit.TOMLDocument, lines: Iterable[str]) -> None:
    """Add comments, each on a line of its own."""
    for line in lines:
        table.add(tomlkit.comment(line.lstrip("# ")))


def _comments(text: str) -> int:
    """How many lines have a comment: `#` at their beginning, or after a blank."""
    return sum(line.lstrip().startswith("#") or " #" in line for line in text.split("\n"))


def _pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from node.value


def _is_tables(node: yaml.Node) -> bool:
    """Whether a list consists of mappings of several keys, such as the schemes of a palette."""
    rows = node.value if isinstance(node, yaml.SequenceNode) else []
    return bool(rows) and all(isinstance(one, yaml.MappingNode) and len(one.value) != 1 for one in rows)


def _scalar(node: yaml.Node) -> Any:
    value = yaml.SafeLoader("").construct_object(node)
    if value is None or isinstance(value, bool | int | float | datetime | date):
        return value
    text = str(value)
    return tomlkit.string(text, multiline=True) if "\n" in text else text


def _theirs(name: str) -> str:
    """A function of Material's as Zensical calls it."""
    return name.replace("material.extensions.", "zensical.extensions.", 1)
