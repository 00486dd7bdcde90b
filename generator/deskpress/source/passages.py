"""The passages of a text: where in it a term is, and what results show of the place that answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deskpress.model.search import PASSAGES, TextSection
from deskpress.source.lexicon import Terms
from deskpress.source.terms import words

SECTIONS = 5
LEAD = 160
"""The most sections of a post in a result, and letters of each part that is shown."""

SHOWN = 12
SHORT_LEAD = 110
"""The most parts of another text in a result, and letters of each if they are more than passages."""

SHORTEST = 400
"""Letters of a part, at the least, where a section is cut into several."""


def passages_of(sections: Sequence[TextSection]) -> list[TextSection]:
    """A text in at most `SHOWN` parts: its sections, long ones cut, or several joined if they are many."""
    size = max(SHORTEST, sum(len(section.text) for section in sections) // PASSAGES)
    parts = [part for section in sections for part in _cut(section, size)]
    if len(parts) <= SHOWN:
        return parts
    return [
        _joined(parts[-(-at * len(parts) // SHOWN) : -(-(at + 1) * len(parts) // SHOWN)])
        for at in range(SHOWN)
    ]


def passage_at(number: int, parts: int) -> int:
    """The passage, from 0, to which a part of so many belongs."""
    return number if parts <= PASSAGES else number * PASSAGES // parts


def places_of(parts: Sequence[TextSection], known: Terms) -> dict[str, int]:
    """The passages that hold each term, as bits."""
    places: dict[str, int] = {}
    for number, part in enumerate(parts):
        bit = 1 << passage_at(number, len(parts))
        for word in {*words(part.title), *words(part.text)} - known.stop:
            for term in known[word]:
                places[term] = places.get(term, 0) | bit
    return places


def shown_of(sections: Sequence[TextSection], *, many: bool) -> tuple[TextSection, ...]:
    """The beginning of each part of a text, for results; posts, which are `many`, have few sections there."""
    parts = sections[:SECTIONS] if many else passages_of(sections)
    lead = LEAD if many or len(parts) <= PASSAGES else SHORT_LEAD
    return tuple(TextSection(part.id, part.title, part.text[:lead]) for part in parts)


def _cut(section: TextSection, size: int) -> Iterator[TextSection]:
    """A section in parts of about `size` letters, each but the last ending with a sentence or a word."""
    text = section.text
    while len(text) > size + size // 2:
        end = text.rfind(". ", size // 2, size) + 1 or text.rfind(" ", size // 2, size)
        end = end if end > 0 else size
        yield TextSection(section.id, section.title, text[:end].strip())
        text = text[end:].strip()
    yield TextSection(section.id, section.title, text)


def _joined(parts: Sequence[TextSection]) -> TextSection:
    """Some parts as one, under the first one's heading; the other headings are in its text."""
    first, *others = parts
    texts = [first.text, *(f"{part.title} {part.text}" for part in others)]
    return TextSection(first.id, first.title, " ".join(texts))
