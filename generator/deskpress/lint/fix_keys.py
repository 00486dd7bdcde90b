"""Adds keys to front matter: text in, text out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from deskpress.source.frontmatter import FRONT_MATTER, read_mapping
from deskpress.source.report import Report


def with_key(text: str, key: str, value: str) -> str:
    """A document with `key: value` in its front matter, replacing the key's value or added at the end."""
    head = FRONT_MATTER.match(text)
    if head is None:
        return f"---\n{key}: {value}\n---\n\n{text.lstrip()}"
    lines = _without(head[2], key)
    return f"{head[1]}{lines}{key}: {value}\n{text[head.start(3) :]}"


def with_aliases(text: str, addresses: Iterable[str]) -> str:
    """A document with old addresses (`/a/b.html`) added to `aliases`."""
    head = FRONT_MATTER.match(text)
    known = _items(head[2], "aliases") if head else []
    wanted = list(dict.fromkeys([*known, *addresses]))
    return with_key(text, "aliases", f"[{', '.join(map(_item, wanted))}]")


def aliases_of(text: str) -> list[str]:
    """The old addresses in the front matter, as they are written."""
    head = FRONT_MATTER.match(text)
    return _items(head[2], "aliases") if head else []


def _items(head: str, key: str) -> list[str]:
    value = (read_mapping(head, Report("")) or {}).get(key)
    if value is None or value.data is None:
        return []
    return [item.raw for item in value.data] if isinstance(value.data, list) else [value.raw]


def _item(address: str) -> str:
    return f'"{address}"' if re.search(r"[,\[\]{}#:&*!|>'\"%@` ]", address) else address


def _without(head: str, key: str) -> str:
    """The lines of front matter without an entry and what is indented below it."""
    kept, skipping = [], False
    for line in head.splitlines(keepends=True):
        if re.match(rf"{re.escape(key)}[ \t]*:", line):
            skipping = True
        elif skipping and (line[:1] in " \t-" or not line.strip()) and not line.startswith("---"):
            continue
        else:
            skipping = False
            kept.append(line)
    return "".join(kept)
