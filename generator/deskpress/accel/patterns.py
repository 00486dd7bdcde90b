"""What a regular expression says about the texts that it can match, derived from its parsed form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from re import _constants as op  # type: ignore[attr-defined]  # the parsed form has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

COMMON = frozenset(" .,-:'\"()/\n")
"""Characters that nearly every text holds, so that searching for them saves little."""


def needed(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Strings of which a text must hold one for `pattern` to match it; empty if that is not known.

    They contain no letters or digits, so that case does not matter.
    """
    flags = pattern.flags & ~re.UNICODE
    return tuple(sorted(_needed(parser.parse(pattern.pattern, flags)) or ()))


def _needed(parsed: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The rarest of the sets of strings that the parts of a sequence need."""
    sets: list[frozenset[str]] = []
    run = ""
    for kind, value in parsed:
        if kind is op.LITERAL and not chr(value).isalnum():
            run += chr(value)
            continue
        sets, run = [*sets, frozenset({run})], ""
        sets.append(_needed_by(kind, value) or frozenset())
    sets.append(frozenset({run}))
    usable = [found for found in sets if found and all(found)]
    return min(usable, key=_frequency, default=None)


def _frequency(strings: frozenset[str]) -> tuple[int, int, int, list[str]]:
    """The sort key of sets: those that are found in the fewest texts come first."""
    common = sum(set(string) <= COMMON for string in strings)
    return common, len(strings), -min(map(len, strings)), sorted(strings)


def _needed_by(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is op.IN:
        chars = [chr(code) for part, code in value if part is op.LITERAL]
        plain = len(chars) == len(value) and not any(char.isalnum() for char in chars)
        return frozenset(chars) if plain else None
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, _, repeated = value
        return _needed(repeated) if least else None
    if kind is op.SUBPATTERN:
        return _needed(value[3])
    if kind is op.ASSERT:
        return _needed(value[1])
    if kind is op.ATOMIC_GROUP:
        return _needed(value)
    if kind is op.BRANCH:
        choices = [_needed(choice) for choice in value[1]]
        return frozenset().union(*(c for c in choices if c)) if all(choices) else None
    return None


def _openings(parsed: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The characters that a match can begin with; empty if that is not known."""
    for kind, value in parsed:
        if kind in (op.ASSERT, op.ASSERT_NOT, op.AT):
            continue
        if kind is op.LITERAL:
            return frozenset({chr(value)})
        if kind is op.SUBPATTERN:
            return _openings(value[3])
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and value[0]:
            return _openings(value[2])
        if kind is op.BRANCH:
            choices = [_openings(choice) for choice in value[1]]
            return frozenset().union(*(c for c in choices if c)) if all(choices) else None
        return None
    return None


def looks_behind(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """The characters that `pattern` may look behind for; empty if that may be anything else."""
    return _behind(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def _behind(parsed: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    found: set[str] = set()
    for kind, value in parsed:
        if kind in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY, op.GROUPREF):
            continue
        if kind in (op.ASSERT, op.ASSERT_NOT) and value[0] < 0:
            looked = list(value[1])
            if len(looked) != 1 or looked[0][0] is not op.LITERAL:
                return None
            found.add(chr(looked[0][1]))
            continue
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            parts = [value[2]]
        elif kind is op.SUBPATTERN:
            parts = [value[3]]
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            parts = [value[1]]
        elif kind is op.ATOMIC_GROUP:
            parts = [value]
        elif kind is op.BRANCH:
            parts = value[1]
        else:
            return None
        for part in parts:
            if (chars := _behind(part)) is None:
                return None
            found |= chars
    return frozenset(found)


Search = Callable[[str, int], re.Match[str] | None]


def searching(pattern: re.Pattern[str]) -> Search:
    """`pattern.search`, limited to places where a match may begin, if it would otherwise try all."""
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    chars = _openings(parsed)
    # The search is fast by itself if the expression begins with letters.
    slow = bool(len(parsed)) and parsed[0][0] not in (op.LITERAL, op.IN)
    if not slow or not chars or any(char.isalnum() for char in chars):
        return pattern.search
    match = pattern.match
    opening = re.compile(f"[{re.escape(''.join(sorted(chars)))}]").search

    def search(data: str, start: int) -> re.Match[str] | None:
        while (at := opening(data, start)) is not None:
            start = at.start()
            if found := match(data, start):
                return found
            start += 1
        return None

    def search_one(data: str, start: int) -> re.Match[str] | None:
        while (start := data.find(char, start)) >= 0:
            if found := match(data, start):
                return found
            start += 1
        return None

    char = min(chars)
    return search if len(chars) > 1 else search_one
