"""Views: all that one template may see."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from deskpress.model.body import Heading
from deskpress.render.pieces import (
    Alternate,
    Bar,
    Day,
    Entry,
    FeedRow,
    Freshness,
    HelpSection,
    Language,
    Link,
    MonthCount,
    NoticeCard,
    Pager,
    PostCard,
    SeriesBox,
    YearCounts,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the content of every page.

    `root` leads to the site's root; `canonical` is the page's URL, empty where it has none;
    `title` is empty on the home page; `branch` is the reader's part of the help center,
    `banner` what goes on right now, `search` where results stand. `kind` and `image` (a URL) are those of
    OpenGraph, `data` JSON-LD; `words` is what scripts say in other languages than English.
    """

    site: str
    language: str
    root: str
    title: str
    description: str
    canonical: str
    home: Link
    nav: tuple[Link, ...]
    footer: tuple[Link, ...]
    copyright: str
    trademark: str
    alternates: tuple[Alternate, ...]
    headings: tuple[Heading, ...] = ()
    author: str = ""
    previous: Link | None = None
    next: Link | None = None
    branch: tuple[Link, ...] = ()
    banner: tuple[NoticeCard, ...] = ()
    kind: str = "website"
    image: str = ""
    data: str = ""
    search: str = ""
    languages: tuple[Language, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What every template sees."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class MonthView(View):
    """`/2012/03/`: the bar, the count, the posts under their dates."""

    bar: Bar
    name: str
    count: int
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class PostView(View):
    """A post's own page."""

    bar: Bar
    entry: Entry
    month: Link
    tags: tuple[Link, ...]
    series: SeriesBox | None
    topics: tuple[Link, ...]
    links: tuple[Link, ...]
    freshness: Freshness
    edit: str


@dataclass(frozen=True, slots=True)
class BlogView(View):
    """The main page of the blog, and the pages after it; `html` introduces the first."""

    html: Markup
    days: tuple[Day, ...]
    pager: Pager
    archive: Link


@dataclass(frozen=True, slots=True)
class ListView(View):
    """The posts of a category, a tag, an author or a series; `parts` number those of a series."""

    kind: str
    name: str
    count: int
    about: str
    cards: tuple[PostCard, ...]
    parts: tuple[int, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class ArchiveView(View):
    """Every year and month with counts; a year's own page lists its posts."""

    name: str
    years: tuple[YearCounts, ...]
    categories: tuple[MonthCount, ...] = ()


@dataclass(frozen=True, slots=True)
class PageView(View):
    """A page or a help topic, with the posts on it, the topics before and after it, and ways to answer."""

    html: Markup
    freshness: Freshness
    breadcrumbs: tuple[Link, ...] = ()
    posts: tuple[PostCard, ...] = ()
    subscribe: Link | None = None
    before: Link | None = None
    after: Link | None = None
    below: HelpSection | None = None
    edit: str = ""
    helpful: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class HelpView(View):
    """The index of the help center: topics with a line on each, in sections."""

    html: Markup
    whole: HelpSection


@dataclass(frozen=True, slots=True)
class NoticeView(View):
    """A notice's own page; `zone` is the time zone of all times on it."""

    html: Markup
    card: NoticeCard
    zone: str
    all: Link


@dataclass(frozen=True, slots=True)
class NoticesView(View):
    """Every notice: what goes on, what is planned, what is past."""

    html: Markup
    groups: tuple[tuple[str, str, tuple[NoticeCard, ...]], ...]
    zone: str
    subscribe: Link


@dataclass(frozen=True, slots=True)
class HomeView(View):
    """The home page: text, notices, newest posts, tools with their pages, topics; `zones` are their order."""

    html: Markup
    zones: tuple[str, ...]
    notices: tuple[NoticeCard, ...]
    all_notices: Link | None
    headlines: tuple[PostCard, ...]
    topics: tuple[PostCard, ...]
    blog: Link
    help: Link | None
    widgets: tuple[tuple[str, str, Link], ...] = ()


@dataclass(frozen=True, slots=True)
class SubscribeView(View):
    """Every feed with its addresses; `main` comes first."""

    rows: tuple[FeedRow, ...]


@dataclass(frozen=True, slots=True)
class SearchView(View):
    """The page of results; `choices` are topics by key, `missed` is told of what nobody finds."""

    topics: tuple[PostCard, ...]
    choices: tuple[tuple[str, str], ...]
    archive: Link
    missed: str


@dataclass(frozen=True, slots=True)
class NotFoundView(View):
    """Where a reader may want to go instead."""

    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RedirectView:
    """An old address: `url` is the new one in full, `href` the same from here."""

    url: str
    href: str
    language: str
