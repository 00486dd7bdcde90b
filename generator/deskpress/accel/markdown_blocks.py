"""Python-Markdown's other stages, without work that cannot change the result.

As with the inline stage: nearly every block processor needs certain characters, which most blocks do not
hold; raw HTML needs a block element's tag, fenced code a fence; and a table of contents is only made if a
text asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.serializers import to_xhtml_string
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX
from msgspec import Struct

from deskpress.accel.markdown_inline import optimize_inline
from deskpress.accel.serializer import quick_xhtml

_FENCES = ("```", "~~~")
_FENCE = re.compile(r"(?:```|~~~)(?<=^...)", re.M)
_MARKUP = re.compile(r"<(?:/?([A-Za-z][^\t\n\r\f />`\0<&]*)|[/!?])")
_UNPARSED = frozenset("iframe noembed noframes noscript plaintext script style textarea title xmp".split())
"""Elements whose content HTML parsers may not take for HTML."""

_SPACES = re.compile(r"\n +(?=\n)")
_STOCK = "markdown.blockprocessors."
_MORE = "markdown.extensions."


class BlockNeed(Struct, frozen=True):
    """Which blocks a processor may take.

    Blocks that begin with a character of `begins`, and those that hold one of `marks`, if one of their lines
    begins with a character of `lines`. `0` stands for any digit; empty `lines` stand for any.
    """

    begins: str = ""
    marks: tuple[str, ...] = ()
    lines: str = ""

    def marks_in(self, first: str, several: bool) -> tuple[str, ...] | None:
        """The marks of which a block must hold one, if it begins with `first` and has several lines or one.

        Empty: it may be taken whatever it holds; None: it cannot be taken.
        """
        if first in self.begins or ("0" in self.begins and first.isdecimal()):
            return ()
        if several:
            return self.marks or None
        if self.lines and first not in self.lines:
            return None
        return tuple(mark for mark in self.marks if "\n" not in mark) or None


_RULES = tuple(char + gap + char for char in "-_*" for gap in ("", " ", "  "))

NEEDED = {
    _STOCK + "EmptyBlockProcessor": BlockNeed("\n"),
    _STOCK + "ListIndentProcessor": BlockNeed(" "),
    _STOCK + "CodeBlockProcessor": BlockNeed(" "),
    _STOCK + "HashHeaderProcessor": BlockNeed("#", ("\n#",)),
    _STOCK + "SetextHeaderProcessor": BlockNeed("", ("\n=", "\n-")),
    _STOCK + "HRProcessor": BlockNeed("", _RULES, " -_*"),
    _STOCK + "OListProcessor": BlockNeed(" 0"),
    _STOCK + "UListProcessor": BlockNeed(" *+-"),
    _STOCK + "BlockQuoteProcessor": BlockNeed(" >", ("\n>", "\n ")),
    _STOCK + "ReferenceProcessor": BlockNeed("", ("]:",)),
    _MORE + "abbr.AbbrBlockprocessor": BlockNeed("", ("*[",)),
    _MORE + "def_list.DefListProcessor": BlockNeed("", (": ",)),
    _MORE + "footnotes.FootnoteBlockProcessor": BlockNeed("", ("[^",)),
    _MORE + "tables.TableProcessor": BlockNeed("", ("|",)),
}
"""Block processors, and which blocks they may take. All others are always tried."""

Asked = tuple[tuple[Any, tuple[str, ...]], ...]
"""Processors in order, each with the marks of which a block must hold one if it has any."""


class QuickBlockParser(BlockParser):
    """The stock block parser, which tries only the processors that may take a block."""

    _everyone: tuple[Any, ...] = ()
    _asked: dict[tuple[str, bool], Asked]

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802  # name of Python-Markdown
        """The tree of a whole document."""
        self._look_who_is_there()
        return super().parseDocument(lines)

    def _look_who_is_there(self) -> None:
        # Extensions register processors between documents, if at all.
        if (everyone := tuple(self.blockprocessors)) != self._everyone:
            self._everyone, self._asked = everyone, {}

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802  # name of Python-Markdown
        """Parse `blocks` into `parent`; each is handled by the first processor that takes it."""
        if not self._everyone:
            self._look_who_is_there()
        while blocks:
            block = blocks[0]
            kind = (block[:1], "\n" in block)
            asked = self._asked.get(kind)
            if asked is None:
                asked = self._asked[kind] = self._askable(*kind)
            for processor, marks in asked:
                if marks:
                    for mark in marks:
                        if mark in block:
                            break
                    else:
                        continue
                if processor.test(parent, block):
                    if processor.run(parent, blocks) is not False:
                        break
                    if blocks[0] != block:
                        # It left another block than it was given, which others may take.
                        self._ask_after(processor, parent, blocks)
                        break

    def _ask_after(self, processor: Any, parent: Element, blocks: list[str]) -> None:
        """Try every processor after this one, as the stock parser does."""
        for each in self._everyone[self._everyone.index(processor) + 1 :]:
            if each.test(parent, blocks[0]) and each.run(parent, blocks) is not False:
                break

    def _askable(self, first: str, several: bool) -> Asked:
        """The processors for blocks that begin with this character and have several lines, or one."""
        asked = []
        for processor in self._everyone:
            kind = type(processor)
            need = NEEDED.get(f"{kind.__module__}.{kind.__qualname__}")
            marks = () if need is None else need.marks_in(first, several)
            if marks is not None:
                asked.append((processor, marks))
        return tuple(asked)


class QuickMarkdown(Markdown):
    """Python-Markdown, but the names of block elements are looked up in a set instead of a list."""

    _listed: tuple[int, frozenset[str]] = (0, frozenset())

    def is_block_level(self, tag: Any) -> bool:
        """Whether `tag` names a block element."""
        if not isinstance(tag, str):
            return False
        # Extensions add to the list, and never remove.
        if len(self.block_level_elements) != self._listed[0]:
            self._listed = (len(self.block_level_elements), frozenset(self.block_level_elements))
        return tag.lower().rstrip("/") in self._listed[1]


class QuickWhitespace(NormalizeWhitespace):
    """Searches the text only for tabs and control characters; finds lines of spaces by their start."""

    def run(self, lines: list[str]) -> list[str]:
        """Normalise line ends and tabs; empty lines of spaces."""
        text = "\n".join(lines) + "\n\n"
        if any(mark in text for mark in (STX, ETX, "\r", "\t")):
            return super().run(lines)
        return (_SPACES.sub("\n", text) if " \n" in text else text).split("\n")


class QuickHtmlBlocks(HtmlBlockPreprocessor):
    """Parses only texts that may contain a block of raw HTML, or a numeric character reference."""

    def run(self, lines: list[str]) -> list[str]:
        """Set raw HTML aside."""
        return super().run(lines) if self._may_move("\n".join(lines)) else lines

    def _may_move(self, text: str) -> bool:
        """Whether anything in the text may matter to the HTML parser."""
        if "&#" in text:
            return True
        for found in _MARKUP.finditer(text):
            name = found[1]
            if name is None or self.md.is_block_level(name) or name.lower() in _UNPARSED:
                return True
        return False


class Fences(Struct, frozen=True):
    """Replaces the pattern of fenced code: tries only places where a fence may begin."""

    pattern: re.Pattern[str]

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first fenced code that begins at `start` or later."""
        at = start
        while (fence := _FENCE.search(text, at)) is not None:
            if found := self.pattern.match(text, fence.start()):
                return found
            at = fence.end()
        return None


class QuickFences(FencedBlockPreprocessor):
    """Searches for code only where a line begins with a fence."""

    FENCED_BLOCK_RE = Fences(FencedBlockPreprocessor.FENCED_BLOCK_RE)  # type: ignore[assignment]  # only searched

    def run(self, lines: list[str]) -> list[str]:
        """Set fenced code aside."""
        return super().run(lines) if any(line.startswith(_FENCES) for line in lines) else lines


class QuickPrettify(PrettifyTreeprocessor):
    """Puts line breaks between blocks, and tests each element once for being a block."""

    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802  # name of Python-Markdown
        if self.md.is_block_level(elem.tag):
            self._break(elem)
        elif not elem.tail or not elem.tail.strip():
            elem.tail = "\n"

    def _break(self, block: Element) -> None:
        """Put line breaks within and after a block."""
        if block.tag not in ("code", "pre"):
            within = [child for child in block if self.md.is_block_level(child.tag)]
            if within and within[0] is block[0] and not (block.text and block.text.strip()):
                block.text = "\n"
            for child in within:
                self._break(child)
        if not block.tail or not block.tail.strip():
            block.tail = "\n"


class QuickUnescape(UnescapeTreeprocessor):
    """Restores escaped characters only if some were set aside."""

    def unescape(self, text: str) -> str:
        """`text` with its escaped characters."""
        return super().unescape(text) if STX in text else text


class QuickToc(TocTreeprocessor):
    """Makes a table of contents only for a text with its marker; headings are always listed."""

    asked: bool = True

    def run(self, doc: Element) -> None:
        """Give headings their ids, and list them in `toc_tokens`."""
        self.asked = bool(self.marker) and any(self.marker in (node.text or "") for node in doc.iter())
        super().run(doc)

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        """The table, empty if it is not needed."""
        return super().build_toc_div(toc_list) if self.asked else Element("div")

    def replace_marker(self, root: Element, elem: Element) -> None:
        """Put the table at its marker."""
        if self.asked:
            super().replace_marker(root, elem)


def optimize(md: Markdown) -> Markdown:
    """Make `md` use the fast stages, unless an extension has replaced them."""
    optimize_inline(md)
    if md.serializer is to_xhtml_string:
        md.serializer = quick_xhtml
    stages: list[tuple[Any, type, type]] = [
        (md, Markdown, QuickMarkdown),
        (md.parser, BlockParser, QuickBlockParser),
        *((found, NormalizeWhitespace, QuickWhitespace) for found in md.preprocessors),
        *((found, HtmlBlockPreprocessor, QuickHtmlBlocks) for found in md.preprocessors),
        *((found, FencedBlockPreprocessor, QuickFences) for found in md.preprocessors),
        *((found, PrettifyTreeprocessor, QuickPrettify) for found in md.treeprocessors),
        *((found, UnescapeTreeprocessor, QuickUnescape) for found in md.treeprocessors),
        *((found, TocTreeprocessor, QuickToc) for found in md.treeprocessors),
    ]
    for found, stock, quick in stages:
        # In place: extensions keep references to them, and block processors to their parser.
        if type(found) is stock:
            found.__class__ = quick
    return md
