"""`deskpress search`."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from deskpress.app.check import check
from deskpress.app.judged import index_of
from deskpress.build.request import Request, spoken
from deskpress.render.query import make_slots


class SearchHit(Struct, frozen=True):
    """A page that was found, with the terms of the query that it holds."""

    address: str
    title: str
    score: float
    terms: frozenset[str]


class SearchAnswer(Struct, frozen=True):
    """What a query finds, and as what it was understood."""

    results: list[SearchHit]
    understood: str


def search(request: Request, query: str, language: str = "") -> SearchAnswer:
    """What readers of a language (empty: the site's own) would find. Raises what `check` raises."""
    prepared = check(request)
    index = index_of(prepared.records[spoken(prepared.site.options, language).edition])
    slots = make_slots(query, index.synonyms, index.stem, index.frequency, index.vocabulary)
    alternatives = (" or ".join(" ".join(a.terms) for a in slot.alternatives) for slot in slots)
    addresses = prepared.linker.of_source
    results = [
        SearchHit(_address(hit.path, addresses), hit.shown.title, hit.score, hit.terms)
        for hit in index.search(query)
    ]
    return SearchAnswer(results, "; ".join(alternatives))


def _address(path: str, addresses: Mapping[str, str]) -> str:
    """Where a document is, or a page that no file is behind."""
    return addresses.get(path, path.removeprefix("/"))
