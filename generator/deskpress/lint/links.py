"""Links that are shown as text: brackets in the wrong order, apart or unclosed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from deskpress.lint.text import Finding, Text
from deskpress.lint.trackers import HINTS, behind
from deskpress.model.patterns import lazy_pattern

_ENDING = r"(?:md|html?|png|jpe?g|gif|webp|svg|pdf|zip|csv|xlsx|docx|mp4)"
_TARGET = (
    rf"(?:[Hh]ttps?:[^\s()\[\]]+|mailto:[^\s()\[\]]+|www\.[^\s()\[\]]+|\.{{0,2}}/[^\s()\[\]]*"
    rf"|#[\w-]+|[\w./%-]+\.{_ENDING}(?:#[\w-]+)?|[\w-]+(?:/[\w.-]+)+/?)"
)
_REVERSED = lazy_pattern(rf"(!?)\(([^()\[\]\n]{{1,200}})\)\[[ ]*({_TARGET})[ ]*\]")
_APART = lazy_pattern(rf"(!?)\[([^\[\]\n]{{1,200}})\](?:[ \t]+|[ \t]*\n[ \t]*)\(({_TARGET})\)")
_QUOTED = lazy_pattern(rf"\]\(([\"'])({_TARGET})\1\)")
_NO_OPENING = lazy_pattern(rf"(?<![\]\w\\])(\w[\w-]*)\]\(({_TARGET})\)")
_NO_CLOSING = lazy_pattern(rf"(!?)\[([^\[\]()\n]{{1,100}})\(({_TARGET})\)(?!\])")
_PIPED = lazy_pattern(rf"(?<![\[!])\[([^\[\]|\n]{{1,100}})\|[ ]*({_TARGET})[ ]*\](?![\](\[])")
_ANGLE = lazy_pattern(r"<((?:https?://|mailto:)[^\s<>]+)(?=[ \t\n]|$)(?![^<>\n]*>)")
_SPACED_LIST = lazy_pattern(r"\]\([^()\s]*\)[ \t]+(\{:?[ ]*(?:[.#][\w-]+|[\w-]+=[\"'\w][^{}\n]*)[^{}\n]*\})")
_SPACED_NAME = lazy_pattern(r"^ {0,3}\[([^\[\]\n]+)\][ \t]+:[ \t]*(\S+)", re.M)
_UNMARKED_NOTE = lazy_pattern(r"^\[\^([^\]\n]+)\](?=[ \t]+\S)", re.M)
_OPEN = lazy_pattern(rf"\]\(({_TARGET})(?=\s|$)")
_INNER = lazy_pattern(r"\]\(https?://[^\s()]*\([^\s()]*\)(?=[\s.,;:!?]*(?:\s|\Z))")
"""A target that ends with a bracket of its own, but lacks that of the link."""

_CUT = lazy_pattern(r"\]\([^()\s]*+(?=\s)")
"""The target of a link that ends with a space: a title follows, or it is not closed."""

_BRACES = lazy_pattern(rf"\]([\[{{])({_TARGET})[\]}}]")
_SPACED = lazy_pattern(rf"(?<![\w)])!\s+\[([^\[\]\n]*)\]\(({_TARGET})\)")
_EMPTY = lazy_pattern(r"!?\[([^\[\]\n]+)\]\([ \t]*(#?)[ \t]*\)")
_WORDLESS = lazy_pattern(rf"(?<!!)\[[ \t]*\]\(({_TARGET})\)")
_FULL = lazy_pattern(r"\]\[([^\[\]\n]*)\]")
_NOTE = lazy_pattern(
    r"(?:(?<![\w\]\\])\[\^([^\[\]\s]+)\]|(?<=[^\W\d_]{2})\[\^(\d{1,3}|[A-Za-z][\w-]{2,})\])(?!:)"
)
_ANY_NOTE = lazy_pattern(r"\[\^([^\[\]\n]+)\]")
_DEFINED_NOTE = lazy_pattern(r"^[ \t>]*\[\^([^\]\n]+)\]:", re.M)
_TRACKED = lazy_pattern(r"https?://[^\s<>()\"'\]]+")


_SIGNS = lazy_pattern(
    r"\)\[|\](?:[ \t{\[]|\(#?[ )]|\([\"']|\n\()|\[ ?\]\(|!\s+\[|\[\^"
    r"|<(?:https?:|mailto:)[^\s<>]+\s|\)[ \t]+\{"
    r"|\[[^\[\]()\n]{1,100}\([^()\s]{2,}\)(?!\])"
)


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    if "|" in text and _PIPED.search(text):
        return True
    if "](" in text and (_CUT.search(text) or any(text.count(a) != text.count(b) for a, b in ("[]", "()"))):
        return True
    if _SIGNS.search(text):
        return True
    tracked = "?" in text or "urldefense" in text or "/amp/s/" in text
    return tracked and any(hint in text for hint in HINTS)


def check(text: Text) -> Iterator[Finding]:
    """Text meant as a link, and links by way of another company."""
    bare = text.bare
    for found in _REVERSED.finditer(bare) if ")[" in bare else ():
        hint = f"write `{found[1]}[{found[2]}]({found[3]})`"
        yield text.finding(found.start(), "the brackets are the wrong way round", hint)
    if "] " in bare or "]\t" in bare or "]\n(" in bare:
        for found in _APART.finditer(bare):
            if _is_defined(text, found[2]):
                continue
            hint = f"write `{found[1]}[{found[2]}]({found[3]})`"
            yield text.finding(
                found.start(), "there is a space between the brackets: this is not a link", hint
            )
    yield from _unfinished(text, bare)
    yield from _halves(text, bare)
    if "][" in bare:
        yield from _references(text, bare)
    if "[^" in bare:
        yield from _notes(text)
    yield from _tracked(text)


def _inner(text: Text, bare: str) -> Iterator[Finding]:
    """Targets with a bracket of their own, after which that of the link is missing."""
    for found in _INNER.finditer(bare) if "](http" in bare else ():
        begin = _opening(bare, found.start())
        if begin >= 0:
            hint = f"write `{bare[begin : found.end()]})`"
            yield text.finding(found.start() + 1, "the bracket `(` that opens here is not closed", hint)


def _unfinished(text: Text, bare: str) -> Iterator[Finding]:
    for found in _OPEN.finditer(bare) if "](" in bare else ():
        rest = bare[found.end() : found.end() + LONGEST].partition("\n\n")[0]
        line = rest.partition("\n")[0].strip()
        # A title may follow.
        if line[:1] in ('"', "'", "(", "“", "{", "=", ")") or ")" in line[:2]:
            continue
        begin = _opening(bare, found.start())
        if rest.count(")") > rest.count("(") or begin < 0:
            continue
        hint = f"write `{bare[begin : found.end()]})`"
        yield text.finding(found.start() + 1, "the bracket `(` that opens here is not closed", hint)
    yield from _inner(text, bare)
    for found in _BRACES.finditer(bare) if "]{" in bare or "][" in bare else ():
        if found[1] == "[" and (_is_defined(text, found[2]) or not _has_slash(found[2])):
            continue
        begin = _opening(bare, found.start())
        if begin >= 0:
            hint = f"write `{bare[begin : found.start()]}]({found[2]})`"
            yield text.finding(begin, "the target of a link belongs in round brackets", hint)
    for found in _SPACED.finditer(bare) if "! [" in bare else ():
        hint = f"write `![{found[1]}]({found[2]})`"
        yield text.finding(
            found.start(), "there is a space after the `!`: this is a link, not a picture", hint
        )
    if "](" not in bare:
        return
    for found in _EMPTY.finditer(bare) if "]()" in bare or "](#)" in bare or "]( )" in bare else ():
        if found[0].startswith("!"):
            problem, hint = (
                f"the picture `{found[0]}` has no file",
                "write its path between the round brackets",
            )
        else:
            problem, hint = f"the link `{found[0]}` leads nowhere", "write where it leads"
        yield text.finding(found.start(), problem, hint)
    for found in _WORDLESS.finditer(bare) if "[](" in bare or "[ ](" in bare else ():
        hint = f"write a text for it, as in `[More]({found[1]})`"
        yield text.finding(
            found.start(), f"the link to `{found[1]}` has no text: readers do not see it", hint
        )


def _halves(text: Text, bare: str) -> Iterator[Finding]:
    """Links with a missing or misplaced mark."""
    for found in _QUOTED.finditer(bare) if "](" in bare else ():
        begin = _opening(bare, found.start())
        if begin >= 0:
            hint = f"write `{bare[begin : found.start()]}]({found[2]})`"
            problem = "there are quotation marks around the target of a link: it leads nowhere"
            yield text.finding(found.start(1), problem, hint)
    for found in _NO_OPENING.finditer(bare) if "](" in bare else ():
        above = bare[max(0, found.start() - LONGEST * 5) : found.start()].rpartition("\n\n")[2]
        inside = above.endswith("[") or above.count("[") > above.count("]")
        if not inside and _opening(bare, found.start(2) - 2) < 0:
            hint = f"write `[{found[1]}]({found[2]})`"
            yield text.finding(found.start(1), "the bracket `[` before the text of a link is missing", hint)
    for found in _NO_CLOSING.finditer(bare) if "[" in bare else ():
        hint = f"write `{found[1]}[{found[2].strip()}]({found[3]})`"
        yield text.finding(found.start(), "the bracket `]` after the text of a link is missing", hint)
    for found in _PIPED.finditer(bare) if "|" in bare else ():
        if not text.body[text.place(found.start())[0] - 1].startswith("|"):
            hint = f"write `[{found[1].strip()}]({found[2]})`"
            yield text.finding(
                found.start(), "a link is not written with `|`: readers see the brackets", hint
            )
    for found in _ANGLE.finditer(bare) if "<" in bare else ():
        address = found[1].rstrip(".,;:!?")
        hint = f"write `<{address}>`"
        yield text.finding(found.start(), "the `<` that opens here is not closed: this is not a link", hint)
    if "{" in bare and text.dialect.has("attr_list"):
        for found in _SPACED_LIST.finditer(bare):
            at = found.start(1)
            line = text.body[text.place(at)[0] - 1]
            if line.startswith(("#", "|")):
                continue  # a space is required before it there
            problem = "there is a space before `{`: what is in there is shown as it is written"
            yield text.finding(at, problem, f"write `){found[1]}`")


LONGEST = 400
"""Characters between the brackets of a link."""


def _opening(bare: str, at: int) -> int:
    """The opening bracket that matches the closing one at `at`, or the `!` before it; -1 if there is none."""
    depth = 1
    for place in range(at - 1, max(-1, at - LONGEST), -1):
        mark = bare[place]
        if mark == "]":
            depth += 1
        elif mark == "[":
            depth -= 1
            if not depth:
                return place - (bare[place - 1 : place] == "!")
        elif mark == "\n" and bare[place - 1 : place] == "\n":
            return -1
    return -1


def _has_slash(target: str) -> bool:
    return "/" in target or ":" in target or target.endswith((".md", ".html"))


def _references(text: Text, bare: str) -> Iterator[Finding]:
    if text.dialect.has_like("autoref", "mkdocstrings", "wikilink"):
        return
    known = text.definitions
    # With a snippet the definition may be elsewhere.
    if "-8<-" in text.markdown or text.dialect.has_like("auto_append"):
        return
    reported = set()
    spaced = {" ".join(one[1].lower().split()): one for one in _SPACED_NAME.finditer(bare)}
    for found in _FULL.finditer(bare):
        begin = _opening(bare, found.start())
        if begin < 0 or bare[begin - 1 : begin].isalnum() or bare[begin - 1 : begin] in (")", "]", "\\", "_"):
            continue
        name = found[1]
        mark = "!" if bare[begin] == "!" else ""
        words = bare[begin + len(mark) + 1 : found.start()]
        key = " ".join((name or words).lower().split())
        if key in known or name.startswith("^") or words.startswith("^") or key in reported:
            continue
        if not words.strip(" xX") and not mark:
            continue
        if _BRACES.match(found[0]) and _has_slash(name):
            continue
        reported.add(key)
        if other := spaced.get(key):
            place = other.end(1) + 1
            problem = f"there is a space before the colon: `[{other[1]}]` is not defined by this line"
            yield text.finding(place, problem, f"write `[{other[1]}]: {other[2]}`")
            continue
        shown = " ".join(bare[begin : found.end()].split())
        wanted = " ".join((name or words).split())
        hint = f"add a line `[{wanted}]: …` with its target, or write `{mark}[{' '.join(words.split())}](…)`"
        problem = f"`{shown}`: there is no line `[{wanted}]: …` in this file"
        yield text.finding(begin, problem, hint)


def _notes(text: Text) -> Iterator[Finding]:
    if not text.dialect.has("footnotes") or "-8<-" in text.markdown:
        return
    bare = text.bare
    defined = Counter(found[1] for found in _DEFINED_NOTE.finditer(bare))
    known = set(defined)
    reported: set[str] = set()
    unmarked = {found[1]: found for found in _UNMARKED_NOTE.finditer(bare)}
    written = Counter(found[1] for found in _ANY_NOTE.finditer(bare))
    unused = {name.lower(): name for name in sorted(known) if written[name] <= defined[name]}
    for found in _NOTE.finditer(bare):
        name = found[1] or found[2]
        if name in known or name in reported:
            continue
        reported.add(name)
        if line := unmarked.get(name):
            at, problem = line.end(), f"a colon is missing after `[^{name}]`: this is not a footnote"
            yield text.finding(at, problem, f"write `[^{name}]: `")
            continue
        hint = f"add a line `[^{name}]: …` with its text"
        if like := unused.pop(name.lower(), ""):
            hint = f"write `[^{like}]`, as it is written below"
        yield text.finding(found.start(), f"there is no footnote `[^{name}]` in this file", hint)
    for name in unused.values():
        yield _unused(text, bare, name)


def _unused(text: Text, bare: str, name: str) -> Finding:
    """A footnote that is not referred to: its mark may be misspelt."""
    if odd := re.search(
        rf"\^\[{re.escape(name)}\](?!\()|\[\^[ ]+{re.escape(name)}\]|\[{re.escape(name)}\^\]", bare
    ):
        problem = f"`{odd[0]}` is not the mark of a footnote: readers see the brackets"
        return text.finding(odd.start(), problem, f"write `[^{name}]`")
    at = next(one.start(1) - 2 for one in _DEFINED_NOTE.finditer(bare) if one[1] == name)
    problem = f"no text has the mark of the footnote `[^{name}]`: nothing leads to it"
    return text.finding(at, problem, f"write `[^{name}]` where it belongs, or remove it")


def _is_defined(text: Text, name: str) -> bool:
    return " ".join(name.lower().split()) in text.definitions


def _tracked(text: Text) -> Iterator[Finding]:
    if not any(hint in text.markdown for hint in HINTS):
        return
    for found in _TRACKED.finditer(text.bare):
        if known := behind(found[0]):
            host, address = known
            problem = f"the link goes through `{host}`, which learns of each click"
            yield text.finding(found.start(), problem, f"write the address behind it, `{address}`")
