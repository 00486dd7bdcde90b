"""Portable bodies: rendered once, placed on many pages by substituting three marks.

A mark is a control character. Content never holds one (the source room takes them out), so a mark
cannot be forged and substituting is one `str.replace`.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from deskpress.model.search import TextSection

ROOT = "\x11"
"""Stands before an address inside the site; becomes `../../` on a page, the site's URL in a feed."""
HERE = "\x12"
"""Stands before the fragment of a link into the body itself."""
ID = "\x13"
"""Stands before an id, so that the ids of several bodies on one page differ."""
REFERENCE = "\x14"
"""Encloses the number of a reference that is not resolved yet."""

_HEADING = re.compile(r"(</?h)([1-6])(?=[\s>])")


class Heading(Struct, frozen=True):
    """A heading with its anchor, for the table of contents."""

    level: int
    id: str
    title: str


class Reference(Struct, frozen=True, array_like=True):
    """A link or an embedded file, as the editor wrote its target.

    An image is `free` if nothing is said of its size, nor of other images to show in its place.
    """

    kind: Literal["link", "image", "media"]
    target: str
    free: bool = False


BEGINNING = 200
"""Words from the text of a body that are kept: summaries and descriptions have 280 letters at the most."""


class Swallowing(Struct, frozen=True, array_like=True):
    """The `nth` (from 0) element `name` keeps text from being shown.

    It has no end tag, or is `slashed` (`<name/>`), or has an end tag that does not end it as something in
    there is open (`crossed`), or is a tool that holds text of its own (`filled`).
    """

    name: str
    nth: int
    how: Literal["open", "slashed", "crossed", "filled"]


class Converted(Struct, frozen=True):
    """Markdown turned into HTML, with references still open (`REFERENCE` n `REFERENCE`).

    `excerpt` is the HTML up to `<!-- more -->`, empty if there is no such mark. `top_level` is the level
    of the highest heading, 7 if there is none. `bare_images` are the targets without alternative text,
    `removed` the elements (`<script>`) and attributes (`onclick`) that were left out, `unknown_rules` names
    of rule sets that there are not, `swallowing` the elements that keep text from readers; `tools` tells
    whether there are tools. `words` is how many words it has,
    `beginning` the first `BEGINNING` of them. `sections` are its parts with their text. `markdown` is what
    was converted; it begins on line `first_line` of its file.
    """

    html: str
    excerpt: str
    headings: tuple[Heading, ...]
    ids: frozenset[str]
    references: tuple[Reference, ...]
    bare_images: tuple[str, ...]
    words: int
    beginning: str
    top_level: int
    removed: tuple[str, ...] = ()
    unknown_rules: tuple[str, ...] = ()
    swallowing: tuple[Swallowing, ...] = ()
    sections: tuple[TextSection, ...] = ()
    tools: bool = False
    markdown: str = ""
    first_line: int = 1


class Enclosure(Struct, frozen=True):
    """A media file of the site that a body embeds or links to; `size` in bytes."""

    address: str
    type: str
    size: int


class Body(Struct, frozen=True):
    """A converted document whose references are resolved: it can stand on any page."""

    html: str
    excerpt: str
    headings: tuple[Heading, ...]
    words: int
    beginning: str
    top_level: int
    enclosures: tuple[Enclosure, ...] = ()
    tools: bool = False


def place(html: str, *, root: str, here: str = "", ids: str = "", shift: int = 0) -> str:
    """Put a body's HTML on a page.

    `root` leads from that page to the site's root and ends in a slash; `here` is the address of the
    body's own page where fragments must name it (feeds); `ids` goes before every id; `shift` moves
    headings down by so many levels, at most to h6.
    """
    if shift:
        html = _HEADING.sub(lambda m: f"{m[1]}{min(6, int(m[2]) + shift)}", html)
    return html.replace(ROOT, root).replace(HERE, here).replace(ID, ids)
