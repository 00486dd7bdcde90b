"""The interface through which views read the site. Each question has a name and an answer.

An output depends on the questions that its rendering asked. Their names are recorded, and a later build asks
them again: an output whose answers are the same need not be rendered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from deskpress.model.body import Body, place
from deskpress.model.document import AnyDocument, Dated, Post
from deskpress.model.output import Plan
from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import Options, Site
from deskpress.render.linking import Linker
from deskpress.render.listing import ListQuestions, Paths
from deskpress.render.navigation import Navigation, make_navigation
from deskpress.render.pieces import Link, PostCard
from deskpress.render.questions import DependencyRecorder, question
from deskpress.render.records import Records
from deskpress.render.sources import Sources

_MARKED = lazy_pattern(r"<([a-z]{2,3}(?:-[A-Za-z]{2,4})?)>")
"""The prefix of questions in another language than the main one."""


class Library(ListQuestions):
    """Everything that has been read, planned and linked, in one language.

    `bodies` go by the path of the document. `by_language` are the libraries of all languages.
    """

    def __init__(
        self,
        site: Site,
        plan: Plan,
        linker: Linker,
        bodies: Mapping[str, Body],
        records: Records,
        notes: DependencyRecorder,
    ) -> None:
        self._sources = Sources(site, plan, linker.of_source)
        self._linker = linker
        self._bodies = bodies
        self.records = records
        self.notes = notes
        self.options: Options = site.options
        self.mark = f"<{site.options.language_dir}>" if site.options.language_dir else ""
        self.by_language: dict[str, Library] = {site.options.language_dir: self}

    def answer(self, key: str) -> object:
        """The answer to a question by its recorded name. Raises `KeyError` if it has none now."""
        kind, _, name = key.partition(":")
        if found := _MARKED.match(name):
            # Raises `KeyError` for a language that was removed.
            return self.by_language[found[1]]._answer(kind, name[found.end() :])
        return self._answer(kind, name)

    def _answer(self, kind: str, name: str) -> object:
        ask = getattr(type(self), kind, None)
        if ask is None:
            raise KeyError(kind)
        return ask(self, name)

    def states(self) -> dict[str, object]:
        """The state of each shard of the search, in all languages, by its name in questions."""
        return {
            library.mark + shard.name: library.records.state(shard.name)
            for library in self.by_language.values()
            if library.options.search
            for shard in library.records.shards
        }

    @cached_property
    def _navigation(self) -> Navigation:  # type: ignore[override]  # made when it is asked for
        def find(target: str) -> Link | None:
            """A file of this language, else of any other."""
            for library in (self, *self.by_language.values()):
                sources = library._sources
                document = sources.by_path.get(library.options.prefix + target) or sources.by_path.get(target)
                if document is not None:
                    return sources.link(document)
            return None

        return make_navigation(self._sources.site, find, self.address)

    # One document

    @question
    def document(self, path: str) -> AnyDocument | None:
        """Everything of a document except its body."""
        return self._sources.by_path.get(path)

    @question
    def head(self, path: str) -> Link | None:
        """The title and address of a document: what a link to it shows."""
        found = self._sources.by_path.get(path)
        return None if found is None else self._sources.link(found)

    @question
    def card(self, path: str) -> PostCard:
        """What lists show of a document."""
        return self._sources.card(self._sources.by_path[path])

    def body(self, path: str) -> Body:
        """The linked body of a document. Recorded like a question; bodies are too large to be cached."""
        if self.notes.asked is not None:
            self.notes.asked.add(f"body:{path}")
        return self._bodies[path]

    @question
    def related(self, path: str) -> tuple[Link, ...]:
        """The related links that a post's front matter names, resolved."""
        post = self._sources.by_path[path]
        return (
            tuple(self._linker.related(post, link) for link in post.links) if isinstance(post, Post) else ()
        )

    @question
    def neighbours(self, path: str) -> tuple[Link | None, Link | None]:
        """Links to the (older, newer) post of the blog."""
        older, newer = self._sources.neighbours[path]
        return self._sources.link(older) if older else None, self._sources.link(newer) if newer else None

    @question
    def superseding(self, path: str) -> tuple[Link, date | None] | None:
        """A link to the newer document that replaces this one, and when its rules begin."""
        newer = self._sources.superseding.get(path)
        return (self._sources.link(newer), newer.effective) if newer else None

    @question
    def found(self, target: str) -> Link | None:
        """A link to the document that a path, an `id` or an address names."""
        document = self._sources.named.find(target)
        return self._sources.link(document) if document else None

    @question
    def page_at(self, address: str) -> str:
        """The path of the page that editors wrote for an address; empty if they did not."""
        return self._sources.page_at.get(address, "")

    @question
    def document_at(self, address: str) -> str:
        """The path of the document at an address; empty if there is none."""
        return self._sources.document_at.get(address, "")

    @question
    def asset(self, path: str) -> str:
        """The address of a file of the content that is no document; empty if there is none."""
        return self._linker.files.get(path, "")

    @question
    def topic(self, key: str) -> Link | None:
        """A link to the help topic `key`."""
        topic = self._sources.topics.get(key)
        return self._sources.link(topic) if topic else None

    @question
    def term(self, name: str) -> str:
        """The display name of `category/metrics`, a taxonomy and a slug in it."""
        kind, _, slug = name.partition("/")
        return self._sources.listing(kind, slug).name

    @question
    def term_slug(self, name: str) -> str:
        """The slug of `category/Metrics`, a taxonomy or `series` and a name in it."""
        kind, _, term = name.partition("/")
        return self._sources.lists.slugs(kind)[term]

    # Help center

    def address(self, document: AnyDocument) -> str:
        """The address of a document's own page."""
        return self._sources.address(document)

    def post(self, path: str) -> Post:
        """The post at `path`, as in `document`."""
        found = self.document(path)
        assert isinstance(found, Post)  # lists and plan name only paths of posts
        return found

    def dated(self, path: str) -> Dated:
        """The post or notice at `path`."""
        found = self.document(path)
        assert isinstance(found, Dated)  # feeds contain nothing else
        return found

    def cards(self, paths: Paths) -> tuple[PostCard, ...]:
        """A card for each path."""
        return tuple(self.card(path) for path in paths)

    def link(self, path: str, *, active: bool = False) -> Link:
        """A link to the document at `path`."""
        found = self.head(path)
        assert found is not None  # lists contain published documents only
        return Link(found.title, found.href, active=active)

    def placed(self, path: str, root: str, *, base: int = 2, ids: str = "", excerpt: bool = False) -> str:
        """A document's HTML for a page; its highest heading becomes h`base` if it was higher."""
        body = self.body(path)
        return place(
            body.excerpt if excerpt and body.excerpt else body.html,
            root=root,
            ids=ids,
            shift=max(0, base - body.top_level) if body.top_level < 7 else 0,
        )


def make_libraries(
    sites: Sequence[Site],
    plan: Plan,
    linker: Linker,
    bodies: Mapping[str, Body],
    records: Mapping[str, Records],
) -> Library:
    """The library of the main language, with access to those of the others."""
    notes = DependencyRecorder()
    made = {
        site.options.language_dir: Library(
            site, plan, linker, bodies, records[site.options.language_dir], notes
        )
        for site in sites
    }
    for library in made.values():
        library.by_language = made
    return made[""]
