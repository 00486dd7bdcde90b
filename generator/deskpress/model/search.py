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
    """What results show of a document."""

    title: str
    kind: str
    day: str
    labels: tuple[str, ...]
    sections: tuple[TextSection, ...]


class SearchRecord(Struct, frozen=True):
    """A document as it can be found: what results show of it, and its terms with their weights (1 to 61)."""

    shown: Shown
    terms: Mapping[str, int]


class Shard(Struct, frozen=True):
    """Documents that share an index: `paths` in the order in which the index numbers them.

    A path that begins with a slash is the address of a page that no file is behind, like `/subscribe/`.

    `boosts` are those of documents, by number, that the search shows sooner or later than others.
    """

    name: str
    paths: tuple[str, ...]
    boosts: tuple[tuple[int, float], ...] = ()


ON_TOPIC = "/"
"""Stands before a topic's key in a term that says what a document is about; no word begins so."""

MAX_SYNONYMS = 100
"""Synonyms that a word or a phrase of a query may have."""

Synonyms = tuple[tuple[str, ...], ...]
"""Groups of words and phrases that mean the same to a reader."""


class Judgment(Struct, frozen=True):
    """A query with the page that must come first; `line` of the file that says so."""

    query: str
    page: str
    line: int


class SearchFiles(Struct, frozen=True):
    """What editors say of the search: `synonyms.yml` and `search.yml`."""

    synonyms: Synonyms = ()
    judgments: tuple[Judgment, ...] = ()
