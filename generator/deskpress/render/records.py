"""The stored search records, and the buckets that are made from those of a shard.

A record is stored as lines of JSON: what results show, then the terms in columns by their first letters. A
bucket is one column of all documents of its shard, or several if there are fewer buckets; so it can be made
without reading other terms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from zlib import crc32

import msgspec

from deskpress.model.search import SearchFiles, SearchRecord, Shard, Shown
from deskpress.model.site import Site
from deskpress.plan.search import BUCKETS, CHUNK, buckets_of, shards_of

PREFIX = 3
"""The number of a term's letters that determine its bucket."""

LINES = 1 + BUCKETS
"""Lines of a record."""

_encoder = msgspec.json.Encoder()
_shown = msgspec.json.Decoder(Shown)
_columns = msgspec.json.Decoder(list[list[dict[str, int]]])


def bucket_of(term: str, buckets: int = BUCKETS) -> int:
    """The bucket of a term."""
    return _column(term[:PREFIX]) % buckets


@cache
def _column(start: str) -> int:
    return crc32(start.encode()) % BUCKETS


def packed(record: SearchRecord) -> bytes:
    """A record in stored form."""
    columns: list[dict[str, int]] = [{} for _ in range(BUCKETS)]
    for term, weight in record.terms.items():
        columns[_column(term[:PREFIX])][term] = weight
    return _encoder.encode_lines([record.shown, *columns])


def columns_in(bucket: bytes) -> list[list[dict[str, int]]]:
    """The columns of a bucket: the terms of each document with their weights, in order."""
    return _columns.decode(bucket)


@dataclass
class Records:
    """Stored records by path, and the fingerprint of each; the search settings of editors."""

    site: Site
    records: Mapping[str, bytes]
    marks: Mapping[str, str]
    files: SearchFiles = field(default_factory=SearchFiles)
    _last: tuple[str, list[bytes]] = ("", [])

    @cached_property
    def shards(self) -> tuple[Shard, ...]:
        """The shards of the site."""
        return shards_of(self.site)

    @cached_property
    def by_name(self) -> dict[str, Shard]:
        """The same by name."""
        return {shard.name: shard for shard in self.shards}

    def state(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The documents of the shard `blog-1`, or of a part of it, `blog-1/3`, and their fingerprints."""
        shard_name, _, chunk = name.partition("/")
        shard = self.by_name[shard_name]
        paths = shard.paths[int(chunk) * CHUNK : (int(chunk) + 1) * CHUNK] if chunk else shard.paths
        return paths, tuple([self.marks[path] for path in paths])

    def shown(self, path: str) -> Shown:
        """What results show of a document."""
        return _shown.decode(self.records[path].partition(b"\n")[0])

    def bucket(self, name: str) -> bytes:
        """The bucket `blog-1/17`: of each of its columns, the terms of each document, as JSON."""
        shard_name, _, number = name.partition("/")
        shard = self.by_name[shard_name]
        count = buckets_of(shard)
        if int(number) >= count:
            raise KeyError(name)
        lines = self._lines(shard)
        columns = [lines[1 + column :: LINES] for column in range(int(number), BUCKETS, count)]
        return b"[%b]" % b",".join([b"[%b]" % b",".join(column) for column in columns])

    def _lines(self, shard: Shard) -> list[bytes]:
        """The lines of all records of a shard; cached until another shard is read."""
        if self._last[0] != shard.name:
            records = b"".join([self.records[path] for path in shard.paths])
            self._last = (shard.name, records.split(b"\n"))
        return self._last[1]
