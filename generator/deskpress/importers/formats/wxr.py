"""WordPress' export (WXR): RSS with elements of its own, in all its versions, and damaged ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

from lxml import etree
from msgspec import Struct, field

from deskpress.importers.formats.wordpress import Attachment, Attachments, content, spoken
from deskpress.importers.platforms.items import Item, Kind, Person
from deskpress.importers.platforms.limits import converted
from deskpress.importers.platforms.opening import Source
from deskpress.importers.platforms.xml_pieces import Piece, child_text, child_texts, element, name_of, pieces
from deskpress.importers.report import ImportReport
from deskpress.importers.shortcodes import ShortcodeTable

_WANTED = ("item", "wp:author")
_PAGE: dict[str, Kind] = {"post": "post", "page": "page"}
_NO_DOCUMENTS = frozenset(
    "attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request wp_block"
    " wp_global_styles wp_navigation wp_template wp_template_part wp_font_family wp_font_face".split()
)
_HIDDEN = {
    "draft": "a draft",
    "pending": "it waits for review",
    "private": "it is private",
    "future": "it was to be published later",
    "trash": "it is in the trash",
}


class _Blog(Struct):
    """Data of the whole export."""

    home: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    attachments: Attachments = field(default_factory=Attachments)
    shortcodes: ShortcodeTable = field(default_factory=ShortcodeTable)


def fits(source: Source) -> bool:
    """Whether a source is an XML file of WordPress."""
    if not source.is_file:
        return False
    with source.open(source.names[0]) as file:
        start = file.read(20_000)
    return b"<rss" in start and (b"wordpress.org/export" in start or b"<wp:" in start)


def language(source: Source) -> str:
    """The language of the blog, as the export says."""
    for name in _files(source):
        for piece in pieces(source, name, _WANTED):
            found = re.search(r"<language>\s*([\w-]+)\s*</language>", piece.text)
            return found[1] if found else ""
    return ""


def names(target: str, item: Item) -> Iterable[str]:
    """WordPress answers `/?p=12` for every text."""
    query = parse_qs(urlsplit(target).query)
    for key in ("p", "page_id"):
        yield from (f"id:{number}" for number in query.get(key, ()))


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The posts and pages of an export. Raises `SourceError`."""
    for name in _files(source):
        blog = _blog(source, name)
        for piece in pieces(source, name, _WANTED):
            if piece.name == "item":
                yield from _items(piece, source.place(name, piece.line), blog, report)


def _files(source: Source) -> list[str]:
    return [name for name in source.names if source.is_file or name.lower().endswith((".xml", ".wxr"))]


def _blog(source: Source, name: str) -> _Blog:
    blog, quiet = _Blog(shortcodes=source.shortcodes), ImportReport()
    for piece in pieces(source, name, _WANTED):
        if not piece.name:
            found = re.search(r"<(?:wp:base_blog_url|link)>\s*([^<\s]+)", piece.text)
            blog.home = found[1] if found else ""
        elif piece.name == "wp:author":
            node = element(piece, "", quiet)
            if node is not None:
                login = child_text(node, "wp:author_login")
                shown = child_text(node, "wp:author_display_name") or login.partition("@")[0]
                blog.people[login] = Person(login, shown)
        elif "attachment_url" in piece.text:
            node = element(piece, "", quiet)
            if node is not None and child_text(node, "wp:post_type") == "attachment":
                attachment = Attachment(
                    child_text(node, "wp:attachment_url"),
                    _meta(node).get("_wp_attachment_image_alt", "") or child_text(node, "title"),
                    child_text(node, "excerpt:encoded"),
                )
                blog.attachments.add(
                    child_text(node, "wp:post_id"), child_text(node, "wp:post_parent"), attachment
                )
    return blog


def _items(piece: Piece, place: str, blog: _Blog, report: ImportReport) -> Iterator[Item]:
    node = element(piece, place, report)
    if node is None:
        return
    kind = child_text(node, "wp:post_type") or "post"
    if comments := child_texts(node, "wp:comment"):
        report.count("comments left out: they are the readers'", len(comments))
    title = unescape(child_text(node, "title"))
    if kind in _NO_DOCUMENTS:
        return
    if kind not in _PAGE:
        report.add(
            "changed", f"“{title[:60]}” is left out", f"its type `{kind}` is none of WordPress' own", place
        )
        if child_text(node, "wp:status") == "publish":
            link = child_text(node, "link")
            yield Item.left_out(place, link if "://" in link else blog.home.rstrip("/") + link)
        return
    text = child_text(node, "content:encoded")
    for spoken_in, said, part in spoken(title, text):
        yield _item(node, piece, place, blog, report, (kind, spoken_in, said, part))


def _item(
    node: etree._Element,
    piece: Piece,
    place: str,
    blog: _Blog,
    report: ImportReport,
    said: tuple[str, str, str, str],
) -> Item:
    kind, language_of, title, text = said
    number = child_text(node, "wp:post_id")
    link = child_text(node, "link")
    guid = child_text(node, "guid")
    creator = child_text(node, "dc:creator")
    person = blog.people.get(creator) or Person(creator, creator.partition("@")[0])
    slug = child_text(node, "wp:post_name") or urlsplit(link).path.rstrip("/").rpartition("/")[2]
    slug = re.sub(r"\.html?$", "", slug)
    path = urlsplit(link).path.strip("/")
    base = link if "://" in link else blog.home.rstrip("/") + link

    def readable(text: str) -> str:
        return content(text, number, blog.attachments, report, place, blog.shortcodes)

    return Item(
        key=f"{guid or link or blog.home}#{number}" + (f" {language_of}" if language_of else ""),
        kind=_PAGE[kind],
        title=title,
        place=place,
        body=converted(text, readable, report, place),
        base=base,
        created=_date(node, "wp:post_date", child_text(node, "pubDate")),
        updated=_date(node, "wp:post_modified", ""),
        slug=slug,
        file=re.sub(r"\.html?$", "", path) if kind == "page" and path and not urlsplit(link).query else "",
        description=child_text(node, "excerpt:encoded"),
        categories=_terms(node, "category"),
        tags=_terms(node, "post_tag"),
        people=(person,) if person.name else (),
        addresses=(base,) if link and not language_of else (),
        names=(f"id:{number}",) if number else (),
        id=guid if not language_of else f"{guid}#{language_of}",
        hidden=_hidden(node),
        language=language_of,
        pinned=child_text(node, "wp:is_sticky") == "1",
    )


def _hidden(node: etree._Element) -> str:
    status = child_text(node, "wp:status") or "publish"
    if status != "publish":
        return _HIDDEN.get(status, f"its status is `{status}`")
    return "it has a password" if child_text(node, "wp:post_password") else ""


def _terms(node: etree._Element, domain: str) -> tuple[str, ...]:
    found = [
        unescape("".join(map(str, child.itertext())).strip())
        for child in node
        if name_of(child) == "category"
        and (child.get("domain") or "category") in (domain, domain.removeprefix("post_"))
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def _meta(node: etree._Element) -> dict[str, str]:
    return {
        child_text(child, "wp:meta_key"): child_text(child, "wp:meta_value")
        for child in node
        if name_of(child) == "wp:postmeta"
    }


def _date(node: etree._Element, name: str, published: str) -> datetime | None:
    """A date with the offset that the blog had: WordPress tells both clocks, and neither in drafts."""
    local, world = _read(child_text(node, name)), _read(child_text(node, f"{name}_gmt"))
    if local and world:
        offset = round((local - world) / timedelta(minutes=15)) * timedelta(minutes=15)
        if abs(offset) < timedelta(hours=15):
            return (world.replace(tzinfo=UTC)).astimezone(timezone(offset))
        return world.replace(tzinfo=UTC)
    if world:
        return world.replace(tzinfo=UTC)
    if local:
        return local
    try:
        found = parsedate_to_datetime(published) if published else None
    except (ValueError, TypeError, IndexError):
        return None
    return found if found is not None and found.year > 0 else None


def _read(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text and not text.startswith("0000") else None
    except ValueError:
        return None
