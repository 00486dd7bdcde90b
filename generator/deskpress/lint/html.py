"""HTML in Markdown: unclosed elements, Markdown that is not converted inside an element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.comments import MORE
from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

_INLINE = "a|b|i|u|s|strong|em|small|sup|sub|kbd|mark|del|ins|code|font|span"
_BLOCK = "div|center|section|aside|details|blockquote"
_TAG = lazy_pattern(
    rf"<(/?)({_INLINE}|{_BLOCK})\b((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*)>",
    re.I,
)
_OPENING = lazy_pattern(rf"^ {{0,3}}<({_BLOCK}|td|th|p|table)\b([^<>]*)>", re.I | re.M)
_WHOLE = lazy_pattern(r"<[A-Za-z][\w-]*\s[^<>]*>")
_COMMENT = lazy_pattern(
    r"<!(?:-(?!-)|[–—]-?|\s-{1,2})\s*(?!\[)([^<>\n]{1,200}?)\s*[-–—]{0,3}>|<--+\s*(\w[^<>\n]{0,200}?)\s*--+>"
)
_UNENDED = lazy_pattern(
    r"<(img|a|iframe|video|audio|span|div)\s[^<>\n]*+(?:\n[^<>\n]+)*+(?=\n[ \t]*\n|\n?\Z)", re.I
)
_SIGNS = lazy_pattern(rf"<(?:/?(?:{_INLINE}|{_BLOCK}|img|iframe|video|audio)\b|!|--)|=[\"']", re.I)
_MARKDOWN = lazy_pattern(
    r"(?<![*\\\w])\*\*(?=\S)[^*\n]+\*\*|(?<!\\)!?\[[^\[\]\n]+\]\([^()\s]+\)|^[ \t]{0,3}[-*] +\S"
    r"|^ {0,3}#{1,6} \S",
    re.M,
)
_TRIED = 40
"""The most elements of a text that are checked."""


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return "<" in text and (_SIGNS.search(text) is not None or _OPENING.search(text) is not None)


def check(text: Text) -> Iterator[Finding]:
    """Elements that go on to the end of the text, Markdown that is shown as it is written."""
    bare = text.bare
    if "<!" in bare or "<--" in bare:
        for found in _COMMENT.finditer(bare):
            if MORE.fullmatch(found[0]):
                continue  # reported as a mark of the excerpt
            problem = "this is not a comment: readers see it"
            yield text.finding(found.start(), problem, f"write `<!-- {_short(found[1] or found[2])} -->`")
    if '="' in bare or "='" in bare:
        for found in _WHOLE.finditer(bare):
            mark = '"' if '"' in found[0] else "'"
            if found[0].count(mark) % 2 and (at := found[0].rfind(f"={mark}")) >= 0:
                mended = f"{found[0][:at]}={mark}{found[0][at + 2 : -1].rstrip()}{mark}>"
                hint = f"write `{_short(mended)}`"
                place = found.start() + at + 1
                yield text.finding(place, "the quotation mark that opens here is not closed", hint)
    for found in _UNENDED.finditer(bare):
        problem = f"the tag `<{found[1].lower()}` has no end: this is shown as it is written"
        yield text.finding(found.start(), problem, f"write `>` after it: `{_short(found[0])}>`")
    if "-8<-" in text.markdown or text.dialect.has_like("macros"):
        return  # the counterpart may be elsewhere
    if unended := list(_unended(text, bare)):
        yield from unended
    else:
        yield from _unread(text, bare)


def _unended(text: Text, bare: str) -> Iterator[Finding]:
    opened: dict[str, list[re.Match[str]]] = {}
    for found in _TAG.finditer(bare):
        name = found[2].lower()
        stack = opened.setdefault(name, [])
        if found[1]:
            if stack:
                stack.pop()
        elif found[3].rstrip().endswith("/") or (name == "a" and "href" not in found[3].lower()):
            continue
        else:
            stack.append(found)
    for name, left in opened.items():
        if name == "details" or not left:
            continue  # missing text is reported elsewhere
        whole = text.markdown.lower()
        if whole.count(f"</{name}") >= len(re.findall(rf"<{name}(?![\w-])", whole)):
            continue  # the end is inside of what is taken for code
        first = left[0]
        problem = f"`<{name}>` is not closed: it goes on to the end of the text"
        hint = f"write `</{name}>` after what belongs to it"
        if (
            len(left) == 2
            and left[1][0].lower() == f"<{name}>"
            and "\n\n" not in bare[first.end() : left[1].start()]
        ):
            first, problem, hint = left[1], f"`<{name}>` opens a second time here", f"write `</{name}>`"
        yield text.finding(first.start(), problem, hint)


def _unread(text: Text, bare: str) -> Iterator[Finding]:
    """Markdown in block-level HTML, which Python-Markdown does not convert."""
    inside = text.dialect.has("md_in_html")
    end = 0
    for number, found in enumerate(_OPENING.finditer(bare)):
        if number >= _TRIED:
            return
        if found.start() < end or (inside and re.search(r"\bmarkdown\b", found[2])):
            continue
        closing = _end(bare, found)
        end = max(end, closing)
        within = bare[found.end() : closing]
        if inside and re.search(r"<[^<>]*\smarkdown\b", within):
            continue
        if sign := _MARKDOWN.search(within):
            name = found[1].lower()
            hint = f"write `<{name} markdown>` and a blank line, "
            hint += "or HTML in it" if inside else "with `md_in_html` in `markdown_extensions`; or HTML in it"
            problem = f"Markdown within `<{name}>` is not read: readers see the marks"
            yield text.finding(found.end() + sign.start(), problem, hint)


def _end(bare: str, opening: re.Match[str]) -> int:
    """The end of the element that a tag opens; the end of the text if it is not closed."""
    depth = 1
    for tag in re.finditer(rf"<(/?){opening[1]}\b[^<>]*>", bare[opening.end() :], re.I):
        depth += -1 if tag[1] else 1
        if not depth:
            return opening.end() + tag.start()
    return len(bare)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:60].rstrip() + "…"
