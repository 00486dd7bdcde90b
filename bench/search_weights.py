"""Finds the weights of the search on judged queries: `make search-weights SETS="SITE=FILE SITE=FILE"`.

`SITE` is the folder of a site, `FILE` a list of queries as in `search.yml`. From the table of
`generator/deskpress/model/weights.py` on, one weight after the other is tried with some values beside its
own, in the order of the table, and the value is kept that answers best over all sets, each set counting the
same; the first of several that answer alike. Rounds end when no value is better, and the table that is found
is where the next run begins and ends. There is no chance in it, and no seed: the same table and sets give the
same table, on any day (sites are built as of `AS_OF`) and with any number of `--jobs`.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from msgspec import structs

from deskpress.app.check import check
from deskpress.app.judged import wanted_paths
from deskpress.build.request import Request
from deskpress.model.search import SearchFiles, SearchRecord
from deskpress.model.weights import DOCUMENT_WEIGHTS, QUERY_WEIGHTS, DocumentWeights, QueryWeights
from deskpress.render.query import Index
from deskpress.render.records import Records, packed
from deskpress.source.lexicon import lexicon_of, terms_in
from deskpress.source.record import Counted, counted, weighed
from deskpress.source.searchfiles import read_queries
from deskpress.source.terms import stemmer

STEPS = (0.5, 0.7, 0.85, 1.2, 1.5, 2.0)
"""What a weight is multiplied with."""

DECIDED = frozenset({"topic", "page", "post", "notice", "synonym", "usual_length"})
"""Not to be measured: help centers have no posts, and a site's synonyms are what its editors say."""

AT_MOST_ONE = (
    frozenset(QueryWeights.__struct_fields__) - {"phrase", "whole", "passage", "complete", "spread"} - DECIDED
)
"""What is worth no more than the word itself."""

AT_MOST = {"common": "synonym"}
"""What is worth no more than another: what is shipped is less sure than what a site's editors say."""

AS_OF = "2012-05-01"
"""When the sites are built: what they show must not depend on the day."""

LEAST = 0.0005
"""How much better an answer must be for a weight to change: less is chance."""


@dataclass
class Judged:
    """A site with its queries, and where the terms of its documents stand."""

    records: Records
    queries: list[tuple[str, str]]
    counted: Mapping[str, Counted]
    packed: Mapping[str, bytes]

    def records_with(self, weights: DocumentWeights) -> Records:
        """The records with other weights of documents."""
        again = dict(self.packed)
        for path, found in self.counted.items():
            shown = self.records.shown(path)
            again[path] = packed(SearchRecord(shown, weighed(found, weights)))
        return Records(self.records.site, again, self.records.marks, self.records.files)


def read(site: Path, file: Path) -> Judged:
    """A site with the queries of a file."""
    prepared = check(Request(site / "mkdocs.yml", jobs=2, judging=0, as_of=AS_OF))
    records = prepared.records[""]
    options = prepared.site.options
    judgments, wrong = read_queries(file, str(file))
    if wrong:
        raise SystemExit("\n".join(map(str, wrong)))
    files = SearchFiles(records.files.synonyms, judgments)
    judged = Records(records.site, records.records, records.marks, files)
    known = terms_in(options.language)
    paths = [path for shard in records.shards for path in shard.paths]
    found = {}
    for path in paths:
        if path in prepared.readings:
            reading, converted = prepared.bodies.reader.read(path)
            if reading.document and converted:
                found[path] = counted(reading.document, converted, known)
    queries = [(judgment.query, path) for judgment, path in wanted_paths(judged, judgments) if path]
    return Judged(judged, queries, found, {path: records.records[path] for path in paths})


def answer(judged: Judged, index: Index) -> float:
    """How well queries are answered, from 0 to 1: pages that come first, among three, and where others do."""
    told = 0.0
    for query, page in judged.queries:
        place = next((at for at, hit in enumerate(index.search(query), 1) if hit.path == page), 0)
        told += 0.5 * (place == 1) + 0.3 * (0 < place <= 3) + (0.2 / place if place else 0.0)
    return told / max(1, len(judged.queries))


_SETS: list[Judged] = []
"""The sets, which every process has."""


def score(table: tuple[DocumentWeights, QueryWeights]) -> float:
    """How well all sets are answered with these weights."""
    told = 0.0
    for judged in _SETS:
        records = judged.records if table[0] == DOCUMENT_WEIGHTS else judged.records_with(table[0])
        language = records.site.options.language
        index = Index(records, stemmer(language), lexicon_of(language), weights=table[1])
        told += answer(judged, index)
    return told / len(_SETS)


def improve(pool: ProcessPoolExecutor, rounds: int) -> tuple[DocumentWeights, QueryWeights]:
    """The best table that is found, one weight after the other."""
    best = (DOCUMENT_WEIGHTS, QUERY_WEIGHTS)
    (most,) = pool.map(score, [best])
    print(f"{most:.4f} as it is", flush=True)
    for _ in range(rounds):
        before = most
        for part, weights in enumerate(best):
            for name in weights.__struct_fields__:
                if name in DECIDED:
                    continue
                now = getattr(best[part], name)
                tables = []
                for step in STEPS:
                    value = round(now * step, 3)
                    changed = structs.replace(best[part], **{name: _bounded(name, value, best[part])})
                    tables.append((changed, best[1]) if part == 0 else (best[0], changed))
                told = [*pool.map(score, tables)]
                at = max(range(len(told)), key=lambda number: (told[number], -number))
                if told[at] > most + LEAST:
                    best, most = tables[at], told[at]
                    print(f"{most:.4f} {name}: {now:g} -> {getattr(best[part], name):g}", flush=True)
        if most <= before:
            break
    return best


def _bounded(name: str, value: float, weights: DocumentWeights | QueryWeights) -> float:
    """A value that is no larger than what it may be."""
    if name in AT_MOST:
        return min(value, float(getattr(weights, AT_MOST[name])))
    return min(1.0, value) if name in AT_MOST_ONE else value


def main() -> None:
    """Read the sets, try, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="SITE=FILE")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    for one in given.sets:
        site, _, file = one.rpartition("=")
        _SETS.append(read(Path(site), Path(file)))
    with ProcessPoolExecutor(given.jobs) as pool:
        best = improve(pool, given.rounds)
    for weights in best:
        print(type(weights).__name__)
        for name in weights.__struct_fields__:
            print(f"    {name}: float = {getattr(weights, name):g}")


if __name__ == "__main__":
    main()
