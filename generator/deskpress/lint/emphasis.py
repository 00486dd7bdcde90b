"""Marks of emphasis and inline code that are shown as text: unclosed, or not supported here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.text import BULLET, Finding, Text
from deskpress.model.patterns import lazy_pattern
from deskpress.source.titles import emoji

_STARS = lazy_pattern(r"(?<!\\)\*{2,3}(?!\*)")
_BREAK = lazy_pattern(r"#{1,6}\s|\||:{3}|!!!|\?\?\?|===")
_STRUCK = lazy_pattern(r"(?<![~\\\w])~~(?=\S)([^~\n]{1,200}?)(?<=\S)~~(?!~)")
_MARKED = lazy_pattern(r"(?<![=\\\w])==(?=[^\s=])([^=\n]{1,200}?)(?<=[^\s=])==(?![=\w])")
_RAISED = lazy_pattern(r"(?<=[A-Za-z0-9)])\^([A-Za-z0-9+-]{1,6})\^(?!\w)")
_KEYS = lazy_pattern(r"(?<![+\w])\+\+([A-Za-z0-9-]+(?:\+[A-Za-z0-9-]+)*)\+\+(?![+\w])")
_ICON = lazy_pattern(r":(?:material|octicons|fontawesome|simple)-[a-z0-9-]+:")
_EMOJI = lazy_pattern(r"(?<![\w:/]):(\+1|-1|[a-z][a-z0-9_]+):(?![\w:/])")
_TICK = lazy_pattern(r"(?<![`\\])`(?!`)(?=[^\s`])")
_SIGNS = lazy_pattern(r"\*\*|~~|==|\^\w|\+\+\w|:[a-z+-][^\s:]*:|`")


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return _SIGNS.search(text) is not None


def check(text: Text) -> Iterator[Finding]:
    """Marks that readers see."""
    bare = text.bare
    if "**" in bare or "`" in bare:
        for first, last in _parts(text):
            begin, end = text.starts[first], text.starts[last - 1] + len(text.lines[last - 1])
            part = bare[begin:end]
            if "**" in part:
                yield from _strong(text, begin, part)
            if "`" in part:
                yield from _open_code(text, begin, part)
    yield from _others(text, bare)


def _parts(text: Text) -> Iterator[tuple[int, int]]:
    """Runs of lines that emphasis cannot cross: paragraphs, entries of lists, rows of tables, headings."""
    for start, end in text.blocks():
        first = start
        for number in range(start + 1, end):
            body = text.body[number]
            if BULLET.match(body) or _BREAK.match(body) or _BREAK.match(text.body[number - 1]):
                yield first, number
                first = number
        yield first, end


def _strong(text: Text, begin: int, part: str) -> Iterator[Finding]:
    """Stars without a counterpart: those between spaces are text (Python-Markdown, `NOT_STRONG_RE`)."""
    if "|" in part:
        return  # each cell is a text of its own
    whole = text.markdown[begin : begin + len(part)]
    opened: re.Match[str] | None = None
    alone: list[re.Match[str]] = []
    for found in _STARS.finditer(part):
        before, after = whole[found.start() - 1 : found.start()], whole[found.end() : found.end() + 1]
        if not before.strip() and not after.strip():
            alone.append(found)
        else:
            opened = None if opened else found
    if opened is not None:
        before = whole[opened.start() - 1 : opened.start()]
        after = whole[opened.end() : opened.end() + 1]
        if before.isalnum() or not after or not (after.isalnum() or after in "“\"'([<`"):
            return
        words = part[opened.end() :]
        if closing := next((one for one in alone if one.start() > opened.end()), None):
            inner = part[opened.end() : closing.start()].strip()
            yield text.finding(begin + closing.start(), *_spaces(opened[0], inner))
        elif re.match(r"[^\n*]{1,200}?(?<=\S)\*(?!\*)", words):
            inner = words.partition("*")[0]
            hint = f"write `{opened[0]}{_short(inner)}{opened[0]}`"
            problem = f"`{opened[0]}` opens here, and one `*` closes: this is shown as it is written"
            yield text.finding(begin + opened.start(), problem, hint)
        else:
            hint = f"write `{opened[0]}` at the end of the words that stand out"
            problem = f"`{opened[0]}` that opens here is not closed: readers see the stars"
            yield text.finding(begin + opened.start(), problem, hint)
        return
    yield from _between_letters(text, begin, part)
    for one, two in zip(alone[::2], alone[1::2], strict=False):
        inner = part[one.end() : two.start()]
        if "\n" not in inner and 1 < len(inner.strip()) < 100 and one[0] == two[0]:
            yield text.finding(begin + one.start(), *_spaces(one[0], inner.strip()))


def _between_letters(text: Text, begin: int, part: str) -> Iterator[Finding]:
    """Pairs with spaces inside instead of around them, so that each mark is taken for the other."""
    stars = list(_STARS.finditer(part))
    for one, two in zip(stars[::2], stars[1::2], strict=False):
        inner = part[one.end() : two.start()]
        outside = part[one.start() - 1 : one.start()] + part[two.end() : two.end() + 1]
        within = inner[:1] + inner[-1:]
        if (
            len(outside) == 2
            and outside.isalnum()
            and within.isspace()
            and inner.strip()
            and one[0] == two[0]
        ):
            yield text.finding(begin + one.start(), *_spaces(one[0], " ".join(inner.split())))


def _spaces(mark: str, inner: str) -> tuple[str, str]:
    hint = f"write `{mark}{_short(inner)}{mark}`, with no spaces within"
    return f"there is a space between `{mark}` and the words: readers see the stars", hint


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 40 else words[:40].rstrip() + "…"


def _open_code(text: Text, begin: int, part: str) -> Iterator[Finding]:
    ticks = list(_TICK.finditer(part))
    if len(ticks) != 1:
        return
    at = ticks[0].start()
    before, rest = part[at - 1 : at] if at else "", part[at + 1 :].partition("\n")[0]
    if (before.strip() and before not in "([{\"'“*_|>") or "'" in rest or "´" in rest or "`" in rest:
        return
    word = re.match(r"[^\s,;!?)<]+", rest)
    if word is None or not rest[0].isalnum():
        return
    problem = "the backtick that opens here is not closed: readers see it"
    yield text.finding(begin + at, problem, f"write another one after the code: `` `{word[0]}` ``")


def _others(text: Text, bare: str) -> Iterator[Finding]:
    """Marks of extensions that this site does not use."""
    has, like = text.dialect.has, text.dialect.has_like
    if "~~" in bare and not (has("tilde") or like("strike", "del_ins", "striketh")):
        for found in _STRUCK.finditer(bare):
            hint = f"write `<del>{_short(found[1])}</del>`, or add `pymdownx.tilde` to `markdown_extensions`"
            yield text.finding(found.start(), "`~~` strikes nothing out here: readers see the marks", hint)
    if "==" in bare and not (has("mark") or like("highlight_text")):
        for found in _MARKED.finditer(bare):
            hint = f"write `<mark>{_short(found[1])}</mark>`, or add `pymdownx.mark` to `markdown_extensions`"
            yield text.finding(found.start(), "`==` marks nothing here: readers see the signs", hint)
    if "^" in bare and not (has("caret") or like("superscript", "arithmatex", "katex", "math")):
        for found in _RAISED.finditer(bare):
            hint = f"write `<sup>{found[1]}</sup>`, or add `pymdownx.caret` to `markdown_extensions`"
            yield text.finding(found.start(), "`^` raises nothing here: readers see the marks", hint)
    if "++" in bare and not has("keys"):
        for found in _KEYS.finditer(bare):
            keys = "+".join(f"<kbd>{key}</kbd>" for key in found[1].split("+"))
            hint = f"write `{keys}`, or add `pymdownx.keys` to `markdown_extensions`"
            yield text.finding(found.start(), "`++` shows no keys here: readers see the marks", hint)
    if ":" in bare and not like("emoji"):
        yield from _codes(text, bare)


def _codes(text: Text, bare: str) -> Iterator[Finding]:
    for found in _ICON.finditer(bare) if "-" in bare else ():
        problem = f"`{found[0]}` shows no icon here: readers see its name"
        hint = "remove it, or add `pymdownx.emoji` to `markdown_extensions`"
        yield text.finding(found.start(), problem, hint)
    for found in _EMOJI.finditer(bare):
        if shown := emoji(found[0]):
            problem = f"`{found[0]}` shows no emoji here: readers see its name"
            yield text.finding(found.start(), problem, f"write `{shown}`")
