"""The Content-Security-Policy of a site: what its own theme needs, and nothing else.

The policy allows the inline scripts of the theme, by their hashes. They are found by rendering one page of
the theme without content, so that a script injected by content is never among them.

Pages also require Trusted Types (W3C Trusted Types §4): text can only become markup or the address of a
script by way of a policy that the page names. Material's script violates that for some of its features, and
other people's scripts may, so pages with these go without.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from deskpress.model.allowed_hosts import PagePolicy

_INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.S)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.S)
_LOADED = re.compile(r"<(script|link)\b[^>]*?\b(?:src|href)\s*=\s*[\"']?(https?://[^\"'\s>]+)[^>]*>")
_DATA = re.compile(r"\bsrc\s*=|\btype\s*=\s*[\"']?(?!module|text/javascript)[\w/+-]+")

TRUSTED_TYPES = ("require-trusted-types-for 'script'", "trusted-types deskpress")
"""`deskpress` is the policy of our tools, which creates the URL of their worker (`tools/worker.js`)."""


def make_policy(page: str, extra: Iterable[str], told: Iterable[str], allowed: PagePolicy) -> str:
    """The policy of a site whose theme renders an empty page as `page`.

    `extra` are more scripts and styles, `told` the URLs that scripts may send data to.
    """
    scripts = [
        _hash(found["code"]) for found in _INLINE.finditer(page) if not _DATA.search(found["attributes"])
    ]
    hosts, ears = _hosts(extra), _hosts(told)
    loaded = {kind: _hosts(_loaded(page, kind)) for kind in ("script", "link")}
    # Browsers ignore `'unsafe-inline'` next to a hash.
    styles = ["'unsafe-inline'"] if allowed.inline_styles else map(_hash, _STYLE.findall(page))
    frames = allowed.sources("frames")
    parts: Mapping[str, Iterable[str]] = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *scripts, *hosts, *loaded["script"], *allowed.sources("scripts")],
        "style-src": ["'self'", *styles, *hosts, *loaded["link"], *allowed.sources("styles")],
        "img-src": ["'self'", *allowed.image_sources, "data:"],
        "media-src": ["'self'", "https:"],
        "font-src": ["'self'", *allowed.sources("fonts")],
        "connect-src": ["'self'", *ears, *allowed.sources("connect")],
        "frame-src": [*frames] or ["'none'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
    directives = [f"{name} {' '.join(dict.fromkeys(values))}" for name, values in parts.items()]
    return "; ".join((*directives, *(() if allowed.untyped else TRUSTED_TYPES)))


def _hash(text: str) -> str:
    """The hash of an inline script or style (CSP Level 3 §2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _loaded(page: str, element: str) -> list[str]:
    """The addresses from which the theme's own templates load scripts or styles."""
    return [
        found[2]
        for found in _LOADED.finditer(page)
        if found[1] == element and (element == "script" or "stylesheet" in found[0])
    ]


def _hosts(urls: Iterable[str]) -> list[str]:
    """The origins of absolute URLs."""
    parts = map(urlsplit, urls)
    return sorted({f"{url.scheme}://{url.netloc}" for url in parts if url.netloc and url.scheme})
