"""The contents of a text: its words, links, images, list items, cells, lines of code, headings and films.

An import compares the source with what readers get, so each part is counted, not sampled.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct, field
from selectolax.lexbor import LexborNode

from deskpress.source.parsed import body_of

PARTS = ("words", "links", "images", "items", "cells", "code", "headings", "embeds")
"""The counted parts, in the order of reports."""

EMBEDS = frozenset({"iframe", "video", "audio", "embed", "object"})
"""Elements that play or show something of another place."""

BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th"
    " thead tr ul".split()
)
"""Elements at whose edges a word ends."""

_UNREAD = frozenset({"script", "style", "template", "button", "textarea"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+/")
_WORD = re.compile(r"[^\W_]+")


class Measure(Struct):
    """The parts of a text. `text` is all of it without white space, as readers see it."""

    text: str = ""
    words: Counter[str] = field(default_factory=Counter)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    images: Counter[str] = field(default_factory=Counter)
    items: int = 0
    cells: int = 0
    spans: int = 0
    code: Counter[str] = field(default_factory=Counter)
    headings: Counter[str] = field(default_factory=Counter)
    embeds: Counter[str] = field(default_factory=Counter)

    def counts(self) -> dict[str, int]:
        """How many of each part there are, by the names in `PARTS`."""
        found = {name: getattr(self, name) for name in PARTS}
        return {name: one if isinstance(one, int) else one.total() for name, one in found.items()}


def measure(html: str) -> Measure:
    """Count the parts of `html`, parsed as browsers do. Raises `MemoryError`."""
    body = body_of(html)
    return Measure() if body is None else measure_node(body)


def measure_node(body: LexborNode) -> Measure:
    """Count the parts below a node."""
    found = Measure()
    text = "".join(_text(body))
    plain = unicodedata.normalize("NFKC", text)
    found.text = "".join(plain.split())
    found.words = Counter(_WORD.findall(plain.casefold()))
    for node in body.css(
        "a[href], img, li, td, th, pre, h1, h2, h3, h4, h5, h6, iframe, video, audio, embed"
    ):
        tag = node.tag
        if tag == "a":
            found.links[(_address(node), _said(node))] += 1
        elif tag == "img":
            found.images[unquote(node.attributes.get("src") or "").strip()] += 1
        elif tag == "li":
            found.items += 1
        elif tag in ("td", "th"):
            found.cells += 1
            found.spans += "colspan" in node.attributes or "rowspan" in node.attributes
        elif tag == "pre":
            found.code.update(code_lines(node))
        elif tag in _HEADINGS:
            found.headings[_said(node)] += 1
        else:
            found.embeds[_film(node)] += 1
    # Targets that run code are not links, and pictures in `data:` addresses do not count.
    for target, said in [*found.links]:
        if target.startswith(("javascript:", "data:", "vbscript:")):
            del found.links[target, said]
    return found


def code_lines(pre: LexborNode) -> list[str]:
    """The lines of a block of code that are not empty, white space collapsed."""
    lines = "".join(_text(pre)).split("\n")
    return [" ".join(line.split()) for line in lines if line.strip()]


def lost(before: Measure, after: Measure) -> dict[str, int]:
    """How much of each part is missing, for those with losses."""
    found = {}
    for name in PARTS:
        old, new = getattr(before, name), getattr(after, name)
        if name == "links":
            number = _lost_links(old, new)
        elif name == "images":
            number = old.total() - new.total()
        elif name == "embeds":
            # A film that pages may not show is a link to it.
            linked = Counter({film(target): number for (target, _), number in after.links.items()})
            number = _lost_films(old - new - linked, new - old)
        else:
            number = old - new if isinstance(old, int) else (old - new).total()
        if number > 0:
            found[name] = number
    return found


def _lost_links(old: Counter[tuple[str, str]], new: Counter[tuple[str, str]]) -> int:
    """Links without one of the same address, nor one of the same text, which then leads elsewhere."""
    left = old - new
    rest = new - old
    targets, texts = Counter[str](), Counter[str]()
    for (target, said), number in rest.items():
        targets[target] += number
        texts[said] += number
    missing = 0
    for (target, said), number in left.items():
        kept = min(number, max(targets[target], texts[said]))
        targets[target] -= kept
        texts[said] -= kept
        missing += number - kept
    return missing


def _lost_films(old: Counter[str], new: Counter[str]) -> int:
    """Films that are neither there by another address: one without a host is a file, and has been moved."""
    names = Counter(one.rpartition("/")[2] for one in new.elements())
    moved = Counter(one.rpartition("/")[2] for one in old.elements() if one and not _HOST.match(one))
    return old.total() - (moved & names).total()


def film(address: str) -> str:
    """The common form of the addresses of a film, on its own host's page or another site."""
    plain = re.sub(r"^(?:https?:)?//(?:www\.)?", "", unquote(address.strip()))
    return plain.replace("youtube-nocookie.com", "youtube.com")


def _film(node: LexborNode) -> str:
    source = node.css_first("source") if node.tag in ("video", "audio") else None
    values = (source.attributes if source is not None else {}) | node.attributes
    return film(values.get("src") or "")


def _address(node: LexborNode) -> str:
    return unquote(node.attributes.get("href") or "").strip()


def _said(node: LexborNode) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", "".join(_text(node))).casefold()))


def _text(top: LexborNode) -> Iterator[str]:
    """The text below a node with a newline at each edge of a block; not by recursion, which has an end."""
    pending: list[LexborNode | str] = [top]
    while pending:
        node = pending.pop()
        if isinstance(node, str):
            yield node
            continue
        if node.is_text_node:
            yield node.text_content or ""
            continue
        tag = node.tag or ""
        if tag in _UNREAD or node.is_comment_node:
            continue
        children: list[LexborNode | str] = [*node.iter(include_text=True)]
        if tag in BLOCKS:
            yield "\n"
            pending.append("\n")
        pending.extend(reversed(children))
