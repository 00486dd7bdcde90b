"""Ghost's own forms of texts, Lexical and Mobiledoc, as the HTML that Ghost makes of them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import msgspec

from deskpress.importers.formats.ghost_cards import card
from deskpress.importers.platforms.opening import SourceError

Unknown = Callable[[str], None]
"""Told of what is not known."""

DEEPEST = 100
"""Nodes within one another."""

_FORMATS = (
    (16, "code"),
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (8, "u"),
    (32, "sub"),
    (64, "sup"),
    (128, "mark"),
)
_TEXTS = frozenset({"text", "extended-text", "tk"})


def _parsed(data: str, what: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise SourceError(f"its {what} is not JSON: {error}") from None
    if not isinstance(found, dict):
        raise SourceError(f"its {what} is not a document")
    return found


def lexical_html(data: str, unknown: Unknown) -> str:
    """The HTML of a document of Lexical. Raises `SourceError`."""
    root = _parsed(data, "Lexical").get("root")
    return _children(root, unknown, 0) if isinstance(root, dict) else ""


def _children(node: dict[str, Any], unknown: Unknown, depth: int) -> str:
    listed = node.get("children")
    if not isinstance(listed, list) or depth > DEEPEST:
        return ""
    return "".join(_node(one, unknown, depth + 1) for one in listed if isinstance(one, dict))


def _node(node: dict[str, Any], unknown: Unknown, depth: int) -> str:
    kind = str(node.get("type") or "")
    if kind in _TEXTS:
        return _formatted(str(node.get("text") or ""), node.get("format"))
    if kind == "linebreak":
        return "<br>"
    if kind == "tab":
        return "\t"
    inner = _children(node, unknown, depth)
    tag = _tag_of(node, kind)
    if tag == "a":
        return f'<a href="{escape(str(node.get("url") or ""))}">{inner}</a>'
    if tag == "ol" and isinstance(node.get("start"), int) and node["start"] != 1:
        return f'<ol start="{node["start"]}">{inner}</ol>'
    if tag:
        return f"<{tag}>{inner}</{tag}>"
    if kind in ("root", "at-link", "zwnj"):
        return inner
    return card(kind, node, unknown) or inner


def _tag_of(node: dict[str, Any], kind: str) -> str:
    """The element of a node of text; empty for a card."""
    if kind in ("heading", "extended-heading"):
        tag = str(node.get("tag") or "h2")
        return tag if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
    if kind == "list":
        return "ol" if node.get("listType") == "number" or node.get("tag") == "ol" else "ul"
    return {
        "paragraph": "p",
        "listitem": "li",
        "quote": "blockquote",
        "extended-quote": "blockquote",
        "aside": "blockquote",
        "link": "a",
        "autolink": "a",
    }.get(kind, "")


def _formatted(said: str, form: object) -> str:
    html = escape(said, quote=False)
    if isinstance(form, int):
        for bit, tag in _FORMATS:
            if form & bit:
                html = f"<{tag}>{html}</{tag}>"
    return html


def mobiledoc_html(data: str, unknown: Unknown) -> str:
    """The HTML of a document of Mobiledoc (0.3). Raises `SourceError`."""
    document = _parsed(data, "Mobiledoc")
    tables = {
        key: one if isinstance(one := document.get(key), list) else []
        for key in ("markups", "atoms", "cards")
    }
    sections = document.get("sections")
    try:
        return "".join(_section(one, tables, unknown) for one in sections or [])
    except (IndexError, TypeError, KeyError, ValueError) as error:
        raise SourceError(f"its Mobiledoc cannot be read: {error}") from None


def _section(section: list[Any], tables: dict[str, list[Any]], unknown: Unknown) -> str:
    kind = section[0]
    if kind == 1:
        tag = str(section[1]).lower()
        tag = tag if tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside") else "p"
        return f"<{tag}>{_markers(section[2], tables)}</{tag}>"
    if kind == 2:
        return f'<p><img src="{escape(str(section[1]))}" alt=""></p>'
    if kind == 3:
        tag = "ol" if section[1] == "ol" else "ul"
        return f"<{tag}>" + "".join(f"<li>{_markers(one, tables)}</li>" for one in section[2]) + f"</{tag}>"
    if kind == 10:
        name, values = tables["cards"][section[1]][:2]
        return card(str(name), values if isinstance(values, dict) else {}, unknown)
    unknown(f"a section of kind {kind}")
    return ""


def _markers(markers: list[Any], tables: dict[str, list[Any]]) -> str:
    """Text with the elements that it opens and closes."""
    done: list[str] = []
    opened: list[str] = []
    for kind, opens, closes, value in markers:
        for number in opens:
            tag, *given = tables["markups"][number]
            pairs = given[0] if given and isinstance(given[0], list) else []
            values = dict(zip(pairs[::2], pairs[1::2], strict=False))
            name = str(tag).lower()
            href = f' href="{escape(str(values.get("href") or ""))}"' if name == "a" else ""
            done.append(f"<{name}{href}>")
            opened.append(name)
        if kind == 1:
            atom = tables["atoms"][value]
            done.append("<br>" if atom[0] == "soft-return" else escape(str(atom[1]), quote=False))
        else:
            done.append(escape(str(value), quote=False))
        done += [f"</{opened.pop()}>" for _ in range(closes) if opened]
    return "".join(done) + "".join(f"</{name}>" for name in reversed(opened))
