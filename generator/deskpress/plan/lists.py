"""The lists of the site: months, years, taxonomies, series, posts on a topic. Pure, from the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.document import AnyDocument, Month, Post
from deskpress.model.site import Site
from deskpress.plan.urls import author_slug, document_address, name_slug

TAXONOMIES = ("category", "tag", "author")


@dataclass(frozen=True, slots=True)
class Listing:
    """The posts that share a category, a tag, an author or a series, in the order to show them."""

    kind: str
    slug: str
    name: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Every list, by what it lists. Months are sorted oldest first, posts newest first.

    `main` is the order of the main page: pinned posts, then the others. Series go by part.
    """

    months: Mapping[Month, tuple[Post, ...]]
    years: Mapping[int, tuple[Month, ...]]
    main: tuple[Post, ...]
    taxonomies: Mapping[str, Mapping[str, Listing]]
    series: Mapping[str, Listing]
    on_topic: Mapping[str, tuple[Post, ...]]


def make_lists(site: Site) -> Lists:
    """Sort the site's posts into its lists."""
    by_month = {month: tuple(posts) for month, posts in groupby(site.posts, lambda p: p.month)}
    months = {month: by_month[month] for month in sorted(by_month)}
    years = {year: tuple(found) for year, found in groupby(months, lambda m: m.year)}
    series = _listings("series", ((post, _slugged([post.series.name])) for post in site.posts if post.series))
    return Lists(
        months=months,
        years=years,
        main=tuple(sorted(site.posts, key=lambda p: not p.pin)),
        taxonomies={
            "category": _listings("category", ((p, _slugged(p.categories)) for p in site.posts)),
            "tag": _listings("tag", ((p, _slugged(p.tags)) for p in site.posts)),
            "author": _listings(
                "author", ((p, [(author_slug(a), a.name) for a in p.authors]) for p in site.posts)
            ),
        },
        series={slug: _by_part(listing) for slug, listing in series.items()},
        on_topic=_on_topic(site),
    )


def neighbours(posts: Sequence[Post]) -> dict[str, tuple[Post | None, Post | None]]:
    """For each post's path the (older, newer) post next to it; `posts` is newest first."""
    padded = [None, *posts, None]
    return {
        post.path: (older, newer) for newer, post, older in zip(padded[:-2], posts, padded[2:], strict=True)
    }


def find(site: Site, target: str) -> AnyDocument | None:
    """The document that a path below the content folder (or its language's), an `id` or an address names."""
    wanted = target.removeprefix("/")
    for document in site.documents:
        address = document_address(document, site.options)
        path = document.path.removeprefix(site.options.prefix)
        names = (path, document.path, address, document.path.rpartition(".")[0])
        if wanted in names or target == document.id:
            return document
    return None


def spelling_warnings(lists: Lists, content: str) -> list[Diagnostic]:
    """Names that are spelt differently but share an address, so that one page lists both."""
    found = []
    for kind in TAXONOMIES[:2]:
        for listing in lists.taxonomies[kind].values():
            for post in listing.posts:
                names = post.categories if kind == "category" else post.tags
                for name in names:
                    if name_slug(name) == listing.slug and name != listing.name:
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


def _slugged(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name_slug(name), name) for name in names]


def _listings(kind: str, named: Iterable[tuple[Post, list[tuple[str, str]]]]) -> dict[str, Listing]:
    """Posts by slug, from each post with its (slug, name) pairs; sorted by slug.

    Of several spellings the one that most posts use is shown, then the first.
    """
    posts: dict[str, list[Post]] = {}
    spellings: dict[str, dict[str, int]] = {}
    for post, names in named:
        for slug, name in names:
            members = posts.setdefault(slug, [])
            if not members or members[-1] is not post:
                members.append(post)
            counted = spellings.setdefault(slug, {})
            counted[name] = counted.get(name, 0) + 1
    shown = {s: min(c, key=lambda name: (-c[name], name)) for s, c in spellings.items()}
    return {slug: Listing(kind, slug, shown[slug], tuple(posts[slug])) for slug in sorted(posts)}


def _by_part(listing: Listing) -> Listing:
    def part(post: Post) -> tuple[int, str]:
        return (post.series.part if post.series else 0, post.path)

    return Listing(listing.kind, listing.slug, listing.name, tuple(sorted(listing.posts, key=part)))


def _on_topic(site: Site) -> dict[str, tuple[Post, ...]]:
    found: dict[str, list[Post]] = {topic.key: [] for topic in site.topics}
    for post in site.posts:
        for key in post.topics:
            if key in found:
                found[key].append(post)
    return {key: tuple(posts) for key, posts in found.items()}
