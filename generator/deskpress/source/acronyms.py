"""Acronyms and what they stand for, as a text defines them: `On-Time Delivery Rate (OTDR)`."""

from __future__ import annotations

from collections.abc import Iterator

from deskpress.model.patterns import lazy_pattern
from deskpress.source.lexicon import Terms
from deskpress.source.terms import words

_DEFINED = lazy_pattern(r"\(([A-Z][A-Za-z0-9&]{1,7})s?\)")
_REACH = 120
"""Letters before the brackets in which what they abbreviate stands."""

MOST = 20
"""Definitions of a text that are learnt."""

_PARTS = lazy_pattern(r"[^\W_]+")
SHORTEST, LONGEST = 3, 7
"""Letters of the initials of a title or heading by which it is found."""


def definitions(text: str, known: Terms) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The acronyms that a text defines in brackets, as terms, with the terms of what they stand for."""
    if "(" not in text:
        return
    for number, found in enumerate(_DEFINED.finditer(text)):
        if number == MOST:
            return
        acronym = found[1]
        if len(acronym) < SHORTEST or sum(map(str.isupper, acronym)) < 2:
            continue
        before = text[max(0, found.start() - _REACH) : found.start()]
        if said := _abbreviated(acronym.lower(), before, known):
            yield acronym.lower(), said


def _abbreviated(acronym: str, before: str, known: Terms) -> tuple[str, ...]:
    """The terms of the words at the end of a text whose initials an acronym has; none if there are none."""
    parts = [*_PARTS.finditer(before)]
    left = [letter for letter in acronym if letter.isalnum()]
    start = -1
    for part in reversed(parts):
        if not left:
            break
        if part[0][0].lower() == left[-1]:
            left.pop()
            start = part.start()
        elif part[0].lower() not in known.stop:
            return ()
    if left or start < 0:
        return ()
    telling = [word for word in words(before[start:]) if word not in known.stop]
    return tuple(known[word][0] for word in telling if known[word])


def initials(text: str, known: Terms) -> set[str]:
    """Acronyms that readers may make of a title or heading: its initials, with and without small words."""
    said = words(text)
    if not said or len(said) > 2 * LONGEST or said[0] in known.stop or said[-1] in known.stop:
        return set()
    telling = [word for word in said if word not in known.stop]
    made = ("".join(part[0] for word in some for part in _PARTS.findall(word)) for some in (said, telling))
    return {acronym for acronym in made if SHORTEST <= len(acronym) <= LONGEST}
