"""A document as the search knows it: its terms, weighed by where they stand, and its sections."""

from __future__ import annotations

from collections import Counter, defaultdict

from deskpress.model.body import Converted
from deskpress.model.document import AnyDocument, Notice, Post, Topic
from deskpress.model.search import ON_TOPIC, SearchRecord, Shown, TextSection
from deskpress.source.terms import Terms, words

TITLE, HEADING, DESCRIPTION, LABEL = 14, 5, 5, 6
"""How much more a term says in these places than in the text."""

USUAL_LENGTH = 300
"""Terms of a text of common length; a longer text says less with each."""

SATURATION = 9
"""The score at which a term has half of its greatest weight."""

GREATEST = 61
SECTIONS = 8
LEAD = 160
"""How many sections a result can show, and letters of each."""


def record_of(document: AnyDocument, converted: Converted, known: Terms) -> SearchRecord:
    """The record of a document with its converted body."""
    labels = _labels(document)
    # Each word is looked at once, however often it stands there.
    counted: Counter[str] = Counter()
    for section in converted.sections:
        counted.update(words(section.text))
    scores: dict[str, int] = defaultdict(int)
    length = 0
    for word, times in counted.items():
        terms = known[word]
        length += times * len(terms)
        for term in terms:
            scores[term] += times
    for section in converted.sections:
        for term in known.of(section.title):
            scores[term] += HEADING
    for text, weight in (
        (document.title, TITLE),
        (document.description, DESCRIPTION),
        (" ".join(labels), LABEL),
    ):
        for term in set(known.of(text)):
            scores[term] += weight
    about = document.topics if isinstance(document, Post) else ()
    about = (document.key,) if isinstance(document, Topic) else about
    scale = SATURATION * (0.6 + 0.4 * min(4.0, length / USUAL_LENGTH))
    # Many terms have the same score.
    weights = {s: max(1, round(GREATEST * s / (s + scale))) for s in set(scores.values())}
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


def _kind(document: AnyDocument) -> str:
    if isinstance(document, Post):
        return "post"
    if isinstance(document, Topic):
        return "topic"
    return "notice" if isinstance(document, Notice) else "page"


def _labels(document: AnyDocument) -> tuple[str, ...]:
    categories = document.categories if isinstance(document, Post) else ()
    return tuple(dict.fromkeys((*categories, *document.tags)))
