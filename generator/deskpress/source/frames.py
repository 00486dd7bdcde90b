"""Replaces frames of allowed hosts by links, which pages turn into frames on click.

A link works anywhere: in feeds, in the search, without scripts; and no host learns of readers who do not
click. `assets/javascripts/frames.js` of the theme makes the frames.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from markupsafe import escape
from selectolax.lexbor import LexborNode

from deskpress.model.allowed_hosts import VIDEOS
from deskpress.model.patterns import lazy_pattern

_FRAME = lazy_pattern(r"""<iframe\b((?:[^<>"']|"[^"]*"|'[^']*')*)>\s*</iframe\s*>""", re.I)
_ATTRIBUTE = lazy_pattern(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.I)
_YOUTUBE = lazy_pattern(r"^https?://(?:www\.)?youtube\.com/embed/", re.I)

MARK = "data-dp-frame"
"""The attribute of links that become frames."""

FrameHost = Callable[[str], str]
"""Returns the host of a frame that pages may embed; empty if they may not."""


def framed(html: str, host_of: FrameHost) -> str:
    """`html` with links in place of frames of allowed hosts; other frames are left to the sanitiser."""
    if "<iframe" not in html.lower():
        return html
    return _FRAME.sub(lambda found: _link(found, host_of), html)


def without_foreign_frame(node: LexborNode, host_of: FrameHost) -> tuple[str, ...]:
    """Remove from an element that it becomes a frame, unless `framed` would say the same of its target."""
    host = host_of(node.attributes.get("href") or "") if node.tag == "a" else ""
    if host and node.attributes.get(MARK) == _kind(host):
        return ()
    del node.attrs[MARK]
    return (MARK,)


def _kind(host: str) -> str:
    """Whether a frame waits for a click, or for a reader who comes near."""
    return "video" if host in VIDEOS else "frame"


def _link(found: re.Match[str], host_of: FrameHost) -> str:
    values = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(found[1])}
    # The same videos, without cookies.
    target = _YOUTUBE.sub("https://www.youtube-nocookie.com/embed/", values.get("src", "").strip())
    if target.startswith("//"):
        target = f"https:{target}"
    host = host_of(target)
    if not host:
        return found[0]
    kind = _kind(host)
    sizes = "".join(
        f' data-{name}="{values[name]}"'
        for name in ("width", "height")
        if re.fullmatch("[0-9]{1,4}", values.get(name, ""))
    )
    title = values.get("title", "").strip() or host
    link = f'<a href="{escape(target)}" data-dp-frame="{kind}"{sizes}>{escape(title)}</a>'
    return f'<span class="dp-frame-{kind}">{link}</span>'
