"""Makes smaller pictures, as WebP."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

QUALITY = {"JPEG": 78, "PNG": 88}
"""Of 100. Edges and letters in screenshots (PNG) lose quality sooner than photographs."""

EFFORT = 2
"""Of 6: with 4 it takes twice as long and saves four percent."""

GAP = 2.0
"""How many times as wide as the result a picture may be for the careful way of making it smaller."""

MOST_KEPT = 12_000_000
"""The most pixels of a picture that stays in memory until its other widths are made."""


def scaled(data: bytes, width: int) -> bytes:
    """The picture `width` pixels wide, upright, without the camera's metadata about place and time."""
    from PIL import Image

    plain, quality, profile = _decoded(data) if _pixels(data) <= MOST_KEPT else _decoded.__wrapped__(data)
    height = max(1, round(plain.height * width / plain.width))
    small = plain.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=GAP)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=quality, method=EFFORT, icc_profile=profile)
    return out.getvalue()


def _pixels(data: bytes) -> int:
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=tuple(QUALITY)) as image:
        return image.width * image.height


# The widths of a picture follow one another, and decoding takes as long as the rest.
@lru_cache(maxsize=1)
def _decoded(data: bytes) -> tuple[Image.Image, int, bytes | None]:
    """The picture as browsers show it, the quality for its format, and its profile of colours."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=tuple(QUALITY)) as image:
        quality = QUALITY[image.format or "PNG"]
        # As browsers show the original: rotated by Exif, and by nothing else.
        upright = ImageOps.exif_transpose(image) if "exif" in image.info else image
        # The profile of a CMYK or grey picture would be wrong after the conversion.
        profile = upright.info.get("icc_profile") if upright.mode in ("RGB", "RGBA", "P") else None
        return upright.convert("RGBA" if upright.has_transparency_data else "RGB"), quality, profile
