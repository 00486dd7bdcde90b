"""Makes smaller pictures, as WebP."""

from __future__ import annotations

import io

QUALITY = {"JPEG": 78, "PNG": 88}
"""Of 100. Edges and letters of screenshots (PNG) suffer sooner than photographs do."""

EFFORT = 4
"""Of 6: the next step takes twice as long and saves a hundredth."""


def scaled(data: bytes, width: int) -> bytes:
    """The picture `width` pixels wide, upright, without what the camera noted about place and time."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=tuple(QUALITY)) as image:
        quality = QUALITY[image.format or "PNG"]
        # As browsers show the original: turned by Exif, and by no other note.
        upright = ImageOps.exif_transpose(image) if "exif" in image.info else image
        # The profile of a printer's or a grey picture would be wrong for what it becomes.
        profile = upright.info.get("icc_profile") if upright.mode in ("RGB", "RGBA", "P") else None
        transparent = upright.has_transparency_data
        plain = upright.convert("RGBA" if transparent else "RGB")
        height = max(1, round(plain.height * width / plain.width))
        small = plain.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=quality, method=EFFORT, icc_profile=profile)
    return out.getvalue()
