"""Boxes (`!!! note`) whose text is outside, and boxes in the syntax of other programs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

_OPENS = lazy_pattern(r"(!!!|\?\?\?\+?) ?([\w-]+(?: +[\w-]+)*)(?: +\"(?:.*?)\")? *$")
"""The syntax of Python-Markdown's `admonition` and pymdownx's `details`."""

_LIKE = lazy_pattern(r"(!{2,}|\?{3,}\+?)\s*(.*)$")
_TITLED = lazy_pattern(r"[“”„«‘’'](.+?)[“”»‘’']\s*$")
_ALERT = lazy_pattern(r"\[!([A-Za-z]+)\][+-]?(?:\s|$)")
_COLONS = lazy_pattern(r":{3,}\s*\{?\s*(note|tip|info|warning|danger|caution|important|details)\b", re.I)
_UNQUOTED_TAB = lazy_pattern(r"(===[!+]?)[ \t]+([^=\s\"“„'][^=\"“„]*)$")
_TAB = lazy_pattern(r"(===[!+]?) +[\"“„](.+?)[\"”“]\s*")
_LIKE_KIND = 80
"""How similar another word must be to a kind of box, of 100, to be a mistake: sites may have own kinds."""

_MODIFIERS = frozenset({"inline", "end", "annotate", "note"})
_KINDS = {"important": "info", "caution": "danger"}
TYPES = frozenset(
    "note abstract summary tldr info todo tip hint important success check done question help faq warning"
    " caution attention failure fail missing danger error bug example quote cite".split()
)


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return "!!" in text or "\n===" in text or "[!" in text or ":::" in text or "???" in text


def check(text: Text) -> Iterator[Finding]:
    """Boxes without text, and those that this site's Markdown does not support."""
    known = text.dialect.has("admonition", "details") or text.dialect.has("blocks.admonition")
    for number, body in enumerate(text.body):
        first = body[:1]
        if first not in ("!", "?", ":", "[", "=") or not text.is_text(number):
            continue
        if first == "?" and body.startswith("???") and not _collapses(text):
            yield from _folded(text, number, body)
        elif first == "=" and (tab := _UNQUOTED_TAB.match(body)) and _indented(text, number):
            problem = "the name of a tab needs quotation marks: readers see the signs"
            hint = f'write `{tab[1]} "{tab[2].strip()}"`'
            if not text.dialect.has("tabbed", "blocks.tab"):
                hint += ", and add `pymdownx.tabbed` to `markdown_extensions`"
            yield Finding(number + 1, text.column(number), problem, hint)
        elif first == "=" and not text.dialect.has("tabbed", "blocks.tab"):
            yield from _tab(text, number, body)
        elif first == "=":
            yield from _outside_tab(text, number, body)
        elif first in "!?" and known and body.startswith(("!!", "???")):
            yield from _box(text, number, body)
        elif first == "[" and text.quote[number] and (alert := _ALERT.match(body)):
            if not text.dialect.has_like("callout", "alert", "github", "gfm", "obsidian"):
                kind = alert[1].lower()
                kind = _KINDS.get(kind, kind)
                problem = f"`[!{alert[1]}]` is not a box here: it is shown as it is written"
                hint = f"write `!!! {kind}`, and the text below it indented by four spaces, without `>`"
                yield Finding(number + 1, text.lines[number].find("[") + 1, problem, hint)
        elif first == ":" and not text.dialect.has_like("container", "colon", "myst", "blocks"):
            yield from _colons(text, number, body)


def _indented(text: Text, number: int) -> bool:
    """Whether the next line that is not blank is indented by four spaces."""
    following = next((n for n in range(number + 1, len(text.lines)) if text.body[n]), -1)
    return following >= 0 and text.indent[following] >= text.indent[number] + 4


def _collapses(text: Text) -> bool:
    return text.dialect.has("details") or text.dialect.has_like("collaps", "blocks.details")


def _folded(text: Text, number: int, body: str) -> Iterator[Finding]:
    """`??? note` if no extension makes a collapsible box of it."""
    found = _OPENS.match(body)
    if found is None or found[2].split()[0].lower() not in TYPES:
        return
    instead = "!!!" + body[len(found[1]) :]
    hint = "add `pymdownx.details` to `markdown_extensions`"
    if text.dialect.has("admonition"):
        hint = f"write `{instead}`, which is always open, or {hint}"
    yield Finding(number + 1, text.column(number), f"`{found[1]}` is not a box here: readers see it", hint)


def _tab(text: Text, number: int, body: str) -> Iterator[Finding]:
    if found := _TAB.fullmatch(body):
        problem = f"`{found[1]}` is not a tab here: readers see it"
        hint = f"write a heading, `### {found[2]}`, or add `pymdownx.tabbed` to `markdown_extensions`"
        yield Finding(number + 1, text.column(number), problem, hint)


def _outside_tab(text: Text, number: int, body: str) -> Iterator[Finding]:
    """A tab whose text is not indented."""
    following = next((n for n in range(number + 1, len(text.lines)) if text.body[n]), -1)
    if following < 0 or not (found := _TAB.fullmatch(body)):
        return
    if text.indent[following] >= text.indent[number] + 4 or _TAB.fullmatch(text.body[following]):
        return
    problem = f"this is not in the tab “{found[2]}”: what belongs there is indented by four spaces"
    yield _not_indented(text, following, problem)


def _not_indented(text: Text, number: int, problem: str) -> Finding:
    """A line that belongs into the tab or box above; a long one is not repeated in the hint."""
    line = text.body[number].rstrip()
    hint = f"write `    {line}`" if len(line) <= 60 else "put four spaces before each line that belongs there"
    return Finding(number + 1, text.column(number), problem, hint)


def _misspelt(kind: str) -> str:
    """The kind of box that an unknown one is most like; empty if none is similar."""
    lowered = kind.lower()
    if lowered in TYPES or len(lowered) < 3:
        return ""
    from rapidfuzz import fuzz, process  # only needed for mistakes

    found = process.extractOne(lowered, sorted(TYPES), scorer=fuzz.ratio, score_cutoff=_LIKE_KIND)
    return str(found[0]) if found else ""


def _colons(text: Text, number: int, body: str) -> Iterator[Finding]:
    if box := _COLONS.match(body):
        problem = f"`{box[0]}` is not a box here: it is shown as it is written"
        kind = _KINDS.get(box[1].lower(), box[1].lower())
        hint = f"write `!!! {kind}`, and the text below it indented by four spaces"
        yield Finding(number + 1, text.column(number), problem, hint)


def _box(text: Text, number: int, body: str) -> Iterator[Finding]:
    place = (number + 1, text.column(number))
    opens = _OPENS.match(body)
    if opens is None:
        yield from _odd(text, number, body)
        return
    words = opens[2].split()
    if like := _misspelt(words[0]):
        hint = f"did you mean `{body.replace(words[0], like, 1)}`?"
        yield Finding(
            number + 1, text.column(number) + body.index(words[0]), f"no box is called `{words[0]}`", hint
        )
    extra = [word for word in words[1:] if word not in _MODIFIERS]
    if len(extra) > 1 and words[0].lower() in TYPES:
        hint = f"write `{opens[1]} {words[0]}` on a line of its own, the text below it"
        yield Finding(*place, "text on the line of a box is not shown", hint + ", indented by four spaces")
        return
    following = next((n for n in range(number + 1, len(text.lines)) if text.body[n]), -1)
    inside = following >= 0 and text.indent[following] >= text.indent[number] + 4
    if inside or (following >= 0 and text.quote[following] != text.quote[number]):
        return
    if '"' in body and (following < 0 or following > number + 1):
        return  # a title is enough
    what = body if len(body) <= 40 else f"{opens[1]} {words[0]}"
    if following < 0:
        yield Finding(
            *place, f"the box `{what}` is empty", "write its text below it, indented by four spaces"
        )
        return
    problem = f"this is not in the box of `{what}`: what belongs there is indented by four spaces"
    yield _not_indented(text, following, problem)


def _odd(text: Text, number: int, body: str) -> Iterator[Finding]:
    """A line that begins like a box but is none."""
    found = _LIKE.match(body)
    if found is None:
        return
    mark, rest = found.groups()
    mark = "???" if mark.startswith("?") else "!!!"
    word = re.match(r"[\w-]*", rest)
    kind = word[0] if word else ""
    place = (number + 1, text.column(number))
    if kind.lower() not in TYPES and not rest.startswith('"'):
        return  # an exclamation
    if rest.startswith('"'):
        hint = f"write `{mark} note {rest.strip()}`"
        yield Finding(*place, "a box needs a kind before its title: this is shown as text", hint)
        return
    tail = rest[len(kind) :].strip()
    titled = _TITLED.fullmatch(tail)
    if titled:
        hint = f'write `{mark} {kind} "{titled[1]}"`'
        yield Finding(*place, "the title of a box needs straight quotation marks", hint)
        return
    if not tail or tail in (":", ".", ";"):
        yield Finding(*place, f"`{body}` is not a box", f"write `{mark} {kind}`")
        return
    if tail[0] in "\"'" and tail.count(tail[0]) == 1:
        hint = f'write `{mark} {kind} "{tail[1:].strip()}"`'
        yield Finding(*place, "the quotation mark of the title is not closed: this is not a box", hint)
        return
    hint = f"write `{mark} {kind}` on a line of its own, the text below it, indented by four spaces"
    yield Finding(*place, "a box cannot have text on its first line: this is shown as it is written", hint)
