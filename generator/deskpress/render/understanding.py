"""What a query asks for: words become slots, a slot has alternatives, an alternative has terms.

The same as `search/understanding.js` of the theme; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from msgspec import Struct

from deskpress.model.search import MAX_SYNONYMS, MEANS, WHOLE
from deskpress.model.weights import QUERY_WEIGHTS, QueryWeights
from deskpress.render.records import PREFIX
from deskpress.render.spelling import can_be_lost, parts_of, repairs
from deskpress.source.lexicon import Lexicon
from deskpress.source.terms import Stem, is_unspaced, spellings, unelided, words

MAX_LETTERS = 200
MAX_SLOTS = 12
MAX_PREFIXED = 20
MAX_EXPANSIONS = 5
MOST_WHOLE = 6
"""Words of a query that may be a whole title or heading."""

COMMON = "common"
"""Why a synonym stands for a word that is shipped and not of the site."""

DIGITS = 6
"""Digits of a number that counts only where it stands somewhere: it is that of an order."""

COMPOUND = 4
"""Letters of a word by which compounds are found that hold it."""


class Vocabulary(Protocol):
    """What an index knows of terms."""

    def frequency(self, term: str) -> int:
        """In how many documents a term stands."""

    def near(self, term: str, *, wide: bool = False) -> Iterator[tuple[str, int]]:
        """The terms that begin as one does, and all of small shards, with their frequencies.

        Where the search is `wide`, those, too, that begin as it does without a slip.
        """

    def meanings(self, term: str) -> list[str]:
        """What is said behind a term that acronyms stand for, in order."""


class Unit(Struct, frozen=True):
    """A word of a query: as it is typed, without hyphens, as a term, and as the terms of its parts."""

    typed: str
    plain: str
    term: str
    apart: tuple[str, ...] = ()


class Alternative(Struct, frozen=True):
    """Terms that together stand for a slot, and what they are worth; `why` tells what makes them do so.

    `share` is which part of the slot they answer: one word of a phrase is not all of it.
    """

    terms: tuple[str, ...]
    worth: float
    why: str = ""
    share: float = 1.0


class Slot(Struct, frozen=True):
    """A part of a query: what may stand for it, the words themselves first, and what it is worth."""

    typed: str
    alternatives: list[Alternative]
    worth: float = 1.0


class Understood(Struct, frozen=True):
    """A query as it is understood: its slots, and its telling words as the index has them, in their order."""

    slots: list[Slot]
    chain: list[str]

    def pairs(self) -> list[str]:
        """The terms of two words that follow each other in a title or heading."""
        return [f"{one} {other}" for one, other in zip(self.chain, self.chain[1:], strict=False)]

    def wholes(self) -> list[tuple[str, int]]:
        """The terms of titles and headings that these words may be, with how many words each has."""
        size = len(self.chain)
        return [
            (" ".join(self.chain[at:end]) + WHOLE, end - at)
            for at in range(size)
            for end in range(at + 1, min(size, at + MOST_WHOLE) + 1)
        ]


class Thesaurus:
    """Groups of phrases that mean the same, as terms without stop words.

    `begun` tells by the first term which whole phrase of which group begins so, and its terms in the group.
    `worths` are what the synonyms of each group are worth; `words` are all terms of all phrases.
    """

    def __init__(
        self,
        groups: Iterable[tuple[Iterable[str], float]],
        stem: Stem,
        stop: Collection[str] = (),
    ) -> None:
        self.groups: list[list[tuple[str, ...]]] = []
        self.worths: list[float] = []
        self.words: set[str] = set()
        self.begun: dict[str, list[tuple[int, tuple[str, ...], tuple[str, ...]]]] = {}
        for number, (group, worth) in enumerate(groups):
            said = [phrase_terms(phrase, stem, stop) for phrase in group]
            self.groups.append(said)
            self.worths.append(worth)
            for phrase, own in zip(group, said, strict=True):
                whole = phrase_terms(phrase, stem)
                self.words.update(whole)
                if whole:
                    self.begun.setdefault(whole[0], []).append((number, whole, own))


class Understanding:
    """How queries of a language are understood."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        stem: Stem,
        lexicon: Lexicon,
        synonyms: Iterable[Iterable[str]],
        weights: QueryWeights = QUERY_WEIGHTS,
    ) -> None:
        self.vocabulary = vocabulary
        self.stem = stem
        self.lexicon = lexicon
        self.weights = weights
        own = [(group, weights.synonym) for group in synonyms]
        common = [(group, weights.common) for group in lexicon.same]
        self.own_groups = len(own)
        self.thesaurus = Thesaurus([*own, *common], stem, lexicon.stop)

    def of(self, query: str) -> Understood:
        """What a query asks for."""
        text = query[:MAX_LETTERS]
        units = [unit for unit in units_of(text, self.stem) if not self._is_number(unit)]
        stop = self.lexicon.stop
        # What tells nothing is no acronym, and none is looked for.
        silent = {unit.term for unit in units if unit.typed in stop}
        spans = self._spans([unit.term for unit in units], silent)
        telling = {at for at, unit in enumerate(units) if unit.typed not in stop or at in spans}
        telling = telling or set(range(len(units)))
        slots: list[Slot] = []
        chain: list[str] = []
        at = 0
        while at < len(units) and len(slots) < MAX_SLOTS:
            size, others = spans.get(at, (1, []))
            if at not in telling:
                at += 1
                continue
            if size == 1:
                last = at == len(units) - 1 and not text.endswith(" ")
                slot = self._of_word(units, at, others, last=last)
                own = slot.alternatives[0].terms
                known = self.vocabulary.frequency(own[0])
                meant = [one for one in slot.alternatives if one.why in ("slip", "apart")]
                chain += own if known or not meant else meant[0].terms
            else:
                said = units[at : at + size]
                own = tuple(unit.term for unit in said if unit.typed not in stop)
                own = own or tuple(unit.term for unit in said)
                typed = " ".join(unit.typed for unit in said)
                # `What's new` tells something as a phrase, and little by its words.
                little = all(unit.typed in stop or unit.typed in self.lexicon.weak for unit in said)
                first = Alternative(own, self.weights.weak if little else 1.0)
                slot = Slot(typed, [first, *others, *self._of_parts(said, others)])
                chain += own
            slots.append(slot)
            at += size
        return Understood(slots, chain[:MAX_SLOTS])

    def _of_parts(self, said: list[Unit], whole: list[Alternative]) -> Iterator[Alternative]:
        """The synonyms of each word of a phrase that are not some of the `whole`, for its part of it."""
        telling = [unit for unit in said if unit.typed not in self.lexicon.stop]
        known = {one.terms for one in whole}
        for unit in telling:
            _, others = self._spans([unit.term]).get(0, (1, []))
            for other in others:
                if other.terms in known:
                    continue
                known.add(other.terms)
                yield Alternative(other.terms, other.worth / len(telling), other.why, 1 / len(telling))

    def _is_number(self, unit: Unit) -> bool:
        digits = sum("0" <= letter <= "9" for letter in unit.plain)
        return digits >= DIGITS and not self.vocabulary.frequency(unit.term)

    def _of_word(self, units: list[Unit], at: int, others: list[Alternative], *, last: bool) -> Slot:
        unit, weights, frequency = units[at], self.weights, self.vocabulary.frequency
        found = [Alternative((unit.term,), 1.0)]
        if unit.apart:
            telling = tuple(term for term in unit.apart if term not in self.lexicon.stop)
            found.append(Alternative(telling or unit.apart, 1.0, "hyphen"))
        found += [Alternative((both,), 1.0, "joined") for both in self._joined(units, at)]
        known = frequency(unit.term) > 0
        begun = self._begun(unit, known=known) if last and len(unit.plain) >= PREFIX else []
        found += begun
        if not known and len(found) == 1 and self.may_be_slip(unit):
            found += self._meant(unit)
        found += others
        # What was meant may have synonyms, too.
        for one in [one for one in found if not known and one.why in ("slip", "begun")][:1]:
            _, more = self._spans([*one.terms]).get(0, (1, []))
            found += [Alternative(other.terms, other.worth * one.worth, other.why) for other in more]
        found += self._compounds(unit)
        weak = unit.typed in self.lexicon.weak
        return Slot(unit.typed, found, weights.weak if weak else 1.0)

    def may_be_slip(self, unit: Unit) -> bool:
        """Whether a word that stands nowhere may be another one with a slip: it is none that is known."""
        lexicon = self.lexicon
        real = unit.typed in lexicon.stop or unit.typed in lexicon.weak or unit.term in self.thesaurus.words
        return not real and can_be_lost(unit.term)

    def _joined(self, units: list[Unit], at: int) -> list[str]:
        """What a word is in one with the one before or after it (`log in`: `login`), if that is a word."""
        found = []
        for one, other in ((at - 1, at), (at, at + 1)):
            if one < 0 or other >= len(units):
                continue
            both = self.stem(units[one].plain + units[other].plain)
            # `in forms` are no `informs`.
            if units[one].typed not in self.lexicon.stop and self.vocabulary.frequency(both):
                found.append(both)
        return found

    def _begun(self, unit: Unit, *, known: bool) -> list[Alternative]:
        """What a word may become that is still being typed."""
        begun = [
            (-count, other)
            for other, count in self.vocabulary.near(unit.term)
            if other.startswith(unit.plain) and other != unit.term
        ]
        worth = self.weights.begun if known else self.weights.prefixed
        return [Alternative((other,), worth, "begun") for _, other in sorted(begun)[:MAX_PREFIXED]]

    def _meant(self, unit: Unit) -> list[Alternative]:
        """What may be meant by a word that stands nowhere."""
        weights, frequency = self.weights, self.vocabulary.frequency
        found: list[Alternative] = []
        prefix = ""
        for first, second in parts_of(unit.plain, self.lexicon.links, self.stem, frequency):
            prefix = prefix or first
            if frequency(second):
                found.append(Alternative((first, second), weights.split, "apart"))
                break
        vocabulary = self.vocabulary.near(unit.term, wide=True)
        near = repairs(unit.plain, unit.term, vocabulary, self.stem, self.lexicon.endings)
        found += [
            Alternative((other,), weights.repaired * (weights.next_repair if at else 1.0), "slip")
            for at, other in enumerate(near)
        ]
        if not found and len(prefix) > COMPOUND:
            found.append(Alternative((prefix,), weights.split * 0.5, "apart"))
        return found

    def _compounds(self, unit: Unit) -> list[Alternative]:
        """The compounds that begin or end with a word, in a language that has them."""
        if not self.lexicon.links or len(unit.plain) < COMPOUND or unit.typed in self.lexicon.stop:
            return []
        either = (unit.plain, unit.term) if len(unit.term) >= COMPOUND else (unit.plain,)
        near = [
            (-count, other)
            for other, count in self.vocabulary.near(unit.term)
            if other != unit.term and (other.startswith(either) or other.endswith(either))
        ]
        worth = self.weights.compound
        return [Alternative((other,), worth, "compound") for _, other in sorted(near)[:MAX_PREFIXED]]

    def _spans(
        self, terms: list[str], silent: Collection[str] = ()
    ) -> dict[int, tuple[int, list[Alternative]]]:
        """Where a phrase with synonyms, or what an acronym stands for, begins; the longest wins."""
        found: dict[int, tuple[int, dict[tuple[str, ...], Alternative]]] = {}

        def note(at: int, size: int, own: tuple[str, ...], others: Iterable[Alternative]) -> None:
            known, noted = found.get(at, (0, {}))
            if size < known:
                return
            if size > known:
                noted = {}
            for other in others:
                if other.terms and other.terms != own:
                    noted.setdefault(other.terms, other)
            found[at] = (size, noted)

        for at, term in enumerate(terms):
            for number, phrase, own in self.thesaurus.begun.get(term, ()):
                size = len(phrase)
                if tuple(terms[at : at + size]) == phrase:
                    worth = self.thesaurus.worths[number]
                    why = COMMON if number >= self.own_groups else "same"
                    same = self.thesaurus.groups[number]
                    note(at, size, own, [Alternative(other, worth, why) for other in same])
            for meaning in [] if term in silent else self.vocabulary.meanings(term)[:MAX_EXPANSIONS]:
                said, _, acronym = meaning.partition(MEANS)
                if not acronym:
                    stands = Alternative(tuple(said.split(" ")), self.weights.expansion, "stands for")
                    note(at, 1, (term,), [stands])
                    continue
                rest = tuple(said.split(" ")) if said else ()
                size = 1 + len(rest)
                if tuple(terms[at + 1 : at + size]) == rest and size > 1:
                    stands = Alternative((acronym,), self.weights.expansion, "acronym")
                    note(at, size, (term, *rest), [stands])
        return {at: (size, [*noted.values()][:MAX_SYNONYMS]) for at, (size, noted) in found.items()}


def units_of(text: str, stem: Stem, most: int = 4 * MAX_SLOTS) -> list[Unit]:
    """The words of a query; what is written without spaces is a word for each of its pairs."""
    found = []
    for word in words(text)[:most]:
        spelling = spellings(word, stem)
        if not spelling or not spelling[0]:
            continue
        if is_unspaced(word):
            found += [Unit(term, term, term) for term in spelling[0]]
        else:
            plain = unelided(word).replace("-", "").replace("'", "")
            found.append(Unit(word, plain, spelling[0][0], tuple(spelling[1]) if spelling[1:] else ()))
    return found[:most]


def phrase_terms(phrase: str, stem: Stem, stop: Collection[str] = ()) -> tuple[str, ...]:
    """The terms of a word or a phrase, without hyphens, and without stop words where others are left."""
    units = units_of(phrase, stem)
    telling = [unit for unit in units if unit.typed not in stop] or units
    return tuple(unit.term for unit in telling)
