"""Answers a query as the reader's browser does (`search/query.js` of the theme); a test holds them together.

A document's score is that of its best alternatives over all slots (BM25F), and what words add that follow
each other in a title or heading, or are the whole of it; one that answers more of the query comes first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator
from functools import cache
from itertools import chain

from msgspec import Struct, field

from deskpress.model.search import (
    ENDS,
    MEANS,
    ON_TOPIC,
    WEIGHT,
    WEIGHT_BITS,
    WHOLE,
    Shard,
    Shown,
)
from deskpress.model.weights import QUERY_WEIGHTS, QueryWeights
from deskpress.plan.search import HELP, buckets_of
from deskpress.render.records import PREFIX, Records, bucket_of
from deskpress.render.scores import NOTHING, Part, Shares, coverage, nearest
from deskpress.render.search import postings_in
from deskpress.render.spelling import MAX_ALIKE, alike, beginnings, can_be_lost, inner
from deskpress.render.understanding import COMMON, Slot, Understanding, Understood, units_of
from deskpress.source.lexicon import Lexicon, lexicon_of
from deskpress.source.terms import Stem, stemmer

KINDS = ("topic", "page", "post", "notice")
"""The kinds in the order in which they come at an equal score."""

MOST_WRITTEN = 500
"""Words of a text in which a term is looked for as it is written."""

SMALL = 8
"""Buckets of a shard that readers' browsers load whole."""

MANY = 3
"""The most shards in all of which what is shipped is looked for: each synonym loads a bucket of each."""

_SIGNS = (" ", WHOLE, MEANS, ENDS)


class Hit(Struct, frozen=True):
    """A document that was found, with the terms of the query that it holds.

    `order` is where it is among those of equal score: topics first, then the newest. `passage` is that which
    answers best, from 0, and -1 where the index does not say.
    """

    path: str
    shown: Shown
    score: float
    order: tuple[int, int, int]
    terms: frozenset[str] = field(default_factory=frozenset)
    passage: int = -1


class Inverted:
    """The index of a shard. As in a browser, only the buckets are looked into that a query needs."""

    def __init__(self, shard: Shard, records: Records) -> None:
        self.buckets = [records.bucket(f"{shard.name}/{number}") for number in range(buckets_of(shard))]
        self.postings = cache(lambda number: postings_in(self.buckets[number]))
        self.words = cache(self._words)
        self.said = cache(self._said)
        self.ends = cache(self._ends)

    def get(self, term: str) -> list[tuple[int, int]]:
        """The postings of a term."""
        return self.postings(bucket_of(term, len(self.buckets))).get(term, [])

    def vocabulary(self, begun: Collection[str]) -> Iterator[tuple[str, int]]:
        """The words that begin so, all of a small shard, and in how many documents each stands."""
        count = len(self.buckets)
        small = count <= SMALL
        for number in range(count) if small else sorted({bucket_of(start, count) for start in begun}):
            for term, times in self.words(number):
                if small or term[:PREFIX] in begun:
                    yield term, times

    def meanings(self, term: str) -> list[str]:
        """What stands behind a term that acronyms stand for."""
        return self.said(bucket_of(term, len(self.buckets))).get(term, [])

    def ending(self, letters: str) -> list[tuple[str, int]]:
        """The words of titles and headings that have these letters behind their first three."""
        return self.ends(bucket_of(letters + ENDS, len(self.buckets))).get(letters, []) if letters else []

    def _ends(self, number: int) -> dict[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = {}
        for term, postings in self.postings(number).items():
            if ENDS in term:
                letters, _, word = term.partition(ENDS)
                found.setdefault(letters, []).append((word, len(postings)))
        return found

    def _words(self, number: int) -> list[tuple[str, int]]:
        return [
            (term, len(postings))
            for term, postings in self.postings(number).items()
            if not term.startswith(ON_TOPIC) and not any(sign in term for sign in _SIGNS)
        ]

    def _said(self, number: int) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for term in self.postings(number):
            if MEANS in term:
                first, _, rest = term.partition(MEANS)
                found.setdefault(first, []).append(rest)
        return found


class Index:
    """The index of a site. `check` is called now and then while it searches, and may raise."""

    def __init__(
        self,
        records: Records,
        stem: Stem,
        lexicon: Lexicon,
        check: Callable[[], None] = lambda: None,
        weights: QueryWeights = QUERY_WEIGHTS,
    ) -> None:
        self.check = check
        self.shards = records.shards
        self.shown = cache(records.shown)
        self.weights = weights
        self.inverted = {shard.name: Inverted(shard, records) for shard in self.shards}
        self.total = sum(len(shard.paths) for shard in self.shards)
        few = len(self.shards) <= MANY
        self.close = [shard for shard in self.shards if few or shard.name == HELP]
        self.understanding = Understanding(self, stem, lexicon, records.files.synonyms, weights)

    @classmethod
    def of(cls, records: Records, check: Callable[[], None] = lambda: None) -> Index:
        """The index of a site in one language."""
        language = records.site.options.language
        return cls(records, stemmer(language), lexicon_of(language), check)

    def frequency(self, term: str, why: str = "") -> int:
        """In how many documents a term stands; what is `common` is not sought in each shard of many."""
        shards = self.close if why == COMMON else self.shards
        return sum(len(self.inverted[shard.name].get(term)) for shard in shards)

    def near(self, term: str, *, wide: bool = False) -> Iterator[tuple[str, int]]:
        """Terms that begin as `term` does, and all of small shards; `wide` is for those with a slip."""
        self.check()
        counts: dict[str, int] = {}
        begun = beginnings(term) if wide else {term[:PREFIX]}
        for index in self.inverted.values():
            for other, count in index.vocabulary(begun):
                counts[other] = counts.get(other, 0) + count
        more: dict[str, int] = {}
        for letters in inner(term) if wide else ():
            for shard in self.close:
                for other, count in self.inverted[shard.name].ending(letters):
                    more[other] = more.get(other, 0) + count
        yield from {**more, **counts}.items()

    def meanings(self, term: str) -> list[str]:
        """What the documents say that acronyms stand for, behind a term."""
        return sorted({said for index in self.inverted.values() for said in index.meanings(term)})

    def understood(self, query: str) -> Understood:
        """What a query asks for."""
        return self.understanding.of(query)

    def search(self, query: str) -> list[Hit]:
        """The documents that answer a query, best first."""
        understood = self.understood(query)
        hits = []
        for place, shard in enumerate(self.shards):
            hits += self._search_shard(place, shard, understood)
        return sorted(hits, key=lambda hit: (-hit.score, hit.order))

    def suggestions(self, query: str) -> list[str]:
        """Words of the site that may be meant where a query finds nothing, as they are written there."""
        found: list[str] = []
        for slot in self.understood(query).slots:
            (term, *more) = slot.alternatives[0].terms
            if not more and can_be_lost(term) and not self.frequency(term):
                vocabulary, known = self.near(term, wide=True), self.understanding
                for other in alike(slot.typed, term, vocabulary, known.stem, known.lexicon.endings):
                    found += self._written(other)
        return list(dict.fromkeys(found))[:MAX_ALIKE]

    def _written(self, term: str) -> list[str]:
        """A term as the first page that holds it writes it; nothing where results do not show it."""
        stem = self.understanding.stem
        for hit in self.search(f"{term} ")[:1]:
            sections = ((section.title, section.text) for section in hit.shown.sections)
            for text in (hit.shown.title, *hit.shown.labels, *chain.from_iterable(sections)):
                for unit in units_of(text, stem, MOST_WRITTEN):
                    if unit.term == term:
                        return [unit.typed]
        return []

    def rarity(self, term: str, why: str = "") -> float:
        """How much a term tells that stands in few documents (BM25's weight); 0 for one that is nowhere."""
        frequency = self.frequency(term, why)
        return math.log(1 + (self.total - frequency + 0.5) / (frequency + 0.5)) if frequency else 0.0

    def weight(self, slot: Slot) -> float:
        """How much a slot tells: as its own words do, else as the most frequent of what may stand for it."""
        own, *others = ([self.rarity(term, one.why) for term in one.terms] for one in slot.alternatives)
        least = min((rare for some in others if (rare := min(some))), default=0.0)
        return slot.worth * (sum(own) or least)

    def shares(self, path: str, understood: Understood) -> Shares:
        """What the score of a document is made of. Raises `StopIteration` for one that is not there."""
        shard = next(shard for shard in self.shards if path in shard.paths)
        number = shard.paths.index(path)
        slots = [self._score_slot(slot, shard).get(number, NOTHING) for slot in understood.slots]
        pairs, wholes = (
            some.get(number, 0.0)
            for some in (self._pairs(understood, shard), self._wholes(understood, shard))
        )
        return self._shares(number, shard, slots, self._weights(understood), (pairs, wholes))

    def _weights(self, understood: Understood) -> list[tuple[float, float]]:
        """What each slot tells, and what it counts for; nothing, if nothing can stand for it anywhere."""
        weights = [self.weight(slot) for slot in understood.slots]
        return [
            (weight, slot.worth if weight else 0.0)
            for weight, slot in zip(weights, understood.slots, strict=True)
        ]

    def _shares(
        self,
        number: int,
        shard: Shard,
        slots: list[Part],
        weights: list[tuple[float, float]],
        together: tuple[float, float],
    ) -> Shares:
        passage, near = nearest(slots)
        covered = coverage(weights, slots, (self.weights.complete, self.weights.spread))
        shown = self.shown(shard.paths[number])
        kind = getattr(self.weights, shown.kind) * dict(shard.boosts).get(number, 1.0)
        return Shares(slots, *together, self.weights.passage * near, passage, covered, kind)

    def _search_shard(self, at: int, shard: Shard, understood: Understood) -> list[Hit]:
        answered: dict[int, list[Part]] = {}
        size = len(understood.slots)
        for place, slot in enumerate(understood.slots):
            self.check()
            for number, part in self._score_slot(slot, shard).items():
                answered.setdefault(number, [NOTHING] * size)[place] = part
        weights = self._weights(understood)
        pairs, wholes = self._pairs(understood, shard), self._wholes(understood, shard)
        hits = []
        for number, slots in answered.items():
            path = shard.paths[number]
            shown = self.shown(path)
            together = (pairs.get(number, 0.0), wholes.get(number, 0.0))
            shares = self._shares(number, shard, slots, weights, together)
            # Posts are numbered from the oldest.
            order = (KINDS.index(shown.kind), at, -number if shown.kind == "post" else number)
            score = round(shares.added * shares.covered * shares.kind, 4)
            terms = frozenset(term for slot in slots for term in slot.terms)
            hits.append(Hit(path, shown, score, order, terms, shares.passage))
        return hits

    def _score_slot(self, slot: Slot, shard: Shard) -> dict[int, Part]:
        """Each document's best alternative.

        Of the words themselves a document may hold some, of another alternative it must hold all. A rare
        synonym tells no more than the word that is typed.
        """
        best: dict[int, Part] = {}
        index, close = self.inverted[shard.name], shard in self.close
        own = slot.alternatives[0].terms
        rarities = [*map(self.rarity, own)]
        most, full = max(rarities), sum(rarities)
        for number, alternative in enumerate(slot.alternatives):
            if alternative.why == COMMON and not close:
                continue
            sums: dict[int, float] = {}
            told: dict[int, float] = {}
            held: dict[int, list[str]] = {}
            places: dict[int, int] = {}
            for term in alternative.terms:
                rare = self.rarity(term, alternative.why)
                limited = min(rare, most) if number and most else rare
                for document, entry in index.get(term) if rare else ():
                    sums[document] = sums.get(document, 0.0) + limited * (entry & WEIGHT)
                    told[document] = told.get(document, 0.0) + rare
                    places[document] = places.get(document, -1) & (entry >> WEIGHT_BITS)
                    held.setdefault(document, []).append(term)
            size = len(alternative.terms)
            for document, summed in sums.items():
                if number and len(held[document]) < size:
                    continue
                part = alternative.share if number else told[document] / full
                # Half of a phrase is less than half of what is meant.
                score = (
                    slot.worth * alternative.worth * (summed / size * len(own) if number else summed * part)
                )
                if score > best.get(document, NOTHING).score:
                    best[document] = Part(score, part, tuple(held[document]), places[document])
        return best

    def _pairs(self, understood: Understood, shard: Shard) -> dict[int, float]:
        """What is added for words that follow each other in a title or heading, by document."""
        return self._added([(pair, self.weights.phrase) for pair in understood.pairs()], shard)

    def _wholes(self, understood: Understood, shard: Shard) -> dict[int, float]:
        """What is added where words are a whole title or heading, by document."""
        size, most = len(understood.chain), self.weights.whole
        return self._added(
            [(whole, most * (words / size) ** 2) for whole, words in understood.wholes()], shard
        )

    def _added(self, worths: list[tuple[str, float]], shard: Shard) -> dict[int, float]:
        """What documents get for terms of several words.

        One whose first word is short lies in another bucket than that word: it is not sought in each of many
        shards.
        """
        added: dict[int, float] = {}
        index, close = self.inverted[shard.name], shard in self.close
        for term, worth in worths:
            why = "" if term[:PREFIX].isalnum() else COMMON
            if why and not close:
                continue
            rare = self.rarity(term, why)
            for number, entry in index.get(term):
                added[number] = added.get(number, 0.0) + worth * rare * (entry & WEIGHT)
        return added
