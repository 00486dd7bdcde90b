"""Views of the blog's pages."""

from __future__ import annotations

from itertools import groupby
from math import ceil

from markupsafe import Markup

from deskpress.model.address import href
from deskpress.model.document import Month, Post, RelatedLink
from deskpress.model.output import OutputSpec
from deskpress.plan.lists import Listing
from deskpress.plan.urls import (
    anchor,
    author_slug,
    month_address,
    name_slug,
    page_address,
    year_address,
)
from deskpress.render.dates import day_text, month_name, month_text
from deskpress.render.frame import DESCRIPTION_LENGTH, make_frame, root_from, shortened
from deskpress.render.library import Library
from deskpress.render.linking import Linker
from deskpress.render.views import (
    ArchiveView,
    Bar,
    BlogView,
    Day,
    Entry,
    Link,
    ListView,
    MonthCount,
    MonthView,
    Pager,
    PostView,
    SeriesBox,
    YearCounts,
)

WORDS_PER_MINUTE = 265
"""Reading speed, as Material's blog plug-in reckons it."""


def month_view(spec: OutputSpec, library: Library) -> MonthView:
    """`/2012/03/`: whole posts, newest first, under their dates."""
    month = month_of(spec.subject[1])
    language = library.options.language
    posts = library.lists.months[month]
    name = month_text(month, language)
    bar = month_bar(library, month)
    return MonthView(
        make_frame(spec, library, name, previous=bar.older, following=bar.newer),
        bar=bar,
        name=name,
        count=len(posts),
        days=_days(posts, library, root_from(spec.address)),
    )


def month_of(text: str) -> Month:
    """Read a month as `str(Month)` writes it."""
    year, number = text.split("-")
    return Month(int(year), int(number))


def month_bar(library: Library, current: Month) -> Bar:
    """Link `current` to its neighbours that have posts; a missing end stays missing."""
    months = list(library.lists.months)
    at = months.index(current)
    return Bar(
        older=_month_link(months[at - 1], library) if at else None,
        main=_main(library),
        newer=_month_link(months[at + 1], library) if at + 1 < len(months) else None,
    )


def post_view(spec: OutputSpec, library: Library, linker: Linker) -> PostView:
    """A post's own page."""
    post = library.document(spec.subject[1])
    assert isinstance(post, Post)  # the plan pairs the kind "post" with posts
    older, newer = library.neighbours(post)
    body = library.body(post)
    bar = Bar(
        library.link(older) if older else None,
        _main(library),
        library.link(newer) if newer else None,
    )
    superseding = library.superseding(post)
    superseded = library.find(post.supersedes) if post.supersedes else None
    topics = {topic.key: topic for topic in library.site.topics}
    return PostView(
        make_frame(
            spec,
            library,
            post.title,
            description=post.description or shortened(body.plain, DESCRIPTION_LENGTH),
            headings=() if "toc" in post.hide else body.headings,
            author=", ".join(author.name for author in post.authors),
            previous=bar.older,
            following=bar.newer,
        ),
        bar=bar,
        entry=_entry(post, library, root_from(spec.address), alone=True),
        month=_month_link(post.month, library),
        updated=(day_text(post.updated.date(), library.options.language), post.updated.isoformat())
        if post.updated and post.updated.date() != post.day
        else None,
        tags=tuple(_term("tag", tag, library) for tag in post.tags),
        series=_series_box(post, library),
        topics=tuple(library.link(topics[key]) for key in post.topics if key in topics),
        links=tuple(_related(link, post, linker, library) for link in post.links),
        supersedes=library.link(superseded) if superseded else None,
        superseded_by=library.link(superseding) if superseding else None,
    )


def blog_view(spec: OutputSpec, library: Library) -> BlogView:
    """`/blog/` and `/blog/page/2/`: pinned posts first, then the newest."""
    number = int(spec.subject[1])
    per_page = library.options.posts_per_page
    posts = library.lists.main[(number - 1) * per_page : number * per_page]
    pager = _pager(library.options.addresses["blog"], number, len(library.lists.main), per_page)
    # A pinned post stands above the dates of the others, each group under its own headings.
    pinned = tuple(p for p in posts if p.pin)
    rest = tuple(p for p in posts if not p.pin)
    root = root_from(spec.address)
    page = library.page_at(library.options.addresses["blog"])
    title = page.title if page else "Blog"
    return BlogView(
        make_frame(
            spec,
            library,
            title if number == 1 else f"{title}, page {number}",
            description=page.description if page and number == 1 else "",
            previous=pager.older,
            following=pager.newer,
        ),
        html=Markup(library.placed(page, root) if page and number == 1 else ""),
        days=(*_days(pinned, library, root, excerpt=True), *_days(rest, library, root, excerpt=True)),
        pager=pager,
        archive=Link("Archive", href(library.options.addresses["archive"])),
    )


def list_view(spec: OutputSpec, library: Library) -> ListView:
    """A category, tag or author, page by page; a series in one page, by part."""
    kind, slug = spec.subject[:2]
    series = kind == "series"
    listing = library.lists.series[slug] if series else library.lists.taxonomies[kind][slug]
    number = 1 if series else int(spec.subject[2])
    per_page = len(listing.posts) if series else library.options.entries_per_page
    posts = listing.posts[(number - 1) * per_page : number * per_page]
    base = library.options.addresses[kind].format(slug=slug)
    return ListView(
        make_frame(
            spec,
            library,
            listing.name,
            feeds=((f"{listing.name} – {library.options.name}", base),) if kind == "category" else (),
        ),
        kind=kind,
        name=listing.name,
        count=len(listing.posts),
        about=_about(listing),
        cards=tuple(library.card(post) for post in posts),
        parts=tuple(post.series.part for post in posts if post.series) if series else (),
        pager=_pager(base, number, len(listing.posts), per_page),
    )


def archive_view(spec: OutputSpec, library: Library) -> ArchiveView:
    """`/archive/`: every year and month, with counts; newest first."""
    years = tuple(_year(year, library) for year in reversed(list(library.lists.years)))
    categories = tuple(
        MonthCount(_term("category", listing.name, library), len(listing.posts))
        for listing in library.lists.taxonomies["category"].values()
    )
    return ArchiveView(make_frame(spec, library, "Archive"), "Archive", years, categories)


def year_view(spec: OutputSpec, library: Library) -> ArchiveView:
    """`/2012/`: the year's months with the titles of their posts."""
    year = int(spec.subject[1])
    return ArchiveView(
        make_frame(spec, library, str(year)), str(year), (_year(year, library, with_posts=True),)
    )


def _days(posts: tuple[Post, ...], library: Library, root: str, *, excerpt: bool = False) -> tuple[Day, ...]:
    """Posts of one day stand under one date heading."""
    return tuple(
        Day(
            day.isoformat(),
            day_text(day, library.options.language),
            tuple(_entry(post, library, root, excerpt=excerpt) for post in group),
        )
        for day, group in groupby(posts, lambda post: post.day)
    )


def _entry(post: Post, library: Library, root: str, *, alone: bool = False, excerpt: bool = False) -> Entry:
    body = library.body(post)
    html = library.placed(
        post, root, base=2 if alone else 4, ids="" if alone else f"{anchor(post)}:", excerpt=excerpt
    )
    minutes = post.readtime if post.readtime is not None else max(1, ceil(body.words / WORDS_PER_MINUTE))
    return Entry(
        card=library.card(post),
        anchor=anchor(post),
        html=Markup(html),
        authors=tuple(_term("author", author.name, library, author_slug(author)) for author in post.authors),
        categories=tuple(_term("category", name, library) for name in post.categories),
        minutes=minutes,
        more=excerpt and bool(body.excerpt),
    )


def _term(kind: str, name: str, library: Library, slug: str = "") -> Link:
    slug = slug or name_slug(name)
    listing = library.lists.taxonomies[kind].get(slug)
    address = library.options.addresses[kind].format(slug=slug)
    return Link(listing.name if listing else name, href(address))


def _about(listing: Listing) -> str:
    if listing.kind != "author":
        return ""
    authors = (author for post in listing.posts for author in post.authors if author.name == listing.name)
    return next((author.description for author in authors if author.description), "")


def _main(library: Library) -> Link:
    return Link("Main", href(library.options.addresses["blog"]))


def _month_link(month: Month, library: Library) -> Link:
    address = month_address(month, library.options.addresses)
    return Link(month_text(month, library.options.language), href(address))


def _year(year: int, library: Library, *, with_posts: bool = False) -> YearCounts:
    lists = library.lists
    months = tuple(reversed(lists.years[year]))
    return YearCounts(
        Link(str(year), href(year_address(year, library.options.addresses))),
        sum(len(lists.months[month]) for month in months),
        tuple(
            MonthCount(
                Link(
                    month_name(month, library.options.language),
                    href(month_address(month, library.options.addresses)),
                ),
                len(lists.months[month]),
            )
            for month in months
        ),
        tuple(tuple(library.card(post) for post in lists.months[month]) for month in months)
        if with_posts
        else (),
    )


def _pager(base: str, number: int, total: int, per_page: int) -> Pager:
    pages = max(1, ceil(total / per_page)) if per_page else 1

    def page(at: int, title: str) -> Link | None:
        return Link(title, href(page_address(base, at))) if 1 <= at <= pages else None

    return Pager(number, pages, newer=page(number - 1, "Newer posts"), older=page(number + 1, "Older posts"))


def _series_box(post: Post, library: Library) -> SeriesBox | None:
    if post.series is None:
        return None
    slug = name_slug(post.series.name)
    listing = library.lists.series[slug]
    return SeriesBox(
        Link(listing.name, href(library.options.addresses["series"].format(slug=slug))),
        tuple(
            (part.series.part, library.link(part, active=part is post))
            for part in listing.posts
            if part.series
        ),
    )


def _related(link: RelatedLink, post: Post, linker: Linker, library: Library) -> Link:
    if link.children:
        return Link(link.title, "", children=tuple(_related(c, post, linker, library) for c in link.children))
    return linker.related(post, link)
