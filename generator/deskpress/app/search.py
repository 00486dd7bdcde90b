"""`deskpress search`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from deskpress.app.check import check
from deskpress.app.judged import index_of, wanted_paths
from deskpress.build.request import Request, SetupError, spoken
from deskpress.model.diagnostic import ContentError
from deskpress.render.explaining import of_hit, of_query
from deskpress.render.query import Hit, Index
from deskpress.source.searchfiles import read_queries


class SearchHit(Struct, frozen=True):
    """A page that was found; `why` says what it holds of the query, and what it lacks."""

    address: str
    title: str
    score: float
    why: list[str]


class JudgedQuery(Struct, frozen=True):
    """The result of a judged query: the rank of its page (0: not found), the first result, and why.

    `understood` says how the query was understood.
    """

    query: str
    page: str
    place: int
    first: SearchHit | None
    wanted: SearchHit | None
    understood: list[str]


class SearchAnswer(Struct, frozen=True):
    """What a query finds, and how it was understood; `suggestions` are words for one that finds nothing."""

    results: list[SearchHit]
    understood: list[str]
    suggestions: list[str]


def search(request: Request, query: str, language: str = "", limit: int = 10) -> SearchAnswer:
    """What readers of a language (empty: the site's own) would find, so many at the most.

    Raises what `check` raises.
    """
    prepared = check(replace(request, judging=0))
    index = index_of(prepared.records[spoken(prepared.site.options, language).language_dir])
    results = _shown(index, query, index.search(query)[:limit], prepared.linker.of_source)
    return SearchAnswer(results, of_query(query, index), [] if results else index.suggestions(query))


def judged(request: Request, language: str = "", file: Path | None = None) -> list[JudgedQuery]:
    """What comes of each query of a file, of `search.yml` for none, in a language.

    Raises what `check` raises, `ContentError` for mistakes in the file, `SetupError` if it is not there.
    """
    prepared = check(replace(request, judging=0))
    records = prepared.records[spoken(prepared.site.options, language).language_dir]
    if file:
        if not file.is_file():
            raise SetupError(f"{file} is not there.")
        judgments, wrong = read_queries(file, str(file))
        if wrong:
            raise ContentError(wrong)
    else:
        judgments = records.files.judgments
    index, addresses = index_of(records), prepared.linker.of_source
    found = []
    for judgment, path in wanted_paths(records, judgments):
        hits = index.search(judgment.query)
        place = next((at for at, hit in enumerate(hits, 1) if hit.path == path), 0)
        missed = place != 1
        some = [*hits[:1], *hits[place - 1 : place]] if missed else []
        shown = _shown(index, judgment.query, some, addresses)
        found.append(
            JudgedQuery(
                *(judgment.query, judgment.page, place),
                first=shown[0] if shown else None,
                wanted=shown[1] if shown[1:] else None,
                understood=of_query(judgment.query, index) if missed else [],
            )
        )
    return found


def _shown(index: Index, query: str, hits: list[Hit], addresses: Mapping[str, str]) -> list[SearchHit]:
    understood = index.understood(query)
    return [
        SearchHit(_address(hit.path, addresses), hit.shown.title, hit.score, of_hit(hit, understood, index))
        for hit in hits
    ]


def _address(path: str, addresses: Mapping[str, str]) -> str:
    """The path of a document, or the address of a page without a file."""
    return addresses.get(path, path.removeprefix("/"))
