"""Views: everything that one template may see."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct

from deskpress.compat.native.tags import TagLink
from deskpress.model.body import Heading
from deskpress.render.pieces import (
    Alternate,
    Bar,
    ContentsLink,
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
    SectionCard,
    SeriesBox,
    YearCounts,
)
from deskpress.render.template_page import TemplatePage


class Frame(Struct, frozen=True):
    """The content of every page's frame.

    `root` leads to the site's root; `canonical` is the page's URL, empty if it has none; `title` is empty on
    the home page; `branch` is the reader's part of the help center or of the navigation, depending on
    `in_nav`. `fitting` entries of `nav` fit into the header, or into a row of their own (`tabs`); `banner` is
    the current notice, `search` the address of results. `kind` and `image` (a URL) are those of OpenGraph,
    `data` JSON-LD; `tags` are those that Material's plug-in shows; `page` is the page for templates of the
    site itself; `words` are the texts of scripts in languages other than English.
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
    markdown: str
    headings: tuple[Heading, ...] = ()
    author: str = ""
    previous: Link | None = None
    next: Link | None = None
    branch: tuple[Link, ...] = ()
    in_nav: bool = True
    fitting: int = 0
    tabs: bool = False
    banner: tuple[NoticeCard, ...] = ()
    kind: str = "website"
    image: str = ""
    data: str = ""
    search: str = ""
    languages: tuple[Language, ...] = ()
    words: str = ""
    tags: tuple[TagLink, ...] = ()
    page: TemplatePage | None = None

    @property
    def contents(self) -> tuple[ContentsLink, ...]:
        """The table of contents: headings of the first three levels."""
        return tuple(
            ContentsLink(quote(one.id), Markup(one.title).striptags(), one.level == 3)
            for one in self.headings
            if one.level < 4
        )


class View(Struct, frozen=True):
    """What every template sees."""

    frame: Frame


class MonthView(View, frozen=True):
    """`/2012/03/`: the bar, the count, the posts under their dates."""

    bar: Bar
    name: str
    count: int
    days: tuple[Day, ...]
    html: Markup = Markup()
    feeds: tuple[Link, ...] = ()


class PostView(View, frozen=True):
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
    heading_id: str = ""


class BlogView(View, frozen=True):
    """The main page of the blog, and the pages after it; `html` introduces the first."""

    html: Markup
    days: tuple[Day, ...]
    pager: Pager
    archive: Link


class ListView(View, frozen=True):
    """The posts of a category, a tag, an author or a series; `parts` number those of a series.

    `html` is the text of editors for the head of the list, here and on other lists.
    """

    kind: str
    name: str
    count: int
    about: str
    cards: tuple[PostCard, ...]
    parts: tuple[int, ...]
    pager: Pager
    html: Markup = Markup()
    feeds: tuple[Link, ...] = ()


class ArchiveView(View, frozen=True):
    """Every year and month with counts; a year's own page lists its posts."""

    name: str
    years: tuple[YearCounts, ...]
    categories: tuple[MonthCount, ...] = ()
    html: Markup = Markup()


class PageView(View, frozen=True):
    """A page or a help topic, with the posts on it, the topics before and after it, and feedback links."""

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
    endpoint: str = ""
    beside: tuple[Link, ...] = ()
    contact: Link | None = None
    heading_id: str = ""


class HelpView(View, frozen=True):
    """The index of the help center: topics with a line on each, in sections; contact."""

    html: Markup
    whole: HelpSection
    contact: Link | None = None


class NoticeView(View, frozen=True):
    """A notice's own page; `zone` is the time zone of all times on it."""

    html: Markup
    card: NoticeCard
    zone: str
    all: Link
    heading_id: str = ""


class NoticesView(View, frozen=True):
    """Every notice: current, planned, past."""

    html: Markup
    groups: tuple[tuple[str, str, tuple[NoticeCard, ...]], ...]
    zone: str
    subscribe: Link


class HomeView(View, frozen=True):
    """The home page: text, notices, sections of the help, newest posts, tools with their pages, contact.

    `zones` are their order; the first `opening` of them stand with the title. Each section names its first
    topics.
    """

    html: Markup
    zones: tuple[str, ...]
    notices: tuple[NoticeCard, ...]
    all_notices: Link | None
    headlines: tuple[PostCard, ...]
    sections: tuple[SectionCard, ...]
    blog: Link
    help: Link | None
    widgets: tuple[tuple[str, str, Link], ...] = ()
    contact: Link | None = None

    @property
    def opening(self) -> int:
        """How many zones stand with the title: text and search, as far as nothing comes before them."""
        others = (at for at, zone in enumerate(self.zones) if zone not in ("text", "search"))
        return next(others, len(self.zones))


class SubscribeView(View, frozen=True):
    """Every feed with its addresses; `main` comes first."""

    rows: tuple[FeedRow, ...]


class SearchView(View, frozen=True):
    """The page of results; `choices` are topics by key, `missed` is the address for failed queries."""

    whole: HelpSection
    choices: tuple[tuple[str, str], ...]
    archive: Link
    missed: str
    contact: Link | None = None


class NotFoundView(View, frozen=True):
    """Links for readers of a missing page."""

    links: tuple[Link, ...]


class RedirectView(Struct, frozen=True):
    """An old address: `url` is the full new one, `href` the same relative to here."""

    url: str
    href: str
    language: str
