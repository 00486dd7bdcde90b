"""Pieces of views that several pages share. `href`s lead from the site's root, through `Link.to(root)`."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


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
class Language:
    """A page in one of the site's languages: `url` is empty where there is only the language's home page."""

    code: str
    name: str
    href: str
    url: str
    active: bool = False


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
