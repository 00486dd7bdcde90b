"""Edits YAML in its text, at the places that the parser names.

What is not edited stays byte for byte: comments, blank lines, quotes, indentation, `!ENV` and other tags
(docs/content/decisions/0022-yaml-in-text.md).
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field

from deskpress.compat.material.setting import Setting, Verbatim

MAX_SIZE = 1_000_000
"""Characters of a configuration file."""

_SAFE = re.compile(r"[A-Za-z_/][A-Za-z0-9_./-]*")
_RESERVED = frozenset("true false yes no on off null y n".split())


class YamlTextError(Exception):
    """The text cannot be edited; the message says where and why."""


class PluginEntry(Struct, frozen=True):
    """An entry of a list of plug-ins: its name, and the node of its options if it has any.

    `first` and `last` are the lines it takes, from 0; `column` is where its name begins.
    """

    name: str
    options: yaml.Node | None
    first: int
    last: int
    column: int
    start: int
    end: int


class YamlText:
    """A configuration file. Raises `YamlTextError` if it is not YAML, or no mapping."""

    def __init__(self, label: str, text: str) -> None:
        self.label = label
        self.text = text
        if len(text) > MAX_SIZE:
            raise YamlTextError(f"{label}: more than {MAX_SIZE:,} characters")
        try:
            self.root = yaml.compose(text, Loader=yaml.SafeLoader)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            place = f"{label}:{mark.line + 1}:{mark.column + 1}" if mark else label
            raise YamlTextError(
                f"{place}: this is not YAML: {getattr(error, 'problem', None) or error}"
            ) from None
        if self.root is not None and not isinstance(self.root, yaml.MappingNode):
            raise YamlTextError(f"{label}:1: a configuration is a mapping, `key: value`")
        self.lines = text.split("\n")

    def pair(self, *keys: str) -> tuple[yaml.Node, yaml.Node] | None:
        """The key and the value at the end of `keys`, mappings in mappings; None if there is none."""
        node: yaml.Node | None = self.root
        found = None
        for key in keys:
            found = next((pair for pair in _pairs(node) if _name(pair[0]) == key), None)
            if found is None:
                return None
            node = found[1]
        return found

    def line(self, *keys: str) -> int:
        """The line (from 1) on which a key stands; 1 if there is none."""
        found = self.pair(*keys)
        return found[0].start_mark.line + 1 if found else 1

    def place(self, *keys: str) -> str:
        """The same as `path:line`."""
        return f"{self.label}:{self.line(*keys)}"

    def source(self, node: yaml.Node) -> Verbatim:
        """The text of a value, with its tag."""
        start = node.start_mark.index
        # The parser names where what is tagged begins, not its tag, if that is a collection or a scalar.
        line = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        tag = re.search(r"(![^\s,\[\]{}]*|&\S+)\s+$", line)
        start -= len(tag[0]) if tag else 0
        first, *rest = self.text[start : self.end(node)].rstrip().split("\n")
        # Further lines keep their distance from one another, not from the margin.
        inner = textwrap.indent(textwrap.dedent("\n".join(rest)), "  ")
        return Verbatim(f"{first}\n{inner}" if rest else first)

    def end(self, node: yaml.Node) -> int:
        """Where the text of a node ends. The parser's mark of a block lies before what follows it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            ends = [self.end(child) for child in _children(node)]
            return max(ends, default=node.start_mark.index)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            text = self.text[: node.end_mark.index].rstrip()
            return max(len(text), node.start_mark.index)
        if isinstance(node, yaml.ScalarNode) and not node.style:
            # An empty value is marked where the next token is.
            text = self.text[node.start_mark.index : node.end_mark.index].rstrip()
            return int(node.start_mark.index + len(text))
        return int(node.end_mark.index)

    def last_line(self, node: yaml.Node, least: int) -> int:
        """The line (from 0) on which the text of a node ends, at least that of its key."""
        return max(least, self.text.count("\n", 0, self.end(node)) if _has_text(node) else least)

    def behind(self, node: yaml.Node) -> str:
        """The comment that follows a value on its line; empty if there is none."""
        end = self.end(node)
        rest = self.text[end : (self.text + "\n").index("\n", end)]
        return rest.strip() if re.match(r"\s+#", rest) else ""

    def above(self, line: int) -> tuple[str, ...]:
        """The comments on the lines right above a line (from 0), without their indentation."""
        found: list[str] = []
        while line > 0 and self.lines[line - 1].lstrip().startswith("#"):
            line -= 1
            found.insert(0, self.lines[line].strip())
        return tuple(found)


class Plugins(Struct, frozen=True):
    """The plug-ins of a configuration file: a list, or a mapping, in blocks or between brackets."""

    file: YamlText
    node: yaml.Node
    entries: tuple[PluginEntry, ...]

    @property
    def is_flow(self) -> bool:
        """Whether they stand between brackets."""
        return bool(getattr(self.node, "flow_style", False))

    @property
    def is_mapping(self) -> bool:
        """Whether they are keys, not items."""
        return isinstance(self.node, yaml.MappingNode)


def plugins_of(file: YamlText) -> Plugins | None:
    """The plug-ins that a file names; None if it names none. Raises `YamlTextError` for other forms."""
    found = file.pair("plugins")
    if found is None:
        return None
    node = found[1]
    if node.start_mark.index < found[0].start_mark.index:
        raise YamlTextError(f"{file.place('plugins')}: `plugins` is an alias of what stands elsewhere")
    entries = []
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            pair = next(iter(_pairs(item)), None)
            if pair is None and not isinstance(item, yaml.ScalarNode):
                raise YamlTextError(f"{file.label}:{item.start_mark.line + 1}: this names no plug-in")
            key, options = pair or (item, None)
            entries.append(_entry(file, key, options, item))
    elif isinstance(node, yaml.MappingNode):
        entries = [_entry(file, key, options, key) for key, options in node.value]
    elif getattr(node, "value", "") not in ("", "null", "~"):
        raise YamlTextError(f"{file.place('plugins')}: `plugins` is a list or a mapping")
    return Plugins(file, node, tuple(entries))


def _entry(file: YamlText, key: yaml.Node, options: yaml.Node | None, item: yaml.Node) -> PluginEntry:
    first = item.start_mark.line
    value = options if options is not None and _has_text(options) else None
    last = file.last_line(value, first) if value else first
    end = file.end(value) if value else key.end_mark.index
    if isinstance(item, yaml.MappingNode) and item.flow_style:
        end, last = item.end_mark.index, item.end_mark.line
    return PluginEntry(_name(key), options, first, last, item.start_mark.column, item.start_mark.index, end)


class PluginEdit(Struct):
    """What is to become of a list of plug-ins: entries that go, and one that comes.

    It takes the place of the entry `at`, or comes before all others.
    """

    gone: set[int] = field(default_factory=set)
    at: int | None = None
    name: str = ""
    options: tuple[Setting, ...] = ()

    def apply(self, plugins: Plugins) -> str:
        """The new text of the file."""
        file, lines = plugins.file, list(plugins.file.lines)
        if plugins.is_flow or not plugins.entries:
            return self._as_block(plugins)
        column = plugins.entries[0].column
        dash = "" if plugins.is_mapping else "- "
        indent = " " * (column - len(dash))
        step = _step(plugins)
        new = (
            [indent + line for line in entry_lines(self.name, self.options, dash, step)] if self.name else []
        )
        for index in sorted(self.gone | ({self.at} if self.at is not None else set()), reverse=True):
            entry = plugins.entries[index]
            own = file.lines[entry.first][: entry.column]
            if dash and own.strip() != "-":
                raise YamlTextError(f"{file.label}:{entry.first + 1}: two entries on one line")
            lines[entry.first : entry.last + 1] = new if index == self.at else []
        if self.at is None and new:
            first = plugins.entries[0].first
            # Comments above the first entry are about that.
            above = len(file.above(first)) if plugins.entries[0].first else 0
            lines[first - above : first - above] = new
        return "\n".join(lines)

    def _as_block(self, plugins: Plugins) -> str:
        """What stood between brackets, or was empty, as a list with an entry a line."""
        file, node = plugins.file, plugins.node
        key = file.pair("plugins")
        assert key is not None
        own: list[str] = []
        for index, entry in enumerate(plugins.entries):
            if index == self.at:
                own += entry_lines(self.name, self.options, "- ", 4)
            elif index not in self.gone:
                text = file.text[entry.start : entry.end]
                # A mapping of plug-ins: its entries are pairs.
                own.append(f"- {text}" if not text.startswith("{") else f"- {text[1:-1].strip()}")
        if self.at is None and self.name:
            own = [*entry_lines(self.name, self.options, "- ", 4), *own]
        start = key[0].end_mark.index
        colon = file.text.index(":", start) + 1
        end = max(file.end(node) if _has_text(node) else colon, colon)
        body = "".join(f"\n  {line}" for line in own)
        return file.text[:colon] + body + file.text[end:]


def add_plugins(text: str, name: str, options: tuple[Setting, ...]) -> str:
    """The text of a file with a list of plug-ins of one at its end."""
    body = "".join(f"  {line}\n" for line in entry_lines(name, options, "- ", 4))
    return f"{text.rstrip()}\n\nplugins:\n{body}" if text.strip() else f"plugins:\n{body}"


def entry_lines(name: str, options: tuple[Setting, ...], dash: str, step: int) -> list[str]:
    """The lines of an entry; `step` is how far its options are indented below its name."""
    if not options:
        return [f"{dash}{name}" if dash else f"{name}: {{}}"]
    inner = " " * (len(dash) + (step - len(dash) if step > len(dash) else step))
    return [f"{dash}{name}:", *(inner + line for line in _setting_lines(options))]


def _setting_lines(settings: tuple[Setting, ...]) -> Iterator[str]:
    for one in settings:
        yield from one.above
        tail = f"  {one.behind}" if one.behind else ""
        if isinstance(one.value, tuple) and one.value and isinstance(one.value[0], Setting):
            yield f"{one.key}:{tail}"
            yield from (f"  {line}" for line in _setting_lines(one.value))
        else:
            first, *rest = written(one.value).split("\n")
            yield f"{one.key}: {first}{tail if not rest else ''}"
            yield from rest


def written(value: Any) -> str:
    """A value as it stands in YAML: text is quoted unless it is a plain name or a path."""
    match value:
        case Verbatim():
            return str(value)
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list():
            return f"[{', '.join(map(written, value))}]"
        case _:
            text = str(value)
            plain = _SAFE.fullmatch(text) and text.lower() not in _RESERVED
            return text if plain else json.dumps(text, ensure_ascii=False)


def _step(plugins: Plugins) -> int:
    """How far options are indented below the dash, or below the name in a mapping."""
    dash = 0 if plugins.is_mapping else 2
    for entry in plugins.entries:
        if isinstance(entry.options, yaml.MappingNode) and not entry.options.flow_style:
            return int(entry.options.start_mark.column) - entry.column + dash
    return 4


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _name(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _children(node: yaml.CollectionNode) -> Iterator[yaml.Node]:
    for item in node.value:
        if isinstance(item, tuple):
            yield from item
        else:
            yield item


def _has_text(node: yaml.Node) -> bool:
    """Whether something stands there: an empty value is a scalar without text."""
    return not (isinstance(node, yaml.ScalarNode) and not node.value and not node.style)
