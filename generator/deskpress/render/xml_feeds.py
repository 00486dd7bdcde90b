"""RSS 2.0 and Atom (RFC 4287), made by feedgen.

feedgen 1.0.0 has several faults, for which there are workarounds here: it sets `updated` and `lastBuildDate`
to the present time, `add_entry` puts each entry before the last, `atom:link` in RSS is written for
`rel=self` only, and the links of an Atom entry lose `rel` and `type`. lxml adds what it does not write
afterwards.
"""

from __future__ import annotations

import html
import re
from typing import Any

from feedgen.feed import FeedGenerator
from lxml import etree
from markupsafe import escape

from deskpress import __version__
from deskpress.model.markup import ELEMENTS
from deskpress.model.patterns import lazy_pattern
from deskpress.render.entries import FeedEntry, FeedView, xml_text

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "http://purl.org/syndication/history/1.0"
XHTML_TYPE = "text/html"
_LATER = "-"
"""Placeholder of whole posts, which are inserted last: libxml2 is slow to escape long texts."""
_PLACE = f">{_LATER}</content>".encode()
"""A placeholder in serialised form: text never contains it, since `<` is escaped there."""


_MARKUP = lazy_pattern(r"<(?P<bare>/?[a-z]+)>|<(?![\s\d=])|&#?\w+;?")
"""Beginnings of a tag or a reference in HTML; not the `<` of “1 < 2”."""


def rss(view: FeedView) -> bytes:
    """The feed as RSS 2.0, with whole content in `content:encoded`."""
    feed = _feed(view)
    feed.link(href=view.self_url, rel="self", type="application/rss+xml")
    feed.title(as_html(view.title))
    if view.rights:
        feed.rights(as_html(view.rights))
    # RSS takes the last link without `rel=self` as the channel's own.
    feed.link(href=view.home, rel="alternate")
    feed.description(str(escape(view.subtitle or view.title)))
    # An RSS `author` is an e-mail address; names go into Dublin Core.
    feed.load_extension("dc", atom=False, rss=True)
    feed.lastBuildDate(view.updated)
    feed.pubDate(view.updated)
    for entry in view.entries:
        item = feed.add_entry(order="append")
        _fill(item, entry)
        item.title(as_html(entry.title))
        item.category([{"term": as_html(xml_text(name))} for name in entry.categories], replace=True)
        item.guid(entry.id, permalink=entry.id == entry.url)
        # RSS takes descriptions for HTML: text has to be escaped once more.
        item.description(str(escape(entry.summary or entry.title)))
        item.content(entry.html)
        item.pubDate(entry.published)
        item.dc.dc_creator([as_html(xml_text(author.name)) for author in entry.authors])
        if entry.enclosures:
            first = entry.enclosures[0]
            item.enclosure(first.address, str(first.size), first.type)
    root = etree.fromstring(feed.rss_str(), _parser())
    channel = root[0]
    at = _first(channel, "link") + 1
    for rel, url in (("hub", view.hub), ("prev-archive", view.previous_archive)):
        if url:
            link = etree.Element(f"{ATOM}link", rel=rel, href=url)
            if rel == "prev-archive":
                link.set("type", "application/atom+xml")
            channel.insert(at, link)
            at += 1
    return _bytes(root)


def atom(view: FeedView) -> bytes:
    """The feed, or a month's archive document, as Atom."""
    feed = _feed(view)
    feed.updated(view.updated)
    feed.link(href=view.home, rel="alternate", type=XHTML_TYPE)
    feed.link(href=view.self_url, rel="self", type="application/atom+xml", replace=False)
    for rel, url in (
        ("hub", view.hub),
        ("current", view.current),
        ("prev-archive", view.previous_archive),
        ("next-archive", view.next_archive),
    ):
        if url:
            kind = {} if rel == "hub" else {"type": "application/atom+xml"}
            feed.link(href=url, rel=rel, **kind)
    for entry in view.entries:
        item = feed.add_entry(order="append")
        _fill(item, entry)
        item.updated(entry.updated)
        item.published(entry.published)
        item.summary(entry.summary or entry.title)
        item.content(_LATER, type="html")
    root = etree.fromstring(feed.atom_str(), _parser())
    for element, entry in zip(root.iterfind(f"{ATOM}entry"), view.entries, strict=True):
        _mend_links(element, entry)
    if view.is_archive:
        root = _with_history(root)
    first, *rest = _bytes(root).split(_PLACE)
    contents = (
        b">%b</content>%b" % (escaped(entry.html), part)
        for entry, part in zip(view.entries, rest, strict=True)
    )
    return b"".join((first, *contents))


def as_html(text: str) -> str:
    """`text` escaped so that it reads the same as HTML, which many programs take RSS titles and names for.

    Others show the text itself, so only what would be markup becomes references, in the form that the
    RSS Advisory Board recommends.
    """

    def reference(found: re.Match[str]) -> str:
        if found[0].startswith("<"):
            name = (found["bare"] or "a").removeprefix("/")
            return f"&#x3C;{found[0][1:]}" if name in ELEMENTS else found[0]
        return found[0] if html.unescape(found[0]) == found[0] else f"&#x26;{found[0][1:]}"

    return _MARKUP.sub(reference, text)


def escaped(text: str) -> bytes:
    """`text` as the content of an XML element, written as libxml2 writes it."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A plain carriage return would be read as a newline.
    return text.replace("\r", "&#13;").encode()


def _parser() -> Any:
    # The input is our own text, and a post may be long.
    return etree.XMLParser(huge_tree=True, resolve_entities=False)


def _feed(view: FeedView) -> Any:
    feed = FeedGenerator()
    feed.id(view.id)
    feed.title(view.title)
    if view.subtitle:
        feed.subtitle(view.subtitle)
    feed.author({"name": view.author})
    if view.rights:
        feed.rights(view.rights)
    feed.language(view.language)
    feed.generator("Deskpress", __version__)
    return feed


def _fill(item: Any, entry: FeedEntry) -> None:
    item.id(entry.id)
    item.title(entry.title)
    # Always set: the default is the present time.
    item.updated(entry.updated)
    item.link(href=entry.url)
    for category in entry.categories:
        item.category({"term": xml_text(category)})
    for author in entry.authors:
        fields = {"name": xml_text(author.name)}
        if author.url:
            fields["uri"] = xml_text(author.url)
        item.author(fields)


def _mend_links(element: Any, entry: FeedEntry) -> None:
    """Write an entry's links again, with `rel` and `type`, enclosures after the page itself."""
    at = _first(element, "link")
    element.remove(element[at])
    links = [{"href": entry.url, "rel": "alternate", "type": XHTML_TYPE}]
    links += [
        {"href": e.address, "rel": "enclosure", "type": e.type, "length": str(e.size)}
        for e in entry.enclosures
    ]
    for offset, attributes in enumerate(links):
        element.insert(at + offset, etree.Element(f"{ATOM}link", attributes))


def _with_history(root: Any) -> Any:
    """The same document with `fh:archive` (RFC 5005 §4) before its entries."""
    mended = etree.Element(root.tag, root.attrib, nsmap={**root.nsmap, "fh": HISTORY})
    mended.extend(list(root))
    mark = etree.Element(f"{{{HISTORY}}}archive")
    mended.insert(_first(mended, "entry"), mark)
    return mended


def _first(parent: Any, name: str) -> int:
    """The index of the first Atom element `name` among its siblings."""
    return next(at for at, child in enumerate(parent) if child.tag == ATOM + name)


def _bytes(root: Any) -> bytes:
    text: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return text
