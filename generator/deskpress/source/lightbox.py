"""What the script of the `glightbox` plug-in may find in a text.

It makes HTML from attributes: captions (`data-title`, `title`), content (`data-content`) and the address of a
video. So it may only find links to images, with the attributes that captions need.
"""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from deskpress.model.patterns import lazy_pattern

CLASS = "glightbox"
"""The class of the links that the script handles."""

_SHOWN_AS_HTML = ("data-title", "data-description")
_ALLOWED = {*_SHOWN_AS_HTML} | set(
    "class href data-type data-width data-height data-desc-position data-gallery".split()
)
_MARKUP = lazy_pattern(r"<(?!/?(?:b|i|em|strong|code|br|su[bp]|mark|kbd)[ ]?/?>)")
"""The beginning of a tag that is not allowed in captions; allowed ones have no attributes."""


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
