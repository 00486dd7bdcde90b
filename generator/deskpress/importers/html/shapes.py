"""Elements that Markdown has a syntax for."""

from __future__ import annotations

from bs4.element import Tag

from deskpress.importers.html.measure import BLOCKS

_COMPLEX = frozenset("table pre ul ol h1 h2 h3 h4 h5 h6 div blockquote iframe caption video".split())
"""Elements that a cell of a table of Markdown cannot hold."""


def has_block(el: Tag) -> bool:
    """Whether a block lies in an element."""
    return any(isinstance(one, Tag) and one.name in BLOCKS and one.name != "br" for one in el.descendants)


def is_plain_table(el: Tag, rows: list[Tag]) -> bool:
    """Whether Markdown can express a table: one row of heads, and single-line cells."""
    if any(isinstance(one, Tag) and _is_complex(one) for one in el.descendants):
        return False
    if any(cell.find_all("p")[1:] for cell in el.find_all(["td", "th"])):
        return False
    shape = [[str(cell.name) for cell in row.find_all(["td", "th"], recursive=False)] for row in rows]
    heads, *body = shape
    if len(shape) < 2 or not heads or set(heads) != {"th"}:
        return False
    return all(len(row) == len(heads) and set(row) == {"td"} for row in body)


def _is_complex(el: Tag) -> bool:
    return el.name in _COMPLEX or el.has_attr("colspan") or el.has_attr("rowspan")


def is_tight(el: Tag) -> bool:
    """Whether a list follows the text of its entry without a paragraph between."""
    return el.parent is None or el.parent.find("p", recursive=False) is None
