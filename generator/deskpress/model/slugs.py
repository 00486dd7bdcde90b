"""How titles and names become parts of addresses."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

SAFE = r"[^\w.~]+"
"""Characters that are not allowed between the letters of a slug: spaces, slashes, marks."""


class SlugFunction(Struct, frozen=True):
    """A function of a text and a separator, as in `pymdownx.slugs`, that returns a slug.

    `code` is the digest of the file that defines the function, if the site does.
    """

    function: Any
    separator: str = "-"
    code: str = ""

    def __call__(self, text: str) -> str:
        """The slug of a text; may be empty."""
        return str(self.function(text, self.separator))
