"""Control characters: removed from editors' texts, since we use some of them as marks."""

from __future__ import annotations

from deskpress.model.patterns import lazy_pattern

CONTROL = lazy_pattern("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""All but tab, newline and carriage return (U+0009, U+000A, U+000D)."""

_RARE = bytes({*range(32), 0x7F, 0xEF} - {9, 10, 13})
"""Bytes of which the UTF-8 form of every such character contains one."""


def may_hold_controls(data: bytes) -> bool:
    """Whether a text, in UTF-8, may hold a control character.

    Hardly any text does, and searching its bytes is several times faster than a pattern.
    """
    return len(data.translate(None, _RARE)) != len(data)


def without_controls(text: str) -> str:
    """`text` without control characters."""
    return CONTROL.sub("", text) if may_hold_controls(text.encode("utf-8", "surrogatepass")) else text
