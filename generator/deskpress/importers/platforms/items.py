"""A document from another platform."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

Kind = Literal["post", "topic", "page"]
"""Where a document goes: into the blog, the help center, or neither."""


class Person(Struct, frozen=True):
    """An author: a name, and never an e-mail address, which the source may also have."""

    key: str
    name: str
    about: str = ""


class Item(Struct, kw_only=True):
    """A document of a source.

    `key` names it for good: another import of the source finds it by that. `place` is where it stands in the
    source, `export.txt:12`. `body` is HTML or Markdown as it was, `base` the address against which relative
    targets in it are meant. Instants without a zone are on the site's clock. `sections` are the names of what
    it lies in, outermost first. `addresses` are those at which readers found it, absolute or from the root;
    `names` are further ones by which links in the source mean it: `id:42`, `file:a/b.md`. `id` is its id in
    feeds. `hidden` says why the public could not read it; empty if it could. `file` is a path to prefer,
    without its ending; `file_in_source` is where the document lies in a source of many files, against which
    its pictures are sought. Of one that `is_left_out` only the addresses count: they answer 410 (gone).
    """

    key: str
    kind: Kind
    title: str
    place: str
    body: str
    markup: Literal["html", "markdown"] = "html"
    base: str = ""
    created: datetime | date | None = None
    updated: datetime | date | None = None
    slug: str = ""
    file: str = ""
    file_in_source: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    id: str = ""
    hidden: str = ""
    language: str = ""
    pinned: bool = False
    order: int | None = None
    is_left_out: bool = False

    @classmethod
    def left_out(cls, place: str, *addresses: str) -> Item:
        """What the public could read at these addresses, and the site does not get; a format reports why."""
        key = f"left out:{addresses[0] if addresses else place}"
        return cls(
            key=key, kind="page", title="", place=place, body="", addresses=addresses, is_left_out=True
        )
