"""Makes smaller pictures, as WebP."""

from __future__ import annotations

import io

QUALITY = {"JPEG": 78, "PNG": 88}
"""Of 100. Edges and letters in screenshots (PNG) lose quality sooner than photographs."""

EFFORT = 4
"""Of 6: the next step takes twice as long and saves one percent."""


def scaled(data: bytes, width: int) -> bytes:
    """The picture `width` pixels wide, upright, without the camera's metadata about place and time."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=tuple(QUALITY)) as image:
        quality = QUALITY[image.format or "PNG"]
        # As browsers show the original: rotated by Exif, and by nothing else.
        upright = ImageOps.exif_transpose(image) if "exif" in image.info else image
        # The profile of a CMYK or grey picture would be wrong after the conversion.
        profile = upright.info.get("icc_profile") if upright.mode in ("RGB", "RGBA", "P") else None
        transparent = upright.has_transparency_data
        plain = upright.convert("RGBA" if transparent else "RGB")
        height = max(1, round(plain.height * width / plain.width))
        small = plain.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=quality, method=EFFORT, icc_profile=profile)
    return out.getvalue()
