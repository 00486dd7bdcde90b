"""Pictures in content: how large they are, and in which smaller sizes they are shown too."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from msgspec import Struct

from deskpress.model.site import Asset, Options

MEASURED = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
"""What has a size that a page can tell before it is loaded."""

SCALED = frozenset({".png", ".jpg", ".jpeg"})
"""What is made smaller. A GIF may move, and WebP is small already."""

WIDTHS = (480, 960, 1440)
"""Widths in pixels: a phone, a column of text, the same on a fine screen."""

WORTH = 0.8
"""A variant that is nearly as wide as its picture spares nothing."""

MOST_PIXELS = 25_000_000
"""Larger pictures are left as they are: a few bytes can claim to be billions of pixels."""


class Picture(Struct, frozen=True):
    """What was found out about a file with these bytes; no size where it tells none.

    It is `simple` if it does not move and has 8 bits of a colour at most.
    """

    digest: str
    width: int = 0
    height: int = 0
    problem: str = ""
    simple: bool = True


MOST_SIDE = 16_383
"""Pixels of a side that WebP can hold."""

CARDS = "cards/"

_DRAWN = re.compile("[ -~©«°±·»–—‘’“”…‹›™]+")
"""What Pillow's own font can draw; dashes become hyphens."""


def is_drawn(text: str) -> bool:
    """Whether a card can say this without a font of the site's own."""
    return bool(_DRAWN.fullmatch(text))


def card_path(address: str, title: str, options: Options) -> str:
    """Where the card of a post lies; empty if it has none."""
    if not options.cards or not (options.card_font or is_drawn(title + options.name)):
        return ""
    return f"{CARDS}{address.removesuffix('/').removesuffix('.html')}.png"


def ending(path: str) -> str:
    """`.png`, in lower case."""
    return PurePosixPath(path).suffix.lower()


def variant_path(path: str, width: int) -> str:
    """Where a smaller variant lies: beside the picture, whose whole name it takes."""
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
