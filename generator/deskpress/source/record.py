"""A document in the search index: its terms, weighted by their place, and its sections."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from deskpress.model.body import Converted
from deskpress.model.document import AnyDocument, Notice, Post, Topic
from deskpress.model.search import ON_TOPIC, SearchRecord, Shown, TextSection
from deskpress.source.terms import STOP_WORDS, Terms, words

TITLE, HEADING, DESCRIPTION, LABEL = 10, 2, 3, 6
"""Weights of terms in these places, relative to the text."""

BEGINNING, LEADING = 300, 1
"""The number of letters that count as a text's beginning, and the weight of a term there."""

USUAL_TITLE = 6
"""How steeply the weight of a word in a title falls with the length of the title."""

USUAL_LENGTH, LONG, LENGTH = 300, 8, 0.4
"""Terms of a text of average length, the greatest multiple that counts, and the weight of the length."""

SATURATION = 12
"""The score at which a term has half of the greatest weight."""

GREATEST = 61
SECTIONS = 8
LEAD = 160
"""The most sections of a result, and letters of each."""


def record_of(document: AnyDocument, converted: Converted, known: Terms) -> SearchRecord:
    """The search record of a document with its converted body."""
    labels = _labels(document)
    # Each word is processed once, however often it occurs.
    counted: Counter[str] = Counter()
    for section in converted.sections:
        counted.update(words(section.text))
    scores: dict[str, float] = defaultdict(float)
    length = 0
    for word, times in counted.items():
        terms = known[word]
        length += times * len(terms)
        for term in terms:
            scores[term] += times
    # In a long text each word weighs less; its title weighs as much as that of a short one.
    shorter = 1 / (1 - LENGTH + LENGTH * min(LONG, length / USUAL_LENGTH))
    for term in scores:
        scores[term] *= shorter
    for section in converted.sections:
        for term in known.of(section.title):
            scores[term] += HEADING
        for pair in _pairs(section.title, known):
            scores[pair] += HEADING
    telling = [word for word in words(document.title) if word not in STOP_WORDS]
    title = round(TITLE * USUAL_TITLE / (USUAL_TITLE - 1 + max(1, len(telling))))
    for pair in _pairs(document.title, known):
        scores[pair] += title
    beginning = converted.sections[0].text[:BEGINNING] if converted.sections else ""
    for text, weight in (
        (beginning, LEADING),
        (document.title, title),
        (document.description, DESCRIPTION),
        (" ".join((*labels, *document.keywords)), LABEL),
    ):
        for term in set(known.of(text)):
            scores[term] += weight
    about = document.topics if isinstance(document, Post) else ()
    about = (document.key,) if isinstance(document, Topic) else about
    # Many terms have the same score.
    weights = {score: _weight(score) for score in set(scores.values())}
    shown = Shown(
        title=document.title,
        kind=_kind(document),
        day=document.created.date().isoformat() if isinstance(document, Post | Notice) else "",
        labels=labels,
        sections=tuple(
            TextSection(section.id, section.title, section.text[:LEAD])
            for section in converted.sections[:SECTIONS]
        ),
    )
    return SearchRecord(
        shown,
        {
            **{ON_TOPIC + key: 1 for key in sorted(about)},
            **{term: weights[score] for term, score in sorted(scores.items())},
        },
    )


def record_of_page(title: str, text: str, known: Terms) -> SearchRecord:
    """The search record of a page without a file."""
    scores = dict.fromkeys(known.of(text), DESCRIPTION) | dict.fromkeys(known.of(title), TITLE)
    terms = {term: _weight(score) for term, score in sorted(scores.items())}
    return SearchRecord(Shown(title, "page", "", (), (TextSection("", "", text),)), terms)


def _weight(score: float) -> int:
    """The stored form of a score."""
    return max(1, round(GREATEST * score / (score + SATURATION)))


def _pairs(text: str, known: Terms) -> set[str]:
    """Pairs of consecutive words of a title or heading, without stop words.

    A query with the same pair matches better.
    """
    telling = [known[word][0] for word in words(text) if word not in STOP_WORDS and known[word]]
    return {f"{one} {other}" for one, other in pairwise(telling)}


def _kind(document: AnyDocument) -> str:
    if isinstance(document, Post):
        return "post"
    if isinstance(document, Topic):
        return "topic"
    return "notice" if isinstance(document, Notice) else "page"


def _labels(document: AnyDocument) -> tuple[str, ...]:
    categories = document.categories if isinstance(document, Post) else ()
    return tuple(dict.fromkeys((*categories, *document.tags)))
