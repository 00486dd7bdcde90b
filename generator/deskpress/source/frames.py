"""Frames of allowed hosts become links, which pages turn into frames when the reader wants to see them.

A link can be read anywhere: in feeds, in the search, without scripts; and no host learns of a reader who only
passes by. `assets/javascripts/frames.js` of the theme makes the frames.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from markupsafe import escape

from deskpress.model.policy import VIDEOS

_FRAME = re.compile(r"""<iframe\b((?:[^<>"']|"[^"]*"|'[^']*')*)>\s*</iframe\s*>""", re.I)
_ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.I)
_YOUTUBE = re.compile(r"^https?://(?:www\.)?youtube\.com/embed/", re.I)

FrameHost = Callable[[str], str]
"""Tells the host of a frame that pages may hold; empty if they may not."""


def framed(html: str, host_of: FrameHost) -> str:
    """`html` with a link in the place of each frame of an allowed host; others stay, for the sanitiser."""
    if "<iframe" not in html.lower():
        return html
    return _FRAME.sub(lambda found: _link(found, host_of), html)


def _link(found: re.Match[str], host_of: FrameHost) -> str:
    values = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(found[1])}
    # The same videos, without cookies.
    target = _YOUTUBE.sub("https://www.youtube-nocookie.com/embed/", values.get("src", "").strip())
    if target.startswith("//"):
        target = f"https:{target}"
    host = host_of(target)
    if not host:
        return found[0]
    kind = "video" if host in VIDEOS else "frame"
    sizes = "".join(
        f' data-{name}="{values[name]}"'
        for name in ("width", "height")
        if re.fullmatch("[0-9]{1,4}", values.get(name, ""))
    )
    title = values.get("title", "").strip() or host
    link = f'<a href="{escape(target)}" data-dp-frame="{kind}"{sizes}>{escape(title)}</a>'
    return f'<span class="dp-frame-{kind}">{link}</span>'
