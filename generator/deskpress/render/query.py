"""Answers a query as the reader's browser does (`search/query.js` of the theme); a test holds them together.

A query becomes slots, a slot alternatives, an alternative terms. A document's score is that of its best
alternatives over all slots; one that answers more of them comes first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from itertools import islice, pairwise

from msgspec import Struct, field

from deskpress.model.search import MAX_SYNONYMS, ON_TOPIC, Shard, Shown
from deskpress.plan.search import buckets_of
from deskpress.render.records import PREFIX, Records, bucket_of
from deskpress.render.search import postings_in
from deskpress.source.terms import STOP_WORDS, WEAK_WORDS, Stem, spellings, words

MAX_LETTERS = 200
MAX_SLOTS = 12
SYNONYM, PREFIXED, REPAIRED = 0.8, 0.7, 0.6
"""What a match is worth that is not the word itself."""

BEGUN = 0.15
"""What the beginning of another word is worth where the word that is typed is one itself."""

WEAK = 0.4
"""What a word is worth that tells little (`WEAK_WORDS`)."""

PHRASE = 0.5
"""What two words are worth besides that follow each other in a title or heading, too."""

KINDS = {"topic": 2.0, "page": 1.0, "post": 1.0, "notice": 0.8}
COMPLETE = 0.5
"""How steeply the score falls with each slot that a document does not answer."""

MAX_PREFIXED = 20
SMALL = 8
"""Buckets of a shard that readers' browsers load whole."""


class Alternative(Struct, frozen=True):
    """Terms that together stand for a slot, and what they are worth."""

    terms: tuple[str, ...]
    worth: float


class Slot(Struct, frozen=True):
    """A part of a query: what may stand for it, the words themselves first, and what it is worth."""

    alternatives: list[Alternative]
    worth: float = 1.0


class Hit(Struct, frozen=True):
    """A document that was found, with the terms of the query that it holds.

    `order` is where it stands among those of equal score: topics first, then the newest.
    """

    path: str
    shown: Shown
    score: float
    order: tuple[int, int, int]
    terms: frozenset[str] = field(default_factory=frozenset)


class Inverted:
    """The index of a shard. As in a browser, only the buckets are looked into that a query needs."""

    def __init__(self, shard: Shard, records: Records) -> None:
        self.buckets = [records.bucket(f"{shard.name}/{number}") for number in range(buckets_of(shard))]
        self.postings = cache(lambda number: postings_in(self.buckets[number]))

    def get(self, term: str) -> list[tuple[int, int]]:
        """The postings of a term."""
        return self.postings(bucket_of(term, len(self.buckets))).get(term, [])

    def vocabulary(self, begun: Collection[str]) -> Iterator[tuple[str, int]]:
        """The terms that begin so, all of a small shard, and in how many documents each stands."""
        count = len(self.buckets)
        small = count <= SMALL
        for number in range(count) if small else sorted({bucket_of(start, count) for start in begun}):
            for term, postings in self.postings(number).items():
                if small or term[:PREFIX] in begun:
                    yield term, len(postings)


class Thesaurus:
    """Groups of phrases that mean the same, as terms; and by the first term which phrase begins so."""

    def __init__(self, groups: Iterable[Iterable[str]], stem: Stem) -> None:
        self.groups = [[phrase_terms(phrase, stem) for phrase in group] for group in groups]
        self.begun: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for number, group in enumerate(self.groups):
            for phrase in filter(None, group):
                self.begun.setdefault(phrase[0], []).append((number, phrase))


class Index:
    """The index of a site. `check` is called now and then while it searches, and may raise."""

    def __init__(self, records: Records, stem: Stem, check: Callable[[], None] = lambda: None) -> None:
        self.check = check
        self.shards = records.shards
        self.shown = cache(records.shown)
        self.stem = stem
        self.synonyms = Thesaurus(records.files.synonyms, stem)
        self.inverted = {shard.name: Inverted(shard, records) for shard in self.shards}
        self.total = sum(len(shard.paths) for shard in self.shards)

    def frequency(self, term: str) -> int:
        """In how many documents a term stands."""
        return sum(len(index.get(term)) for index in self.inverted.values())

    def vocabulary(self, term: str) -> Iterator[tuple[str, int]]:
        """Terms that may be meant by `term`: all of a small shard, of others those that begin so."""
        self.check()
        counts: dict[str, int] = {}
        begun = beginnings(term)
        for index in self.inverted.values():
            for other, count in index.vocabulary(begun):
                if not other.startswith(ON_TOPIC) and " " not in other:
                    counts[other] = counts.get(other, 0) + count
        yield from counts.items()

    def slots(self, query: str) -> list[Slot]:
        """What a query asks for."""
        return make_slots(query, self.synonyms, self.stem, self.frequency, self.vocabulary)

    def search(self, query: str) -> list[Hit]:
        """The documents that answer a query, best first."""
        slots = self.slots(query)
        weights = [self.weight(slot) for slot in slots]
        hits = []
        for place, shard in enumerate(self.shards):
            hits += self._search_shard(place, shard, slots, weights)
        return sorted(hits, key=lambda hit: (-hit.score, hit.order))

    def rarity(self, term: str) -> float:
        """How much a term tells that stands in few documents (BM25's weight); 0 for one that is nowhere."""
        frequency = self.frequency(term)
        return math.log(1 + (self.total - frequency + 0.5) / (frequency + 0.5)) if frequency else 0.0

    def weight(self, slot: Slot) -> float:
        """How much a slot tells: as its own words do, else as the most frequent of what may stand for it."""
        own, *others = (min(map(self.rarity, one.terms)) for one in slot.alternatives)
        return slot.worth * (own or min(filter(None, others), default=0.0))

    def _search_shard(self, at: int, shard: Shard, slots: list[Slot], weights: list[float]) -> list[Hit]:
        scores: dict[int, list[float]] = {}
        found: dict[int, set[str]] = {}
        index, boosts = self.inverted[shard.name], dict(shard.boosts)
        for place, slot in enumerate(slots):
            self.check()
            for number, (score, terms) in score_slot(slot, index, self.rarity).items():
                scores.setdefault(number, [0.0] * len(slots))[place] = score
                found.setdefault(number, set()).update(terms)
        whole = sum(weights)
        together = self._together(slots, index)
        hits = []
        for number, parts in scores.items():
            path = shard.paths[number]
            shown = self.shown(path)
            answered = sum(weight for weight, part in zip(weights, parts, strict=True) if part)
            covered = (answered / whole) ** COMPLETE if whole else 1.0
            score = (sum(parts) + together.get(number, 0.0)) * covered
            score *= KINDS[shown.kind] * boosts.get(number, 1.0)
            # Posts are numbered from the oldest.
            order = (list(KINDS).index(shown.kind), at, -number if shown.kind == "post" else number)
            hits.append(Hit(path, shown, round(score, 4), order, frozenset(found[number])))
        return hits

    def _together(self, slots: list[Slot], index: Inverted) -> dict[int, float]:
        """What is added for words that follow each other, by the numbers of documents."""
        added: dict[int, float] = {}
        words = [slot.alternatives[0].terms for slot in slots]
        for one, other in pairwise(words):
            pair = f"{one[-1]} {other[0]}"
            for number, weight in index.get(pair):
                added[number] = added.get(number, 0.0) + PHRASE * self.rarity(pair) * weight
        return added


def score_slot(
    slot: Slot, index: Inverted, rarity: Callable[[str], float]
) -> dict[int, tuple[float, tuple[str, ...]]]:
    """Each document's best alternative: its score, and the terms of it that the document holds."""
    best: dict[int, tuple[float, tuple[str, ...]]] = {}
    for alternative in slot.alternatives:
        sums: dict[int, float] = {}
        held: dict[int, list[str]] = {}
        for term in alternative.terms:
            if postings := index.get(term):
                rare = rarity(term)
                for number, weight in postings:
                    sums[number] = sums.get(number, 0.0) + rare * weight
                    held.setdefault(number, []).append(term)
        size = len(alternative.terms)
        for number, summed in sums.items():
            score = slot.worth * alternative.worth * summed / size * (len(held[number]) / size)
            if score > best.get(number, (0.0, ()))[0]:
                best[number] = (score, tuple(held[number]))
    return best


def phrase_terms(phrase: str, stem: Stem) -> tuple[str, ...]:
    """The terms of a word or a phrase, without hyphens."""
    return tuple(
        spelling[0][0] for word in words(phrase) if (spelling := spellings(word, stem)) and spelling[0]
    )


def make_slots(
    query: str,
    synonyms: Thesaurus,
    stem: Stem,
    frequency: Callable[[str], int],
    vocabulary: Callable[[str], Iterator[tuple[str, int]]],
) -> list[Slot]:
    """What a query asks for."""
    text = query[:MAX_LETTERS]
    typed = [word for word in words(text) if spellings(word, stem)]
    # A phrase that editors know may hold words that tell nothing alone.
    terms = [spellings(word, stem)[0][0] for word in typed]
    spans = _phrases(terms, synonyms)
    telling = [at for at, word in enumerate(typed) if word not in STOP_WORDS or at in spans]
    kept = telling or list(range(len(typed)))
    joined = _joined(typed, stem, frequency)
    slots: list[Slot] = []
    at = 0
    while at < len(typed) and len(slots) < MAX_SLOTS:
        if at not in kept:
            at += 1
            continue
        length, groups = spans.get(at, (1, []))
        own = tuple(terms[at : at + length])
        slot = [Alternative(own, 1.0)]
        if length == 1:
            slot += [Alternative(tuple(other), 1.0) for other in spellings(typed[at], stem)[1:]]
            last = at == len(typed) - 1 and not text.endswith(" ")
            slot += [Alternative((both,), 1.0) for both in joined[at : at + 2] if both]
            slot += _guesses(typed[at], own[0], frequency, vocabulary, last=last)
        others = (other for group in groups for other in synonyms.groups[group] if other != own)
        slot += [Alternative(other, SYNONYM) for other in islice(others, MAX_SYNONYMS)]
        weak = length == 1 and typed[at] in WEAK_WORDS and at not in spans
        slots.append(Slot(slot, WEAK if weak else 1.0))
        at += length
    return slots


def _joined(typed: list[str], stem: Stem, frequency: Callable[[str], int]) -> list[str]:
    """What the word before each and the word itself are in one (`log in`: `login`), if that stands anywhere.

    One more at the end, for the last word and none.
    """
    found = [""]
    for one, other in pairwise(typed):
        both = [spelling[0] for spelling in spellings(one + other, stem)[:1]]
        # `in forms` are no `informs`.
        stands = one not in STOP_WORDS and both and frequency(both[0])
        found.append(both[0] if stands else "")
    return [*found, ""]


def _phrases(terms: list[str], synonyms: Thesaurus) -> dict[int, tuple[int, list[int]]]:
    """Where a phrase of a group begins in a query: its length and its groups; the longest wins."""
    found: dict[int, tuple[int, list[int]]] = {}
    for at, term in enumerate(terms):
        for number, phrase in synonyms.begun.get(term, ()):
            size = len(phrase)
            if tuple(terms[at : at + size]) == phrase:
                known = found.get(at, (0, []))
                if size > known[0]:
                    found[at] = (size, [number])
                elif size == known[0] and number not in known[1]:
                    known[1].append(number)
    return found


def _guesses(
    word: str,
    term: str,
    frequency: Callable[[str], int],
    vocabulary: Callable[[str], Iterator[tuple[str, int]]],
    *,
    last: bool,
) -> list[Alternative]:
    """What a word may become that is still being typed, or what was meant by one that stands nowhere."""
    found: list[Alternative] = []
    plain = word.replace("-", "").replace("'", "").replace("’", "")
    if last and len(plain) >= PREFIX:
        begun = [
            (count, other) for other, count in vocabulary(term) if other.startswith(plain) and other != term
        ]
        best = sorted(begun, key=lambda pair: (-pair[0], pair[1]))[:MAX_PREFIXED]
        worth = BEGUN if frequency(term) else PREFIXED
        found += [Alternative((other,), worth) for _, other in best]
    if not found and len(term) >= 4 and not frequency(term) and term.isalpha():
        allowed = 1 if len(term) < 8 else 2
        near = [
            (distance, -count, other)
            for other, count in vocabulary(term)
            if abs(len(other) - len(term)) <= allowed and (distance := edits(term, other, allowed)) <= allowed
        ]
        best_distance = min(near, default=(0, 0, ""))[0]
        found += [
            Alternative((other,), REPAIRED)
            for distance, _, other in sorted(near)[:4]
            if distance == best_distance
        ]
    return found


def beginnings(term: str) -> frozenset[str]:
    """How words begin that may be meant: as `term` does, or without one slip in its first letters.

    A slip is two letters swapped, or one too many. Any other would need too many buckets.
    """
    found = [term]
    for at in range(min(PREFIX, len(term) - 1)):
        found += [term[:at] + term[at + 1] + term[at] + term[at + 2 :], term[:at] + term[at + 1 :]]
    return frozenset(other[:PREFIX] for other in found)


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
