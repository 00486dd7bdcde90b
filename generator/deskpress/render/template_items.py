"""Entries of the navigation and of the contents list as templates of MkDocs and Material expect them.

They ask the library only for what a template reads of them. Those templates take text for HTML, and so get it
escaped, unless all content is trusted.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, cast

from markupsafe import escape
from msgspec import Struct
from msgspec.structs import replace

from deskpress.model.address import href
from deskpress.model.body import Heading
from deskpress.model.document import AnyDocument
from deskpress.model.output import path_of
from deskpress.model.patterns import lazy_pattern
from deskpress.render.freshness import edit_link
from deskpress.render.library import Library
from deskpress.render.navigation import INDEXES
from deskpress.render.pieces import Link
from deskpress.source.frontmatter import read_meta

HARMLESS = lazy_pattern(r"[^&<>\"']*")


def as_html(value: Any) -> Any:
    """A value of front matter with all text in it escaped; whoever escapes that again changes nothing."""
    if isinstance(value, str):
        return value if HARMLESS.fullmatch(value) else escape(value)
    if isinstance(value, dict):
        return {as_html(key): as_html(one) for key, one in value.items()}
    return [as_html(one) for one in value] if isinstance(value, list) else value


def link_as_html(link: Link) -> Link:
    """A link whose text is escaped."""
    return replace(link, title=as_html(link.title), children=tuple(map(link_as_html, link.children)))


class NavigationItem:
    """An entry of the navigation: a page, a section or a link. `here` is the address of the current page."""

    is_page = is_section = is_link = False
    children: list[NavigationItem] | None = None
    pages: tuple[NavigationItem, ...] = ()
    parent: NavigationItem | None = None
    encrypted = False
    typeset = None

    def __init__(self, title: str, url: str) -> None:
        self.title = title
        self.url = url
        self.active = False

    @property
    def ancestors(self) -> list[NavigationItem]:
        """The sections above, the nearest first."""
        return [] if self.parent is None else [self.parent, *self.parent.ancestors]

    @property
    def is_top_level(self) -> bool:
        """Whether it is not in a section."""
        return self.parent is None


class NavLink(NavigationItem):
    """An entry that leads to another site, or to something other than a document."""

    is_link = True


class NavSection(NavigationItem):
    """An entry with others below it."""

    is_section = True

    def __init__(self, title: str, children: list[NavigationItem]) -> None:
        super().__init__(title, "")
        self.children = children
        self.active = any(child.active for child in children)
        for child in children:
            child.parent = self


class ContentsEntry(Struct, frozen=True):
    """An entry of a table of contents."""

    title: str
    id: str
    level: int
    children: tuple[ContentsEntry, ...] = ()

    @property
    def url(self) -> str:
        """The link to the heading."""
        return f"#{self.id}"


class NavPage(NavigationItem):
    """A document in templates, wherever it is shown."""

    is_page = True

    def __init__(self, library: Library, title: str, address: str) -> None:
        self._library = library
        self.address = address
        super().__init__(self._shown(title), href(address))

    def _shown(self, value: Any) -> Any:
        """What templates that expect HTML get for a text of the content."""
        return value if self._library.options.raw_html == "trusted" else as_html(value)

    @cached_property
    def document(self) -> AnyDocument | None:
        """The document at the address."""
        path = self._library.document_at(self.address)
        return self._library.document(path) if path else None

    added: Mapping[str, object] = MappingProxyType({})
    """The values that plug-ins add to the document for templates."""

    @cached_property
    def meta(self) -> Mapping[str, Any]:
        """The front matter, as YAML has it, and what plug-ins add."""
        own = {**self._shown(read_meta(self.document.front)), **self.document.added} if self.document else {}
        # Asked for name by name, so that only what a template shows is recorded.
        return ChainMap(own, cast("dict[str, Any]", self.added)) if self.added else own

    @property
    def has_revision_date(self) -> bool:
        """Whether plug-ins, or the front matter, have a revision date of the document."""
        document = self.document
        if not self.added and (document is None or not (document.added or "revision_date" in document.front)):
            return False  # the usual case: reading the front matter takes a tenth of the page's time
        return any(self.meta.get(name) for name in ("git_revision_date_localized", "revision_date"))

    @property
    def abs_url(self) -> str:
        """The path of the page on its host."""
        return self._library.options.base_path + self.url

    @property
    def canonical_url(self) -> str:
        """The URL of the page."""
        return self._library.options.url + self.url

    @property
    def is_homepage(self) -> bool:
        """Whether this is the home page."""
        return self.address == self._library.options.prefix

    @property
    def is_index(self) -> bool:
        """Whether the file is the index of its folder."""
        return self.document is not None and self.document.path.rpartition("/")[2] in INDEXES

    @property
    def edit_url(self) -> str:
        """The address for editing the document; empty without a repository."""
        return edit_link(self.document, self._library) if self.document else ""

    @property
    def file(self) -> File:
        """The file of the document."""
        path = self.document.path if self.document else f".deskpress/{path_of(self.address)}.md"
        return File(path, self.url, path_of(self.address))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NavPage) and self.address == other.address

    def __hash__(self) -> int:
        return hash(self.address)


class File(Struct, frozen=True):
    """A file as templates see it."""

    src_uri: str
    url: str
    dest_uri: str = ""

    @property
    def src_path(self) -> str:
        """The path below the content folder."""
        return self.src_uri

    @property
    def name(self) -> str:
        """The name without its extension."""
        return self.src_uri.rpartition("/")[2].rpartition(".")[0]


def nested(headings: tuple[Heading, ...]) -> list[ContentsEntry]:
    """Headings as a table of contents: each with those of lower levels after it."""
    found: list[ContentsEntry] = []
    at = 0
    while at < len(headings):
        heading, end = headings[at], at + 1
        while end < len(headings) and headings[end].level > heading.level:
            end += 1
        below = tuple(nested(headings[at + 1 : end]))
        found.append(ContentsEntry(heading.title, heading.id, heading.level, below))
        at = end
    return found
