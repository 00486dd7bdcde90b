"""Documents: what editors write, read into typed values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, get_args

from msgspec import Struct

MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""Extensions of documents, in lower case as MkDocs has them."""


class Month(Struct, frozen=True, order=True):
    """A calendar month, the unit of the archive."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12:
            raise ValueError(f"a month is 1 to 12, not {self.number}")

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


class Author(Struct, frozen=True, omit_defaults=True):
    """Who wrote a post; `key` is the name in `.authors.yml`, or the name as written."""

    key: str
    name: str
    description: str = ""
    avatar: str = ""
    url: str = ""
    slug: str = ""


class SeriesPart(Struct, frozen=True):
    """This post is part `part` (from 1) of the series `name`."""

    name: str
    part: int

    def __post_init__(self) -> None:
        if self.part < 1:
            raise ValueError(f"parts of a series count from 1, not {self.part}")


class RelatedLink(Struct, frozen=True):
    """An entry of `links`: a title (empty: the target's own) with a target, or with nested entries."""

    title: str
    target: str = ""
    children: tuple[RelatedLink, ...] = ()
    line: int = 1


class Document(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What posts, topics and pages have in common.

    `path` is relative to the content folder, with slashes. `line_of` says on which line of the file a
    front-matter key is. Instants are aware and in the site's time zone. `boost` is how much the search raises
    it. `icon` names an icon of the theme. `listings` are those of directives in the text (Material's `tags`).
    `front` is the text of the front matter, for templates that use more of it, `for_plugins` the values of
    keys in it that other plug-ins read, `added` values that these plug-ins added. `heading_id` is the id of
    the heading that is its title; empty if there is none, or another heading has that id.
    """

    path: str
    title: str
    line_of: tuple[tuple[str, int], ...] = ()
    slug: str = ""
    heading_id: str = ""
    id: str = ""
    description: str = ""
    updated: datetime | None = None
    expires: datetime | None = None
    effective: date | None = None
    review_by: date | None = None
    supersedes: str = ""
    draft: bool = False
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    boost: float = 1.0
    template: str = ""
    icon: str = ""
    listings: tuple[str, ...] = ()
    front: str = ""
    for_plugins: Mapping[str, Any] = {}
    added: Mapping[str, Any] = {}

    def line(self, key: str) -> int:
        """The line of the file with front-matter key `key`, 1 if it does not have the key."""
        for known, line in self.line_of:
            if known == key:
                return line
        return 1


class Post(Document, frozen=True, kw_only=True, omit_defaults=True):
    """A dated post of the blog.

    Without a `slug`, one is made from `slug_text`, or from the title if that is empty. `named` is the
    text that MkDocs makes one from, if that differs.
    """

    created: datetime
    categories: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    pin: bool = False
    readtime: int | None = None
    links: tuple[RelatedLink, ...] = ()
    series: SeriesPart | None = None
    topics: tuple[str, ...] = ()
    slug_text: str = ""
    named: str = ""

    @property
    def day(self) -> date:
        """The date of the post, in the site's time zone."""
        return self.created.date()

    @property
    def month(self) -> Month:
        """The month in whose archive the post is listed."""
        return Month(self.created.year, self.created.month)

    @property
    def changed(self) -> datetime:
        """When the text was last changed, according to its front matter."""
        return self.updated or self.created


class Topic(Document, frozen=True, kw_only=True, omit_defaults=True):
    """A topic of the help center; `key` is its path below the help folder, `metrics` or `a/b`.

    In lists of its section topics with `pin` come first, then those with an `order`, the lowest first.
    """

    key: str
    pin: bool = False
    order: int | None = None


class Page(Document, frozen=True, kw_only=True, omit_defaults=True):
    """Any other page: the home page, about, privacy."""


Severity = Literal["info", "warning", "critical"]
"""How much a notice matters to readers."""

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""Severities, least severe first."""

Standing = Literal["planned", "current", "past"]
"""The state of a notice at the time of the build: before its start, before its end, after it."""


class Update(Struct, frozen=True):
    """A later addition to a notice, and its time."""

    at: datetime
    text: str


class Notice(Document, frozen=True, kw_only=True, omit_defaults=True):
    """A planned outage or a known issue, from `start` until `end` (None: not known yet).

    `updates` are newest first.
    """

    created: datetime
    start: datetime
    end: datetime | None = None
    severity: Severity = "info"
    updates: tuple[Update, ...] = ()
    authors: tuple[Author, ...] = ()
    categories: tuple[str, ...] = ()

    @property
    def changed(self) -> datetime:
        """When anything was last added."""
        return max(self.updated or self.created, *(update.at for update in self.updates), self.created)

    @property
    def turns(self) -> tuple[datetime, ...]:
        """The instants at which the notice as shown changes."""
        ends = (self.end,) if self.end else ()
        return (self.start, *ends, *(update.at for update in self.updates))

    def standing(self, at: datetime) -> Standing:
        """The state of the notice at an instant."""
        if at < self.start:
            return "planned"
        return "current" if self.end is None or at < self.end else "past"


AnyDocument = Post | Topic | Page | Notice
"""A document is one of these."""

Dated = Post | Notice
"""Documents that feeds contain."""

Withheld = Literal["a draft", "dated ahead", "expired", "broken"]
"""Why a document is not part of the build."""
