"""The page and the navigation as templates of MkDocs and Material expect them.

Both ask the library only for what a template reads of them, so that a page depends on that and no more.
Those templates take text for HTML, and so get it escaped, unless all content is trusted.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from math import ceil
from types import MappingProxyType
from typing import Any, cast
from urllib.parse import unquote

from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from deskpress.model.address import href
from deskpress.model.body import Heading
from deskpress.model.document import AnyDocument, Post
from deskpress.model.output import OutputSpec, path_of
from deskpress.model.patterns import lazy_pattern
from deskpress.plan.urls import author_slug
from deskpress.render.freshness import edit_link
from deskpress.render.library import Library
from deskpress.render.navigation import INDEXES, Node
from deskpress.render.pieces import Link
from deskpress.source.frontmatter import read_meta

WORDS_PER_MINUTE = 265
"""Reading speed, as in Material's blog plug-in."""

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


class Dates(Struct, frozen=True):
    """When a post was created and updated."""

    created: datetime
    updated: datetime | None


class PostConfig(Struct, frozen=True):
    """A post's front matter as in Material's blog."""

    date: Dates
    pin: bool
    draft: bool
    slug: str
    readtime: int
    links: tuple[Link, ...]
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]


class TemplatePage(NavPage):
    """The current page. `headings` are those of its table of contents, `root` leads to the site's."""

    def __init__(
        self, spec: OutputSpec, library: Library, title: str, headings: tuple[Heading, ...], root: str
    ) -> None:
        super().__init__(library, title, spec.address)
        self._spec = spec
        self._headings = headings
        self._root = root
        self.active = True

    @cached_property
    def toc(self) -> list[ContentsEntry]:
        """The table of contents; on Deskpress's own pages what the skip link needs."""
        if self._spec.template.startswith("deskpress/"):
            return [ContentsEntry("", "dp:content", 1)]
        return nested(self._headings)

    @cached_property
    def content(self) -> Markup:
        """The HTML of the document."""
        document = self.document
        return Markup(self._library.placed(document.path, self._root, base=1) if document else "")

    @cached_property
    def present_anchor_ids(self) -> set[str]:
        """The ids of the headings."""
        return {heading.id for heading in self._headings}

    @cached_property
    def nav(self) -> TemplateNav:
        """The navigation, relative to this page."""
        return TemplateNav(self._library, self)

    @cached_property
    def _around(self) -> tuple[Link | None, Link | None]:
        if isinstance(self.document, Post):
            one, other = self._library.neighbours(self.document.path)
        else:
            one, other = self._library.nav_around(self.address)
        return one and self._link(one), other and self._link(other)

    def _link(self, link: Link) -> Link:
        return link if self._library.options.raw_html == "trusted" else link_as_html(link)

    @property
    def previous_page(self) -> Link | None:
        """The page before this one."""
        return self._around[0]

    @property
    def next_page(self) -> Link | None:
        """The page after this one."""
        return self._around[1]

    @cached_property
    def config(self) -> PostConfig | None:
        """The values of a post in Material's blog."""
        post = self.document
        if not isinstance(post, Post):
            return None
        words = self._library.body(post.path).words
        minutes = post.readtime if post.readtime is not None else max(1, ceil(words / WORDS_PER_MINUTE))
        return PostConfig(
            Dates(post.created, post.updated),
            post.pin,
            post.draft,
            post.slug,
            minutes,
            tuple(map(self._link, self._library.related(post.path))),
            tuple(self._shown([author.key for author in post.authors])),
            tuple(self._shown([*post.categories])),
            tuple(self._shown([*post.tags])),
        )

    @property
    def authors(self) -> list[dict[str, str]]:
        """The authors of a post."""
        found = []
        for author in self.document.authors if isinstance(self.document, Post) else ():
            pattern = self._library.options.addresses["author"]
            own = pattern.format(slug=author_slug(author)) if self._library.options.authors_profiles else ""
            told = {
                "name": author.name,
                "description": author.description,
                "avatar": author.avatar,
                "url": author.url or href(own),
            }
            found.append(self._shown(told))
        return found

    @property
    def categories(self) -> list[Link]:
        """The categories of a post."""
        return self._terms("category")

    @property
    def tags(self) -> list[Link]:
        """The tags of a post."""
        return self._terms("tag")

    def _terms(self, kind: str) -> list[Link]:
        post = self.document
        if not isinstance(post, Post):
            return []
        found = []
        for name in post.categories if kind == "category" else post.tags:
            slug = self._library.term_slug(f"{kind}/{name}")
            address = self._library.options.addresses[kind].format(slug=slug)
            found.append(self._link(Link(self._library.term(f"{kind}/{slug}"), href(address))))
        return found


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


class TemplateNav:
    """The whole navigation, as MkDocs' `nav`; read only if a template asks for it."""

    def __init__(self, library: Library, page: TemplatePage) -> None:
        self._library = library
        self._page = page

    @cached_property
    def items(self) -> list[NavigationItem]:
        """The entries at the top."""
        return [self._item(node) for node in self._library.nav_tree()]

    def _item(self, node: Node) -> NavigationItem:
        own = self._page_of(node)
        if not node.children:
            return own
        below = [self._item(child) for child in node.children]
        return NavSection(self._title(node), [own, *below] if node.own else below)

    def _title(self, node: Node) -> str:
        trusted = self._library.options.raw_html == "trusted"
        return node.link.title if trusted else as_html(node.link.title)

    def _page_of(self, node: Node) -> NavigationItem:
        if node.link.external:
            return NavLink(self._title(node), node.link.href)
        if node.link.href == self._page.url:
            return self._page
        return NavPage(self._library, node.link.title, unquote(node.link.href))

    @cached_property
    def homepage(self) -> NavPage:
        """The home page."""
        return NavPage(self._library, self._library.options.name, self._library.options.prefix)

    @property
    def pages(self) -> list[NavigationItem]:
        """Every page, in order."""
        return [item for item in _flat(self.items) if item.is_page]

    def __iter__(self) -> Iterator[NavigationItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def _flat(items: list[NavigationItem]) -> Iterator[NavigationItem]:
    for item in items:
        yield item
        yield from _flat(item.children or [])
