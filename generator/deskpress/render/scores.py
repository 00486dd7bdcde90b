"""What the score of a document is made of."""

from __future__ import annotations

from msgspec import Struct

from deskpress.model.search import PASSAGES


class Part(Struct, frozen=True):
    """What a document answers of a slot: the score, which share of it, its terms, the passages as bits."""

    score: float = 0.0
    share: float = 0.0
    terms: tuple[str, ...] = ()
    places: int = 0


NOTHING = Part()


class Shares(Struct, frozen=True):
    """What the score of a document is made of: what it answers of each slot.

    `pairs` and `wholes` are added for words together, `near` for those in one passage, which is `passage`;
    `covered` and `kind` are what all is multiplied with.
    """

    slots: list[Part]
    pairs: float
    wholes: float
    near: float
    passage: int
    covered: float
    kind: float

    @property
    def added(self) -> float:
        """The score before it is multiplied."""
        return sum(slot.score for slot in self.slots) + self.pairs + self.wholes + self.near


def nearest(slots: list[Part]) -> tuple[int, float]:
    """The passage that answers most of a query, and by how much more than one of its words does."""
    best, most = -1, 0.0
    for passage in range(PASSAGES):
        scores = [slot.score for slot in slots if slot.places >> passage & 1]
        if scores and sum(scores) > most:
            best, most = passage, sum(scores)
    largest = max((slot.score for slot in slots if best >= 0 and slot.places >> best & 1), default=0.0)
    return best, most - largest


def coverage(weights: list[tuple[float, float]], slots: list[Part], powers: tuple[float, float]) -> float:
    """What a score is multiplied with as a document answers only a part of a query.

    Each slot has two `weights`, what it tells and what it counts for, each with its power.
    """
    found = 1.0
    for at, power in enumerate(powers):
        whole = sum(weight[at] for weight in weights)
        told = sum(weight[at] * slot.share for weight, slot in zip(weights, slots, strict=True))
        found *= (told / whole) ** power if whole else 1.0
    return found
