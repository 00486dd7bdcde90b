"""Checks that an SVG is a drawing and nothing else. Browsers run code in an SVG that is opened by itself.

A list says what is allowed (`svg`, `css`); everything else is refused with its position. The bytes are parsed
twice: by expat (as in Firefox), which reports lines and columns, and by libxml2 (as in Chromium and WebKit),
whose tree is checked. Both have to find the same elements: if they differ, the drawing is refused.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pyexpat import ExpatError, ParserCreate

from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.patterns import lazy_pattern
from deskpress.publish import svg
from deskpress.publish.css import MOST_CHARACTERS, css_problems, without_data
from deskpress.publish.drawn import MOST_DRAWN, drawn

ENDING = ".svg"
MOST_BYTES = 5_000_000
MOST_TOGETHER = 50_000_000
"""The most bytes of all drawings in one push."""

MOST_ELEMENTS, MOST_ATTRIBUTES, MOST_OF_ONE, DEEPEST = 50_000, 250_000, 200, 200
"""Limits: elements, total attributes, attributes of one element, levels (libxml2 stops at 256)."""

SHOWN, SOUGHT = 20, 1000
"""The most problems that are reported of one drawing, and after which parsing ends."""

Place = tuple[int, int]
"""A line and a column, counted from 1."""

START: Place = (1, 1)
ANEW = "export it again"
SMALLER = "simplify it, or export it as PNG"

_DOCTYPE = lazy_pattern(r"<!DOCTYPE[^>\[]*>?")
_NEWLINE = lazy_pattern(r"\r\n|\r|\n")
"""Ends of lines, as expat counts them."""

_STYLE_HINT = (
    "a style may refer to the drawing itself, as in `url(#name)`, and to embedded fonts and pictures"
)


class _StopReadingError(Exception):
    """Parsing can stop."""


def drawing_problems(path: str, data: bytes) -> list[Diagnostic]:
    """Everything in the SVG `data` that may not be published, by position; `path` is its name in messages.

    All are errors. Takes up to some seconds for the worst `MOST_BYTES`, and reads nothing else.
    """
    if len(data) > MOST_BYTES:
        return [too_large(path, len(data))]
    if data.startswith(b"\x1f\x8b"):
        return [_told(path, START, "the drawing is compressed", "save it as SVG, not as SVGZ")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = (data.count(b"\n", 0, error.start) + 1, 1)
        return [_told(path, place, "the drawing is not in UTF-8", "save it in UTF-8")]
    if "\0" in text:
        return [_told(path, START, "the drawing is not in UTF-8", "save it in UTF-8")]
    reading = _Reading(text)
    with suppress(_StopReadingError):
        reading.read(data)
        _judge(reading, data)
    found = sorted(dict.fromkeys(reading.found))
    lines = _lines(text, {place[0] for place, _, _ in found[:SHOWN]})
    told = [
        _told(path, place, problem, hint, lines.get(place[0], "")) for place, problem, hint in found[:SHOWN]
    ]
    if len(found) > SHOWN:
        told.append(_told(path, found[SHOWN][0], "from here on there are more problems", svg.PLAIN_HINT))
    return told


def too_large(path: str, size: int) -> Diagnostic:
    """The error that a drawing is too large to be read."""
    return _told(path, START, f"the drawing has {size:,} bytes; {MOST_BYTES:,} are allowed", SMALLER)


def _told(path: str, place: Place, problem: str, hint: str, context: str = "") -> Diagnostic:
    return Diagnostic(Span(path, *place), Severity.ERROR, Kind.IMAGE, problem, hint, context)


def _lines(text: str, wanted: Collection[int]) -> dict[int, str]:
    """The lines of these numbers, without a list of all, of which there may be millions."""
    found: dict[int, str] = {}
    start, number, last = 0, 1, max(wanted, default=0)
    for end in _NEWLINE.finditer(text) if wanted else ():
        if number in wanted:
            found[number] = text[start : end.start()]
        start, number = end.end(), number + 1
        if number > last:
            return found
    return {**found, number: text[start:]}


class _Reading:
    """expat's view: each element's name and position, in document order, and the problems.

    No entity is ever declared: a declaration ends the parsing.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: list[str] = []
        self.places: list[Place] = []
        self.found: list[tuple[Place, str, str]] = []
        self._depth = 0
        self._attributes = 0
        self._parser = ParserCreate("utf-8", " ")
        self._parser.ordered_attributes = True
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def read(self, data: bytes) -> None:
        """Parse everything. Raises `_StopReadingError` if the rest need not be checked."""
        try:
            self._parser.Parse(data, True)
        except ExpatError as error:
            message = str(error).partition(":")[0]
            self.wrong(
                f"the drawing is not well-formed XML: {message}", ANEW, (error.lineno, error.offset + 1)
            )
            raise _StopReadingError from None

    def wrong(self, problem: str, hint: str, place: Place | None = None) -> None:
        """Add a problem, by default at the parser's position. Raises `_StopReadingError` at the limit."""
        here = (self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
        self.found.append((place or here, problem, hint))
        if len(self.found) >= SOUGHT:
            raise _StopReadingError

    def _declaration(self, version: str, encoding: str | None, _standalone: int) -> None:
        if version != "1.0" or (encoding or "utf-8").lower() not in ("utf-8", "utf8"):
            self.wrong(
                "the first line names an encoding that is not UTF-8, or another version of XML",
                'write `<?xml version="1.0" encoding="UTF-8"?>`, and save in UTF-8',
            )

    def _doctype(self, _name: str, _system: str | None, _public: str | None, inside: int) -> None:
        # Expat reports it at its end, or where its own declarations begin.
        here = self._parser.CurrentByteIndex
        seen = [found for found in _DOCTYPE.finditer(self.text) if found.start() <= here]
        at = seen[-1].start() if seen else 0
        line, column = 1, at + 1
        for end in _NEWLINE.finditer(self.text, 0, at):
            line, column = line + 1, at - end.end() + 1
        place = (line, column)
        if inside:
            hint = f"{ANEW}, or remove everything from `<!DOCTYPE` to `]>`"
            self.wrong("the drawing declares entities or attributes of its own", hint, place)
            raise _StopReadingError
        shown = " ".join(seen[-1][0].split()) if seen else "<!DOCTYPE"
        self.wrong("the drawing has a DOCTYPE", f"remove `{shown}`: browsers need none", place)

    def _instruction(self, target: str, _data: str) -> None:
        hint = f"remove everything from `<?{target}` to `?>`"
        self.wrong(f"the drawing holds the instruction `<?{target}`", hint)

    def _start(self, name: str, pairs: list[str]) -> None:
        number = len(pairs) // 2
        self._depth += 1
        self._attributes += number
        self.names.append(name)
        self.places.append((self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1))
        for count, most, what in (
            (len(self.names), MOST_ELEMENTS, "elements"),
            (self._attributes, MOST_ATTRIBUTES, "attributes"),
            (number, MOST_OF_ONE, "attributes of one element"),
            (self._depth, DEEPEST, "levels of elements"),
        ):
            if count > most:
                self.wrong(f"the drawing has more than {most:,} {what}", SMALLER)
                raise _StopReadingError

    def _end(self, _name: str) -> None:
        self._depth -= 1


def _judge(reading: _Reading, data: bytes) -> None:
    """Parse with libxml2, and compare every element and attribute with the lists."""
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        place = (max(1, error.lineno or 1), max(1, error.offset or 1))
        reading.wrong(f"the drawing is not well-formed XML: {error.msg}", ANEW, place)
        return
    if [_name(node.tag) for node in root.iter("*")] != reading.names:
        reading.wrong("parsers disagree about what is in the drawing", ANEW, START)
        return
    if next(root.iter(etree.Entity), None) is not None:
        reading.wrong("the drawing refers to entities", ANEW, START)
    if root.tag != f"{{{svg.SVG}}}svg":
        problem = "the file is not an SVG: its first element is not `svg` of the namespace of SVG"
        reading.wrong(problem, f'begin with `<svg xmlns="{svg.SVG}">`', reading.places[0])
        return
    rest = MOST_CHARACTERS
    judged: dict[str, list[str]] = {}
    for node, place in zip(root.iter("*"), reading.places, strict=True):
        for problem, hint in svg.element_problems(node):
            reading.wrong(problem, hint, place)
        for style in map(without_data, svg.styles(node)):
            if style not in judged:
                rest -= len(style)
                if rest < 0:
                    reading.wrong("the drawing has too many styles to be judged", SMALLER, place)
                    return
                judged[style] = css_problems(style)
            for problem in judged[style]:
                reading.wrong(problem, _STYLE_HINT, place)
    # After the styles, of which there may be too many.
    if drawn(root) > MOST_DRAWN:
        problem = f"the drawing shows more than {MOST_DRAWN:,} elements, or itself, by references"
        reading.wrong(problem, SMALLER, START)


def _name(tag: str) -> str:
    """An element's name as expat writes it."""
    return tag[1:].replace("}", " ", 1) if tag.startswith("{") else tag
