"""What was meant by a word that stands nowhere: slips put right, and words that were written together.

The same as `search/spelling.js` of the theme; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache

from deskpress.render.records import PREFIX
from deskpress.source.terms import Stem

SHORTEST, LONG = 4, 8
"""Letters of a word that may hold a slip, and of one that may hold two."""

MAX_REPAIRS, MAX_ALIKE = 4, 3
ENDING = 5
"""Letters of an ending that a stemmer takes off, at the most."""

PART = 3
"""Letters of a word that may be written together with another, at the least."""


def can_be_lost(term: str) -> bool:
    """Whether a term may be a word with a slip: some letters, and not mostly digits."""
    return len(term) >= SHORTEST and term.isalnum() and sum(map(str.isalpha, term)) >= SHORTEST


def repairs(
    word: str, term: str, vocabulary: Iterable[tuple[str, int]], stem: Stem, endings: Collection[str] = ()
) -> list[str]:
    """The terms that are nearest to a word and its stem, those that are likely meant first.

    `endings` are usual ones, in which a slip may lie.
    """
    allowed = 1 if len(term) < LONG else 2
    most = len(word) + allowed
    letters = letters_of(word + term)
    near = []
    for other, count in vocabulary:
        if not len(term) - allowed - ENDING <= len(other) <= most or digits_of(other) != digits_of(term):
            continue
        if (letters_of(other) & ~letters).bit_count() > allowed:
            continue
        distance = _distance(word, term, other, allowed, stem)
        if distance > allowed and other[:PREFIX] == word[:PREFIX]:
            distance = _with_ending(word, other, allowed, stem, endings)
        if distance <= allowed:
            near.append((_cost(distance, term, other), -count, other))
    near.sort()
    best = near[0][0] // STEP if near else 0
    return [other for cost, _, other in near if cost // STEP == best][:MAX_REPAIRS]


def alike(
    word: str, term: str, vocabulary: Iterable[tuple[str, int]], stem: Stem, endings: Collection[str]
) -> list[str]:
    """The terms that are near to a word that is too far from any to be put right: one slip more."""
    allowed = 2 if len(term) < LONG else 3
    letters = letters_of(word + term)
    near = []
    for other, count in vocabulary:
        if len(other) < SHORTEST or not other.isalpha():
            continue
        if (letters_of(other) & ~letters).bit_count() <= allowed:
            distance = min(edits(term, other, allowed), _with_ending(word, other, allowed, stem, endings))
            if distance <= allowed:
                near.append((_cost(distance, term, other), -count, other))
    return [other for _, _, other in sorted(near)[:MAX_ALIKE]]


STEP = 10


def _cost(distance: int, term: str, other: str) -> int:
    """How unlikely a slip is: the first letter is seldom wrong, and a letter too few is more frequent."""
    missing = 0 if len(other) > len(term) else 1 if len(other) == len(term) else 2
    return STEP * distance + (0 if term[0] == other[0] else 3) + missing


def _distance(word: str, term: str, other: str, allowed: int, stem: Stem) -> int:
    """Slips between two terms, or between the beginning of a word and the other if the rest is its end."""
    found = edits(term, other, allowed) if abs(len(other) - len(term)) <= allowed else allowed + 1
    if word != term and found > 1 and stem(other) == other and abs(len(other) - len(word)) <= allowed:
        found = min(found, edits(word, other, allowed))
    if found <= 1 or word == term or len(other) < SHORTEST:
        return found
    for size in range(max(SHORTEST, len(other) - allowed), min(len(word), len(other) + allowed + 1)):
        if len(word) - size > ENDING:
            continue
        distance = edits(word[:size], other, allowed)
        if distance < found and stem(other + word[size:]) == other:
            found = distance
    return found


def _with_ending(word: str, other: str, allowed: int, stem: Stem, endings: Collection[str]) -> int:
    """The slips between a word and a term with an ending that the stemmer takes off it."""
    found = allowed + 1
    for ending in endings:
        whole = other + ending
        if abs(len(whole) - len(word)) <= allowed and stem(whole) == other:
            found = min(found, edits(word, whole, allowed))
    return found


@lru_cache(maxsize=100_000)
def letters_of(text: str) -> int:
    """The letters of a text as bits: two texts with other bits have other letters."""
    found = 0
    for letter in text:
        found |= 1 << (ord(letter) & 31)
    return found


def digits_of(text: str) -> str:
    """The digits of a text: no slip changes them."""
    return "" if text.isalpha() else "".join(letter for letter in text if "0" <= letter <= "9")


def parts_of(
    word: str, links: Collection[str], stem: Stem, frequency: Callable[[str], int]
) -> Iterator[tuple[str, str]]:
    """The two words that a word may be made of, as terms, if the first one stands somewhere.

    `links` are letters that may stand between the parts of a compound. The longest first word comes first.
    """
    for size in range(len(word) - PART, PART - 1, -1):
        first, second = word[:size], stem(word[size:])
        for link in ("", *links):
            if link and not (first.endswith(link) and size - len(link) >= PART):
                continue
            term = stem(first.removesuffix(link) if link else first)
            if frequency(term):
                yield term, second
                break


def beginnings(term: str) -> frozenset[str]:
    """How words begin that may be meant: as `term` does, or without one slip in its first letters.

    A slip is two letters swapped, or one too many. Any other would need too many buckets.
    """
    found = [term]
    for at in range(min(PREFIX, len(term) - 1)):
        found += [term[:at] + term[at + 1] + term[at] + term[at + 2 :], term[:at] + term[at + 1 :]]
    return frozenset(other[:PREFIX] for other in found)


def inner(term: str) -> tuple[str, str]:
    """Letters that lead to a word with a slip in its first three: a wrong letter, or one that is missing."""
    return term[3:6], term[2:5]


def edits(one: str, other: str, allowed: int) -> int:
    """How many letters must be changed, added, left out or swapped; more than `allowed` is one more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        following = [i]
        for j, letter2 in enumerate(other, 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != letter2))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == letter2:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        if min(following) > allowed:
            return allowed + 1
        before, row = row, following
    return row[-1]
