"""The lists of the site: months, years, taxonomies, series, posts on a topic. Pure, from the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal, get_args

from msgspec import Struct

from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.document import AnyDocument, Author, Month, Post
from deskpress.model.site import Options, Site
from deskpress.plan.urls import author_slug, document_address, month_address, name_slugs, year_address

Taxonomy = Literal["category", "tag", "author"]

TAXONOMIES: tuple[Taxonomy, ...] = get_args(Taxonomy)


class Listing(Struct, frozen=True):
    """The posts that share a category, a tag, an author or a series, in the order to show them."""

    kind: str
    slug: str
    name: str
    posts: tuple[Post, ...]


class Lists:
    """All lists, by subject, made on first use. Posts are newest first."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._taxonomies: dict[str, Mapping[str, Listing]] = {}
        self._slugs: dict[str, dict[str, str]] = {}

    @cached_property
    def months(self) -> Mapping[Month, tuple[Post, ...]]:
        """The posts of each month, oldest month first."""
        # Not by `Post.month`: making a month for each of ten thousand posts takes longer than the rest.
        grouped = groupby(self._site.posts, lambda post: (post.created.year, post.created.month))
        found = {month: tuple(posts) for month, posts in grouped}
        return {Month(*month): found[month] for month in sorted(found)}

    @cached_property
    def years(self) -> Mapping[int, tuple[Month, ...]]:
        """The months of each year that have posts, oldest first."""
        return {year: tuple(found) for year, found in groupby(self.months, lambda month: month.year)}

    @cached_property
    def main(self) -> tuple[Post, ...]:
        """The order of the main page: pinned posts, then the others."""
        return tuple(sorted(self._site.posts, key=lambda post: not post.pin))

    def taxonomy(self, kind: str) -> Mapping[str, Listing]:
        """The terms of a taxonomy by slug."""
        if kind not in self._taxonomies:
            named, slugged = _NAMED[kind], self._slugged(kind)
            self._taxonomies[kind] = _listings(kind, self._site.posts, named, slugged)
        return self._taxonomies[kind]

    def slugs(self, kind: str) -> Mapping[str, str]:
        """The slug of each name of a taxonomy, or of series."""
        if kind not in self._slugs:
            named = _NAMED[kind]
            names = {name for post in self._site.posts for name in named(post)}
            self._slugs[kind] = name_slugs(names, self._site.options.slug_function(kind))
        return self._slugs[kind]

    def _slugged(self, kind: str) -> Slugged:
        if kind == "author":
            return _authored
        slugs = self.slugs(kind)
        return lambda names: [(slugs[name], name) for name in names]

    @cached_property
    def series(self) -> Mapping[str, Listing]:
        """The series by slug, each by part."""
        posts = [post for post in self._site.posts if post.series]
        found = _listings("series", posts, _NAMED["series"], self._slugged("series"))
        return {slug: _by_part(listing) for slug, listing in found.items()}

    @cached_property
    def on_topic(self) -> Mapping[str, tuple[Post, ...]]:
        """The posts on each help topic, by its key."""
        found: dict[str, list[Post]] = {topic.key: [] for topic in self._site.topics}
        for post in self._site.posts:
            for key in post.topics:
                if key in found:
                    found[key].append(post)
        return {key: tuple(posts) for key, posts in found.items()}


def taxonomies(options: Options) -> tuple[str, ...]:
    """The taxonomies whose terms have pages."""
    return TAXONOMIES if options.authors_profiles else tuple(kind for kind in TAXONOMIES if kind != "author")


def list_addresses(lists: Lists, options: Options) -> set[str]:
    """The addresses of lists that exist only because some post belongs to them, without further pages."""
    patterns = options.addresses
    found = {month_address(month, patterns) for month in lists.months}
    found |= {year_address(year, patterns) for year in lists.years}
    named = [(kind, lists.taxonomy(kind)) for kind in taxonomies(options)]
    for kind, listings in [*named, ("series", lists.series)]:
        found |= {patterns[kind].format(slug=slug) for slug in listings}
    return found


def neighbours(posts: Sequence[Post]) -> dict[str, tuple[Post | None, Post | None]]:
    """For each post's path the (older, newer) post next to it; `posts` is newest first."""
    padded = [None, *posts, None]
    return {
        post.path: (older, newer) for newer, post, older in zip(padded[:-2], posts, padded[2:], strict=True)
    }


def names_of(document: AnyDocument, options: Options) -> tuple[str, ...]:
    """The names of a document besides its id; `options` are those of its language."""
    path = document.path.removeprefix(options.prefix)
    return (path, document.path, document_address(document, options), document.path.rpartition(".")[0])


class Named:
    """The documents of a site by their names; of several with the same name the first counts."""

    def __init__(self, site: Site) -> None:
        self._documents = site.documents
        self._names: dict[str, int] = {}
        self._ids: dict[str, int] = {}
        for number, document in enumerate(self._documents):
            for name in names_of(document, site.options):
                self._names.setdefault(name, number)
            self._ids.setdefault(document.id, number)

    def find(self, target: str) -> AnyDocument | None:
        """The document with a path in the content folder (or its language's), an id or an address."""
        places = (self._names.get(target.removeprefix("/")), self._ids.get(target))
        first = min((number for number in places if number is not None), default=None)
        return None if first is None else self._documents[first]


def spelling_warnings(lists: Lists, content: str) -> list[Diagnostic]:
    """Report names that are spelt differently but share an address, so that one page lists both."""
    found = []
    for kind in TAXONOMIES[:2]:
        for listing in lists.taxonomy(kind).values():
            for post in listing.posts:
                names = post.categories if kind == "category" else post.tags
                for name in names:
                    if name != listing.name and lists.slugs(kind)[name] == listing.slug:
                        key = "categories" if kind == "category" else "tags"
                        found.append(
                            Diagnostic(
                                Span(f"{content}/{post.path}", post.line(key)),
                                Severity.WARNING,
                                Kind.FRONT_MATTER,
                                f"the {kind} `{name}` has the address of `{listing.name}`"
                                " and is shown under that name",
                                "spell it the same way, or give different things different names",
                            )
                        )
    return found


def _authored(authors: Iterable[Author]) -> list[tuple[str, str]]:
    return [(author_slug(author), author.name) for author in authors]


_NAMED: Mapping[str, Callable[[Post], tuple[Any, ...]]] = {
    "category": attrgetter("categories"),
    "tag": attrgetter("tags"),
    "author": attrgetter("authors"),
    "series": lambda post: (post.series.name,) if post.series else (),
}
"""The values of each taxonomy for a post."""

Slugged = Callable[[Any], list[tuple[str, str]]]
"""The slugs and names of these values."""


def _listings(
    kind: str,
    posts: Iterable[Post],
    named: Callable[[Post], tuple[Any, ...]],
    slugged: Slugged,
) -> dict[str, Listing]:
    """Posts by slug, sorted by slug.

    Of several spellings the most frequent is shown, then the first.
    """
    members: dict[str, list[Post]] = {}
    spellings: dict[str, dict[str, int]] = {}
    # Thousands of posts share few names, and this runs after each edit: each name is looked up once.
    posts = tuple(posts)
    uses = Counter(map(named, posts))
    known = {names: slugged(names) for names in uses}
    for post in posts:
        for slug, _ in known[named(post)]:
            listed = members.setdefault(slug, [])
            if not listed or listed[-1] is not post:
                listed.append(post)
    for names, pairs in known.items():
        for slug, name in pairs:
            spelt = spellings.setdefault(slug, {})
            spelt[name] = spelt.get(name, 0) + uses[names]
    shown = {s: min(c, key=lambda name: (-c[name], name)) for s, c in spellings.items()}
    return {slug: Listing(kind, slug, shown[slug], tuple(members[slug])) for slug in sorted(members)}


def _by_part(listing: Listing) -> Listing:
    def part(post: Post) -> tuple[int, str]:
        return (post.series.part if post.series else 0, post.path)

    return Listing(listing.kind, listing.slug, listing.name, tuple(sorted(listing.posts, key=part)))
