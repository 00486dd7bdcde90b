"""Reads picture files: their size in pixels, and whether they are damaged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from warnings import catch_warnings

from deskpress.model.patterns import lazy_pattern
from deskpress.model.pictures import MOST_PIXELS, SCALED, Picture, ending

if TYPE_CHECKING:
    from PIL.Image import Image

_TURNED = frozenset({5, 6, 7, 8})
"""Orientations (Exif 2.32, tag 0x0112) that browsers rotate by 90 degrees."""

_ORIENTATION = 0x0112
MOST_SIDE = 1_000_000
"""The largest side of a drawing in pixels that pages state; more is a mistake."""

_LENGTH = lazy_pattern(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def look_at(path: Path, digest: str) -> Picture:
    """The size and format of the file at `path`, whose digest is known."""
    if ending(path.name) == ".svg":
        return Picture(digest, *_svg(path))
    import PIL.Image

    try:
        # A large picture is reported in our own words.
        with (
            catch_warnings(action="ignore", category=PIL.Image.DecompressionBombWarning),
            PIL.Image.open(path, formats=("PNG", "JPEG", "GIF", "WEBP")) as image,
        ):
            width, height = image.size
            if is_turned(image):
                width, height = height, width
            if ending(path.name) in SCALED and width * height <= MOST_PIXELS:
                image.load()
            still = not getattr(image, "is_animated", False)
            # Browsers go by the content, not by the name; smaller variants are not made of such a picture.
            simple = still and image.mode[0] not in "IF" and image.format in ("PNG", "JPEG")
    except PIL.UnidentifiedImageError:
        return Picture(digest, problem="the file is not an image of the type that its name says")
    except (OSError, ValueError, SyntaxError, PIL.Image.DecompressionBombError) as error:
        return Picture(digest, problem=f"the picture is damaged: {error}")
    return Picture(digest, width, height, simple=simple)


def is_turned(image: Image) -> bool:
    """Whether browsers rotate a picture by 90 degrees: by Exif in JPEG and PNG, and by nothing else."""
    noted = image.format in ("PNG", "JPEG") and "exif" in image.info
    return noted and image.getexif().get(_ORIENTATION) in _TURNED


def _svg(path: Path) -> tuple[int, int]:
    """The size stated by the root element; (0, 0) if it states none in pixels."""
    from lxml import etree

    try:
        with path.open("rb") as file:
            _, root = next(
                iter(etree.iterparse(file, events=("start",), resolve_entities=False, no_network=True))
            )
            sides = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
            if all(sides):
                width, height = (round(float(side[1])) for side in sides if side)
                return (width, height) if max(width, height) <= MOST_SIDE else (0, 0)
            box = [round(float(part)) for part in root.get("viewBox", "").replace(",", " ").split()]
    except (etree.XMLSyntaxError, StopIteration, ValueError, OverflowError, OSError):
        return 0, 0
    whole = len(box) == 4 and min(box[2:]) > 0 and max(box[2:]) <= MOST_SIDE
    return (box[2], box[3]) if whole else (0, 0)
