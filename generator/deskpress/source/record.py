"""A document in the search index: its terms, weighted by their place, and its sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from msgspec import Struct

from deskpress.model.body import Converted
from deskpress.model.document import AnyDocument, Notice, Post, Topic
from deskpress.model.patterns import lazy_pattern
from deskpress.model.search import (
    ENDS,
    GREATEST,
    MEANS,
    ON_TOPIC,
    WEIGHT_BITS,
    WHOLE,
    SearchRecord,
    Shown,
    TextSection,
)
from deskpress.model.weights import DOCUMENT_WEIGHTS, DocumentWeights
from deskpress.source.acronyms import definitions, initials
from deskpress.source.lexicon import Terms
from deskpress.source.passages import passages_of, places_of, shown_of
from deskpress.source.terms import is_unspaced, words

BEGINNING = 300
"""The number of letters that count as a text's beginning."""

LONG = 8
"""The greatest multiple of the average length that counts."""

INNER, SHORTEST_INNER = slice(3, 6), 5
"""The letters of a word that lead to it where a slip lies in the first three, and letters of such a word."""

MOST_WHOLE = 6
"""Words of a title or heading that can be the whole of what is sought."""


_PARTS = lazy_pattern(r"[:;,.?!()|–—]+(?:\s|$)|\s[(–—|-]+")


class Counted(Struct):
    """The fields in which each term of a document occurs, with its counts in the text and in the headings.

    `signs` are terms that are not words, with a weight of 1; `places` the passages that hold a term, as bits.
    """

    length: int
    text: Counter[str]
    beginning: frozenset[str]
    headings: Counter[str]
    whole_headings: frozenset[str]
    title: frozenset[str]
    title_size: int
    description: frozenset[str]
    labels: frozenset[str]
    acronyms: frozenset[str]
    whole: str
    signs: tuple[str, ...]
    places: Mapping[str, int]


def record_of(document: AnyDocument, converted: Converted, known: Terms) -> SearchRecord:
    """The search record of a document with its converted body."""
    labels = _labels(document)
    shown = Shown(
        title=document.title,
        kind=_kind(document),
        day=document.created.date().isoformat() if isinstance(document, Post | Notice) else "",
        labels=labels,
        sections=shown_of(converted.sections, many=isinstance(document, Post)),
    )
    return SearchRecord(shown, weighed(counted(document, converted, known)))


def counted(document: AnyDocument, converted: Converted, known: Terms) -> Counted:
    """The terms of a document by field."""
    # Of posts there may be thousands: each term that is no word makes each query larger.
    many = isinstance(document, Post)
    # Each word is processed once, however often it occurs.
    times: Counter[str] = Counter()
    headings: Counter[str] = Counter()
    acronyms = initials(document.title, known)
    wholes: set[str] = set()
    signs: list[str] = []
    places: dict[str, int] = {} if many else places_of(passages_of(converted.sections), known)
    for section in converted.sections:
        times.update(words(section.text))
        signs += _meanings(section.text, known)
        if section.title:
            headings.update(known.of(section.title))
            headings.update(_pairs(section.title, known))
            if not many:
                acronyms |= initials(section.title, known)
                wholes.update(_wholes(section.title, known))
    text: Counter[str] = Counter()
    length = 0
    for word, number in times.items():
        terms = known[word]
        length += number * len(terms)
        # Nearly every text holds them, and they would be a large part of each bucket.
        if word in known.stop:
            continue
        for term in terms:
            text[term] += number
    signs += _meanings(document.description, known)
    about = document.topics if isinstance(document, Post) else ()
    about = (document.key,) if isinstance(document, Topic) else about
    beginning = converted.sections[0].text[:BEGINNING] if converted.sections else ""
    inner = set() if many else _inner(document, converted, known)
    whole = _whole(document.title, known)
    wholes.update(_wholes(document.title, known))
    return Counted(
        length,
        text,
        frozenset(term for word in words(beginning) if word not in known.stop for term in known[word]),
        headings,
        frozenset(wholes - {whole, ""}),
        frozenset({*known.of(document.title), *_pairs(document.title, known)}),
        min(MOST_WHOLE, sum(word not in known.stop for word in words(document.title))),
        frozenset(known.of(document.description)),
        frozenset(known.of(" ".join((*_labels(document), *document.keywords)))),
        frozenset(acronyms),
        whole,
        tuple(sorted({*signs, *inner, *(ON_TOPIC + key for key in about)})),
        places,
    )


def weighed(found: Counted, weights: DocumentWeights = DOCUMENT_WEIGHTS) -> dict[str, int]:
    """The terms of a document with their weights, in order."""
    # In a long text each word weighs less; its title weighs as much as that of a short one.
    longer = 1 - weights.length + weights.length * min(LONG, found.length / weights.usual_length)
    half, most = weights.text_half * longer, weights.text
    scores = {term: most * times / (times + half) for term, times in found.text.items()}
    for term, times in found.headings.items():
        scores[term] = scores.get(term, 0.0) + weights.heading * min(times, 2)
    title = weights.title * weights.title_size / (weights.title_size - 1 + max(1, found.title_size))
    for some, weight in (
        (found.beginning, weights.beginning),
        (found.title, title),
        (found.description, weights.description),
        (found.labels, weights.label),
        (found.acronyms, weights.acronym),
        (found.whole_headings, weights.whole_heading),
        ((found.whole,) if found.whole else (), weights.whole),
    ):
        for term in some:
            scores[term] = scores.get(term, 0.0) + weight
    # Many terms have the same score.
    kept = {score: _weight(score, weights.saturation) for score in set(scores.values())}
    terms = {
        term: kept[score] + (found.places.get(term, 0) << WEIGHT_BITS)
        for term, score in sorted(scores.items())
    }
    return {**dict.fromkeys(found.signs, 1), **terms}


def record_of_page(title: str, text: str, known: Terms) -> SearchRecord:
    """The search record of a page without a file."""
    weights = DOCUMENT_WEIGHTS
    scores = dict.fromkeys(known.of(text), weights.description) | dict.fromkeys(
        known.of(title), weights.title
    )
    if whole := _whole(title, known):
        scores[whole] = weights.whole
    terms = {term: _weight(score, weights.saturation) for term, score in sorted(scores.items())}
    return SearchRecord(Shown(title, "page", "", (), (TextSection("", "", text),)), terms)


def _weight(score: float, saturation: float) -> int:
    """The stored form of a score."""
    return max(1, round(GREATEST * score / (score + saturation)))


def _pairs(text: str, known: Terms) -> set[str]:
    """Pairs of consecutive words of a title or heading, without stop words.

    A query with the same pair matches better.
    """
    return {f"{one} {other}" for one, other in pairwise(_telling(text, known))}


def _whole(text: str, known: Terms) -> str:
    """The term of a query that is the whole of a title or heading; empty if that is too long."""
    telling = _telling(text, known)
    return " ".join(telling) + WHOLE if 0 < len(telling) <= MOST_WHOLE else ""


def _wholes(text: str, known: Terms) -> set[str]:
    """The terms of a title or heading and of its parts: `A pass: how to get one`, `Secure Shell (SSH)`."""
    return {_whole(part, known) for part in (text, *_PARTS.split(text))}


def _telling(text: str, known: Terms) -> list[str]:
    telling = (word for word in words(text) if word not in known.stop)
    # What is written without spaces is all of its pairs.
    return [term for word in telling for term in (known[word] if is_unspaced(word) else known[word][:1])]


def _meanings(text: str, known: Terms) -> Iterable[str]:
    """What a text says that acronyms stand for, as terms that lie beside the first word of either side."""
    for acronym, said in definitions(text, known):
        yield f"{acronym}{MEANS}{' '.join(said)}"
        yield f"{said[0]}{MEANS}{' '.join(said[1:])}{MEANS}{acronym}"


def _inner(document: AnyDocument, converted: Converted, known: Terms) -> set[str]:
    """The words of title and headings by the letters behind their first three, in which a slip may lie."""
    texts = (document.title, *(section.title for section in converted.sections))
    said = (*texts, *_labels(document), *document.keywords)
    terms = {term for text in said for term in _telling(text, known)}
    return {f"{term[INNER]}{ENDS}{term}" for term in terms if len(term) >= SHORTEST_INNER}


def _kind(document: AnyDocument) -> str:
    if isinstance(document, Post):
        return "post"
    if isinstance(document, Topic):
        return "topic"
    return "notice" if isinstance(document, Notice) else "page"


def _labels(document: AnyDocument) -> tuple[str, ...]:
    categories = document.categories if isinstance(document, Post) else ()
    return tuple(dict.fromkeys((*categories, *document.tags)))
