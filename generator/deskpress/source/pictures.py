"""Looks at picture files: their size in pixels, and whether they are whole."""

from __future__ import annotations

import re
from pathlib import Path

from deskpress.model.pictures import MOST_PIXELS, SCALED, Picture, ending

_TURNED = frozenset({5, 6, 7, 8})
"""Orientations (Exif 2.32, tag 0x0112) that browsers show lying on their side."""

_ORIENTATION = 0x0112
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def look_at(path: Path, digest: str) -> Picture:
    """What the file at `path`, whose digest is known, shows."""
    if ending(path.name) == ".svg":
        return Picture(digest, *_svg(path))
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path, formats=("PNG", "JPEG", "GIF", "WEBP")) as image:
            width, height = image.size
            if image.getexif().get(_ORIENTATION) in _TURNED:
                width, height = height, width
            if ending(path.name) in SCALED and width * height <= MOST_PIXELS:
                image.load()
            simple = not getattr(image, "is_animated", False) and image.mode[0] not in "IF"
    except UnidentifiedImageError:
        return Picture(digest, problem="the file is no picture of the kind that its name says")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        return Picture(digest, problem=f"the picture is damaged: {error}")
    return Picture(digest, width, height, simple=simple)


def _svg(path: Path) -> tuple[int, int]:
    """The size that the root element tells; (0, 0) if it tells none in pixels."""
    from lxml import etree

    try:
        with path.open("rb") as file:
            _, root = next(
                iter(etree.iterparse(file, events=("start",), resolve_entities=False, no_network=True))
            )
            sides = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
            if all(sides):
                width, height = (round(float(side[1])) for side in sides if side)
                return width, height
            box = [round(float(part)) for part in root.get("viewBox", "").replace(",", " ").split()]
    except (etree.XMLSyntaxError, StopIteration, ValueError, OSError):
        return 0, 0
    return (box[2], box[3]) if len(box) == 4 and min(box[2:]) > 0 else (0, 0)
