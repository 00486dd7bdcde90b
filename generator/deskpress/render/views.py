"""Views: all that one template may see. `href`s lead from the site's root, through `Link.to(root)`."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from deskpress.model.body import Heading


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its text. `href` is relative to the site's root, or a URL when `external`."""

    title: str
    href: str
    external: bool = False
    active: bool = False
    children: tuple[Link, ...] = ()

    def to(self, root: str) -> str:
        """The `href` on a page from which `root` leads to the site's root."""
        return self.href if self.external else root + self.href


@dataclass(frozen=True, slots=True)
class Bar:
    """`older | Main | newer`; a missing end is left out."""

    older: Link | None
    main: Link
    newer: Link | None


@dataclass(frozen=True, slots=True)
class Alternate:
    """A `<link rel="alternate">`: a feed that belongs to the page."""

    title: str
    type: str
    href: str


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A notice in a list. Instants are `(text, ISO 8601)`; `updates` are such pairs with a text."""

    link: Link
    severity: str
    standing: str
    start: tuple[str, str]
    end: tuple[str, str] | None
    description: str
    updates: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the content of every page.

    `root` leads to the site's root; `canonical` is the page's URL, empty where it has none;
    `title` is empty on the home page; `branch` is the reader's part of the help center,
    `banner` what goes on right now. `kind` and `image` (a URL) are those of OpenGraph, `data` JSON-LD.
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
    search: bool = False


@dataclass(frozen=True, slots=True)
class PostCard:
    """A document in a list: everything but its body. `note` says that there is a newer text."""

    link: Link
    iso: str
    day: str
    description: str = ""
    pinned: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A post with its body. `anchor` is the id of its heading; `more` leads on after an excerpt."""

    card: PostCard
    anchor: str
    html: Markup
    authors: tuple[Link, ...]
    categories: tuple[Link, ...]
    minutes: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A date heading with the posts under it."""

    iso: str
    text: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Pages of a long list; `newer` and `older` are missing at the ends."""

    number: int
    total: int
    newer: Link | None
    older: Link | None


@dataclass(frozen=True, slots=True)
class SeriesBox:
    """All parts of a series, the page's own one `active`."""

    link: Link
    parts: tuple[tuple[int, Link], ...]


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A month with the number of its posts."""

    link: Link
    count: int


@dataclass(frozen=True, slots=True)
class YearCounts:
    """A year with its months, newest first, and their posts where a page lists them."""

    link: Link
    count: int
    months: tuple[MonthCount, ...]
    posts: tuple[tuple[PostCard, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed on the page that shows them all, with the address of each format."""

    title: str
    link: Link | None
    formats: tuple[tuple[str, str], ...]


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
class Freshness:
    """What a reader should know of a document's age. Days are `(text, ISO 8601)`.

    `effective` is the day from which its rules apply, `replaced` the month of those of the newer text.
    """

    changed: tuple[str, str] | None = None
    effective: tuple[str, str] | None = None
    overdue: tuple[str, str] | None = None
    supersedes: Link | None = None
    superseded_by: Link | None = None
    replaced: str = ""


@dataclass(frozen=True, slots=True)
class HelpSection:
    """A section of the help center: its page if it has one, the topics in it, the sections below."""

    title: str
    card: PostCard | None
    topics: tuple[PostCard, ...]
    sections: tuple[HelpSection, ...]


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
    groups: tuple[tuple[str, tuple[NoticeCard, ...]], ...]
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
    widgets: tuple[tuple[str, Link], ...] = ()


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
