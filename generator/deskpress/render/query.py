"""Answers a query like the reader's browser (`search/query.js` of the theme); a test compares the two.

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
"""Weights of matches that are not the word itself."""

BEGUN = 0.15
"""The weight of a prefix match if the typed word is a word itself."""

WEAK = 0.4
"""The weight of a word of little meaning (`WEAK_WORDS`)."""

PHRASE = 0.5
"""The bonus of two words that follow each other in a title or heading, too."""

KINDS = {"topic": 2.0, "page": 1.0, "post": 1.0, "notice": 0.8}
COMPLETE = 0.5
"""How steeply the score falls with each slot that a document does not match."""

MAX_PREFIXED = 20
SMALL = 8
"""The number of buckets up to which browsers load a shard as a whole."""


class Alternative(Struct, frozen=True):
    """Terms that together match a slot, and their weight."""

    terms: tuple[str, ...]
    worth: float


class Slot(Struct, frozen=True):
    """A part of a query: its alternatives, the words themselves first, and its weight."""

    alternatives: list[Alternative]
    worth: float = 1.0


class Hit(Struct, frozen=True):
    """A result, with the terms of the query that it contains.

    `order` is its rank among those of equal score: topics first, then the newest.
    """

    path: str
    shown: Shown
    score: float
    order: tuple[int, int, int]
    terms: frozenset[str] = field(default_factory=frozenset)


class Inverted:
    """The index of a shard. As in a browser, only the buckets that a query needs are read."""

    def __init__(self, shard: Shard, records: Records) -> None:
        self.buckets = [records.bucket(f"{shard.name}/{number}") for number in range(buckets_of(shard))]
        self.postings = cache(lambda number: postings_in(self.buckets[number]))

    def get(self, term: str) -> list[tuple[int, int]]:
        """The postings of a term."""
        return self.postings(bucket_of(term, len(self.buckets))).get(term, [])

    def vocabulary(self, begun: Collection[str]) -> Iterator[tuple[str, int]]:
        """The terms with a prefix, all of a small shard, and the number of documents of each."""
        count = len(self.buckets)
        small = count <= SMALL
        for number in range(count) if small else sorted({bucket_of(start, count) for start in begun}):
            for term, postings in self.postings(number).items():
                if small or term[:PREFIX] in begun:
                    yield term, len(postings)


class Thesaurus:
    """Groups of synonymous phrases, as terms; and the phrases by their first term."""

    def __init__(self, groups: Iterable[Iterable[str]], stem: Stem) -> None:
        self.groups = [[phrase_terms(phrase, stem) for phrase in group] for group in groups]
        self.begun: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for number, group in enumerate(self.groups):
            for phrase in filter(None, group):
                self.begun.setdefault(phrase[0], []).append((number, phrase))


class Index:
    """The index of a site. `check` is called now and then during a search, and may raise."""

    def __init__(self, records: Records, stem: Stem, check: Callable[[], None] = lambda: None) -> None:
        self.check = check
        self.shards = records.shards
        self.shown = cache(records.shown)
        self.stem = stem
        self.synonyms = Thesaurus(records.files.synonyms, stem)
        self.inverted = {shard.name: Inverted(shard, records) for shard in self.shards}
        self.total = sum(len(shard.paths) for shard in self.shards)

    def frequency(self, term: str) -> int:
        """The number of documents with a term."""
        return sum(len(index.get(term)) for index in self.inverted.values())

    def vocabulary(self, term: str) -> Iterator[tuple[str, int]]:
        """Terms that may be meant by `term`: all of a small shard, of others those with its prefix."""
        self.check()
        counts: dict[str, int] = {}
        begun = beginnings(term)
        for index in self.inverted.values():
            for other, count in index.vocabulary(begun):
                if not other.startswith(ON_TOPIC) and " " not in other:
                    counts[other] = counts.get(other, 0) + count
        yield from counts.items()

    def slots(self, query: str) -> list[Slot]:
        """A parsed query."""
        return make_slots(query, self.synonyms, self.stem, self.frequency, self.vocabulary)

    def search(self, query: str) -> list[Hit]:
        """The documents that match a query, best first."""
        slots = self.slots(query)
        weights = [self.weight(slot) for slot in slots]
        hits = []
        for place, shard in enumerate(self.shards):
            hits += self._search_shard(place, shard, slots, weights)
        return sorted(hits, key=lambda hit: (-hit.score, hit.order))

    def rarity(self, term: str) -> float:
        """The weight of a term, larger if it is rare (BM25's weight); 0 for one that does not occur."""
        frequency = self.frequency(term)
        return math.log(1 + (self.total - frequency + 0.5) / (frequency + 0.5)) if frequency else 0.0

    def weight(self, slot: Slot) -> float:
        """The weight of a slot: that of its own words, else of the most frequent alternative."""
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
        """The bonus for consecutive words, by the numbers of documents."""
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
    """Each document's best alternative: its score, and the terms of it in the document."""
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
    """The slots of a query."""
    text = query[:MAX_LETTERS]
    typed = [word for word in words(text) if spellings(word, stem)]
    # A phrase that editors defined may contain stop words.
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
    """Each word joined to the one before it (`log in`: `login`), if the result occurs anywhere.

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
    """The phrase of a group that begins in a query: its length and its groups; the longest wins."""
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
    """Completions of a word being typed, or corrections of one that does not occur."""
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
    """Prefixes of words that may be meant: that of `term`, and those without one typo in its first letters.

    A typo is two swapped letters, or one too many. Any other would need too many buckets.
    """
    found = [term]
    for at in range(min(PREFIX, len(term) - 1)):
        found += [term[:at] + term[at + 1] + term[at] + term[at + 2 :], term[:at] + term[at + 1 :]]
    return frozenset(other[:PREFIX] for other in found)


def edits(one: str, other: str, allowed: int) -> int:
    """The edit distance with swaps; more than `allowed` is returned as one more."""
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
