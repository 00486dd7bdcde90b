"""Markdown to portable HTML: ids and links marked, so that the body can stand on any page.

Python-Markdown converts; lexbor's HTML5 parser then closes what raw HTML left open, so that no body
can break out of its place on a page that holds several.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

import markdown
from msgspec.structs import replace

from deskpress.model.body import HERE, ID, REFERENCE, Converted, Heading, Reference
from deskpress.model.tools import as_text
from deskpress.source.blocks import quicken
from deskpress.source.localised import localised
from deskpress.source.parsed import body_of
from deskpress.source.sanitize import Clean, Look, look, reclaim, sanitized
from deskpress.source.sections import sections_of
from deskpress.source.tools import Filled, Tools, enable

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MORE = "more"
"""The comment `<!-- more -->` ends a post's excerpt."""

_FORBIDDEN_REFERENCE = re.compile(r"&#(?:0*(\d{1,7})|[xX]0*([0-9a-fA-F]{1,6}));?")
_MORE = re.compile(r"<!--\s*more\s*-->")

_HREFS = ("href", "xlink:href")
_SOURCES = {"src": "media", "poster": "image", "data": "media", "action": "link", "formaction": "link"}
_ID_LISTS = (
    "for aria-labelledby aria-describedby aria-controls aria-owns aria-details aria-flowto"
    " aria-activedescendant headers list form"
).split()
_SIZED = frozenset({"width", "height", "srcset", "sizes"})
_NAMED = frozenset({"a", "map", "input"})
_TOUCHED = ", ".join(
    f"[{name.replace(':', chr(92) + ':')}]"
    for name in (
        "id",
        *_HREFS,
        *_SOURCES,
        "srcset",
        "name",
        "usemap",
        *_ID_LISTS,
        "fill",
        "clip-path",
        "mask",
    )
)


MAX_INDENT = 200
"""Columns of indentation before a list item or quote: 50 levels. Honest text needs three or four;
Python-Markdown needs minutes for 1,000."""

MAX_OPEN = 500
"""Square brackets that may stand open in a paragraph."""

MAX_MARKS = 2000
"""Notes, headings, and tags or links without an end, that a text may have: the time for each of these grows
with the square of their number."""

_TAG, _LINK = re.compile(r"(<[A-Za-z/!?])|>"), re.compile(r"(]\()|\)")
_HEADINGS = re.compile(r"^ {0,3}(?:#|[=-]+[ \t]*$)", re.M)
_DEEP = re.compile(rf"^[ \t>]{{{MAX_INDENT},}}(?:[-+*>]|\d+[.)])[ \t]", re.M)


class NestingError(Exception):
    """The Markdown nests too deeply (`line` from 0, if it is known), or holds too many of some `marks`."""

    def __init__(self, line: int = 0, marks: str = "") -> None:
        self.line = line
        self.problem = (
            f"more than {MAX_MARKS:,} {marks}" if marks else "lists, quotes or brackets nest too deeply"
        )
        self.hint = "split the text" if marks else "use fewer levels; a few are all that readers can follow"
        super().__init__(self.problem)


def _unclosed(text: str, marks: re.Pattern[str]) -> int:
    """How many openings have no closing after them; these are the group that the pattern begins with."""
    unclosed = closings = 0
    for opening in reversed(marks.findall(text)) if text.count(marks.pattern[1]) > MAX_MARKS else ():
        if not opening:
            closings += 1
        elif closings:
            closings -= 1
        else:
            unclosed += 1
    return unclosed


def _refuse_deep(text: str) -> None:
    """Raise `NestingError` for what would take Python-Markdown minutes: its time grows with the square."""
    # Four columns at the most come from one letter; patterns take longer to see that there is nothing.
    indented = " " * (MAX_INDENT // 4) in text.replace("\t", " ").replace(">", " ")
    if indented and (deep := _DEEP.search(text.expandtabs(4))):
        raise NestingError(text.count("\n", 0, deep.start()))
    for marks, number in (
        ("references to footnotes", text.count("[^")),
        ("tags without an end", _unclosed(text, _TAG)),
        ("links without an end", _unclosed(text, _LINK)),
        ("headings", len(_HEADINGS.findall(text)) if text.count("\n") > MAX_MARKS else 0),
    ):
        if number > MAX_MARKS:
            raise NestingError(0, marks)
    if text.count("[") > MAX_OPEN:
        at = 0
        for block in text.split("\n\n"):
            if block.count("[") - block.count("]") > MAX_OPEN:
                lead = len(block) - len(block.lstrip("\n"))
                raise NestingError(text.count("\n", 0, at + lead))
            at += len(block) + 2


RawHtml = Literal["safe", "trusted", "none"]
"""What becomes of HTML in Markdown: sanitised, left as it is, or shown as text."""

_ALIGN = re.compile(r'(<t[hd]\b[^<>]*?) style="text-align: ?(left|center|right);?"')


def _aligned(html: str) -> str:
    """Tables' alignment as classes: a page's policy allows no `style`."""
    return _ALIGN.sub(r'\1 class="dp-\2"', html) if " style=" in html else html


_FIGURE = re.compile(r'<p>\s*(<img\b[^<>]*?) title="([^"<>]+)"([^<>]*>)\s*</p>')
_IMAGE = re.compile(r"<img\b(?![^<>]*\sloading=)")


def _figures(html: str) -> str:
    """An image that stands alone and has a title becomes a figure with a caption.

    All images but the first, which may be seen at once, load when they come near.
    """
    if "<img" not in html:
        return html
    html = _FIGURE.sub(r"<figure>\1\3<figcaption>\2</figcaption></figure>", html)
    first, image, rest = html.partition("<img")
    return first + image + _IMAGE.sub('<img loading="lazy" decoding="async"', rest)


class Converter:
    """Python-Markdown with one set of extensions; `convert` may be called any number of times."""

    def __init__(
        self,
        extensions: Sequence[Any],
        configs: Mapping[str, Any],
        raw_html: RawHtml = "safe",
        tools: Tools | None = None,
        *,
        search: bool = True,
    ) -> None:
        self._extensions = list(extensions)
        self._configs = dict(configs)
        self._raw_html = raw_html
        self._tools = tools
        self._search = search

    @cached_property
    def _markdown(self) -> markdown.Markdown:
        # Made when the first document needs it: loading the extensions takes longer than most builds.
        md = quicken(markdown.Markdown(extensions=self._extensions, extension_configs=self._configs))
        if self._tools:
            enable(md)
        if self._raw_html == "none":
            # As Python-Markdown's own manual tells how to show raw HTML as text.
            md.preprocessors.deregister("html_block", strict=False)
            md.inlinePatterns.deregister("html", strict=False)
        return md

    def warm_up(self) -> None:
        """Load the extensions, before processes are forked that would each do so."""
        self._markdown.reset()

    def convert(self, text: str, first_line: int = 1, edition: str = "") -> Converted:
        """Convert one document, in one of the site's languages, to a portable body. Raises `NestingError`."""
        html, headings = self.html(text)
        return replace(self.portable(html, headings, edition), markdown=text, first_line=first_line)

    def portable(self, html: str, headings: tuple[Heading, ...], edition: str = "") -> Converted:
        """HTML of whatever origin as a portable body, sanitised unless all content is trusted."""
        html = _figures(_aligned(html))
        if self._tools:
            html = localised(html, self._tools.of(edition).say)
        seen = look(html)
        trusted = self._raw_html == "trusted"
        clean = Clean(html) if seen.plain or trusted else sanitized(html)
        # Before any mark is set: references must not become marks.
        html = _without_controls(clean.html)
        filled = self._tools.of(edition).fill(html) if self._tools else Filled(html)
        body = clean.body if filled.html == clean.html else None
        portable = make_portable(filled.html, headings, seen, search=self._search, trusted=trusted, body=body)
        removed = (*clean.removed, *portable.removed)
        return replace(portable, removed=removed, unknown_rules=filled.unknown_rules)

    def html(self, text: str) -> tuple[str, tuple[Heading, ...]]:
        """Python-Markdown's HTML, and the headings in it. Raises `NestingError`."""
        _refuse_deep(text)
        self._markdown.reset()
        try:
            html = self._markdown.convert(text)
        except RecursionError:
            raise NestingError from None
        return html, tuple(_headings(getattr(self._markdown, "toc_tokens", ())))


_UNKNOWN = Look(plain=False, may_claim=True)


def make_portable(
    html: str,
    headings: tuple[Heading, ...] = (),
    seen: Look = _UNKNOWN,
    *,
    search: bool = True,
    trusted: bool = False,
    body: LexborNode | None = None,
) -> Converted:
    """Mark ids and references in `html`, close what is open, and note what a site needs to know.

    What was `seen` in it spares looking for what cannot be there; `body` is what it was parsed as, if it was.
    Its sections are for the `search` alone. Unless it is `trusted`, it loses what only pages may use.
    """
    html = _without_controls(html)
    tree = body or body_of(html)
    if tree is None:
        raise ValueError("the HTML has no body")
    if not seen.plain:
        _drop_what_spreads(tree)
    removed = reclaim(tree) if seen.may_claim and not trusted else ()
    ids = frozenset(node.attributes["id"] or "" for node in tree.css("[id]"))
    if not seen.plain:
        ids |= frozenset(node.attributes["name"] or "" for node in tree.css("a[name]"))
    sections = tuple(sections_of(tree)) if search else ()
    marker = _Marker(ids)
    # A node that several of the selectors match is listed several times.
    for node in {node.mem_id: node for node in tree.css("[id], a, img" if seen.plain else _TOUCHED)}.values():
        marker.mark(node)
    images = tree.css("img:not([role])") if "<img" in html or not seen.plain else ()
    mute = (image for image in images if not (image.attributes.get("alt") or "").strip())
    whole = tree.inner_html or ""
    words = tree.text(separator=" ").split()
    return Converted(
        html=whole,
        excerpt=_excerpt(whole),
        headings=headings,
        ids=ids,
        references=tuple(marker.references),
        bare_images=tuple(marker.target_of(image) for image in mute),
        words=len(words),
        plain=" ".join(words),
        top_level=_top_level(tree, whole, seen),
        sections=sections,
        removed=removed,
    )


def _top_level(tree: LexborNode, html: str, seen: Look) -> int:
    """The level of the highest heading, 7 if there is none; `html` is what `tree` is written as."""
    if seen.plain:
        return next((level for level in range(1, 7) if f"<h{level}" in html), 7)
    levels = (int(node.tag[1]) for node in tree.css("h1, h2, h3, h4, h5, h6") if node.tag)
    return min(levels, default=7)


class _Marker:
    """Replaces targets by numbered references, and puts the mark before ids and what names them."""

    def __init__(self, ids: frozenset[str]) -> None:
        self.ids = ids
        self.references: list[Reference] = []

    def mark(self, node: LexborNode) -> None:
        attributes = node.attributes
        for name, value in attributes.items():
            if not value:
                continue
            if name == "id":
                node.attrs[name] = ID + value
            elif name in _HREFS:
                node.attrs[name] = self._href(value, "link" if node.tag in ("a", "area") else "media")
            elif name in _SOURCES:
                kind = "image" if node.tag == "img" else _SOURCES[name]
                free = kind == "image" and name == "src" and not _SIZED & attributes.keys()
                node.attrs[name] = self._reference(value, kind, free=free)
            elif name == "srcset":
                node.attrs[name] = self._srcset(value)
            elif name == "usemap":
                node.attrs[name] = "#" + self._named(value.removeprefix("#"))
            elif name in _ID_LISTS:
                node.attrs[name] = " ".join(self._named(part) for part in value.split())
            elif name == "name" and (node.tag in _NAMED):
                node.attrs[name] = ID + value
            elif "url(#" in value:
                node.attrs[name] = re.sub(r"url\(#([^)]+)\)", lambda m: f"url(#{self._named(m[1])})", value)

    def target_of(self, image: LexborNode) -> str:
        """The target of an image that was marked before."""
        number = (image.attributes.get("src") or "").strip(REFERENCE)
        return self.references[int(number)].target if number.isdecimal() else ""

    def _named(self, name: str) -> str:
        return ID + name if name in self.ids else name

    def _href(self, value: str, kind: str) -> str:
        if value.startswith("#") and kind == "media":
            return "#" + self._named(value[1:])
        if value.startswith("#") and (name := unquote(value[1:])) in self.ids:
            return f"{HERE}#{ID}{name}"
        return self._reference(value, kind)

    def _reference(self, target: str, kind: Any, *, free: bool = False) -> str:
        self.references.append(Reference(kind, target, free))
        return f"{REFERENCE}{len(self.references) - 1}{REFERENCE}"

    def _srcset(self, value: str) -> str:
        candidates = (part.strip().partition(" ") for part in value.split(",") if part.strip())
        return ", ".join(f"{self._reference(url, 'image')} {rest}".strip() for url, _, rest in candidates)


def _drop_what_spreads(tree: LexborNode) -> None:
    """Remove what reaches beyond its body on a page: `base`, `meta`, text without an end, odd scripts."""
    for node in tree.css("base, meta"):
        node.decompose()
    for node in tree.css("plaintext"):
        node.unwrap()
    for node in tree.css("script"):
        # An opened comment in a script hides its end tag from whoever reads the page again.
        if "<!--" in (node.html or ""):
            node.decompose()


def _excerpt(html: str) -> str:
    """The HTML before `<!-- more -->`, with what that cut open closed again."""
    found = _MORE.search(html)
    if found is None:
        return ""
    tree = body_of(html[: found.start()])
    return as_text(((tree.inner_html if tree else "") or "").strip())


def _headings(tokens: Any) -> list[Heading]:
    found = []
    for token in tokens:
        found += [Heading(token["level"], token["id"], token["name"]), *_headings(token["children"])]
    return found


def _without_controls(html: str) -> str:
    """`html` without references to what the source room took out."""
    return _FORBIDDEN_REFERENCE.sub(_drop_control, html) if "&#" in html else html


def _drop_control(found: re.Match[str]) -> str:
    """Character references may not bring back what the source room took out."""
    code = int(found[1]) if found[1] else int(found[2], 16)
    allowed = code in (9, 10, 13) or 32 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
    # Not removed: what stands around it might then become a reference.
    return found[0] if allowed else "\ufffd"
