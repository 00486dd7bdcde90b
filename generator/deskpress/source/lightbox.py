"""What the script of the plug-in `glightbox` may find in a text.

It makes HTML of attributes: of a caption (`data-title`, `title`), of what is to be shown (`data-content`),
and of the address of a video. So the links that it may find are those to images, with what captions need.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

CLASS = "glightbox"
"""The class of the links that the script looks for."""

_SHOWN_AS_HTML = ("data-title", "data-description")
_ALLOWED = {*_SHOWN_AS_HTML} | set(
    "class href data-type data-width data-height data-desc-position data-gallery".split()
)
_MARKUP = re.compile(r"<(?!/?(?:b|i|em|strong|code|br|su[bp]|mark|kbd)[ ]?/?>)")
"""The beginning of a tag that no caption may have; those that it may have stand there without attributes."""


def without_foreign_slides(node: LexborNode) -> tuple[str, ...]:
    """Take the class from an element that is no plain link to an image; what that was.

    Where it is one, markup in its captions becomes text.
    """
    attributes = node.attributes
    if node.tag != "a" or attributes.get("data-type") != "image" or attributes.keys() - _ALLOWED:
        names = (attributes.get("class") or "").split()
        node.attrs["class"] = " ".join(name for name in names if name.lower() != CLASS)
        return (f"class={CLASS}",)
    for name in _SHOWN_AS_HTML:
        if (said := attributes.get(name) or "") and (told := _MARKUP.sub("&lt;", said)) != said:
            node.attrs[name] = told
    return ()
