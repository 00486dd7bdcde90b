"""Pictures in content: their sizes, and the smaller variants that are offered."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from msgspec import Struct

from deskpress.model.site import Asset, Options

MEASURED = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
"""Media whose size a page can state before they are loaded."""

SCALED = frozenset({".png", ".jpg", ".jpeg"})
"""Formats with smaller variants. A GIF may be animated, and WebP is small already."""

WIDTHS = (480, 960, 1440)
"""Widths in pixels: a phone, a column of text, the same at high resolution."""

WORTH = 0.8
"""A variant that is nearly as wide as its picture saves nothing."""

MOST_PIXELS = 25_000_000
"""Larger pictures are left as they are: a few bytes can claim billions of pixels."""


class Picture(Struct, frozen=True):
    """What is known of a file with these bytes; the size is 0 if the file does not say.

    It is `simple` if it is not animated and has at most 8 bits per colour.
    """

    digest: str
    width: int = 0
    height: int = 0
    problem: str = ""
    simple: bool = True


MOST_SIDE = 16_383
"""The most pixels of a side in WebP."""

CARDS = "cards/"

_DRAWN = re.compile("[ -~©«°±·»–—‘’“”…‹›™]+")
"""Characters that Pillow's built-in font can draw; dashes become hyphens."""


def is_drawn(text: str) -> bool:
    """Whether a card can show this text with the built-in font."""
    return bool(_DRAWN.fullmatch(text))


def card_path(address: str, title: str, options: Options) -> str:
    """The path of a post's card; empty if it has none."""
    if not options.cards or not (options.card_font or is_drawn(title + options.name)):
        return ""
    return f"{CARDS}{address.removesuffix('/').removesuffix('.html')}.png"


def ending(path: str) -> str:
    """`.png`, in lower case."""
    return PurePosixPath(path).suffix.lower()


def variant_path(path: str, width: int) -> str:
    """The path of a smaller variant: next to the picture, named after its whole file name."""
    return f"{path}.{width}w.webp"


def variants(asset: Asset) -> dict[int, str]:
    """The variants of a picture: width and path."""
    if not asset.simple or ending(asset.path) not in SCALED or asset.width * asset.height > MOST_PIXELS:
        return {}
    return {
        width: variant_path(asset.at, width)
        for width in WIDTHS
        if width < WORTH * asset.width and asset.height * width <= MOST_SIDE * asset.width
    }
