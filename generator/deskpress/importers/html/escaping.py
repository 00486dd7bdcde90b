"""Text, targets and elements as Markdown that shows exactly them."""

from __future__ import annotations

import re
from html import escape

from bs4.element import NavigableString, Tag

_SPECIAL = re.compile(r"([\\`*\[\]{}])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_REFERENCE = re.compile(r"&(?=#[\dxX]|\w+;)")
_AT_START = re.compile(r"^( *)(?:(#|>|[-+](?=\s|$|-)|!!!)|(\d+)([.)])(?=\s|$))", re.M)
_ENTITY_AT_START = re.compile(r"^( *)([=~:?|]|-(?=-))", re.M)
_HELD_BACK = re.compile(r"^( {0,3}[\"']?(?:draft|published)[\"']?\s*)([:=])", re.I | re.M)
"""Texts that lines outside of the front matter may not contain."""
_MARKS = re.compile(r"[\[\]^~]+|([=*_+])\1{99,}")


def escaped_text(text: str) -> str:
    """Plain text as Markdown that shows it."""
    text = _SPECIAL.sub(r"\\\1", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    return _REFERENCE.sub("&amp;", text).replace("<", "&lt;")


def escaped_lines(text: str) -> str:
    """A paragraph whose lines do not begin anything else."""

    def slashed(found: re.Match[str]) -> str:
        if found[3]:
            return f"{found[1]}{found[3]}\\{found[4]}"
        return f"{found[1]}\\{found[2]}"

    text = _AT_START.sub(slashed, text)
    for pattern in (_ENTITY_AT_START, _HELD_BACK):
        text = pattern.sub(lambda found: f"{found[1]}&#{ord(found[2])};", text)
    return text


def raw(node: Tag | NavigableString) -> str:
    """An element as HTML that Markdown leaves as it is."""
    if not isinstance(node, Tag):
        return escape(node)
    text = node.decode(formatter="minimal").replace("`", "&#96;")
    return _HELD_BACK.sub(lambda found: f"{found[1]}&#{ord(found[2])};", text)


def as_references(html: str) -> str:
    """HTML with character references for marks of which a text of Markdown may hold only so many."""
    return _MARKS.sub(lambda found: "".join(f"&#{ord(mark)};" for mark in found[0]), html)


def target(address: str) -> str:
    """An address as written in the brackets of a link."""
    plain = "".join(f"%{ord(c):02X}" if c in '<>"\\`\n\t ' else c for c in address)
    return f"<{plain}>" if re.search(r"[()\[\]]", plain) else plain
