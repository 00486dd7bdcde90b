"""Large XML files, read one element at a time; a malformed element does not affect others.

No document type is read, so that no entity is declared: those of HTML are known, others are text. Nothing is
fetched, and no more than one element is in memory.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from typing import IO

from lxml import etree
from msgspec import Struct

from deskpress.importers.platforms.opening import Source, SourceError
from deskpress.importers.report import ImportReport
from deskpress.source.controls import without_controls

STEP = 1 << 20
LARGEST_PIECE = 100_000_000
"""Characters of one element."""

MOST_TAGS = 1_000_000
"""Tags in one element: each takes forty times as much memory as its characters."""

_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']""")
_NO_TEXT = frozenset(("idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"))
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.S)
_BARE = re.compile(r"&(?!#\d+;|#x[0-9a-fA-F]+;|(?:amp|lt|gt|quot|apos);)")
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):[A-Za-z_]")


class Piece(Struct):
    """An element of a file as text, the line on which it begins, and whether the file ends within it."""

    name: str
    text: str
    line: int
    cut_off: bool = False


def pieces(source: Source, name: str, wanted: tuple[str, ...]) -> Iterator[Piece]:
    """The elements of these names (`item`, `wp:author`), as they follow one another. Raises `SourceError`.

    First comes what stands before the first of them, under an empty name.
    """
    opening = re.compile(rf"<({'|'.join(map(re.escape, wanted))})(?=[\s>/])|<!\[CDATA\[|<!--")
    with source.open(name) as file:
        reader = _Reader(file, source, name)
        head: list[str] = []
        held = 0
        while (found := reader.find(opening)) is not None:
            before, match = found
            if match[1] is None:
                # A comment, or text that is marked as such: what looks like an element in there is none.
                end = reader.until("]]>" if match[0] == "<![CDATA[" else "-->")
                if head is not None and held < STEP:
                    head += [before, match[0], end or ""]
                    held += len(before) + len(match[0]) + len(end or "")
                continue
            if head is not None:
                yield Piece("", "".join([*head, before]), 1)
                head = None  # type: ignore[assignment]  # it comes once
            line = reader.line
            text, whole = reader.element(match[1])
            yield Piece(match[1], match[0] + text, line, cut_off=not whole)
        if head is not None:
            yield Piece("", "".join([*head, reader.rest()]), 1)


class _Reader:
    """A file as text, of which no more is held than is looked at: what comes next stands in it from `_at` on.

    Each character is looked at and copied a few times, however many elements there are and whatever has no
    end.
    """

    def __init__(self, file: IO[bytes], source: Source, name: str) -> None:
        start = file.read(STEP)
        found = _ENCODING.match(start.removeprefix(b"\xef\xbb\xbf"))
        encoding = found[1].decode("ascii") if found else "utf-8"
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            encoding = "utf-16"
        elif encoding.lower().replace("_", "-") in ("utf-8", "utf8", "ascii", "us-ascii"):
            encoding = "utf-8-sig"
        try:
            known = codecs.lookup(encoding)
        except LookupError:
            known = None
        # Python calls other things encodings, too: what is packed (`zlib`), names of hosts, its own escapes.
        if known is None or known.name in _NO_TEXT or not known._is_text_encoding:
            raise SourceError(f"{source.place(name, 1)}: the encoding `{encoding}` is not known")
        self._decoder = codecs.getincrementaldecoder(known.name)("replace")
        self._file, self._source, self._name = file, source, name
        self._buffer = self._decoder.decode(start)
        self._at = 0
        self._ended = False
        self._missing: set[str] = set()
        self.line = 1

    def find(self, pattern: re.Pattern[str]) -> tuple[str, re.Match[str]] | None:
        """What stands before the next place of a pattern, and that; goes behind it. None if there is none."""
        skipped: list[str] = []
        while (found := pattern.search(self._buffer, self._at)) is None or (
            # What is at the end of what was read may go on.
            found.end() == len(self._buffer) and not self._ended
        ):
            if self._ended:
                return None
            if found is None:
                skipped.append(self._take(max(0, self._left - 100))[-STEP:])
                skipped = skipped[-2:]
            if not self._more():
                continue
        before = self._take(found.start() - self._at)
        self._take(len(found[0]), count=False)
        return "".join([*skipped, before]), found

    def until(self, end: str) -> str | None:
        """The text up to an end and with it; None if it has none."""
        if end in self._missing:
            return None
        behind = 0
        while (at := self._buffer.find(end, self._at + behind)) < 0:
            behind = max(0, self._left - len(end))
            self._bound(self._left)
            if not self._more():
                # What does not come any more is not looked for again.
                self._missing.add(end)
                return None
        return self._take(at + len(end) - self._at)

    def element(self, name: str) -> tuple[str, bool]:
        """What follows the beginning of an element, to its end; whether it has one."""
        marks = re.compile(rf"<!\[CDATA\[|<!--|</{re.escape(name)}\s*>")
        parts: list[str] = []
        size = 0
        while True:
            found = self.find_within(marks)
            if found is None:
                return "".join([*parts, self.rest()]), False
            before, match = found
            parts += [before, match[0]]
            size += len(before)
            self._bound(size)
            if match[0].startswith("</"):
                return "".join(parts), True
            end = self.until("]]>" if match[0] == "<![CDATA[" else "-->")
            if end is None:
                return "".join([*parts, self.rest()]), False
            parts.append(end)
            size += len(end)

    def find_within(self, pattern: re.Pattern[str]) -> tuple[str, re.Match[str]] | None:
        """As `find`, with all that stands before it."""
        while (found := pattern.search(self._buffer, self._at)) is None:
            self._bound(self._left)
            if not self._more():
                return None
        before = self._take(found.start() - self._at)
        self._take(len(found[0]), count=False)
        return before, found

    def rest(self) -> str:
        """All that is left in memory."""
        return self._take(self._left)

    @property
    def _left(self) -> int:
        """How many characters are held and not taken."""
        return len(self._buffer) - self._at

    def _take(self, size: int, *, count: bool = True) -> str:
        taken = self._buffer[self._at : self._at + size]
        self._at += len(taken)
        self.line += taken.count("\n")
        return taken

    def _bound(self, size: int) -> None:
        if size > LARGEST_PIECE:
            place = self._source.place(self._name, self.line)
            raise SourceError(f"{place}: an element of more than {LARGEST_PIECE:,} characters")

    def _more(self) -> bool:
        data = self._file.read(STEP)
        if not data and not self._ended:
            self._ended = True
        self._buffer = self._buffer[self._at :] + self._decoder.decode(data, final=self._ended)
        self._at = 0
        return bool(data)


def element(piece: Piece, place: str, report: ImportReport) -> etree._Element | None:
    """A piece as an element, its names as written (`wp:status`); None if it is none at all.

    What is not well-formed is read as far as it can be, which is reported.
    """
    text = _tidy(without_controls(piece.text))
    if piece.cut_off:
        report.add("lost", "the rest of the file", f"it ends within this `<{piece.name}>`", place)
    if sum(part.count("<") for part in _CDATA.split(text)[::2]) > MOST_TAGS:
        report.add("lost", f"a `<{piece.name}>`", f"it has more than {MOST_TAGS:,} tags", place)
        return None
    prefixes = "".join(f' xmlns:{one}="import:{one}"' for one in sorted({*_PREFIX.findall(text)} - {"xml"}))
    # Its own declarations would name the same prefixes otherwise.
    text = re.sub(r'\sxmlns(?::[\w.-]+)?\s*=\s*(?:"[^"]*"|\'[^\']*\')', "", text, count=20)
    whole = f"<root{prefixes}>{text}</root>"
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True, remove_pis=True
    )
    try:
        root = etree.fromstring(whole.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        report.add("lost", f"a `<{piece.name}>`", f"it cannot be read: {error}", place)
        return None
    if parser.error_log and not piece.cut_off:
        why = f"read as far as it can be: {parser.error_log[0].message}"
        report.add("changed", f"a `<{piece.name}>` that is not well-formed", why, place)
    return root[0] if root is not None and len(root) else None


def name_of(node: etree._Element) -> str:
    """The name of an element as it was written: `wp:status`."""
    if not isinstance(node.tag, str):
        return ""
    name = etree.QName(node)
    prefix = (name.namespace or "").removeprefix("import:")
    return f"{prefix}:{name.localname}" if prefix else name.localname


def child_texts(node: etree._Element, name: str) -> list[str]:
    """The texts of all children of a name."""
    return ["".join(str(text) for text in child.itertext()) for child in node if name_of(child) == name]


def child_text(node: etree._Element, name: str) -> str:
    """The text of the first child of a name; empty without one."""
    return next(iter(child_texts(node, name)), "").strip()


def _tidy(text: str) -> str:
    """Text with references that XML knows, outside of what is marked as text."""
    parts = _CDATA.split(text)
    return "".join(
        part if part.startswith("<![CDATA[") else _BARE.sub("&amp;", _ENTITY.sub(_entity, part))
        for part in parts
    )


def _entity(found: re.Match[str]) -> str:
    if found[1] in _OWN:
        return found[0]
    known = html5.get(f"{found[1]};")
    return known if known else f"&amp;{found[1]};"
