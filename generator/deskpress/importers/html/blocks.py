"""Converts a text block by block, renders it, and keeps as HTML what Markdown would change."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, Tag
from msgspec import Struct

from deskpress.importers.html.clean import MORE
from deskpress.importers.html.escaping import as_references, raw
from deskpress.importers.html.kinds import callout
from deskpress.importers.html.markdown import MarkdownWriter
from deskpress.importers.html.measure import BLOCKS, EMBEDS, Measure, measure
from deskpress.importers.html.rendering import RefusedTextError, SiteConverter
from deskpress.source.frames import FrameHost, framed

_BLOCKS = (BLOCKS | EMBEDS | {"svg"}) - {"br"}
_OPENED = frozenset({"div", "section", "article", "main", "header", "footer", "aside"})
_COMPARED = ("text", "links", "images", "items", "cells", "code", "headings", "embeds")


class Chunk(Struct):
    """An independent part of a text: nodes of the tree, and their Markdown."""

    nodes: list[PageElement]
    markdown: str = ""
    is_raw: bool = False

    @property
    def html(self) -> str:
        """The part as HTML, in an element that Markdown treats as a block."""
        text = "".join(raw(node) if isinstance(node, Tag | NavigableString) else "" for node in self.nodes)
        if len(self.nodes) == 1 and isinstance(self.nodes[0], Tag) and self.nodes[0].name in BLOCKS:
            return text
        return f"<div>{text}</div>" if any(_is_block(node) for node in self.nodes) else f"<p>{text}</p>"


class ConvertedText(Struct):
    """A text as Markdown, how many of its blocks stayed HTML, and why the site refuses it, if it does."""

    markdown: str
    raw_blocks: int = 0
    refused: str = ""


class BlockConverter(Struct):
    """Converts cleaned trees for a site."""

    renderer: SiteConverter
    frame_host: FrameHost

    def convert(self, soup: BeautifulSoup) -> ConvertedText:
        """The Markdown of a tree with the same content."""
        chunks = [*chunks_of(soup)]
        wanted = self.wanted(str(soup))
        for chunk in chunks:
            chunk.markdown = as_markdown(chunk.nodes)
        text = joined(chunks)
        if self._shows(text, wanted):
            return ConvertedText(text)
        for chunk in chunks:
            if chunk.markdown and not self._shows(chunk.markdown, self.wanted(chunk.html)):
                chunk.markdown, chunk.is_raw = chunk.html, True
        text = joined(chunks)
        if not self._shows(text, wanted):
            # Parts that are right alone may not be right next to each other: lists run together, for example.
            for chunk in chunks:
                chunk.markdown, chunk.is_raw = chunk.html, True
            whole = joined(chunks)
            text = self._better(text, whole, wanted)
            if self._refused(text):
                text = as_references(whole)
        return ConvertedText(text, sum(chunk.is_raw for chunk in chunks), self._refused(text))

    def wanted(self, html: str) -> Measure:
        """The expected result for readers; pages have links in place of frames."""
        return measure(framed(html, self.frame_host))

    def _shows(self, text: str, wanted: Measure) -> bool:
        """Whether readers get exactly the expected content of a text."""
        try:
            found = self.renderer.measure(text)
        except RefusedTextError:
            return False
        return all(getattr(found, name) == getattr(wanted, name) for name in _COMPARED)

    def _better(self, first: str, second: str, wanted: Measure) -> str:
        """Which of two texts shows more of the expected content."""
        likeness = [self._likeness(text, wanted) for text in (first, second)]
        return first if likeness[0] >= likeness[1] else second

    def _likeness(self, text: str, wanted: Measure) -> int:
        try:
            found = self.renderer.measure(text)
        except RefusedTextError:
            return -1
        equal = sum(getattr(found, name) == getattr(wanted, name) for name in _COMPARED)
        return int(equal * 2 + (found.words == wanted.words))

    def _refused(self, text: str) -> str:
        try:
            self.renderer.measure(text)
        except RefusedTextError as error:
            return str(error)
        return ""


def as_markdown(nodes: Iterable[PageElement]) -> str:
    """The Markdown of some nodes of a tree, which is not changed."""
    holder = BeautifulSoup("", "html.parser")
    top = holder.new_tag("p" if not any(map(_is_block, nodes := [*nodes])) else "div")
    holder.append(top)
    for node in nodes:
        if isinstance(node, Comment):
            return f"<!-- {MORE} -->"
        top.append(node.__copy__() if isinstance(node, Tag) else NavigableString(str(node)))
    text = str(_writer().convert_soup(holder))
    return text.strip("\n").rstrip()


@cache
def _writer() -> MarkdownWriter:
    """The one of this process: to make one takes as long as to convert a paragraph."""
    return MarkdownWriter()


def chunks_of(top: Tag) -> Iterable[Chunk]:
    """The parts of a tree: each block, and text between blocks."""
    line: list[PageElement] = []
    for node in [*top.children]:
        if isinstance(node, Comment) or _is_block(node):
            if any(_has_content(one) for one in line):
                yield Chunk(line)
            line = []
            if isinstance(node, Tag) and node.name in _OPENED and not callout(node):
                yield from chunks_of(node)
            else:
                yield Chunk([node])
        else:
            line.append(node)
    if any(_has_content(one) for one in line):
        yield Chunk(line)


def joined(chunks: Iterable[Chunk]) -> str:
    """The parts as one text; consecutive lists stay separate."""
    parts: list[str] = []
    before = ""
    for chunk in chunks:
        text = chunk.markdown.strip("\n")
        if not text.strip():
            continue
        kind = "" if chunk.is_raw else _kind(chunk)
        if before == "list" and kind in ("list", "code"):
            parts.append("<!-- -->")
        parts.append(text)
        before = kind
    return "\n\n".join(parts) + "\n" if parts else ""


def _kind(chunk: Chunk) -> str:
    node = chunk.nodes[0]
    if isinstance(node, Tag):
        return {"ul": "list", "ol": "list", "dl": "list", "pre": "code"}.get(node.name, node.name)
    return "text"


def _is_block(node: PageElement) -> bool:
    if not isinstance(node, Tag):
        return False
    if node.name in _BLOCKS:
        return True
    # A block in a link or in strong text makes a block of these.
    return any(isinstance(inner, Tag) and inner.name in _BLOCKS for inner in node.descendants)


def _has_content(node: PageElement) -> bool:
    if isinstance(node, Tag):
        return bool(node.get_text().strip()) or node.find(True) is not None or node.name not in ("br", "span")
    return bool(str(node).strip())
