"""Python-Markdown's serialiser for what documents usually consist of, several times as fast.

That is elements, text and plain string attributes. Trees with anything else are left to the stock one.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.serializers import RE_AMP, to_xhtml_string

_RAW = frozenset({"script", "style"})


class _OddError(Exception):
    """The tree holds a comment, an instruction, a qualified name or an attribute without a value."""


def quick_xhtml(element: Element) -> str:
    """The same result as `to_xhtml_string` for `element`."""
    parts: list[str] = []
    try:
        _write(element, parts.append)
    except (_OddError, RecursionError):
        return str(to_xhtml_string(element))
    return "".join(parts)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag = element.tag
    if type(tag) is not str:
        raise _OddError
    attributes = element.attrib
    if attributes:
        write(f"<{tag}{_attributes(attributes)}")
    else:
        write(f"<{tag}")
    lowered = tag.lower()
    text = element.text
    if lowered in HTML_EMPTY:
        if text or len(element):
            raise _OddError
        write(" />")
    else:
        write(">")
        if text:
            write(text if lowered in _RAW else _escaped(text))
        for child in element:
            _write(child, write)
        write(f"</{tag}>")
    if element.tail:
        write(_escaped(element.tail))


def _attributes(attributes: dict[str, str]) -> str:
    written = ""
    for key, value in sorted(attributes.items()) if len(attributes) > 1 else attributes.items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise _OddError
        escaped = _escaped(value)
        written += f' {key}="{escaped.replace(chr(34), "&quot;") if chr(34) in escaped else escaped}"'
    return written


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text
