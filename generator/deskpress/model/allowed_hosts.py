"""What the pages of a site may load, as set by `policy` in `mkdocs.yml`."""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import Struct

from deskpress.model.address import cleaned, is_elsewhere

ANY_HTTPS = "https:"

VIDEOS = ("player.vimeo.com", "www.loom.com", "www.youtube-nocookie.com")
"""Video hosts that pages may embed by default; none is contacted before the reader clicks."""

_HTTPS_PORT = 443


class Need(Struct, frozen=True):
    """What a `feature` of the configuration makes pages load, as source expressions (CSP Level 3 §2.3.1).

    With `inline_styles` a script writes inline styles into pages.
    """

    feature: str
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    connect: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    inline_styles: bool = False


class PagePolicy(Struct, frozen=True):
    """What pages may load in addition to the site's own files, and whether they use Trusted Types.

    `scripts`, `frames` and `connect` are hosts; `needs` follow from the configuration. `images` is
    `(ANY_HTTPS,)`, or hosts (`images.example`, `*.images.example`, each perhaps with a port), or
    nothing. `untyped` says why pages go without Trusted Types, empty if they use them.
    """

    images: tuple[str, ...] = (ANY_HTTPS,)
    untyped: str = ""
    scripts: tuple[str, ...] = ()
    frames: tuple[str, ...] = VIDEOS
    connect: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()

    def sources(self, kind: str) -> tuple[str, ...]:
        """The source expressions of a kind of `Need` (`scripts`, `styles` …), including those of `policy`."""
        own: tuple[str, ...] = getattr(self, kind, ())
        found = (*map(_expression, own), *(one for need in self.needs for one in getattr(need, kind)))
        return tuple(sorted(set(found)))

    @property
    def inline_styles(self) -> bool:
        """Whether scripts write styles into pages."""
        return any(need.inline_styles for need in self.needs)

    def frame_host(self, target: str) -> str:
        """The host of a frame that pages may embed; empty if they may not."""
        try:
            parts = urlsplit(cleaned(target).replace("\\", "/"))
            host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
        except ValueError:  # includes UnicodeError
            return ""
        allowed = parts.scheme in ("https", "") and any(
            _matches(one.removeprefix("https://"), host, port or _HTTPS_PORT)
            for one in self.sources("frames")
        )
        return host if allowed else ""

    @property
    def image_sources(self) -> tuple[str, ...]:
        """`images` as source expressions (CSP Level 3 §2.3.1)."""
        return self.sources("images")

    def allows_image(self, target: str, site: str) -> bool:
        """Whether browsers load an image from `target`; `site` is the site's URL.

        A target that cannot be parsed is not allowed: browsers may find another host in it.
        """
        if not is_elsewhere(target) or (text := cleaned(target)).lower().startswith("data:"):
            return True
        text = text.replace("\\", "/")
        try:
            parts, own = urlsplit(f"https:{text}" if text.startswith("//") else text), urlsplit(site)
            host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
        except ValueError:  # includes UnicodeError
            return False
        if parts.scheme in ("http", "https") and parts.netloc and parts.netloc == own.netloc:
            return True
        if parts.scheme != "https" or not host:
            return False
        return ANY_HTTPS in self.images or any(
            _matches(one, host, port or _HTTPS_PORT) for one in self.images
        )


def _expression(host: str) -> str:
    return host if host == ANY_HTTPS else f"https://{host}"


def _matches(allowed: str, host: str, port: int) -> bool:
    """Whether a host is an allowed one, as CSP Level 3 §6.7.2.9 compares them."""
    name, _, number = allowed.partition(":")
    if port != int(number or _HTTPS_PORT):
        return False
    return host.endswith(name[1:]) if name.startswith("*.") else host == name
