"""HTML as browsers parse it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def body_of(html: str) -> LexborNode | None:
    """The body of a page that holds `html`. Raises `MemoryError`."""
    # Not needed if no document has changed.
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        # With the doctype of our pages: without it a table would not end a paragraph.
        return LexborHTMLParser(f"<!doctype html><body>{html}", is_fragment=False).body
    except SelectolaxError as error:
        # It accepts any text, and fails only if there is no memory for the tree.
        raise MemoryError(str(error)) from None
