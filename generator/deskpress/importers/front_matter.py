"""Writes keys into the front matter of a document's text, a line at a time; all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from deskpress.importers.yaml_text import YamlText, YamlTextError, written
from deskpress.source.frontmatter import FRONT_MATTER


def with_key(text: str, key: str, value: str) -> str:
    """`text` with `key: value` in its front matter, unless the key is there; newlines may be `\\r\\n`.

    Without front matter it gets one. Raises `YamlTextError` if the front matter is no YAML.
    """
    return _edited(text, lambda front: _added(front, key, written(value)))


def with_slug(text: str, slug: str) -> str:
    """`text` with this `slug` in place of the one that it has. Raises `YamlTextError`."""

    def replaced(front: str) -> str:
        new, times = re.subn(r"(?m)^slug:.*$", f"slug: {written(slug)}", front, count=1)
        return new if times else _added(front, "slug", written(slug))

    return _edited(text, replaced)


def with_aliases(text: str, addresses: list[str]) -> str:
    """`text` with old addresses among its `aliases`, those that are there once. Raises `YamlTextError`."""
    return _edited(text, lambda front: _aliased(front, addresses))


def _edited(text: str, edit: Callable[[str], str]) -> str:
    windows = "\r\n" in text
    plain = text.replace("\r\n", "\n") if windows else text
    found = FRONT_MATTER.match(plain)
    if found is None:
        mark = "\ufeff" if plain.startswith("\ufeff") else ""
        body = plain.removeprefix("\ufeff")
        done = f"{mark}---\n{edit('')}---\n\n{body}"
    else:
        done = f"{found[1]}{edit(found[2])}{found[3]}{plain[found.end() :]}"
    return done.replace("\n", "\r\n") if windows else done


def _added(front: str, key: str, value: str) -> str:
    if front.strip() and YamlText("front matter", front).pair(key):
        return front
    return f"{_closed(front)}{key}: {value}\n"


def _aliased(front: str, addresses: list[str]) -> str:
    found = YamlText("front matter", front).pair("aliases") if front.strip() else None
    if found is None:
        return f"{_closed(front)}aliases: {written([f'/{address}' for address in addresses])}\n"
    file = YamlText("front matter", front)
    key, node = file.pair("aliases") or found
    items = node.value if isinstance(node, yaml.SequenceNode) else [node] if node.value else []
    there = {str(item.value).strip().strip("/") for item in items}
    new = [f"/{address}" for address in addresses if address.strip("/") not in there]
    if not new:
        return front
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        last = file.last_line(node, key.start_mark.line)
        indent = " " * (node.value[0].start_mark.column - 2)
        lines = [*file.lines[: last + 1], *(f"{indent}- {written(one)}" for one in new)]
        return "\n".join([*lines, *file.lines[last + 1 :]])
    if isinstance(node, yaml.MappingNode):
        raise YamlTextError("`aliases` is a mapping")
    kept = [file.source(item) for item in items]
    last = file.last_line(node, key.start_mark.line)
    behind = f"  {comment}" if (comment := file.behind(node)) else ""
    line = f"aliases: {written([*kept, *new])}{behind}"
    return "\n".join([*file.lines[: key.start_mark.line], line, *file.lines[last + 1 :]])


def _closed(front: str) -> str:
    return front if not front or front.endswith("\n") else f"{front}\n"
