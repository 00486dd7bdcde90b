"""Reads the blob store on demand: bodies with their links, the search's records."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from deskpress.build.cpu_limit import Work
from deskpress.build.reader import Reader
from deskpress.build.reading import Linked, Reading
from deskpress.engine.blob_store import BlobStore
from deskpress.engine.fingerprint import fingerprint
from deskpress.engine.pool import fork_map
from deskpress.model.body import Body, Converted
from deskpress.model.document import AnyDocument
from deskpress.render.linking import Linker

KEPT_BODIES = 1000
"""Linked bodies that are cached in memory, some 15 kB each."""


SHORT_LINKS, SHORT_TARGETS = 20, 4000
"""The number of links, and of characters in their targets, that are resolved without a limit."""

FEWEST_LINKED = 2000
"""Documents whose links justify another process: most have few, and two processes start in 10 ms."""


@dataclasses.dataclass(slots=True)
class Bodies(Mapping[str, Body]):
    """Linked bodies by path, made on demand from the blob store."""

    readings: Mapping[str, Reading]
    reader: Reader
    blobs: BlobStore
    linker: Linker
    changed: dict[str, Body] = dataclasses.field(default_factory=dict)
    _get: Callable[[str], Body] | None = None

    def __getitem__(self, path: str) -> Body:
        if path in self.changed:
            return self.changed[path]
        if self._get is None:
            # A post's body is needed by its page, its month and several feeds in a row, and the newest once
            # more by the pages of the blog.
            self._get = lru_cache(maxsize=KEPT_BODIES)(self._link)
        return self._get(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self.readings)

    def __len__(self) -> int:
        return len(self.readings)

    def converted(self, path: str) -> Converted:
        """The converted document; one damaged in the blob store is converted again. Raises `KeyError`."""
        place = self.readings[path].place
        data = self.blobs.get(place) if place else None
        if data is not None:
            return msgspec.msgpack.decode(data, type=Converted)
        converted = self.reader.read(path)[1]
        if converted is None:
            raise KeyError(path)
        return converted

    def _link(self, path: str) -> Body:
        document = self.readings[path].document
        if document is None:
            raise KeyError(path)
        return self.linker.link(document, self.converted(path))


@dataclasses.dataclass(slots=True)
class StoredSearchRecords(Mapping[str, bytes]):
    """The search's stored records by path, read from the blob store on demand.

    Those of pages without a file are `made`.
    """

    readings: Mapping[str, Reading]
    reader: Reader
    blobs: BlobStore
    made: Mapping[str, bytes]

    def __getitem__(self, path: str) -> bytes:
        if path in self.made:
            return self.made[path]
        place = self.readings[path].record
        data = self.blobs.get(place) if place else None
        if data is not None:
            return data
        reading, converted = self.reader.read(path)
        record = self.reader.record(reading.document, converted)
        if not record:
            raise KeyError(path)
        return record

    def __iter__(self) -> Iterator[str]:
        return iter((*self.readings, *self.made))

    def __len__(self) -> int:
        return len(self.readings) + len(self.made)


def _are_short(readings: Collection[Reading]) -> bool:
    """Whether documents have so few links that no limit is needed: a separate process takes longer."""
    if len(readings) > SHORT_LINKS:
        return False
    targets = [one.target for reading in readings for one in reading.references]
    return len(targets) <= SHORT_LINKS and sum(map(len, targets)) <= SHORT_TARGETS


def link_all(
    readings: dict[str, Reading],
    bodies: Bodies,
    linker: Linker,
    book: str,
    published: Mapping[str, AnyDocument],
    jobs: int,
) -> None:
    """Update `linked` of every published reading to the current site; `book` is its fingerprint.

    A document whose links take longer than the reader's limit is refused; `ContentError` as in `read_all`.
    """

    def is_current(reading: Reading) -> bool:
        return reading.linked is not None and reading.linked.book == book

    def link(path: str) -> Linked:
        document, reading = published[path], readings[path]
        known = linker.resolve_all(document, reading.references)
        resolved = [known[reference.target] for reference in reading.references]
        sizes = [linker.assets[link.address] for link in resolved if link.address in linker.assets]
        outcome = fingerprint((resolved, sizes))
        if reading.linked is not None and reading.linked.outcome == outcome:
            return replace(reading.linked, book=book)
        body = fingerprint((reading.content, [link.url for link in resolved], sizes))
        broken = any(link.problem for link in resolved)
        found = linker.diagnose(document, bodies.converted(path), known) if broken else ()
        return Linked(book, outcome, tuple(found), body)

    stale = [path for path in published if not is_current(readings[path])]
    reader = bodies.reader
    if reader.limit and stale and not _are_short([readings[path] for path in stale]):
        label = reader.context.options.content
        found, refused = Work(reader.root, label, stale, reader.limit).run(link, jobs)
        for path, diagnostic in refused.items():
            before = readings[path]
            readings[path] = replace(before, recipe="", diagnostics=(*before.diagnostics, diagnostic))
    else:
        found = dict(zip(stale, fork_map(link, stale, jobs, fewest=FEWEST_LINKED), strict=True))
    for path, linked in found.items():
        readings[path] = replace(readings[path], linked=linked)
