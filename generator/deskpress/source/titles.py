"""The title of a document, and the text that the slug of a post is made from."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from deskpress.model.diagnostic import Kind
from deskpress.model.patterns import lazy_pattern
from deskpress.source.fenced import FENCED
from deskpress.source.fields import Fields

_NO_TEXT = lazy_pattern(rf"{FENCED}|<!--.*?(?:-->|\Z)", re.S | re.M)
"""Fenced code and comments, whose headings do not count."""

_PLAIN = lazy_pattern(r"[^\W\d_][^\\`*_{}\[\]<>&!#=+~^\n\x02\x03]*")
"""A line without Markdown: it begins with a letter and holds none of the marks."""

_HEADING = lazy_pattern(
    r"^ {0,3}(?P<hashes>#{1,6})[ \t]*(?P<atx>\S.*)$"
    r"|^(?P<setext>(?![-+*>|]|\d+[.)])\S.*)\n(?P<rule>=+|-{2,})[ \t]*$",
    re.M,
)

_SHORTCODE = lazy_pattern(r":[+\-\w]+:")
"""The syntax of an emoji or icon in `pymdownx.emoji`."""

MAX_TITLE = 1000
"""The most characters of a title, and of a heading that may be one."""

HeadingText = Callable[[str], str]
"""Converts a line of Markdown to the text that readers see."""


class Title(Struct, frozen=True):
    """A title, where it was found, and the Markdown without a heading that only repeats it.

    `slug_text` is what the slug of a post is made from if it has none. It differs from the title if MkDocs
    knows another one when it makes addresses: it takes the first line, unconverted, if that is a heading of
    the first level, else the name of the file. `named` is what MkDocs takes if that line has emoji
    shortcodes, which `slug_text` leaves out; else it is empty. `heading` is the line of the heading that the
    Markdown is without, with its attributes.
    """

    text: str
    body: str
    slug_text: str = ""
    named: str = ""
    from_file: bool = False
    heading: str = ""


def find_title(path: str, fields: Fields, text: str, first_line: int, heading_text: HeadingText) -> Title:
    """The title of the document at `path`, whose Markdown `text` begins on line `first_line`."""
    title, body, heading = _title(fields, text, first_line, heading_text)
    if fields.report.failed and not title:
        return Title("", body)
    name = title_of_file(path)
    given = fields.text("title")
    raw = given or _first_line(text) or name
    plain = " ".join(_SHORTCODE.sub(lambda found: _without(found[0], heading_text), raw).split(" "))
    plain = plain.strip()
    if given or plain == raw or not plain:
        return Title(title or name, body, raw, from_file=not title, heading=heading)
    slug_text = re.sub(" {2,}", " ", plain)
    return Title(title or name, body, slug_text, raw, from_file=not title, heading=heading)


def title_of_file(path: str) -> str:
    """The title that MkDocs makes from a file name: `how_to-reset.md`, How to reset."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    if stem in ("index", "README"):
        return "Home" if "/" not in path else "Index"
    title = stem.replace("-", " ").replace("_", " ")
    return title.capitalize() if title.lower() == title else title


def is_plain(line: str) -> bool:
    """Whether a line has no Markdown in it."""
    return bool(_PLAIN.fullmatch(line)) and not (":" in line and _SHORTCODE.search(line))


def plain_text(line: str, convert: Callable[[str], str]) -> str:
    """A line of Markdown as text; `convert` returns its HTML as that of a heading."""
    if is_plain(line):
        return " ".join(line.split())
    if ":" in line:
        line = _SHORTCODE.sub(lambda found: _character(found[0], convert), line)
    return _text(convert(line))


def _text(html: str) -> str:
    """The text of HTML, without heading permalinks."""
    from selectolax.lexbor import LexborHTMLParser  # most titles are plain text

    tree = LexborHTMLParser(html, is_fragment=True)
    texts = []
    root = tree.root
    while root is not None:
        for mark in root.css("a.headerlink"):
            mark.decompose()
        texts.append(root.text())
        root = root.next
    return " ".join("".join(texts).split())


def _character(shortcode: str, convert: Callable[[str], str]) -> str:
    """The emoji of a shortcode; the shortcode itself if Markdown does not convert it."""
    if shortcode in _text(convert(f"x {shortcode}")):
        return shortcode
    return emoji(shortcode)


def emoji(shortcode: str) -> str:
    """The emoji of a shortcode (`:smile:`); empty if there is none."""
    from pymdownx import twemoji_db

    known = twemoji_db.emoji.get(twemoji_db.aliases.get(shortcode, shortcode), {})
    codes = str(known.get("unicode", ""))
    # An icon is not a character: it is left out of a title as text.
    return "".join(chr(int(code, 16)) for code in codes.split("-")) if codes else ""


def _without(shortcode: str, heading_text: HeadingText) -> str:
    return shortcode if heading_text(shortcode) == shortcode else ""


def _first_line(text: str) -> str:
    """The first line that is not empty, without its mark, if it is a heading of the first level.

    As `mkdocs.utils.get_markdown_title` has it.
    """
    line = text.lstrip().partition("\n")[0].strip()
    return line.lstrip("# ") if line.startswith("# ") else ""


def _title(fields: Fields, text: str, first_line: int, heading_text: HeadingText) -> tuple[str, str, str]:
    """The title, the text, which begins on `first_line`, without a heading that only repeats it, and that."""
    title = fields.text("title")
    if len(title) > MAX_TITLE:
        fields.error(fields.values["title"], *_too_long("title", title))
        return title, text, ""
    # If the front matter has a title, only a heading at the very beginning can repeat it.
    heading = _leading_heading(text) if title else first_heading(text)
    if heading is None:
        return title, text, ""
    line = _without_attributes(heading["atx"] or heading["setext"])
    if len(line) > MAX_TITLE:
        # A longer heading cannot repeat the title, and would take long to convert.
        if not title:
            place = first_line + text.count("\n", 0, heading.start())
            fields.report.error(Kind.TITLE, *_too_long("heading", line), line=place)
        return title or line[:MAX_TITLE], text, ""
    leads = not text[: heading.start()].strip()
    level = len(heading["hashes"]) if heading["hashes"] else (1 if heading["rule"][0] == "=" else 2)
    shown = heading_text(line)
    if leads and level == 1 and (not title or title == shown):
        blank = "\n" * heading[0].count("\n")
        text = text[: heading.start()] + blank + text[heading.end() :]
        return title or shown, text, heading["atx"] or heading["setext"]
    return title or shown, text, ""


def _too_long(what: str, text: str) -> tuple[str, str]:
    """A problem and its hint."""
    problem = f"the {what} has {len(text):,} characters, more than the {MAX_TITLE:,} that a title may have"
    return problem, "add a short `title: …` to the front matter"


def _without_attributes(line: str) -> str:
    """A heading without its closing marks and `{#id .class}`.

    Without regular expressions: they would take minutes on lines made to be slow.
    """
    line = line.rstrip().rstrip("#").rstrip()
    if line.endswith("}"):
        line = line[: line.rfind("{")].rstrip()
    return line


def _leading_heading(text: str) -> re.Match[str] | None:
    start = text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1
    return None if _NO_TEXT.match(text, start) else _HEADING.match(text, start)


def first_heading(text: str) -> re.Match[str] | None:
    """The first heading of a Markdown text, of any level; none of those in code or comments."""
    outside = _NO_TEXT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    return _HEADING.search(outside)
