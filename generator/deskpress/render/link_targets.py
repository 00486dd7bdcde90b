"""What the target of a link says by itself: where it leads, and what kind of file it names."""

from __future__ import annotations

import posixpath
from functools import lru_cache

from deskpress.model.address import PLAIN, cleaned, is_elsewhere

ENCLOSED = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".ogv": "video/ogg",
    ".webm": "video/webm",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".csv": "text/csv",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}
"""Media types of enclosures. The `mimetypes` module would depend on the machine's configuration."""


def leads_out(target: str) -> bool:
    """Whether a link leads to another site.

    In browsers, one that begins with backslashes does. That is never intended: it is treated as a file that
    does not exist, and reported.
    """
    return target.startswith(PLAIN) or (is_elsewhere(target) and "\\" not in cleaned(target)[:2])


def own_path(target: str, url: str) -> str | None:
    """What follows the site's own `url`, with `http:` or `https:`, in a target; None if it is elsewhere."""
    own, begins = _own_site(url)
    if not target.startswith(begins):
        return None
    rest = target.partition("://")[2]
    if rest.startswith(own):
        return rest[len(own) :]
    return "" if rest == own.rstrip("/") else None


@lru_cache(maxsize=64)
def _own_site(url: str) -> tuple[str, tuple[str, ...]]:
    """The site's URL without its scheme, and the prefixes of all targets that lead there."""
    own = url.partition("://")[2]
    return own, tuple(scheme + own.rstrip("/") for scheme in PLAIN)


def joined(folder: str, path: str) -> str | None:
    """`path` relative to `folder`, both relative to the root; None if it leads out of the root."""
    path = posixpath.normpath(posixpath.join(folder, path))
    if path == ".." or path.startswith(("../", "/")):
        return None
    return "" if path == "." else path
