"""`deskpress search`."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from deskpress.app.check import check
from deskpress.app.judged import index_of, wanted_paths
from deskpress.build.request import Request, spoken


class SearchHit(Struct, frozen=True):
    """A page that was found, with the terms of the query that it holds."""

    address: str
    title: str
    score: float
    terms: frozenset[str]


class JudgedQuery(Struct, frozen=True):
    """What came of a judged query: at which place its page came (0: not at all), what came first, and why.

    `lacks` are the words of the query that the page does not hold, as terms.
    """

    query: str
    page: str
    place: int
    first: SearchHit | None
    wanted: SearchHit | None
    lacks: tuple[str, ...]


class SearchAnswer(Struct, frozen=True):
    """What a query finds, and as what it was understood."""

    results: list[SearchHit]
    understood: str


def search(request: Request, query: str, language: str = "") -> SearchAnswer:
    """What readers of a language (empty: the site's own) would find. Raises what `check` raises."""
    prepared = check(request)
    index = index_of(prepared.records[spoken(prepared.site.options, language).edition])
    slots = index.slots(query)
    alternatives = (" or ".join(" ".join(a.terms) for a in slot.alternatives) for slot in slots)
    addresses = prepared.linker.of_source
    results = [
        SearchHit(_address(hit.path, addresses), hit.shown.title, hit.score, hit.terms)
        for hit in index.search(query)
    ]
    return SearchAnswer(results, "; ".join(alternatives))


def judged(request: Request, language: str = "") -> list[JudgedQuery]:
    """What comes of each query of `search.yml` in a language. Raises what `check` raises."""
    prepared = check(request)
    records = prepared.records[spoken(prepared.site.options, language).edition]
    index, addresses = index_of(records), prepared.linker.of_source
    found = []
    for judgment, path in wanted_paths(records):
        hits = index.search(judgment.query)
        place = next((at for at, hit in enumerate(hits, 1) if hit.path == path), 0)
        shown = [
            SearchHit(_address(hit.path, addresses), hit.shown.title, hit.score, hit.terms)
            for hit in (*hits[:1], *hits[place - 1 : place])
        ]
        held = shown[1].terms if place else frozenset()
        words = (slot.alternatives for slot in index.slots(judgment.query))
        lacks = [" ".join(all_[0].terms) for all_ in words if not any(held & {*one.terms} for one in all_)]
        found.append(
            JudgedQuery(
                *(judgment.query, judgment.page, place),
                first=shown[0] if shown else None,
                wanted=shown[1] if place else None,
                lacks=tuple(lacks),
            )
        )
    return found


def _address(path: str, addresses: Mapping[str, str]) -> str:
    """Where a document is, or a page that no file is behind."""
    return addresses.get(path, path.removeprefix("/"))
