"""The content of a feed, independent of its format: the basis of RSS, Atom and JSON Feed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from deskpress.model.address import href
from deskpress.model.body import Enclosure, place
from deskpress.model.document import Author, Dated, Month, Notice, Post
from deskpress.model.furniture import for_readers_of_feeds
from deskpress.model.output import OutputSpec
from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import FeedFile
from deskpress.model.tools import as_text
from deskpress.plan.feeds import FORMATS, entry_id, feed_id
from deskpress.plan.urls import month_address
from deskpress.render.dates import month_of, month_text
from deskpress.render.frame import shortened
from deskpress.render.library import Library
from deskpress.render.page_times import EPOCH

SUMMARY_LENGTH = 280
"""The most characters of a summary that is taken from the text."""

_NEWER = Markup('<a href="{}">{}</a>')

_UPDATE = Markup("<li>{}: {}</li>")

_FORBIDDEN = lazy_pattern("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_RARE = bytes({*range(32), 0xED, 0xEF} - {9, 10, 13})
"""Bytes of which the UTF-8 form of every forbidden character contains one."""


class FeedEntry(Struct, frozen=True):
    """A post in a feed. `html` holds absolute URLs only; `enclosures` name full URLs."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    authors: tuple[Author, ...]
    categories: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]


class FeedView(Struct, frozen=True):
    """A feed, or the archive document of a month (RFC 5005 §4). Empty URLs are left out."""

    id: str
    title: str
    subtitle: str
    home: str
    self_url: str
    language: str
    author: str
    rights: str
    updated: datetime
    entries: tuple[FeedEntry, ...]
    hub: str = ""
    previous_archive: str = ""
    next_archive: str = ""
    current: str = ""

    @property
    def is_archive(self) -> bool:
        """Whether this document is a month's archive."""
        return bool(self.current)


class _Feed(NamedTuple):
    """A feed's title, its folder, and its posts, newest first."""

    title: str
    folder: str
    posts: tuple[str, ...]


class _Chain(NamedTuple):
    """The URLs for an archive document (RFC 5005 §4): the months before and after it, and their feed."""

    previous: str = ""
    next: str = ""
    current: str = ""


_NO_CHAIN = _Chain()


def feed_view(spec: OutputSpec, library: Library) -> FeedView:
    """A main, category or topic feed: the newest posts, in full."""
    name = "/".join(spec.subject)
    feed = _Feed(*library.feed(name))
    if name != "blog":
        return _view(spec, library, feed, home=feed.folder)
    archived = _archive_url(library.newest_month(), library)
    return _view(spec, library, feed, library.options.addresses["blog"], _Chain(archived))


def archive_view(spec: OutputSpec, library: Library) -> FeedView:
    """The archive document of a month: all its posts, linked to the months before and after it."""
    key = spec.subject[1]
    month = month_of(key)
    older, newer = library.months_around(key)
    options = library.options
    title = f"{options.name}: {month_text(month, options.language)}"
    chain = _Chain(
        _archive_url(older, library) if older else "",
        _archive_url(newer, library) if newer else "",
        options.url + href(options.prefix + FORMATS["atom"]),
    )
    feed = _Feed(title, options.prefix, library.month(key))
    return _view(spec, library, feed, month_address(month, options.addresses), chain)


def file_view(spec: OutputSpec, library: Library) -> FeedView:
    """A feed at the address of the rss plug-in, with its ids: they are the posts' URLs."""
    path = spec.subject[1]
    file = next(file for file in library.options.feed_files if file.path == path)
    if file.pages:
        return _pages_view(spec, file, library)
    posts = library.feed_file(path) or library.newest(str(file.length))
    feed = _Feed(file.title, library.options.prefix, posts)
    view = _view(spec, library, feed, library.options.addresses["blog"])
    entries = tuple(replace(entry, id=entry.url) for entry in view.entries)
    subtitle = xml_text(file.description) or view.subtitle
    return replace(view, id=view.self_url, subtitle=subtitle, entries=entries)


def _pages_view(spec: OutputSpec, file: FeedFile, library: Library) -> FeedView:
    """The same of a feed of all pages."""
    options = library.options
    rows = library.feed_pages(file.path)
    self_url = options.url + href(spec.path)
    return FeedView(
        id=self_url,
        title=xml_text(file.title),
        subtitle=xml_text(file.description or options.description),
        home=options.url,
        self_url=self_url,
        language=options.language,
        author=xml_text(options.author or options.name),
        rights=xml_text(options.copyright),
        updated=max((changed for _, _, changed in rows), default=EPOCH),
        entries=tuple(_page_entry(*row, library) for row in rows),
    )


def _page_entry(path: str, created: datetime, changed: datetime, library: Library) -> FeedEntry:
    """A page or a topic, or a post, in such a feed."""
    document, options = library.document(path), library.options
    if isinstance(document, Post):
        entry = _entry(document, library)
        return replace(entry, id=entry.url)
    assert document is not None  # listed for what is published
    body, url = library.body(path), options.url + href(library.address(document))
    text = for_readers_of_feeds(as_text(body.html) if body.tools else body.html)
    return FeedEntry(
        id=url,
        url=url,
        title=xml_text(document.title),
        summary=xml_text(document.description or shortened(body.beginning, SUMMARY_LENGTH)),
        html=xml_text(place(text, root=options.url, here=escape(url))),
        published=created,
        updated=changed,
        authors=(),
        categories=(),
        enclosures=tuple(Enclosure(options.url + href(e.address), e.type, e.size) for e in body.enclosures),
    )


def xml_text(text: str) -> str:
    """`text` without the characters that XML 1.0 §2.2 forbids."""
    # Whole posts hardly ever have one, and this test is several times faster.
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _RARE)) == len(data):
        return str(text)
    return _FORBIDDEN.sub("", text)


def _archive_url(month: Month, library: Library) -> str:
    return library.options.url + href(month_address(month, library.options.addresses) + FORMATS["atom"])


def _view(spec: OutputSpec, library: Library, feed: _Feed, home: str, chain: _Chain = _NO_CHAIN) -> FeedView:
    options = library.options
    posts = [library.dated(path) for path in feed.posts]
    return FeedView(
        id=feed_id(feed.folder, options),
        title=xml_text(feed.title),
        subtitle=xml_text(options.description),
        home=options.url + href(home),
        self_url=options.url + href(spec.path),
        language=options.language,
        author=xml_text(options.author or options.name),
        rights=xml_text(options.copyright),
        updated=max(post.changed for post in posts),
        entries=tuple(_entry(post, library) for post in posts),
        hub="" if chain.current else options.websub_hub,
        previous_archive=chain.previous,
        next_archive=chain.next,
        current=chain.current,
    )


def _entry(post: Dated, library: Library) -> FeedEntry:
    options = library.options
    body = library.body(post.path)
    url = options.url + href(library.address(post))
    newer = library.superseding(post.path)
    told = _told(post, library) if isinstance(post, Notice) else ""
    # Scripts run on pages only.
    text = for_readers_of_feeds(as_text(body.html) if body.tools else body.html)
    note = Markup("")
    if newer:
        link = _NEWER.format(options.url + newer[0].href, newer[0].title)
        note = Markup("<p>{}</p>").format(
            options.words.html("There is a newer text on this: %(text)s.", text=link)
        )
    return FeedEntry(
        id=entry_id(post, options),
        url=url,
        title=xml_text(post.title),
        summary=xml_text(post.description or shortened(body.beginning, SUMMARY_LENGTH)),
        html=xml_text("".join((note, place(text, root=options.url, here=escape(url)), told))),
        published=post.created,
        updated=post.changed,
        authors=post.authors,
        categories=post.categories,
        enclosures=tuple(Enclosure(options.url + href(e.address), e.type, e.size) for e in body.enclosures),
    )


def _told(notice: Notice, library: Library) -> Markup:
    """The updates of a notice, newest first."""
    items = (_UPDATE.format(text, said) for text, _, said in library.notice_card(notice.path).updates)
    return Markup("<ul>{}</ul>").format(Markup("").join(items)) if notice.updates else Markup("")
