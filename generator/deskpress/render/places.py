"""Finds the places in a document's Markdown that findings are about, in linear time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property, lru_cache

from deskpress.model.body import Converted
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span, excerpt
from deskpress.model.patterns import lazy_pattern
from deskpress.source.fenced import FENCED

_BEGIN = lazy_pattern(r"(?<=[(<\"'=\s])[^\s]")
"""Where a target may begin: after a mark or a space."""

_END = lazy_pattern(r"[)>\"'\s]")
"""What may follow a target."""

ODD = 100
"""The most targets with characters that usually end one (spaces, brackets), which are searched one by one."""


LONGEST = 200
"""Characters of a target that are compared if it may be written with backslashes."""

_ESCAPABLE = lazy_pattern(r"[\\`*_{}\[\]()>#+.!-]")
QUICK = 2_000_000
"""Total characters, once for each target, up to which searching the targets one by one is faster."""


class Places:
    """The places in one document; `targets` are those that will be looked up."""

    def __init__(self, converted: Converted, label: str, targets: Iterable[str] = ()) -> None:
        self._text = converted.markdown
        self._first_line = converted.first_line
        self._label = label
        self._targets = frozenset(targets)
        self._sought = 0

    def warning(self, target: str, nth: int, kind: Kind, problem: str, hint: str) -> Diagnostic:
        """A warning at the `nth` (from 0) place where the Markdown has `target`; at its beginning if none.

        One reference definition (`[x]: target`) may serve many links: then the last place is used for all.
        """
        places = self._found.get(target) or self._escaped(target)
        return self.warning_at(places[min(nth, len(places) - 1)] if places else 0, kind, problem, hint)

    def _escaped(self, target: str) -> list[int]:
        """The place of a target from which Markdown has removed backslashes: `\\\\a` is `\\a`."""
        if not _ESCAPABLE.search(target[:LONGEST]) or self._sought >= ODD:
            return []
        self._sought += 1
        pattern = "".join((r"\\?" if _ESCAPABLE.match(c) else "") + re.escape(c) for c in target[:LONGEST])
        return [found.start() for found in re.finditer(pattern, without_code(self._text))]

    def holds(self, target: str) -> bool:
        """Whether the Markdown has one of the `targets` in this form."""
        return target in self._found

    def warning_at(self, at: int, kind: Kind, problem: str, hint: str) -> Diagnostic:
        """A warning at the `at`-th character of the Markdown."""
        number = bisect_right(self._starts, at) - 1
        begin, column = self._starts[number], at - self._starts[number] + 1
        end = self._text.find("\n", at)
        line = self._text[max(begin, at - 1000) : end if 0 <= end < at + 1000 else at + 1000]
        # Of a long line only the part that may be shown is copied.
        context, lead = excerpt(line, at - max(begin, at - 1000) + 1)
        span = Span(self._label, number + self._first_line, column)
        lead += max(begin, at - 1000) - begin
        return Diagnostic(span, Severity.WARNING, kind, problem, hint, context, lead)

    @cached_property
    def _starts(self) -> list[int]:
        """The position of each line."""
        return [0, *(found.end() for found in re.finditer("\n", self._text))]

    @cached_property
    def _found(self) -> dict[str, list[int]]:
        return places_of(without_code(self._text), self._targets)


def places_of(text: str, targets: Iterable[str]) -> dict[str, list[int]]:
    """The positions in `text` of each target between marks or spaces, as in a link."""
    wanted = {target for target in targets if target}
    if len(wanted) * len(text) <= QUICK:
        return {target: places for target in sorted(wanted) if (places := list(_places(text, target)))}
    odd = [target for target in sorted(wanted) if _END.search(target)]
    found = {target: places for target in odd[:ODD] if (places := list(_places(text, target)))}
    wanted = wanted.difference(odd)
    lengths = {len(target) for target in wanted}
    end = -1
    for begin in _BEGIN.finditer(text) if wanted else ():
        at = begin.start()
        if end <= at:
            mark = _END.search(text, at)
            end = mark.start() if mark else len(text)
        # Only possible targets are sliced, since a long row of marks has as many beginnings.
        if end - at in lengths and (target := text[at:end]) in wanted:
            found.setdefault(target, []).append(at)
    return found


def _places(text: str, target: str) -> Iterable[int]:
    step = _period(target)
    following = target[-step:]
    at = text.find(target)
    while at >= 0:
        end = at + len(target)
        begins = at and (text[at - 1] in "(<\"'=" or text[at - 1].isspace())
        if begins and (end == len(text) or _END.match(text, end)):
            yield at
            at = text.find(target, end)
        elif text.startswith(following, end):
            # In a long row of the same characters only the new ones are compared.
            at += step
        else:
            at = text.find(target, at + step + 1)


def _period(target: str) -> int:
    """The least distance at which `target` may occur again (Knuth, Morris and Pratt, 1977)."""
    borders = [0]
    border = 0
    for letter in target[1:]:
        while border and target[border] != letter:
            border = borders[border - 1]
        border += target[border] == letter
        borders.append(border)
    return len(target) - border


_CODE = lazy_pattern(rf"{FENCED}|(?<!`)(`+)(?!`)[^\n]+?(?<!`)\2(?!`)", re.S | re.M)
_MARK = lazy_pattern("[`~]")


@lru_cache(maxsize=4)
def without_code(text: str) -> str:
    """`text` with spaces in place of all code, so that every position stays the same."""
    parts = []
    done = at = 0
    # Tried only where code can begin: elsewhere the pattern takes long to fail.
    while mark := _MARK.search(text, at):
        at = mark.start()
        line = text.rfind("\n", 0, at) + 1 if text.startswith(("```", "~~~"), at) else -1
        fenced = line >= done and at - line <= 3 and not text[line:at].strip(" ")
        code = (_CODE.match(text, line) if fenced else None) or _CODE.match(text, at)
        if code is None:
            at += 1
            continue
        blank = "\n".join(" " * len(part) for part in code[0].split("\n"))
        parts += [text[done : code.start()], blank]
        done = at = code.end()
    return "".join((*parts, text[done:]))
