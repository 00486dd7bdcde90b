"""The only door through which views reach the site. Each question has a name and an answer.

What a render has asked is what its output depends on. The names of the questions are written down, and
a later build asks them again: an output whose answers are the same need not be rendered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from deskpress.model.body import Body, place
from deskpress.model.document import AnyDocument, Dated, Month, Post
from deskpress.model.output import Plan
from deskpress.model.search import Shard, Synonyms
from deskpress.model.site import Options, Site
from deskpress.plan.changes import last_changes
from deskpress.plan.lists import Listing, find
from deskpress.render.dates import month_of
from deskpress.render.linking import Linker
from deskpress.render.questions import question
from deskpress.render.records import Records
from deskpress.render.sources import Sources
from deskpress.render.views import Link, NoticeCard, PostCard

Paths = tuple[str, ...]


class Library:
    """Everything that has been read, planned and linked.

    `bodies` go by the path of the document. While `asked` is a set, the names of questions are put in.
    """

    def __init__(
        self, site: Site, plan: Plan, linker: Linker, bodies: Mapping[str, Body], records: Records
    ) -> None:
        self._sources = Sources(site, plan)
        self._linker = linker
        self._bodies = bodies
        self.records = records
        self.options: Options = site.options
        self.answers: dict[str, Any] = {}
        self.asked: set[str] | None = None

    def answer(self, key: str) -> object:
        """The answer to a question by its written name. Raises `KeyError` where it has none now."""
        kind, _, name = key.partition(":")
        ask = getattr(type(self), kind, None)
        if ask is None:
            raise KeyError(key)
        return ask(self, name)

    # One document

    @question
    def document(self, path: str) -> AnyDocument | None:
        """All of a document but its body."""
        return self._sources.by_path.get(path)

    @question
    def head(self, path: str) -> Link | None:
        """The title and address of a document: all that a link to it shows."""
        found = self._sources.by_path.get(path)
        return None if found is None else self._sources.link(found)

    @question
    def card(self, path: str) -> PostCard:
        """What lists show of a document."""
        return self._sources.card(self._sources.by_path[path])

    def body(self, path: str) -> Body:
        """The linked body of a document. Noted like a question; bodies are too large to be kept."""
        if self.asked is not None:
            self.asked.add(f"body:{path}")
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
        """A link to the newer document that takes the place of this one, and when its rules begin."""
        newer = self._sources.superseding.get(path)
        return (self._sources.link(newer), newer.effective) if newer else None

    @question
    def found(self, target: str) -> Link | None:
        """A link to the document that a path, an `id` or an address names."""
        document = find(self._sources.site, target)
        return self._sources.link(document) if document else None

    @question
    def page_at(self, address: str) -> str:
        """The path of the page that editors wrote for an address; empty if they did not."""
        return next((page.path for page in self._sources.site.pages if self.address(page) == address), "")

    @question
    def topic(self, key: str) -> Link | None:
        """A link to the help topic `key`."""
        topic = self._sources.topics.get(key)
        return self._sources.link(topic) if topic else None

    @question
    def term(self, name: str) -> str:
        """The name to show for `category/metrics`, a taxonomy and a slug in it."""
        kind, _, slug = name.partition("/")
        return self._sources.listing(kind, slug).name

    # Lists: the paths of documents, in order

    @question
    def month(self, month: str) -> Paths:
        """The posts of the month `2012-03`, newest first."""
        return _paths(self._sources.lists.months[month_of(month)])

    @question
    def months_around(self, month: str) -> tuple[Month | None, Month | None]:
        """The (older, newer) month that has posts; a missing end stays missing."""
        months = self._sources.months
        at = months.index(month_of(month))
        return (months[at - 1] if at else None, months[at + 1] if at + 1 < len(months) else None)

    @question
    def newest_month(self, _: str) -> Month:
        """The newest month that has posts."""
        return self._sources.months[-1]

    @question
    def year(self, year: str) -> tuple[tuple[Month, Paths], ...]:
        """The months of a year with their posts, newest first."""
        return tuple(
            (m, _paths(self._sources.lists.months[m])) for m in reversed(self._sources.lists.years[int(year)])
        )

    @question
    def years(self, _: str) -> tuple[tuple[int, tuple[tuple[Month, int], ...]], ...]:
        """Every year with its months and their numbers of posts, newest first."""
        lists = self._sources.lists
        return tuple(
            (year, tuple((m, len(lists.months[m])) for m in reversed(lists.years[year])))
            for year in reversed(list(lists.years))
        )

    @question
    def categories(self, _: str) -> tuple[tuple[str, int], ...]:
        """The slug of every category with its number of posts."""
        return tuple(
            (slug, len(found.posts)) for slug, found in self._sources.lists.taxonomies["category"].items()
        )

    @question
    def main(self, number: str) -> tuple[Paths, int]:
        """The posts on page `number` of the blog, and how many there are on all."""
        per_page = self.options.posts_per_page
        start = (int(number) - 1) * per_page
        shown = min(len(self._sources.lists.main), self.options.blog_length)
        return _paths(self._sources.lists.main[start : start + per_page]), shown

    @question
    def listing(self, name: str) -> tuple[str, str, Paths, tuple[int, ...], int]:
        """`category/metrics/1`: its name and text, the posts of that page with their parts, and the total."""
        kind, slug, number = name.split("/")
        listing = self._sources.listing(kind, slug)
        per_page = self.options.entries_per_page
        start = (int(number) - 1) * per_page
        posts = listing.posts if kind == "series" else listing.posts[start : start + per_page]
        parts = tuple(p.series.part for p in posts if p.series) if kind == "series" else ()
        return listing.name, _about(listing), _paths(posts), parts, len(listing.posts)

    @question
    def series(self, slug: str) -> tuple[str, tuple[tuple[int, str], ...]]:
        """The name of a series, and its parts with their posts."""
        listing = self._sources.lists.series[slug]
        return listing.name, tuple((p.series.part, p.path) for p in listing.posts if p.series)

    @question
    def on_topic(self, key: str) -> Paths:
        """The posts on a help topic."""
        return _paths(self._sources.lists.on_topic.get(key, ()))

    @question
    def branch(self, key: str) -> tuple[Link, ...]:
        """The help center as far as a reader of the topic `key` sees it.

        That is the sections above, open, with what lies beside them, and what lies below. Of many side by
        side, the nearest.
        """
        return self._sources.branch(self._sources.sections[""], key)

    @question
    def topics_around(self, key: str) -> tuple[Link | None, Link | None]:
        """Links to the topics (before, after) the topic `key`, as one reads them."""
        at = self._sources.reading_order[key]
        before, _, after = self._sources.padded_topics[at : at + 3]
        return (self._sources.link(before) if before else None, self._sources.link(after) if after else None)

    @question
    def index(self, key: str) -> tuple[tuple[str, str, str], ...]:
        """The children of the section `key`: the key of each, its title, the path of its page or nothing."""
        children = self._sources.sections[key].children.values()
        return tuple((c.key, c.title, c.topic.path if c.topic else "") for c in children)

    @question
    def committed(self, path: str) -> datetime | None:
        """When a topic or page was last committed, as far as git tells."""
        return self._sources.site.committed.get(path)

    @question
    def overdue(self, path: str) -> bool:
        """Whether the day by which a document is to be reviewed has passed."""
        return path in self._sources.overdue

    @question
    def topics(self, _: str) -> tuple[tuple[str, str], ...]:
        """Every help topic, its key and its path."""
        return tuple((topic.key, topic.path) for topic in self._sources.site.topics)

    @question
    def notices(self, standing: str) -> Paths:
        """The notices that are `planned`, `current` or `past`; the next first, then the latest."""
        site = self._sources.site
        paths = [n.path for n in site.notices if site.standing.get(n.path) == standing]
        return tuple(reversed(paths) if standing == "planned" else paths)

    @question
    def notice_card(self, path: str) -> NoticeCard:
        """What lists show of a notice."""
        return self._sources.notice_card(path)

    @question
    def newest(self, count: str) -> Paths:
        """The newest posts."""
        return _paths(self._sources.site.posts[: int(count)])

    @question
    def has(self, what: str) -> bool:
        """Whether there are any `posts` or `topics`."""
        return bool(getattr(self._sources.site, what))

    @question
    def feed(self, name: str) -> tuple[str, str, Paths]:
        """`blog/` or `category/metrics`: the title, folder and newest posts of a feed."""
        source = self._sources.feeds[name]
        return source.title, source.folder, _paths(source.posts[: self.options.feed_length])

    @question
    def feeds(self, _: str) -> tuple[tuple[str, str, str], ...]:
        """Every feed: name, title, folder."""
        return tuple((name, source.title, source.folder) for name, source in self._sources.feeds.items())

    @question
    def changes(self, _: str) -> tuple[tuple[str, datetime | None], ...]:
        """Every page's address, with the time of its last change where editors' dates tell it."""
        changed = last_changes(self._sources.site, self._sources.lists)
        return tuple(
            (spec.address, changed.get(spec.address))
            for spec in self._sources.plan
            if spec.template and spec.kind not in ("redirect", "not_found", "gone", "search")
        )

    @question
    def redirects(self, _: str) -> tuple[tuple[str, str], ...]:
        """Old addresses with the new ones."""
        return tuple(sorted(self._sources.plan.redirects.items()))

    @question
    def gone(self, _: str) -> Paths:
        """The addresses of what has expired, unless something else has them now."""
        taken = {spec.address for spec in self._sources.plan}
        return tuple(address for address in self._sources.site.gone if address not in taken)

    # The search

    @question
    def shard(self, name: str) -> tuple[tuple[str, str], ...]:
        """The documents of a shard, or of a part of it, each with the fingerprint of its record."""
        return self.records.state(name)

    @question
    def shards(self, _: str) -> tuple[Shard, ...]:
        """Every shard of the search."""
        return self.records.shards

    @question
    def synonyms(self, _: str) -> Synonyms:
        """What means the same to those who search."""
        return self.records.files.synonyms

    # Help for those who ask

    def address(self, document: AnyDocument) -> str:
        """The address of a document's own page."""
        return self._sources.address(document)

    def post(self, path: str) -> Post:
        """The post at `path`, as `document` answers."""
        found = self.document(path)
        assert isinstance(found, Post)  # lists and plan name posts only where one is
        return found

    def dated(self, path: str) -> Dated:
        """The post or notice at `path`."""
        found = self.document(path)
        assert isinstance(found, Dated)  # feeds name nothing else
        return found

    def cards(self, paths: Paths) -> tuple[PostCard, ...]:
        """A card for each path."""
        return tuple(self.card(path) for path in paths)

    def link(self, path: str, *, active: bool = False) -> Link:
        """A link to the document at `path`."""
        found = self.head(path)
        assert found is not None  # lists name what is published
        return Link(found.title, found.href, active=active)

    def placed(self, path: str, root: str, *, base: int = 2, ids: str = "", excerpt: bool = False) -> str:
        """A document's HTML for a page; its highest heading becomes h`base` if it stood higher."""
        body = self.body(path)
        return place(
            body.excerpt if excerpt and body.excerpt else body.html,
            root=root,
            ids=ids,
            shift=max(0, base - body.top_level) if body.top_level < 7 else 0,
        )


def _paths(documents: Sequence[AnyDocument]) -> Paths:
    return tuple(document.path for document in documents)


def _about(listing: Listing) -> str:
    if listing.kind != "author":
        return ""
    authors = (author for post in listing.posts for author in post.authors if author.name == listing.name)
    return next((author.description for author in authors if author.description), "")
