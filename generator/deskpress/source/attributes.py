"""Attribute lists (`{#id .class}`) in the form that later steps can read."""

from __future__ import annotations

from typing import Any

from markdown import Markdown

LIST = "attr_list"
_READ_AS_TEXT = ("id", "class", "href", "src", "alt", "title", "data-toc-label")
"""Attributes that later steps read as text: Python-Markdown 3.11 gives them no value in `{id}`."""


def with_values(md: Markdown) -> None:
    """Remove attributes without a value if other steps read one, as in `## Title {#a id}`."""
    if LIST not in md.treeprocessors:
        return
    processor: Any = md.treeprocessors[LIST]
    assign = processor.assign_attrs

    def assign_attrs(elem: Any, attrs_string: str, **told: Any) -> Any:
        remainder = assign(elem, attrs_string, **told)
        for name in _READ_AS_TEXT:
            if elem.attrib.get(name, "") is None:
                del elem.attrib[name]
        return remainder

    processor.assign_attrs = assign_attrs
