"""Makes HTML a portable body: ids and links are marked, so that it can be placed on any page.

lexbor's HTML5 parser closes what raw HTML left open, so that no body can affect other parts of a page with
several bodies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from markupsafe import escape

from deskpress.model.body import BEGINNING, HERE, ID, REFERENCE, Converted, Heading, Reference
from deskpress.model.furniture import SIGNS, without_furniture
from deskpress.model.markup import hidden, shown
from deskpress.model.patterns import lazy_pattern
from deskpress.model.tools import as_text
from deskpress.source.frames import FrameHost
from deskpress.source.parsed import body_of
from deskpress.source.sanitize import Look, reclaim
from deskpress.source.sections import sections_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


_FORBIDDEN_REFERENCE = lazy_pattern(r"&#(?:0*(\d{1,7})|[xX]0*([0-9a-fA-F]{1,6}));?")
_MORE = lazy_pattern(r"<!--\s*more\s*-->", re.I)

_HREFS = ("href", "xlink:href")
_SOURCES = {"src": "media", "poster": "image", "data": "media", "action": "link", "formaction": "link"}
_ID_LISTS = (
    "for aria-labelledby aria-describedby aria-controls aria-owns aria-details aria-flowto"
    " aria-activedescendant headers list form"
).split()
_SIZED = frozenset({"width", "height", "srcset", "sizes"})
_NAMED = frozenset({"a", "map", "input"})
_TOUCHED = ", ".join(
    f"[{name.replace(':', chr(92) + ':')}]"
    for name in (
        "id",
        *_HREFS,
        *_SOURCES,
        "srcset",
        "name",
        "usemap",
        *_ID_LISTS,
        "fill",
        "clip-path",
        "mask",
    )
)

_UNKNOWN = Look(plain=False, may_claim=True)


def make_portable(
    html: str,
    headings: tuple[Heading, ...] = (),
    seen: Look = _UNKNOWN,
    *,
    search: bool = True,
    trusted: bool = False,
    body: LexborNode | None = None,
    frame_host: FrameHost = lambda target: "",
) -> Converted:
    """Mark ids and references in `html`, close open elements, and collect what the site needs to know.

    What was `seen` in it saves searching for what cannot be there; `body` is its parsed form, if it was
    parsed. Its sections are for the `search` only. Unless it is `trusted`, it loses what only pages may use,
    and links that become frames of a host that `frame_host` does not name.
    """
    html = without_references_to_controls(html)
    tree = body or _parsed(html)
    unused = () if seen.plain else _drop_what_spreads(tree)
    if "<table" in html or (not seen.plain and tree.css_first("table")):
        tree = _settled(tree)
    removed = (*unused, *reclaim(tree, frame_host)) if seen.may_claim and not trusted else ()
    # A node that matches several of the selectors is listed several times.
    touched = {node.mem_id: node for node in tree.css("[id], a, img" if seen.plain else _TOUCHED)}.values()
    if seen.plain:
        ids = frozenset(node.id for node in touched if node.id is not None)
    else:
        # Also an id without a value, which `node.id` does not tell from a missing one.
        ids = frozenset(node.attributes["id"] or "" for node in tree.css("[id]"))
        ids |= frozenset(node.attributes["name"] or "" for node in tree.css("a[name]"))
    furnished = tree.inner_html or "" if any(sign in html for sign in SIGNS) else ""
    bare = _parsed(without_furniture(furnished)) if furnished else tree
    sections = tuple(sections_of(bare)) if search else ()
    marker = _Marker(ids)
    for node in touched:
        marker.mark(node)
    images = tree.css("img:not([role])") if "<img" in html or not seen.plain else ()
    mute = (image for image in images if not (image.attributes.get("alt") or "").strip())
    whole = tree.inner_html or ""
    text = bare.text(separator=" ")
    return Converted(
        html=whole,
        excerpt=_excerpt(whole),
        headings=headings,
        ids=ids,
        references=tuple(marker.references),
        bare_images=tuple(marker.target_of(image) for image in mute),
        words=words_in(text),
        beginning=" ".join(text.split(maxsplit=BEGINNING)[:BEGINNING]),
        top_level=_top_level(tree, whole, seen),
        sections=sections,
        removed=removed,
    )


def _top_level(tree: LexborNode, html: str, seen: Look) -> int:
    """The level of the highest heading, 7 if there is none; `html` is the serialised `tree`."""
    if seen.plain:
        return next((level for level in range(1, 7) if f"<h{level}" in html), 7)
    levels = (int(node.tag[1]) for node in tree.css("h1, h2, h3, h4, h5, h6") if node.tag)
    return min(levels, default=7)


_SHAPE = bytes(ord(" " if chr(code).isspace() else "x") for code in range(128)).ljust(256, b"x")


def words_in(text: str) -> int:
    """How many words `text` has, the same number as with `split`."""
    if not text.isascii():
        return len(text.split())
    # A word begins where anything follows a space: counted that way, no list has to be made.
    return (b" " + text.encode().translate(_SHAPE)).count(b" x")


class _Marker:
    """Replaces targets by numbered references, and marks ids and what refers to them."""

    def __init__(self, ids: frozenset[str]) -> None:
        self.ids = ids
        self.references: list[Reference] = []

    def mark(self, node: LexborNode) -> None:
        attributes = node.attributes
        for name, value in attributes.items():
            if not value:
                continue
            if name == "id":
                node.attrs[name] = ID + value
            elif name in _HREFS:
                node.attrs[name] = self._href(value, "link" if node.tag in ("a", "area") else "media")
            elif name in _SOURCES:
                kind = "image" if node.tag == "img" else _SOURCES[name]
                free = kind == "image" and name == "src" and not _SIZED & attributes.keys()
                node.attrs[name] = self._reference(value, kind, free=free)
            elif name == "srcset":
                node.attrs[name] = self._srcset(value)
            elif name == "usemap":
                node.attrs[name] = "#" + self._named(value.removeprefix("#"))
            elif name in _ID_LISTS:
                node.attrs[name] = " ".join(self._named(part) for part in value.split())
            elif name == "name" and (node.tag in _NAMED):
                node.attrs[name] = ID + value
            elif "url(#" in value:
                node.attrs[name] = re.sub(r"url\(#([^)]+)\)", lambda m: f"url(#{self._named(m[1])})", value)

    def target_of(self, image: LexborNode) -> str:
        """The target of an image that was marked before."""
        number = (image.attributes.get("src") or "").strip(REFERENCE)
        return self.references[int(number)].target if number.isdecimal() else ""

    def _named(self, name: str) -> str:
        return ID + name if name in self.ids else name

    def _href(self, value: str, kind: str) -> str:
        if value.startswith("#") and kind == "media":
            return "#" + self._named(value[1:])
        if value.startswith("#") and (name := unquote(value[1:])) in self.ids:
            return f"{HERE}#{ID}{name}"
        return self._reference(value, kind)

    def _reference(self, target: str, kind: Any, *, free: bool = False) -> str:
        self.references.append(Reference(kind, target, free))
        return f"{REFERENCE}{len(self.references) - 1}{REFERENCE}"

    def _srcset(self, value: str) -> str:
        candidates = (part.strip().partition(" ") for part in value.split(",") if part.strip())
        return ", ".join(f"{self._reference(url, 'image')} {rest}".strip() for url, _, rest in candidates)


ROUNDS = 5
"""How often HTML may change when it is serialised and parsed again; odd tables do so once or twice."""


def _parsed(html: str) -> LexborNode:
    tree = body_of(html)
    if tree is None:
        raise ValueError("the HTML has no body")
    return tree


def _settled(tree: LexborNode) -> LexborNode:
    """The tree as it is after it was serialised and parsed again, which browsers do.

    The parser moves misplaced content out of a table, where it may then close open elements, even those of
    the page.
    """
    for _ in range(ROUNDS):
        written = tree.inner_html or ""
        again = _parsed(written)
        if (again.inner_html or "") == written:
            return tree
        tree = again
    return _parsed(str(escape(tree.inner_html or "")))


def _drop_what_spreads(tree: LexborNode) -> tuple[str, ...]:
    """Remove what affects more than its body on a page: `base`, `meta`, text without an end, odd scripts.

    The attributes of a `<body>` tag in content would be lost; returns whether there is one.
    """
    spread = ("<body>",) if tree.attributes else ()
    for name in tree.attributes:
        del tree.attrs[name]
    for node in tree.css("base, meta"):
        node.decompose()
    for node in tree.css("plaintext"):
        node.unwrap()
    for node in tree.css("script"):
        # An open comment in a script hides its end tag when the page is parsed again.
        if "<!--" in (node.html or ""):
            node.decompose()
    return spread


def _excerpt(html: str) -> str:
    """The HTML before `<!-- more -->`, with elements cut open closed again, as lists show it."""
    # Searched in the cleaned HTML: the mark could be in a removed part.
    html = hidden(without_furniture(html)) if _MORE.search(html) else ""
    found = _MORE.search(html)
    if found is None:
        return ""
    tree = body_of(shown(html[: found.start()]))
    return as_text(((tree.inner_html if tree else "") or "").strip())


def without_references_to_controls(html: str) -> str:
    """`html` without references to characters that `source/` removes."""
    return _FORBIDDEN_REFERENCE.sub(_drop_control, html) if "&#" in html else html


def _drop_control(found: re.Match[str]) -> str:
    """Prevent character references from restoring what `source/` removed."""
    code = int(found[1]) if found[1] else int(found[2], 16)
    allowed = code in (9, 10, 13) or 32 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
    # Replaced, not removed: the text around it might then become a reference.
    return found[0] if allowed else "\ufffd"
