"""The whole site as it was read: options, sorted documents, assets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from operator import attrgetter
from typing import Literal, get_args

from msgspec import Struct, field
from pymdownx.slugs import slugify

from deskpress.model.addons import Addons, Commit, Commits
from deskpress.model.address_patterns import DEFAULT_ADDRESSES
from deskpress.model.allowed_hosts import PagePolicy
from deskpress.model.document import AnyDocument, Author, Notice, Page, Post, Standing, Topic, Withheld
from deskpress.model.slugs import SlugFunction
from deskpress.model.tools import Layout, RuleSet, TrustedNames
from deskpress.model.words import ENGLISH, Words

USUAL_SLUGS = SlugFunction(slugify(case="lower"))
"""The function that Material's blog and Deskpress use by default."""


class NavItem(Struct, frozen=True):
    """An entry of the navigation: a title (empty: the target's own), a target, entries below it."""

    title: str
    target: str = ""
    children: tuple[NavItem, ...] = ()


MAX_DOCUMENT_SIZE = 2_000_000
"""The most bytes of a document, by default."""


class FeedFile(Struct, frozen=True):
    """A feed of posts at an address that the rss plug-in had published, with the ids that it used.

    `path` is its file, `format` `rss` or `json`; it contains posts whose file matches the pattern `of`, the
    newest first, or those that were `changed` last. One of `pages` contains pages and topics as well, with
    the dates that their front matter has at the keys `dates` (created, changed; dots lead into tables), else
    those of their commits. Without a `description` it has that of the site.
    """

    path: str
    format: Literal["rss", "json"]
    title: str
    of: str = ".*"
    length: int = 20
    changed: bool = False
    pages: bool = False
    dates: tuple[str, str] = ("", "")
    description: str = ""


HomeZone = Literal["text", "search", "notices", "help", "headlines", "widgets", "contact"]

HOME_ZONES: tuple[HomeZone, ...] = get_args(HomeZone)
"""Sections of the home page, in their default order."""


class Options(Struct, frozen=True, kw_only=True):
    """What the configuration says, checked. `url` ends in a slash; `content` is the folder editors know.

    A document's edit address is its path appended to `edit_url`, or put in place of `{path}` in
    `edit_template` (`{path_noext}` without its extension, `!q` quoted for a query); `helpful` is where
    readers say whether a page helped. All are empty by default. `widgets` are tools on the home page, each
    with the file of its page. `card_font` is a file next to `config_file`, whose name messages have. `words`
    are the interface texts. `other_languages` are the options of the other languages; in these,
    `language_dir` is the folder of content and the address (`de`) below which the whole language lies.
    `slugs` are functions that the site names, for `post` and `category`; `features` are those of Material's
    theme that are on, `feed_files` feeds at the addresses of another program. `addons` are the options
    of plug-ins whose work is done here. With `page_files`, `a.html` leads to the page at `a/`.
    `unused_selectors` are beginnings of selectors of the theme's style sheets that no page needs.
    """

    name: str
    url: str
    config_file: str = "mkdocs.yml"
    language: str = "en"
    words: Words = ENGLISH
    language_dir: str = ""
    other_languages: tuple[Options, ...] = ()
    timezone: str = "UTC"
    description: str = ""
    author: str = ""
    copyright: str = ""
    trademark: str = ""
    footer: tuple[NavItem, ...] = ()
    nav: tuple[NavItem, ...] = ()
    content: str = "content"
    posts_dir: str = "posts"
    help_dir: str = "help"
    notices_dir: str = "notices"
    authors_file: str = ""
    authors_profiles: bool = True
    addresses: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULT_ADDRESSES))
    redirects: Mapping[str, str] = field(default_factory=dict)
    posts_per_page: int = 10
    blog_pages: int = 100
    entries_per_page: int = 100
    month_posts: int = 0
    feed_length: int = 20
    list_feeds: tuple[str, ...] = ("category",)
    websub_hub: str = ""
    indexnow_key: str = ""
    id_authority: str = ""
    max_document_size: int = MAX_DOCUMENT_SIZE
    edit_url: str = ""
    edit_template: str = ""
    helpful: str = ""
    helpful_endpoint: str = ""
    contact: str = ""
    home: tuple[str, ...] = HOME_ZONES
    raw_html: Literal["safe", "trusted", "none"] = "safe"
    search: bool = True
    search_missed: str = ""
    llms: tuple[str, ...] = ("help",)
    images: bool = True
    cards: bool = False
    card_font: str = ""
    card_font_digest: str = ""
    noindex: bool = False
    widgets: tuple[tuple[str, str], ...] = ()
    rules: Mapping[str, RuleSet] = field(default_factory=dict)
    trusted: TrustedNames = field(default_factory=TrustedNames)
    layouts: tuple[Layout, ...] = ()
    policy: PagePolicy = PagePolicy()
    slugs: Mapping[str, SlugFunction] = field(default_factory=dict)
    features: tuple[str, ...] = ()
    addons: Addons = Addons()
    feed_files: tuple[FeedFile, ...] = ()
    page_files: bool = False
    unused_selectors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.url.endswith("/"):
            raise ValueError(f"the site's URL must end in a slash: {self.url}")
        for name in ("posts_per_page", "blog_pages", "entries_per_page", "feed_length"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")

    def slug_function(self, kind: str) -> SlugFunction:
        """How the titles of posts (`post`) or the names of a taxonomy become slugs."""
        return self.slugs.get(kind, USUAL_SLUGS)

    @property
    def blog_length(self) -> int:
        """How many posts the pages of the blog list at most; older ones are listed by month."""
        return self.posts_per_page * self.blog_pages

    @property
    def prefix(self) -> str:
        """What the paths and addresses of this language begin with: `de/`, nothing for the main language."""
        return f"{self.language_dir}/" if self.language_dir else ""

    def of(self, path: str) -> Options:
        """The options of the language that a path of content, or an address, belongs to."""
        return next((one for one in self.other_languages if path.startswith(one.prefix)), self)

    @property
    def base_path(self) -> str:
        """The path of the site on its host, `/` or `/sub/`."""
        return "/" + self.url.split("://", 1)[-1].partition("/")[2]

    @property
    def host(self) -> str:
        """The name of the site's host, without a port."""
        return self.url.split("://", 1)[-1].partition("/")[0].rpartition("@")[2].partition(":")[0]


class Asset(Struct, frozen=True, order=True):
    """A file that is published as it is, at its own path unless it has an `address`; `size` in bytes.

    `width` and `height` are those of a picture in pixels, 0 if they are not known; it is `simple` if a
    smaller copy can show the same.
    """

    path: str
    size: int
    width: int = 0
    height: int = 0
    simple: bool = True
    address: str = ""

    @property
    def at(self) -> str:
        """Its path in the site."""
        return self.address or self.path


class Site(Struct, frozen=True):
    """Everything that was read. Posts are newest first; topics, pages and assets are sorted by path.

    `committed` is when each topic and page was last committed, as far as git tells; `commits` and the
    `newest` are those that a plug-in shows; `overdue` are the paths
    of documents whose `review_by` has passed; `standing` is that of each notice. Notices are latest first.
    `unlisted` are the paths of pages that a navigation made from folders leaves out.
    `gone` are the addresses of what has expired, `former` all by which others may name it; `promised` are the
    addresses of lists that were ever published.
    """

    options: Options
    posts: tuple[Post, ...] = ()
    topics: tuple[Topic, ...] = ()
    pages: tuple[Page, ...] = ()
    notices: tuple[Notice, ...] = ()
    assets: tuple[Asset, ...] = ()
    authors: Mapping[str, Author] = field(default_factory=dict)
    withheld: Mapping[str, Withheld] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    former: frozenset[str] = frozenset()
    promised: tuple[str, ...] = ()
    committed: Mapping[str, datetime] = field(default_factory=dict)
    commits: Mapping[str, Commits] = field(default_factory=dict)
    newest: Commit | None = None
    overdue: tuple[str, ...] = ()
    standing: Mapping[str, Standing] = field(default_factory=dict)
    unlisted: frozenset[str] = frozenset()

    @property
    def documents(self) -> tuple[AnyDocument, ...]:
        """Posts, topics, pages and notices, in that order."""
        return (*self.posts, *self.topics, *self.pages, *self.notices)

    def has_expired(self, folder: str = "") -> bool:
        """Whether something below a folder of the content has expired."""
        return any(why == "expired" and path.startswith(folder) for path, why in self.withheld.items())


class Moment(Struct, frozen=True):
    """The time that a site is built for, in its time zone, and which withheld documents to include."""

    at: datetime
    drafts: bool = False
    future: bool = False
    expired: bool = False

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("the moment of building needs a time zone")

    @property
    def today(self) -> date:
        """The day in the site's time zone."""
        return self.at.date()


def newest_first(posts: list[Post]) -> tuple[Post, ...]:
    """Posts in the order readers see them; posts of the same instant by path."""
    by_path = sorted(posts, key=attrgetter("path"))
    return tuple(sorted(by_path, key=attrgetter("created"), reverse=True))


def latest_first(notices: list[Notice]) -> tuple[Notice, ...]:
    """Notices by their start; those of the same instant by path."""
    return tuple(sorted(notices, key=lambda n: (-n.start.timestamp(), n.path)))
