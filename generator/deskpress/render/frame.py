"""The frame of a page: navigation, footer, feeds, canonical URL."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from deskpress.model.address import cleaned, href, is_elsewhere
from deskpress.model.body import Heading
from deskpress.model.output import OutputSpec, copy_path
from deskpress.model.site import NavItem, Options
from deskpress.model.words import locale_of
from deskpress.plan.feeds import FORMATS
from deskpress.plan.language_sites import WORDS, neutral
from deskpress.plan.search import FOLDER
from deskpress.plan.texts import texts_of
from deskpress.render.library import Library
from deskpress.render.metadata import json_ld
from deskpress.render.pieces import Alternate, Language, Link
from deskpress.render.template_page import TemplatePage
from deskpress.render.views import Frame

MEDIA_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}

DESCRIPTION_LENGTH = 160
"""The most characters of a description that is taken from the text; search engines show about that many."""


def shortened(text: str, length: int) -> str:
    """`text`, or its beginning up to a whole word, with an ellipsis."""
    if len(text) <= length:
        return text
    return (text[:length].rpartition(" ")[0] or text[:length]) + " …"


def root_from(address: str) -> str:
    """The relative path from a page at `address` to the site's root, `./` or `../../`."""
    return "../" * address.count("/") or "./"


class PageLinks(Struct, frozen=True):
    """Links from a page, next to its text. `feeds` are (title, folder) besides the blog's own.

    `branch` is shown in place of the navigation around the page, which may be `hidden`.
    """

    feeds: tuple[tuple[str, str], ...] = ()
    previous: Link | None = None
    following: Link | None = None
    branch: tuple[Link, ...] = ()
    hidden: bool = False


class PageMetadata(Struct, frozen=True):
    """What a page tells programs: `kind` and `image` are OpenGraph's, `things` is the content of JSON-LD."""

    author: str = ""
    kind: str = "website"
    image: str = ""
    things: tuple[dict[str, Any], ...] = ()


NO_LINKS, NO_METADATA = PageLinks(), PageMetadata()


def make_frame(
    spec: OutputSpec,
    library: Library,
    title: str,
    *,
    description: str = "",
    headings: tuple[Heading, ...] = (),
    links: PageLinks = NO_LINKS,
    metadata: PageMetadata = NO_METADATA,
) -> Frame:
    """The frame of `spec`'s page."""
    options = library.options
    address = spec.address
    lost = spec.kind in ("not_found", "gone")
    place = library.nav_place(address)
    tabs = "navigation.tabs" in options.features
    nav = _top_navigation(library, place.top)
    alternates = [(options.prefix, options.name), *((folder, name) for name, folder in links.feeds)]
    # The 404 and 410 pages are shown at any depth: only an absolute path leads home from there.
    root = options.base_path if lost else root_from(address)
    return Frame(
        site=options.name,
        language=options.language,
        root=root,
        page=TemplatePage(spec, library, title or options.name, headings, root),
        title=title,
        description=description or options.description,
        canonical="" if lost or options.noindex else options.url + href(address),
        home=Link(options.name, href(options.prefix)),
        nav=nav,
        fitting=fitting(nav, options.name, own_row=tabs),
        tabs=tabs,
        footer=tuple(nav_link(item, library, address) for item in options.footer),
        copyright=options.copyright,
        trademark=options.trademark,
        alternates=tuple(
            Alternate(f"{name} ({NAMES[kind]})", MEDIA_TYPES[kind], href(folder + file))
            for folder, name in alternates
            for kind, file in FORMATS.items()
        )
        if library.has("posts")
        else (),
        markdown=_markdown(spec, options),
        headings=headings,
        author=metadata.author or options.author,
        previous=links.previous,
        next=links.following,
        branch=links.branch or (() if links.hidden else place.branch),
        in_nav=not links.branch,
        kind=metadata.kind,
        image=metadata.image,
        data=json_ld(metadata.things),
        search=href(options.prefix + FOLDER) if options.search else "",
        languages=_languages(spec, library),
        words=href(options.prefix + WORDS) if options.words.texts else "",
        banner=tuple(library.notice_card(path) for path in library.notices("current")),
    )


def _markdown(spec: OutputSpec, options: Options) -> str:
    """The address of the page's Markdown copy (`plan_texts`), from the page; empty if it has none."""
    if "pages" not in texts_of(options) or spec.kind not in ("topic", "post", "page"):
        return ""
    return href(copy_path(spec.path).rpartition("/")[2])


def _languages(spec: OutputSpec, library: Library) -> tuple[Language, ...]:
    """This page in every language of the site; if it does not exist in one, that language's home page."""
    if len(library.by_language) == 1:
        return ()
    subject = neutral(spec.subject, library.options)
    found = []
    for other in library.by_language.values():
        own = other.options
        address = other.counterpart(subject)
        found.append(
            Language(
                own.language,
                _named(own.language),
                href(own.prefix if address is None else address),
                own.url + href(address) if address is not None else "",
                active=other is library,
            )
        )
    return tuple(found)


def _named(language: str) -> str:
    """A language's own name, capitalised; its code if CLDR does not know it."""
    locale = locale_of(language)
    name = locale.get_display_name() or ""
    if not name or locale.language != language.partition("-")[0]:
        return language
    # Georgian has capital letters, but they do not begin a line.
    return name if "\u10d0" <= name[0] <= "\u10ff" else name[0].upper() + name[1:]


def _top_navigation(library: Library, top: int) -> tuple[Link, ...]:
    """The entries at the top of the navigation; the one that the page belongs to is active."""
    return tuple(
        Link(link.title, link.href, link.external, active=number == top)
        for number, link in enumerate(library.top_nav())
    )


BAR = 1180
"""Pixels of the header on the narrowest screen that shows its entries, less the parts at its ends."""

LETTER, GAP, BRAND, BESIDE = 7.8, 24, 10, 320
"""Pixels of a letter of an entry, of the space between entries, of a letter of the site's name, and of the
search and the buttons next to it."""

LONGEST_BRAND = 340
"""The most pixels of the site's name in the header."""


def fitting(nav: tuple[Link, ...], site: str, *, own_row: bool) -> int:
    """How many entries fit into the header: the rest is in a menu at its end."""
    room: float = BAR if own_row else BAR - BESIDE - min(LONGEST_BRAND, BRAND * len(site))
    widths = [LETTER * len(link.title) + GAP for link in nav]
    if sum(widths) <= room:
        return len(nav)
    room -= LETTER * 6 + GAP
    shown = 0
    while shown < len(nav) and sum(widths[: shown + 1]) <= room:
        shown += 1
    return max(1, shown)


def nav_link(item: NavItem, library: Library, here: str) -> Link:
    """An entry of the navigation; it is active on its own page and on the pages below it."""
    children = tuple(nav_link(child, library, here) for child in item.children)
    if is_elsewhere(item.target) or item.target.startswith("#"):
        return Link(item.title or item.target, cleaned(item.target), external=True)
    title, address = item.title, item.target.removeprefix("/")
    # A file of this language, else of any other.
    named = (other.head(item.target) for other in library.by_language.values())
    found = library.head(library.options.prefix + item.target) or next(filter(None, named), None)
    if found:
        title, address = title or found.title, unquote(found.href)
    if not item.target and children:
        return Link(title, children[0].href, children[0].external, any(c.active for c in children), children)
    home = library.options.prefix
    active = here == home if address == home else here.startswith(address)
    return Link(title or address, href(address), active=active, children=children)
