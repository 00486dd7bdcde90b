"""What the search knows of a document, and the synonyms that editors keep."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class TextSection(Struct, frozen=True, array_like=True):
    """A part of a document under a heading, or before the first one (then `id` and `title` are empty)."""

    id: str
    title: str
    text: str


class Shown(Struct, frozen=True, array_like=True):
    """A document as shown in search results."""

    title: str
    kind: str
    day: str
    labels: tuple[str, ...]
    sections: tuple[TextSection, ...]


class SearchRecord(Struct, frozen=True):
    """A document as it can be found: what results show of it, and its terms with their weights (1 to 61).

    To a weight that many times 64 is added as the bits of the passages that hold the term say: the first
    passage is 1, the second 2, the third 4. Posts and pages without a file have none.
    """

    shown: Shown
    terms: Mapping[str, int]


class Shard(Struct, frozen=True):
    """Documents that share an index: `paths` in the order in which the index numbers them.

    A path that begins with a slash is the address of a page without a file, like `/subscribe/`.

    `boosts` are those of documents, by number, that the search ranks higher or lower than others.
    """

    name: str
    paths: tuple[str, ...]
    boosts: tuple[tuple[int, float], ...] = ()


PASSAGES = 6
"""The parts of a text in which the index says that a term is, so that the best one is found."""

GREATEST = 61
WEIGHT_BITS = 6
WEIGHT = (1 << WEIGHT_BITS) - 1
"""The greatest weight of a term in a document, and its bits in the index; those above say the passages."""

ON_TOPIC = "/"
"""Prefix of a topic's key in a term that says what a document is about; no word begins with it."""

WHOLE = "$"
"""Stands behind the words of a title or heading in a term that a query finds which is the whole of it."""

MEANS = "="
"""Stands between an acronym and what it stands for, in a term that says so: `otdr=ontim deliveri rate`."""

ENDS = "<"
"""Stands between inner letters of a word and the word: where a slip lies before them, they lead to it."""

MAX_SYNONYMS = 100
"""The most synonyms of a word or phrase in a query."""

Synonyms = tuple[tuple[str, ...], ...]
"""Groups of words and phrases with the same meaning for readers."""


class Judgment(Struct, frozen=True):
    """A query with the page that must come first; `line` of the file that defines it."""

    query: str
    page: str
    line: int


class SearchFiles(Struct, frozen=True):
    """The search settings of editors: `synonyms.yml` and `search.yml`."""

    synonyms: Synonyms = ()
    judgments: tuple[Judgment, ...] = ()
