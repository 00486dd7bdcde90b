"""Lists that are not recognised, or not nested, by Python-Markdown's rules.

A list needs a blank line above, and what belongs to an entry is indented by four spaces (Python-Markdown's
documentation, "Differences"). CommonMark and word processors have other rules.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import pairwise

from deskpress.lint.text import BULLET, Finding, Text
from deskpress.model.patterns import lazy_pattern

_SPLITTER = lazy_pattern(
    r"#{1,6}[^#\s]|#{1,6}\s|!!!|\?\?\?|===[!+ ]|<|\[[^\]]+\]:|\*\[|</|(?:[-*_] *){3,}$|\|"
)
"""Lines that are blocks by themselves: a new block begins after them."""

_DOT = lazy_pattern(r"[•·▪◦‣●○■□➢➤∙▸►✓✔\uf0b7\uf0a7\uf0d8\uf0fc]\s*(?=\S)")
_SIGN = lazy_pattern(r"(✅|❌|☑|☒|☐|❎|✖|➔|➜|→|⇒|->|=>|👉|🔹|🔸|⚠)\ufe0f?\s*(?=\S)")
_UNSEEN = lazy_pattern(r"([*+-]|\d{1,3}\.)([\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\u200b]+)")
_STAR = lazy_pattern(r"\*(?=[^\W\d_])[^*]*$")
_ROMAN = lazy_pattern(r"\(?([ivx]{1,5})[.)]\s+")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_DASH = lazy_pattern(r"[–—―]\s+\S")
_NO_SPACE = lazy_pattern(r"(?:-|\+)(?=[^\W\d_])")
_NUMBERED = lazy_pattern(r"\(?(\d{1,3})(?:\)|\.\)|\.(?=[^\W\d]))\s*")
_LETTERED = lazy_pattern(r"\(?([a-z])[.)]\s+")
_ORDERED = lazy_pattern(r"(\d{1,9})\.[ \t]")

_DEFINITION = lazy_pattern(r"\[[^\[\]]+\]:|\*\[[^\[\]]+\]:|<!--")

SPACES = 4

_YEAR = lazy_pattern(r"((?:19|20)\d\d)\.[ \t]+(\S.*)")
_BEGINS = frozenset("*+-0123456789")
_ODD = frozenset("•·▪◦‣●○■□➢➤∙▸►✓✔\uf0b7\uf0a7\uf0d8\uf0fc✅❌☑☒☐❎✖➔➜→⇒=👉🔹🔸⚠–—―-+*(0123456789ivx")
_AFTER = frozenset(").")
_ENTRY = r"(?:[*+-]|\d{1,9}\.)[ \t]"
_SUSPECT = lazy_pattern(
    rf"\n(?:[ >\t]+{_ENTRY}|[ >]{{2,}}[^ \n]|(?![ \t>]*\n)(?!{_ENTRY})[^\n]++(?=\n{_ENTRY})"
    r"|\W?[•·▪◦‣●○■□➢➤∙▸►✓✔\uf0b7\uf0a7\uf0d8\uf0fc✅❌☑☒☐❎✖➔➜→⇒👉🔹🔸⚠–—―]|[-=]>|\*[^\W\d_]|[-+][^\W\d_]"
    r"|(?:[-+*]|\d{1,3}\.)[\u00a0\u2002-\u200b\u202f\u3000]|\(?[ivx]{1,5}[.)]\s|\(?\d{1,3}\)|\d{1,3}\.[^\W\d]"
    r"|\(?[a-z][.)]\s|(?:[2-9]|\d\d)\.[ \t]|\d{4}\.[ \t])"
)
"""Entries within paragraphs or indented, parts of entries, and other marks: most lists have none."""


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return _SUSPECT.search(text) is not None


def check(text: Text) -> Iterator[Finding]:
    """Text meant as a list that is shown as something else."""
    firsts = [body[:1] for body in text.body]
    no_lists: set[int] = set()
    for start, end in text.blocks():
        if end > start + 1 and not _BEGINS.isdisjoint(firsts[start + 1 : end]):
            at = list_without_blank(text, start, end)
            if at >= 0:
                no_lists.update(range(at, end))
                what = "a list needs a blank line above it: this is shown as part of the paragraph"
                yield Finding(at + 1, text.column(at), what, "put a blank line above this line")
        yield from _year(text, start, end)
        if any(body[:1] in _ODD or body[1:2] in _AFTER for body in text.body[start:end]):
            yield from _other_marks(text, start, end)
    if not text.dialect.has_like("truly_sane", "commonmark"):
        yield from flat(text, no_lists)
        yield from begins_anew(text, no_lists)


def list_without_blank(text: Text, start: int, end: int) -> int:
    """The line of a block that should begin a list but continues a paragraph; -1 if there is none."""
    if text.dialect.has_like("breakless", "truly_sane", "prepend"):
        return -1
    begin = start
    for number in range(start, end):
        body = text.body[number]
        if _SPLITTER.match(body):
            if body.startswith("<") and not text.dialect.has("md_in_html"):
                return -1
            begin = number + 1
            continue
        entry = BULLET.match(body)
        if entry is None:
            continue
        if number == begin:
            return -1  # a list from here on
        if text.indent[number] >= text.indent[begin] + SPACES:
            continue
        if _is_list(text, begin, number, end):
            return number
    return -1


def _year(text: Text, start: int, end: int) -> Iterator[Finding]:
    """A sentence that begins with a year: its number is lost, since it looks like an entry."""
    if end > start + 1 and any(_ORDERED.match(text.body[n]) for n in range(start + 1, end)):
        return
    if (found := _YEAR.match(text.body[start])) and text.indent[start] < SPACES:
        problem = f"a number with a dot begins a list: readers see 1 in place of {found[1]}"
        hint = f"write `{found[1]}\\. {found[2][:30].rstrip()}`, or begin the sentence in another way"
        yield Finding(start + 1, text.column(start), problem, hint)


def _is_list(text: Text, begin: int, number: int, end: int) -> bool:
    """Whether a line within a paragraph is meant as the first entry of a list."""
    bodies = [text.body[n] for n in range(number, end)]
    above = text.body[number - 1].rstrip("*_ ")
    entries = sum(1 for body in bodies if BULLET.match(body))
    numbered = _ORDERED.match(bodies[0])
    if numbered and int(numbered[1]) > 1:
        return False
    return entries > 1 or above.endswith(":") or (not numbered and above.endswith((".", "!", "?", ";")))


def _other_marks(text: Text, start: int, end: int) -> Iterator[Finding]:
    """List marks that Markdown does not have."""
    bodies = [text.body[n] for n in range(start, end)]
    dots = [n for n, body in enumerate(bodies) if _DOT.match(body)]
    if dots and not (len(dots) == 1 and len(bodies) == 1 and len(bodies[0]) < 4):
        mark = bodies[dots[0]][0]
        yield _mark(text, start + dots[0], f"`{mark}` does not begin a list", "begin each entry with `- `")
        return
    for at, body in enumerate(bodies):
        if (unseen := _UNSEEN.match(body)) and (not body[0].isdigit() or _again(bodies, at)):
            problem = f"the space after `{unseen[1]}` is an invisible character, which does not begin a list"
            line, hint = (
                start + at,
                f"write `{unseen[1]} {body[unseen.end() :][:20].strip()}`, with a plain space",
            )
            yield Finding(line + 1, text.column(line) + len(unseen[1]), problem, hint)
            return
    for first, second in pairwise(range(len(bodies))):
        one, two = bodies[first], bodies[second]
        line = start + first
        if _DASH.match(one) and _DASH.match(two):
            hint = "begin each entry with a hyphen and a space, `- `"
            yield _mark(text, line, f"`{one[0]}` is a long dash: it does not begin a list", hint)
        elif _NO_SPACE.match(one) and _NO_SPACE.match(two) and not one.startswith("--"):
            hint = f"write `{one[0]} {one[1:20].rstrip()}`"
            yield _mark(text, line, f"a list needs a space after `{one[0]}`", hint)
        elif _STAR.match(one) and _STAR.match(two):
            hint = f"write `* {one[1:20].rstrip()}`"
            yield _mark(text, line, "a list needs a space after `*`", hint)
        elif (sign := _SIGN.match(one)) and two.startswith(sign[1]) and not one.endswith(("<br>", "\\")):
            if text.lines[line].endswith("  "):
                continue
            hint = f"begin each entry with `- `: `- {one[:20].rstrip()}`"
            yield _mark(
                text, line, f"`{sign[1]}` does not begin a list: these lines are shown as one paragraph", hint
            )
        elif _follows(_NUMBERED, one, two):
            number = _NUMBERED.match(one)
            assert number is not None  # it has matched before
            hint = f"write `{number[1]}. {one[number.end() :][:20].rstrip()}`"
            problem = f"`{number[0].strip()}` does not begin a list: a number needs a dot and a space"
            yield _mark(text, line, problem, hint)
        elif _follows(_LETTERED, one, two) or _roman(one, two):
            hint = "number the entries, `1. `, or begin them with `- `"
            yield _mark(text, line, "letters do not make a list: this is shown as one paragraph", hint)
        else:
            continue
        return


def _mark(text: Text, line: int, problem: str, hint: str) -> Finding:
    return Finding(line + 1, text.column(line), problem, hint)


def _again(bodies: list[str], at: int) -> bool:
    return any(0 <= n < len(bodies) and _UNSEEN.match(bodies[n]) for n in (at - 1, at + 1))


def _roman(one: str, two: str) -> bool:
    first, second = _ROMAN.match(one), _ROMAN.match(two)
    if first is None or second is None or not {first[1], second[1]} <= set(_ROMANS):
        return False
    return _ROMANS.index(second[1]) == _ROMANS.index(first[1]) + 1


def _follows(pattern: re.Pattern[str], one: str, two: str) -> bool:
    """Whether two lines begin with numbers or letters in sequence."""
    first, second = pattern.match(one), pattern.match(two)
    if first is None or second is None:
        return False
    if first[1].isdigit():
        return int(second[1]) == int(first[1]) + 1
    return ord(second[1]) == ord(first[1]) + 1


def flat(text: Text, no_lists: Container[int] = ()) -> Iterator[Finding]:
    """Entries and their parts that are indented by less than four spaces, so that they are not nested.

    Lines in `no_lists` are shown as a paragraph, whatever they look like.
    """
    above: list[int] = []
    reported = False
    for number, body in enumerate(text.body):
        if not body or number in no_lists or (text.code[number] and number not in text.fences):
            continue
        indent = text.indent[number]
        entry = not text.code[number] and BULLET.match(body) is not None
        if above and text.quote[above[0]] != text.quote[number]:
            above, reported = [], False
        if entry and not above and indent >= SPACES and not text.is_text(number - 1):
            continue  # code, or the inside of something else
        if entry:
            while above and text.indent[above[-1]] >= indent:
                above.pop()
            if above and not reported:
                parent = text.indent[above[-1]]
                if indent - parent >= 2 and indent // SPACES == parent // SPACES:
                    reported = True
                    yield _beside(text, number, indent - parent)
            above.append(number)
        elif above and not text.is_text(number - 1):
            if indent == 0:
                above, reported = [], False
            elif (
                not reported
                and 2 <= indent - text.indent[above[0]] < SPACES
                and _goes_on(text, number, above[0])
            ):
                reported = True
                problem = "this does not belong to the entry above, so that the numbers begin anew below it"
                yield Finding(number + 1, text.column(number), problem, f"indent it by {SPACES} spaces")


def begins_anew(text: Text, no_lists: Container[int] = ()) -> Iterator[Finding]:
    """Numbered entries that continue after a text at the margin: their numbers restart at 1 there."""
    if text.dialect.has("sane_lists"):
        return  # these keep the number of the first entry
    last = between = -1
    for number, body in enumerate(text.body):
        if not body or number in no_lists or text.quote[number]:
            continue
        entry = None if text.code[number] else _ORDERED.match(body)
        if text.indent[number] or (entry is None and BULLET.match(body)):
            continue
        if entry is None:
            if _DEFINITION.match(body):
                continue  # these are taken out of the text
            if body.startswith(("#", "<", "===", "---", "***")) and not text.code[number]:
                last = -1  # another part of the text
            if last >= 0 and between < 0 and not text.body[number - 1]:
                between = number
            continue
        given = int(entry[1])
        if last >= 0 and between >= 0 and given == last + 1 and not text.body[number - 1]:
            problem = f"this does not belong to the entry above, so that `{given}.` is shown as 1 below it"
            hint = f"indent it by {SPACES} spaces, up to the next entry"
            yield Finding(between + 1, text.column(between), problem, hint)
        last, between = given, -1


def _beside(text: Text, number: int, spaces: int) -> Finding:
    problem = f"the entry is not below the one above it, but beside it: it is indented by {spaces} spaces"
    return Finding(number + 1, text.column(number), problem, f"indent it by {SPACES} spaces for each level")


AHEAD = 200
"""Lines after a part of an entry that are searched for the next entry."""


def _goes_on(text: Text, number: int, top: int) -> bool:
    """Whether a numbered list, of which `top` is an entry, continues after a part of an entry."""
    last = _ORDERED.match(text.body[top])
    if last is None:
        return False
    for later in range(number + 1, min(number + AHEAD, len(text.lines))):
        body = text.body[later]
        if not body or text.code[later] or text.indent[later] > text.indent[top]:
            continue
        following = _ORDERED.match(body)
        return following is not None and (int(following[1]) > 1 or int(last[1]) == 1)
    return False
