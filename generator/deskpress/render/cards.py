"""Draws the cards of posts: the picture that other sites show next to a link (OpenGraph's `og:image`)."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
"""Pixels: the ratio of 1.91 to 1 is what all sites that show such pictures use."""

EDGE = 88
GROUND, ACCENT, INK, QUIET = "#10222f", "#8cc8ec", "#ffffff", "#b7c7d2"
SIZES = (84, 74, 64, 56, 48)
"""Sizes of a title, tried from the largest; at the last one it is truncated if necessary."""

LINES = 4
MOST_LETTERS = 300
"""More of a title than any card can hold; layout takes time that grows with its square."""

LEADING = 1.22
SMALL = 34
_DASHES = str.maketrans("–—", "--")
"""Characters that Pillow's built-in font does not have."""

COLOURS = (INK, ACCENT, QUIET)
SHADES = 32
"""Shades from the background to a colour: enough for the edges of letters."""

_SEEN = [0] * 4 + [255] * 252
"""The bounding box of the drawn letters."""


class Card(Struct, frozen=True):
    """The content of a card."""

    title: str
    day: str
    site: str


def draw(card: Card, font: bytes) -> bytes:
    """The card as PNG; `font` is a TrueType or OpenType font, empty for Pillow's own (Aileron, CC0)."""
    from PIL import Image, ImageDraw

    face = _face(font)
    if not font:
        card = Card(*(text.translate(_DASHES) for text in (card.title, card.day, card.site)))
    room = WIDTH - 2 * EDGE
    lines, size = _set(card.title[:MOST_LETTERS], face, room)
    # Lines are centred on a point a little above the middle of the card.
    top = HEIGHT / 2 - len(lines) * size * LEADING / 2 + size * 0.86
    texts: list[tuple[str, str, int, float]] = [
        (QUIET, card.day, SMALL, EDGE),
        (ACCENT, _fit(card.site, face(SMALL), room), SMALL, HEIGHT - EDGE),
    ]
    texts += [(INK, line, size, top + at * size * LEADING) for at, line in enumerate(lines)]
    # Drawn as palette indexes: quantising the image afterwards would take ten times as long.
    page = Image.new("L", (WIDTH, HEIGHT))
    ImageDraw.Draw(page).rectangle((0, 0, 18, HEIGHT), fill=_full(ACCENT))
    for colour, text, height, baseline in texts:
        mask = Image.new("L", page.size)
        ImageDraw.Draw(mask).text((EDGE, baseline), text, fill=255, font=face(height), anchor="ls")
        page.paste(mask.point(_shades(colour)), mask=mask.point(_SEEN))
    image = Image.frombytes("P", page.size, page.tobytes())
    image.putpalette(_palette())
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _full(colour: str) -> int:
    """The palette index of a colour; those before it are its shades, from the background on."""
    return (COLOURS.index(colour) + 1) * SHADES - 1


def _shades(colour: str) -> list[int]:
    """The palette index for each opacity of a letter, 0 to 255."""
    return [_full(colour) - SHADES + 1 + strength * (SHADES - 1) // 255 for strength in range(256)]


@cache
def _palette() -> list[int]:
    from PIL import ImageColor

    ground = ImageColor.getrgb(GROUND)
    found: list[int] = []
    for colour in COLOURS:
        for shade in range(SHADES):
            part = shade / (SHADES - 1)
            rgb = zip(ground, ImageColor.getrgb(colour), strict=True)
            found += [round(low + (high - low) * part) for low, high in rgb]
    return found


@cache
def _face(font: bytes) -> Callable[[int], FreeTypeFont]:
    from PIL import ImageFont

    @cache
    def face(size: int) -> Any:
        layout = ImageFont.Layout.BASIC  # other fonts of the machine must not affect the result
        if not font:
            return ImageFont.load_default(size)
        return ImageFont.truetype(io.BytesIO(font), size, layout_engine=layout)

    return face


def _set(title: str, face: Callable[[int], FreeTypeFont], room: int) -> tuple[list[str], int]:
    """The title in lines, in the largest size in which they are few enough."""
    for size in SIZES:
        lines = _broken(title, face(size), room)
        if len(lines) <= LINES and all(face(size).getlength(line) <= room for line in lines):
            return lines, size
    kept = [*lines[: LINES - 1], " ".join(lines[LINES - 1 :])]
    return [_fit(line, face(size), room) for line in kept], size


def _broken(title: str, font: FreeTypeFont, room: int) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _fit(text: str, font: FreeTypeFont, room: int) -> str:
    """The text, truncated to the available room."""
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
