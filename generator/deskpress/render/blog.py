"""Views of the blog's pages."""

from __future__ import annotations

from html import escape
from itertools import groupby
from math import ceil

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from deskpress.model.address import href, is_elsewhere
from deskpress.model.body import Heading
from deskpress.model.document import Author, Month, Post
from deskpress.model.output import OutputSpec
from deskpress.model.pictures import card_path
from deskpress.plan.feeds import FORMATS
from deskpress.plan.urls import (
    anchor,
    author_slug,
    month_address,
    page_address,
    year_address,
)
from deskpress.render.dates import day_text, month_name, month_of, month_text
from deskpress.render.frame import (
    DESCRIPTION_LENGTH,
    NAMES,
    PageLinks,
    PageMetadata,
    make_frame,
    root_from,
    shortened,
)
from deskpress.render.freshness import edit_link, freshness
from deskpress.render.library import Library
from deskpress.render.metadata import blog_posting
from deskpress.render.pieces import Bar, Day, Entry, Link, MonthCount, Pager, SeriesBox, YearCounts
from deskpress.render.template_page import WORDS_PER_MINUTE
from deskpress.render.views import ArchiveView, BlogView, ListView, MonthView, PostView


def month_view(spec: OutputSpec, library: Library) -> MonthView:
    """`/2012/03/`: whole posts, newest first, under their dates."""
    key = spec.subject[1]
    posts = library.month(key)
    root = root_from(spec.address)
    name = month_text(month_of(key), library.options.language)
    bar = month_bar(library, key)
    head = _head(spec.address, library, name)
    return MonthView(
        make_frame(
            spec,
            library,
            head.title,
            description=head.about,
            headings=_contents(posts, library),
            links=PageLinks(previous=bar.older, following=bar.newer),
        ),
        html=head.html,
        bar=bar,
        name=name,
        count=len(posts),
        days=_days(posts, library, root, library.options.month_posts or len(posts)),
        feeds=(Link(NAMES["atom"], href(spec.address + FORMATS["atom"])),),
    )


def month_bar(library: Library, current: str) -> Bar:
    """Link a month to its neighbours that have posts; a missing end stays missing."""
    older, newer = library.months_around(current)
    return Bar(
        older=_month_link(older, library) if older else None,
        main=_main(library),
        newer=_month_link(newer, library) if newer else None,
    )


def post_view(spec: OutputSpec, library: Library) -> PostView:
    """A post's own page."""
    path = spec.subject[1]
    post = library.post(path)
    older, newer = library.neighbours(path)
    body = library.body(path)
    topics = (library.topic(key) for key in post.topics)
    card = card_path(spec.address, post.title, library.options)
    image = library.options.url + href(card) if card else ""
    description = post.description or shortened(body.beginning, DESCRIPTION_LENGTH)
    return PostView(
        make_frame(
            spec,
            library,
            post.title,
            description=description,
            headings=() if "toc" in post.hide else body.headings,
            links=PageLinks(previous=older, following=newer),
            metadata=PageMetadata(
                author=", ".join(author.name for author in post.authors),
                kind="article",
                image=image,
                things=(blog_posting(post, spec.address, description, library.options, image),),
            ),
        ),
        bar=Bar(older, _main(library), newer),
        entry=_entry(path, library, root_from(spec.address), alone=True),
        month=_month_link(post.month, library),
        tags=tuple(_term("tag", tag, library) for tag in post.tags),
        series=_series_box(post, library),
        topics=tuple(topic for topic in topics if topic),
        links=library.related(path),
        freshness=freshness(post, library),
        heading_id=post.heading_id,
        edit=edit_link(post, library),
    )


def blog_view(spec: OutputSpec, library: Library) -> BlogView:
    """`/blog/` and `/blog/page/2/`: pinned posts first, then the newest."""
    number = int(spec.subject[1])
    base = library.options.addresses["blog"]
    posts, total = library.main(str(number))
    pager = _pager(base, number, total, library.options.posts_per_page, library)
    # Pinned posts come before the dates of the others, each group under its own headings.
    pinned = tuple(path for path in posts if library.card(path).pinned)
    rest = tuple(path for path in posts if path not in pinned)
    root = root_from(spec.address)
    page = library.document(library.page_at(base))
    say = library.options.words
    title = page.title if page else say("Blog")
    first = page if number == 1 else None
    return BlogView(
        make_frame(
            spec,
            library,
            title if number == 1 else say("%(title)s, page %(number)s", title=title, number=number),
            description=first.description if first else "",
            links=PageLinks(previous=pager.older, following=pager.newer),
        ),
        html=Markup(library.placed(first.path, root) if first else ""),
        days=(*_days(pinned, library, root, 0), *_days(rest, library, root, 0)),
        pager=pager,
        archive=Link(say("Archive"), href(library.options.addresses["archive"])),
    )


def list_view(spec: OutputSpec, library: Library) -> ListView:
    """A category, tag or author, page by page; a series in one page, by part."""
    kind, slug = spec.subject[:2]
    number = 1 if kind == "series" else int(spec.subject[2])
    name, about, posts, parts, total = library.listing(f"{kind}/{slug}/{number}")
    base = library.options.addresses[kind].format(slug=slug)
    per_page = total if kind == "series" else library.options.entries_per_page
    has_feeds = kind in library.options.list_feeds
    feeds = ((f"{name} – {library.options.name}", base),) if has_feeds else ()
    head = _head(base, library, name)
    first = number == 1
    return ListView(
        make_frame(
            spec, library, head.title, description=head.about if first else "", links=PageLinks(feeds=feeds)
        ),
        kind=_kinds(library)[kind],
        name=head.title,
        count=total,
        about=about,
        html=head.html if first else Markup(),
        cards=library.cards(posts),
        parts=parts,
        pager=_pager(base, number, total, per_page, library),
        feeds=tuple(Link(NAMES[form], href(base + file)) for form, file in FORMATS.items() if has_feeds),
    )


def archive_view(spec: OutputSpec, library: Library) -> ArchiveView:
    """`/archive/`: every year and month, with counts; newest first."""
    years = tuple(_year(year, months, library) for year, months in library.years())
    categories = tuple(
        MonthCount(_term("category", slug, library, slug), count) for slug, count in library.categories()
    )
    head = _head(spec.address, library, library.options.words("Archive"))
    frame = make_frame(spec, library, head.title, description=head.about)
    return ArchiveView(frame, head.title, years, categories, html=head.html)


def year_view(spec: OutputSpec, library: Library) -> ArchiveView:
    """`/2012/`: the year's months with the titles of their posts."""
    year = spec.subject[1]
    months = library.year(year)
    counted = _year(int(year), tuple((month, len(posts)) for month, posts in months), library)
    listed = replace(counted, posts=tuple(library.cards(posts) for _, posts in months))
    head = _head(spec.address, library, year)
    frame = make_frame(spec, library, head.title, description=head.about)
    return ArchiveView(frame, year, (listed,), html=head.html)


class _Head(Struct, frozen=True):
    """The content above a list: the text of the page that editors wrote for its address."""

    title: str
    about: str = ""
    html: Markup = Markup()


def _head(address: str, library: Library, title: str) -> _Head:
    """The head of the list at `address`; only its title if editors wrote no page."""
    page = library.document(library.page_at(address))
    if page is None:
        return _Head(title)
    return _Head(page.title, page.description, Markup(library.placed(page.path, root_from(address))))


def _contents(posts: tuple[str, ...], library: Library) -> tuple[Heading, ...]:
    """The titles of posts, for the table of contents of their month."""
    return tuple(
        Heading(2, anchor(library.post(path), library.options), escape(library.card(path).link.title))
        for path in posts
    )


def _days(posts: tuple[str, ...], library: Library, root: str, whole: int) -> tuple[Day, ...]:
    """Posts by day, under their dates: the first `whole` of them in full, the rest as excerpts."""
    short = set(posts[whole:])
    return tuple(
        Day(
            day.isoformat(),
            day_text(day, library.options.language),
            tuple(_entry(path, library, root, excerpt=path in short) for path in group),
        )
        for day, group in groupby(posts, lambda path: library.post(path).day)
    )


def _entry(path: str, library: Library, root: str, *, alone: bool = False, excerpt: bool = False) -> Entry:
    post = library.post(path)
    body = library.body(path)
    html = library.placed(
        path,
        root,
        base=2 if alone else 4,
        ids="" if alone else f"{anchor(post, library.options)}:",
        excerpt=excerpt,
    )
    minutes = post.readtime if post.readtime is not None else max(1, ceil(body.words / WORDS_PER_MINUTE))
    return Entry(
        card=library.card(path),
        anchor=anchor(post, library.options),
        html=Markup(html),
        authors=tuple(_author(author, library) for author in post.authors),
        categories=tuple(_term("category", name, library) for name in post.categories),
        minutes=minutes,
        more=excerpt and bool(body.excerpt),
        pictures=tuple(filter(None, (_picture(author, library) for author in post.authors))) if alone else (),
    )


def _term(kind: str, name: str, library: Library, slug: str = "") -> Link:
    slug = slug or library.term_slug(f"{kind}/{name}")
    address = library.options.addresses[kind].format(slug=slug)
    return Link(library.term(f"{kind}/{slug}"), href(address))


def _author(author: Author, library: Library) -> Link:
    if not library.options.authors_profiles:
        return Link(author.name, "", nowhere=True)
    return _term("author", author.name, library, author_slug(author))


def _picture(author: Author, library: Library) -> Link | None:
    """The picture of an author: a file of the content, or an image of another site that pages may load."""
    if is_elsewhere(author.avatar):
        allowed = library.options.policy.allows_image(author.avatar, library.options.url)
        return Link(author.name, author.avatar, external=True) if allowed else None
    address = library.asset(author.avatar.removeprefix("/")) if author.avatar else ""
    return Link(author.name, href(address)) if address else None


def _kinds(library: Library) -> dict[str, str]:
    say = library.options.words
    return {"category": say("Category"), "tag": say("Tag"), "author": say("Author"), "series": say("Series")}


def _main(library: Library) -> Link:
    return Link(library.options.words("Main"), href(library.options.addresses["blog"]))


def _month_link(month: Month, library: Library) -> Link:
    address = month_address(month, library.options.addresses)
    return Link(month_text(month, library.options.language), href(address))


def _year(year: int, months: tuple[tuple[Month, int], ...], library: Library) -> YearCounts:
    addresses, language = library.options.addresses, library.options.language
    return YearCounts(
        Link(str(year), href(year_address(year, addresses))),
        sum(count for _, count in months),
        tuple(
            MonthCount(Link(month_name(month, language), href(month_address(month, addresses))), count)
            for month, count in months
        ),
    )


def _pager(base: str, number: int, total: int, per_page: int, library: Library) -> Pager:
    say = library.options.words
    pages = max(1, ceil(total / per_page)) if per_page else 1

    def page(at: int, title: str) -> Link | None:
        return Link(title, href(page_address(base, at))) if 1 <= at <= pages else None

    newer, older = page(number - 1, say("Newer posts")), page(number + 1, say("Older posts"))
    return Pager(number, pages, newer=newer, older=older)


def _series_box(post: Post, library: Library) -> SeriesBox | None:
    if post.series is None:
        return None
    slug = library.term_slug(f"series/{post.series.name}")
    name, parts = library.series(slug)
    return SeriesBox(
        Link(name, href(library.options.addresses["series"].format(slug=slug))),
        tuple((part, library.link(path, active=path == post.path)) for part, path in parts),
    )
