"""What the pages of a site may load, as `policy` in `mkdocs.yml` says it."""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import Struct

from deskpress.model.address import cleaned, is_elsewhere

ANY_HTTPS = "https:"

_HTTPS_PORT = 443


class PagePolicy(Struct, frozen=True):
    """Where images may come from besides the site itself, and whether pages want Trusted Types.

    `images` is `(ANY_HTTPS,)`, or hosts (`images.example`, `*.images.example`, each perhaps with a port), or
    nothing. `untyped` says why pages go without Trusted Types, empty if they don't.
    """

    images: tuple[str, ...] = (ANY_HTTPS,)
    untyped: str = ""

    @property
    def image_sources(self) -> tuple[str, ...]:
        """`images` as source expressions (CSP Level 3 §2.3.1)."""
        return tuple(one if one == ANY_HTTPS else f"https://{one}" for one in self.images)

    def allows_image(self, target: str, site: str) -> bool:
        """Whether browsers load an image from `target`; `site` is the site's URL.

        A target that is not understood is not allowed: browsers may find another host in it.
        """
        if not is_elsewhere(target) or (text := cleaned(target)).lower().startswith("data:"):
            return True
        text = text.replace("\\", "/")
        try:
            parts, own = urlsplit(f"https:{text}" if text.startswith("//") else text), urlsplit(site)
            host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
        except ValueError:  # UnicodeError is one
            return False
        if parts.scheme in ("http", "https") and parts.netloc and parts.netloc == own.netloc:
            return True
        if parts.scheme != "https" or not host:
            return False
        return ANY_HTTPS in self.images or any(
            _matches(one, host, port or _HTTPS_PORT) for one in self.images
        )


def _matches(allowed: str, host: str, port: int) -> bool:
    """Whether a host is an allowed one, as CSP Level 3 §6.7.2.9 compares them."""
    name, _, number = allowed.partition(":")
    if port != int(number or _HTTPS_PORT):
        return False
    return host.endswith(name[1:]) if name.startswith("*.") else host == name
