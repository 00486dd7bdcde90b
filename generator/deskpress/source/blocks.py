"""Python-Markdown's other stages, without work that cannot change what comes out.

As with the inline stage: nearly every block processor needs certain letters, which most blocks do not
hold; raw HTML needs `<` or `&`; and the table of contents is drawn only where a text asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.toc import TocTreeprocessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import ETX, STX

from deskpress.source.inline import quicken_inline

_STOCK = "markdown.blockprocessors."
_MORE = "markdown.extensions."
NEEDED = {
    _STOCK + "HashHeaderProcessor": ("#",),
    _STOCK + "SetextHeaderProcessor": ("\n=", "\n-"),
    _STOCK + "HRProcessor": tuple(char + gap + char for char in "-_*" for gap in ("", " ", "  ")),
    _STOCK + "BlockQuoteProcessor": (">",),
    _STOCK + "ReferenceProcessor": ("]:",),
    _MORE + "abbr.AbbrBlockprocessor": ("*[",),
    _MORE + "def_list.DefListProcessor": (": ",),
    _MORE + "footnotes.FootnoteBlockProcessor": ("[^",),
    _MORE + "tables.TableProcessor": ("|",),
}
"""Block processors, and of what a block must hold one for them to take it. All others are always asked."""


def needed_by(processor: Any) -> tuple[str, ...]:
    """Of what a block must hold one for this processor to take it; none if that is not known."""
    kind = type(processor)
    return NEEDED.get(f"{kind.__module__}.{kind.__qualname__}", ())


class QuickBlockParser(BlockParser):
    """The stock block parser, which asks only the processors that may take a block."""

    _asked: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802  # name of Python-Markdown
        """The tree of a whole document."""
        # Extensions register processors between documents, if ever.
        self._asked = ()
        return super().parseDocument(lines)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802  # name of Python-Markdown
        """Put `blocks` below `parent`; each goes to the first processor that takes it."""
        self._asked = self._asked or tuple((each, needed_by(each)) for each in self.blockprocessors)
        while blocks:
            for processor, marks in self._asked:
                if marks:
                    for mark in marks:
                        if mark in blocks[0]:
                            break
                    else:
                        continue
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


class QuickMarkdown(Markdown):
    """Python-Markdown, which looks the names of block elements up instead of going through their list."""

    _listed: tuple[int, frozenset[str]] = (0, frozenset())

    def is_block_level(self, tag: Any) -> bool:
        """Whether `tag` names a block element."""
        if not isinstance(tag, str):
            return False
        # Extensions add to the list, and never take away.
        if len(self.block_level_elements) != self._listed[0]:
            self._listed = (len(self.block_level_elements), frozenset(self.block_level_elements))
        return tag.lower().rstrip("/") in self._listed[1]


class QuickWhitespace(NormalizeWhitespace):
    """Goes through the text only if a line ends with a space, or it holds a tab or control character."""

    def run(self, lines: list[str]) -> list[str]:
        """Line ends and tabs in one form; lines of spaces empty."""
        text = "\n".join(lines) + "\n\n"
        odd = any(mark in text for mark in (STX, ETX, "\r", "\t", " \n"))
        return super().run(lines) if odd else text.split("\n")


class QuickHtmlBlocks(HtmlBlockPreprocessor):
    """Looks for raw HTML only in texts that can hold any."""

    def run(self, lines: list[str]) -> list[str]:
        """Put raw HTML aside."""
        return super().run(lines) if any("<" in line or "&" in line for line in lines) else lines


class QuickUnescape(UnescapeTreeprocessor):
    """Restores escaped letters only where some were put aside."""

    def unescape(self, text: str) -> str:
        """`text` with its escaped letters."""
        return super().unescape(text) if STX in text else text


class QuickToc(TocTreeprocessor):
    """Draws a table of contents only for a text that holds its marker; headings are listed always."""

    asked: bool = True

    def run(self, doc: Element) -> None:
        """Give headings their ids, and list them in `toc_tokens`."""
        self.asked = bool(self.marker) and any(self.marker in (node.text or "") for node in doc.iter())
        super().run(doc)

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        """The table, empty if nothing asks for it."""
        return super().build_toc_div(toc_list) if self.asked else Element("div")

    def replace_marker(self, root: Element, elem: Element) -> None:
        """Put the table where it is asked for."""
        if self.asked:
            super().replace_marker(root, elem)


def quicken(md: Markdown) -> Markdown:
    """Have `md` use the quick stages, where no extension has brought one of its own."""
    quicken_inline(md)
    stages: list[tuple[Any, type, type]] = [
        (md, Markdown, QuickMarkdown),
        (md.parser, BlockParser, QuickBlockParser),
        *((found, NormalizeWhitespace, QuickWhitespace) for found in md.preprocessors),
        *((found, HtmlBlockPreprocessor, QuickHtmlBlocks) for found in md.preprocessors),
        *((found, UnescapeTreeprocessor, QuickUnescape) for found in md.treeprocessors),
        *((found, TocTreeprocessor, QuickToc) for found in md.treeprocessors),
    ]
    for found, stock, quick in stages:
        # In place: extensions keep what they have made, and block processors their parser.
        if type(found) is stock:
            found.__class__ = quick
    return md
