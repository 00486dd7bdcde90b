"""The only door through which views reach the site: each question has a name.

What a render has asked is what its output depends on; the engine can write the questions down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deskpress.model.address import href
from deskpress.model.body import Body, place
from deskpress.model.document import AnyDocument, Page, Post
from deskpress.model.output import Plan
from deskpress.model.site import Options, Site
from deskpress.plan.lists import Lists, find, neighbours
from deskpress.plan.urls import document_address
from deskpress.render.dates import day_text
from deskpress.render.views import Link, PostCard


@dataclass(slots=True)
class Library:
    """Everything that has been read, planned and linked. `bodies` go by the path of the document."""

    site: Site
    plan: Plan
    lists: Lists
    bodies: Mapping[str, Body]
    _neighbours: dict[str, tuple[Post | None, Post | None]] | None = None
    _by_path: dict[str, AnyDocument] | None = None
    _superseding: dict[str, AnyDocument] | None = None

    @property
    def options(self) -> Options:
        """The site's options."""
        return self.site.options

    def document(self, path: str) -> AnyDocument:
        """The published document at `path`. Raises `KeyError`."""
        found = self.at(path)
        if found is None:
            raise KeyError(path)
        return found

    def at(self, path: str) -> AnyDocument | None:
        """The published document at `path`, if there is one."""
        if self._by_path is None:
            self._by_path = {d.path: d for d in self.site.documents}
        return self._by_path.get(path)

    def page_at(self, address: str) -> Page | None:
        """The page that editors wrote for `address`, if there is one."""
        return next((page for page in self.site.pages if self.address(page) == address), None)

    def address(self, document: AnyDocument) -> str:
        """The address of the document's own page."""
        return document_address(document, self.options.addresses)

    def body(self, document: AnyDocument) -> Body:
        """The document's linked body."""
        return self.bodies[document.path]

    def neighbours(self, post: Post) -> tuple[Post | None, Post | None]:
        """The (older, newer) post of the blog."""
        if self._neighbours is None:
            self._neighbours = neighbours(self.site.posts)
        return self._neighbours[post.path]

    def superseding(self, document: AnyDocument) -> AnyDocument | None:
        """The newer document that takes the place of this one."""
        if self._superseding is None:
            self._superseding = {}
            for newer in self.site.documents:
                if newer.supersedes and (older := self.find(newer.supersedes)):
                    self._superseding[older.path] = newer
        return self._superseding.get(document.path)

    def find(self, target: str) -> AnyDocument | None:
        """The document that a path, an `id` or an address names."""
        return find(self.site, target)

    def link(self, document: AnyDocument, *, active: bool = False) -> Link:
        """A link to the document under its title."""
        return Link(document.title, href(self.address(document)), active=active)

    def card(self, document: AnyDocument) -> PostCard:
        """What lists show of a document."""
        link = self.link(document)
        if not isinstance(document, Post):
            return PostCard(link, "", "", document.description)
        day = document.day
        return PostCard(
            link,
            document.created.isoformat(),
            day_text(day, self.options.language),
            document.description,
            document.pin,
        )

    def placed(
        self, document: AnyDocument, root: str, *, base: int = 2, ids: str = "", excerpt: bool = False
    ) -> str:
        """The document's HTML for a page; its highest heading becomes h`base` if it stood higher."""
        body = self.body(document)
        return place(
            body.excerpt if excerpt and body.excerpt else body.html,
            root=root,
            ids=ids,
            shift=max(0, base - body.top_level) if body.top_level < 7 else 0,
        )
