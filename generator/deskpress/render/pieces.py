"""Parts of views that several pages share. `href`s lead from the site's root, through `Link.to(root)`."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct


class ContentsLink(Struct, frozen=True):
    """An entry of a table of contents: the anchor as written in a link, and the text of the heading."""

    anchor: str
    text: str
    deep: bool


class Link(Struct, frozen=True):
    """A link with its text. `href` is relative to the site's root, or a URL when `external`.

    A link that leads `nowhere` is shown as its text.
    """

    title: str
    href: str
    external: bool = False
    active: bool = False
    children: tuple[Link, ...] = ()
    nowhere: bool = False

    @property
    def url(self) -> str:
        """The `href`, as templates of MkDocs and Material call it."""
        return self.href

    def to(self, root: str) -> str:
        """The `href` on a page from which `root` leads to the site's root."""
        return self.href if self.external else root + self.href


class Bar(Struct, frozen=True):
    """`older | Main | newer`; a missing end is left out."""

    older: Link | None
    main: Link
    newer: Link | None


class Alternate(Struct, frozen=True):
    """A `<link rel="alternate">`: a feed that belongs to the page."""

    title: str
    type: str
    href: str


class Language(Struct, frozen=True):
    """A page in one of the site's languages: `url` is empty if there is only the language's home page."""

    code: str
    name: str
    href: str
    url: str
    active: bool = False


class NoticeCard(Struct, frozen=True):
    """A notice in a list. Instants are `(text, ISO 8601)`; `updates` are such pairs with a text."""

    link: Link
    severity: str
    standing: str
    start: tuple[str, str]
    end: tuple[str, str] | None
    description: str
    updates: tuple[tuple[str, str, str], ...] = ()


class PostCard(Struct, frozen=True):
    """A document in a list: everything but its body. `note` says that there is a newer text.

    `icon` is the name of an icon of the theme's, or nothing.
    """

    link: Link
    iso: str
    day: str
    description: str = ""
    pinned: bool = False
    note: str = ""
    icon: str = ""


class Entry(Struct, frozen=True):
    """A post with its body. `anchor` is the id of its heading; `more` is the link after an excerpt.

    Authors lead nowhere where they have no pages; `pictures` are those of authors who have one, as `href`s.
    """

    card: PostCard
    anchor: str
    html: Markup
    authors: tuple[Link, ...]
    categories: tuple[Link, ...]
    minutes: int
    more: bool = False
    pictures: tuple[Link, ...] = ()


class Day(Struct, frozen=True):
    """A date heading with the posts under it."""

    iso: str
    text: str
    entries: tuple[Entry, ...]


class Pager(Struct, frozen=True):
    """Pages of a long list; `newer` and `older` are missing at the ends."""

    number: int
    total: int
    newer: Link | None
    older: Link | None


class SeriesBox(Struct, frozen=True):
    """All parts of a series, the page's own one `active`."""

    link: Link
    parts: tuple[tuple[int, Link], ...]


class MonthCount(Struct, frozen=True):
    """A month with the number of its posts."""

    link: Link
    count: int


class YearCounts(Struct, frozen=True):
    """A year with its months, newest first, and their posts if a page lists them."""

    link: Link
    count: int
    months: tuple[MonthCount, ...]
    posts: tuple[tuple[PostCard, ...], ...] = ()


class FeedRow(Struct, frozen=True):
    """A feed on the page of all feeds, with the address of each format."""

    title: str
    link: Link | None
    formats: tuple[tuple[str, str], ...]


class Freshness(Struct, frozen=True):
    """Notes about a document's age. Days are `(text, ISO 8601)`.

    `effective` is the day from which its rules apply, `replaced` the month of those of the newer text.
    """

    changed: tuple[str, str] | None = None
    effective: tuple[str, str] | None = None
    overdue: tuple[str, str] | None = None
    supersedes: Link | None = None
    superseded_by: Link | None = None
    replaced: str = ""


class HelpSection(Struct, frozen=True):
    """A section of the help center: its page if it has one, the topics in it, the sections below.

    `count` is the number of topics in it and in all sections below, without its own page; 0 for a topic.
    """

    title: str
    card: PostCard | None
    topics: tuple[PostCard, ...]
    sections: tuple[HelpSection, ...]
    count: int = 0


class SectionCard(Struct, frozen=True):
    """A section of the help center in a list: its `first` children, and the total number of topics.

    A topic in such a list has none.
    """

    title: str
    card: PostCard | None
    first: tuple[Link, ...]
    count: int
