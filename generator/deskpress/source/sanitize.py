"""Removes HTML that could run code or affect more than its text (nh3, the Rust sanitiser ammonia).

All HTML of a document passes, not only raw HTML of an editor: attributes and links come from Markdown too.
The output of Markdown's extensions is harmless and stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

import nh3
from msgspec import Struct
from selectolax.lexbor import LexborNode

from deskpress.model.address import SCHEMES, forbidden_scheme
from deskpress.model.patterns import lazy_pattern
from deskpress.model.tools import TOOLS
from deskpress.source.frames import MARK, FrameHost, without_foreign_frame
from deskpress.source.lightbox import CLASS, without_foreign_slides
from deskpress.source.limits import MAX_PLAIN_TAG
from deskpress.source.parsed import body_of

TAGS = frozenset(TOOLS) | frozenset(
    "a abbr address article aside audio b bdi bdo blockquote br button caption center cite code col"
    " colgroup data dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header"
    " hgroup hr i img input ins kbd label li main map area mark meter nav ol p picture pre progress q rp rt"
    " ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead"
    " time tr track tt u ul var video wbr svg path g circle rect line polyline polygon ellipse".split()
)
"""Elements for text and media, and those that extensions generate (task lists, tabs, icons)."""

ANYWHERE = frozenset(
    "align class dir hidden id itemid itemprop itemref itemscope itemtype lang role tabindex title translate"
    " valign width height".split()
)
ATTRIBUTES = {
    "a": {"href", "hreflang", "rel", "target", "download", "type", "name"},
    "area": {"alt", "coords", "href", "shape", "rel"},
    "audio": {"controls", "loop", "muted", "preload", "src"},
    "blockquote": {"cite"},
    "button": {"type", "disabled"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"name", "open"},
    "font": {"color", "face", "size"},
    "img": {"alt", "crossorigin", "decoding", "fetchpriority", "loading", "sizes", "src", "srcset", "usemap"},
    "input": {"checked", "disabled", "type", "value", "name"},
    "ins": {"cite", "datetime"},
    "label": {"for"},
    "li": {"value"},
    "map": {"name"},
    "meter": {"value", "min", "max", "low", "high", "optimum"},
    "ol": {"start", "type", "reversed"},
    "progress": {"value", "max"},
    "q": {"cite"},
    "source": {"media", "sizes", "src", "srcset", "type"},
    "table": {"border", "cellpadding", "cellspacing", "summary"},
    "td": {"colspan", "headers", "rowspan", "abbr", "bgcolor"},
    "th": {"colspan", "headers", "rowspan", "abbr", "scope", "bgcolor"},
    "time": {"datetime"},
    "track": {"default", "kind", "label", "src", "srclang"},
    "ul": {"type"},
    "video": {"controls", "loop", "muted", "playsinline", "poster", "preload", "src"},
    **{tool: {"rules", "compact", "time-zone"} for tool in TOOLS},
    **{
        shape: set(
            "cx cy d fill fill-opacity fill-rule points r rx ry stroke stroke-linecap stroke-linejoin"
            " stroke-width transform viewbox viewBox x x1 x2 xmlns y y1 y2".split()
        )
        for shape in "svg path g circle rect line polyline polygon ellipse".split()
    },
}


_SITE = r"https?://(?:(?!xn--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
_TARGET = (
    rf"""=(?:"(?:{_SITE}(?:[/?\#][^"<>]*)?|(?:mailto:|\#)?[^"<>:&]*|\#fn(?:ref)?\d*:[^"<>:&]*)"|"""
    rf"""'(?:{_SITE}(?:[/?\#][^"'<>]*)?)')"""
)
_SAID = r'="[^"<>]*"'
_HARMLESS = lazy_pattern(
    rf"""
    </?(?: p | [bisq] | h[1-6r] | em | strong | code | pre | [uod]l | li | d[dt] | blockquote | br | div
     | span | su[bp] | del | ins | kbd | mark | small | table | t[dhr] | thead | tbody
     | details | summary
    )(?:[ ](?:class|id|title){_SAID})*[ ]?/?>
    | <a(?:[ ](?:(?:class|id|title){_SAID} | href{_TARGET}))*>
    | </a>
    | <progress(?:[ ](?:value|max)="[\d.]*")*>
    | </progress>
    | <!--[^<>-]+(?:-[^<>-]+)*-->
    | <img(?:[ ](?:(?:alt|class|decoding|height|id|loading|title|width){_SAID} | src{_TARGET}))*[ ]?/?>
    """,
    re.VERBOSE,
)
"""Markdown without raw HTML: elements, attributes and targets that are certainly harmless."""


_TARGETS = frozenset({"cite", "href", "poster", "src", "srcset"})


def _allowed(element: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, None for a target that is not allowed.

    ammonia checks schemes in some of these attributes only: not in `srcset`, nor in `cite` of a quotation.
    """
    if attribute not in _TARGETS:
        return value
    if attribute != "srcset":
        return None if forbidden_scheme(value) else value
    # Targets are separated by commas, each with a width after a space.
    return None if any(map(forbidden_scheme, value.split(","))) else value


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags={"script", "style"},
        attributes={tag: set(ANYWHERE | ATTRIBUTES.get(tag, set())) for tag in TAGS},
        generic_attribute_prefixes={"aria-", "data-"},
        url_schemes=set(SCHEMES),
        attribute_filter=_allowed,
        strip_comments=False,
        link_rel=None,
    )


_TAG = lazy_pattern("<[^<>]*>")


class Look(Struct, frozen=True):
    """A quick classification of a text by its tags.

    It is `plain` if it holds only what Markdown makes; `may_claim` if it may hold what only pages may use.
    """

    plain: bool
    may_claim: bool


def look(html: str) -> Look:
    """Classify the tags of `html`."""
    tags = _TAG.findall(html)
    if len(tags) != html.count("<"):
        return Look(plain=False, may_claim=True)
    # Most tags of a site are the same few.
    seen = {_look_at(tag) for tag in set(tags)}
    plain = all(harmless for harmless, _ in seen)
    return Look(plain=plain, may_claim=not plain or any(claims for _, claims in seen))


@lru_cache(maxsize=10_000)
def _look_at(tag: str) -> tuple[bool, bool]:
    """Whether a tag is harmless, and whether it may claim names of the page."""
    claims = any(mark in tag for mark in ("md-", "dp-", "dp:", "__", "&", CLASS))
    return len(tag) < MAX_PLAIN_TAG and _HARMLESS.fullmatch(tag) is not None, claims


class Clean(Struct, frozen=True):
    """Sanitised HTML, what was removed from it, and its parsed body if that is known."""

    html: str
    removed: tuple[str, ...] = ()
    body: LexborNode | None = None


def sanitized(html: str) -> Clean:
    """`html` without harmful parts, and their names: `<script>`, `onclick`.

    Text classified as plain has none.
    """
    cleaned = _cleaner().clean(html)
    if cleaned == html:
        return Clean(html)
    before, after = body_of(html), body_of(cleaned)
    if before is None or after is None:
        return Clean(cleaned)
    if before.html == after.html:
        return Clean(html, (), before)
    removed = Counter(_parts(before)) - Counter(_parts(after))
    if not removed:
        # Serialised differently, perhaps, but nothing is missing.
        return Clean(html, (), before)
    return Clean(cleaned, tuple(sorted(removed.elements())), after)


def _parts(body: LexborNode) -> Iterator[str]:
    """Every reported element and attribute; not those inside a forbidden element."""
    pending = [body]
    while pending:
        for node in pending.pop().iter():
            yield f"<{node.tag}>"
            if node.tag in TAGS:
                yield from _attributes(node)
                pending.append(node)


def _attributes(node: LexborNode) -> Iterator[str]:
    for name, value in node.attributes.items():
        yield f"{name}={value}" if name in ("href", "src", "srcset", "poster", "cite") else name


_PAGE_IDS = lazy_pattern(r"dp:.*|__(?:config|drawer|search|toc|palette.*|nav.*)")
_PAGE_DATA = frozenset(
    "data-copy data-drawer data-filter data-helpful data-lost data-md-component data-menu data-reasons"
    " data-search data-search-page data-share data-tool".split()
)
"""By what scripts of the theme find parts of a page; links that become frames are judged by their targets."""

_OURS = ", ".join(
    [
        '[id^="__"]',
        '[id^="dp:"]',
        '[class*="md-"]',
        '[class*="dp-"]',
        f'[class~="{CLASS}"]',
        f"[{MARK}]",
        *(f"[{d}]" for d in sorted(_PAGE_DATA)),
    ]
)
_FREE = lazy_pattern(
    r"md-(?:button.*|typeset.*|tag|icon)|dp-(?:left|right|center|below|tool.*|frame-(?:video|frame))"
)
"""The theme's classes that content may use: buttons, alignment."""


def reclaim(body: LexborNode, frame_host: FrameHost) -> tuple[str, ...]:
    """Remove from a body the names by which pages and their scripts find parts of their own; returns them.

    With the theme's classes a text could cover the page, with its ids it could replace the configuration.
    """
    removed = []
    # One query for all, since every body is checked. A node that matches several is listed several times.
    for node in body.css(_OURS):
        if _PAGE_IDS.fullmatch(name := node.attributes.get("id") or ""):
            del node.attrs["id"]
            removed.append(f"id={name}")
        for data in node.attributes.keys() & _PAGE_DATA:
            del node.attrs[data]
            removed.append(data)
        names = (node.attributes.get("class") or "").split()
        ours = [name for name in names if name.startswith(("md-", "dp-")) and not _FREE.fullmatch(name)]
        if ours:
            node.attrs["class"] = " ".join(name for name in names if name not in ours)
            removed += [f"class={name}" for name in ours]
        if MARK in node.attributes:
            removed += without_foreign_frame(node, frame_host)
        if CLASS in names:
            removed += without_foreign_slides(node)
    return tuple(removed)
