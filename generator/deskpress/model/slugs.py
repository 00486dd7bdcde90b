"""How titles and names become parts of addresses."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

SAFE = r"[^\w.~]+"
"""What no address should hold between the letters of a slug: spaces, slashes, marks."""


class SlugFunction(Struct, frozen=True):
    """A function of a text and a separator, as `pymdownx.slugs` has them, that gives a slug.

    `code` is the digest of the file in which a function of the site's own is written.
    """

    function: Any
    separator: str = "-"
    code: str = ""

    def __call__(self, text: str) -> str:
        """The slug of a text; may be empty."""
        return str(self.function(text, self.separator))
