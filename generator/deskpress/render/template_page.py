"""The page and the navigation as templates of MkDocs and Material expect them.

Both ask the library only for what a template reads of them, so that a page depends on that and no more.
Those templates take text for HTML, and so get it escaped, unless all content is trusted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from math import ceil
from urllib.parse import unquote

from markupsafe import Markup
from msgspec import Struct

from deskpress.model.address import href
from deskpress.model.body import Heading
from deskpress.model.document import Post
from deskpress.model.output import OutputSpec
from deskpress.plan.urls import author_slug
from deskpress.render.library import Library
from deskpress.render.navigation import Node
from deskpress.render.pieces import Link
from deskpress.render.template_items import (
    ContentsEntry,
    NavigationItem,
    NavLink,
    NavPage,
    NavSection,
    as_html,
    link_as_html,
    nested,
)

WORDS_PER_MINUTE = 265
"""Reading speed, as in Material's blog plug-in."""


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
