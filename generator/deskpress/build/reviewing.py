"""Collects the findings that only `check` reports for documents read by a build, and caches them too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from msgspec.structs import replace

from deskpress.build.cpu_limit import Work
from deskpress.build.editorial import editorial
from deskpress.build.reader import Reader
from deskpress.build.reading import Reading, refused_reading
from deskpress.engine.blob_store import BlobStore
from deskpress.engine.fingerprint import digest
from deskpress.engine.pool import Tick, fork_map
from deskpress.engine.stamps import read_bytes
from deskpress.model.body import Converted
from deskpress.source.read import read


def review_all(
    reader: Reader,
    readings: Mapping[str, Reading],
    blobs: BlobStore,
    jobs: int,
    progress: Callable[[str, int], Tick],
) -> dict[str, Reading]:
    """The readings, each with the findings of `check`; what takes longer than the limit is refused.

    A build does not collect them: that would take a seventh of its time.
    """
    wanted = [path for path, one in readings.items() if one.editorial is None and one.place]
    if not wanted:
        return dict(readings)

    def work(path: str) -> Reading:
        reading = readings[path]
        data = blobs.get(reading.place) if reading.place else None
        if data is None:  # damaged
            return reader.read(path)[0]
        return _reviewed(path, reader, reading, msgspec.msgpack.decode(data, type=Converted))

    tick = progress("Reviewing", len(wanted))
    if reader.limit is None:
        return {**readings, **dict(zip(wanted, fork_map(work, wanted, jobs, tick), strict=True))}
    label = reader.context.options.content
    done, refused = Work(reader.root, label, wanted, reader.limit.for_known).run(work, jobs, tick)
    return {**readings, **done, **{path: refused_reading(refusal) for path, refusal in refused.items()}}


def _reviewed(path: str, reader: Reader, reading: Reading, converted: Converted) -> Reading:
    """A reading with the findings of `check`; a file that was saved since is read again next time."""
    try:
        data = read_bytes(f"{reader.root}/{path}")
    except OSError:
        return reading
    if digest(data) != reading.stamp.digest:
        return reading
    label = f"{reader.context.options.content}/{path}"
    found = read(path, data, reader.context)
    return replace(reading, editorial=editorial(label, found, converted, reader.dialect))
