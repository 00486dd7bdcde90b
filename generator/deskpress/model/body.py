"""Portable bodies: rendered once, placed on many pages by substituting three marks.

A mark is a control character. Content never holds one (`source/` removes them), so a mark cannot be forged
and substituting is one `str.replace`.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from deskpress.model.search import TextSection

ROOT = "\x11"
"""Precedes an address inside the site; becomes `../../` on a page, the site's URL in a feed."""
HERE = "\x12"
"""Precedes the fragment of a link into the body itself."""
ID = "\x13"
"""Precedes an id, so that the ids of several bodies on one page differ."""
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

    An image is `free` if neither its size nor alternative images are given.
    """

    kind: Literal["link", "image", "media"]
    target: str
    free: bool = False


BEGINNING = 200
"""Words of a body's text that are kept: summaries and descriptions have 280 letters at most."""


class Swallowing(Struct, frozen=True, array_like=True):
    """The `nth` (from 0) element `name` hides text.

    It has no end tag, or is `slashed` (`<name/>`), or its end tag is ignored because something inside is
    still open (`crossed`), or is a tool that contains text (`filled`).
    """

    name: str
    nth: int
    how: Literal["open", "slashed", "crossed", "filled"]


class Converted(Struct, frozen=True):
    """Markdown turned into HTML, with references still open (`REFERENCE` n `REFERENCE`).

    `excerpt` is the HTML up to `<!-- more -->`, empty if there is no such mark. `top_level` is the level
    of the highest heading, 7 if there is none. `bare_images` are the targets without alternative text,
    of the highest heading, 7 if there is none. `bare_images` are the targets without alternative text,
    `removed` the elements (`<script>`) and attributes (`onclick`) that were left out, `unknown_rules` names
    of rule sets that do not exist, `swallowing` the elements that hide text; `tools` says whether there are
    tools. `words` is how many words it has,
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
    """A converted document whose references are resolved: it can be placed on any page."""

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
    body's own page if fragments must include it (feeds); `ids` is put before every id; `shift` moves
    headings down by that many levels, at most to h6.
    """
    if shift:
        html = _HEADING.sub(lambda m: f"{m[1]}{min(6, int(m[2]) + shift)}", html)
    return html.replace(ROOT, root).replace(HERE, here).replace(ID, ids)
