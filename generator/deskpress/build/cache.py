"""The cache between builds: `.cache/deskpress/` next to `mkdocs.yml`.

`readings` are documents as they were read, `bodies` their HTML, `plan` the last plan, `site-…` the build log
of one site folder, and `answers-…` its stable values. One build runs at a time; another waits.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from deskpress.build.lock import name_of, up_to_date_path
from deskpress.build.reading import Reading
from deskpress.engine.blob_store import BlobStore, Place, StoredRecord, is_led_away, keep, load, save
from deskpress.engine.build_log import BuildLog, StableValues
from deskpress.engine.stamps import Stamp
from deskpress.model.diagnostic import Diagnostic
from deskpress.model.output import Plan
from deskpress.model.pictures import Picture

T = TypeVar("T", bound=Struct)

ANEW = "The cache is damaged, of another version or from another machine; everything is built anew."

WASTE = 4_000_000
"""Unused bytes in the blob store from which on it is rewritten; and then only if they are more than half."""


class CachedReadings(Struct, frozen=True):
    """The documents by path as they were read, the stamps of the assets, and what is known of pictures."""

    documents: dict[str, Reading] = field(default_factory=dict)
    assets: dict[str, Stamp] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)


class KeptPlan(Struct, frozen=True):
    """What is made from one `structure` (a fingerprint): the plan, with its diagnostics.

    `book` is the fingerprint of the linker's data, except for anchors.
    """

    structure: str
    plan: Plan
    book: str
    diagnostics: tuple[Diagnostic, ...]


class Cache(Struct):
    """The cache of one project. `folder` is None for a build without a cache.

    Files there count only if they were written with the `key`.
    """

    folder: Path | None
    blobs: BlobStore
    read: CachedReadings
    notes: list[str]
    key: bytes = b""
    clean: bool = False
    _read: StoredRecord[CachedReadings] | None = None
    _build_log: StoredRecord[BuildLog] | None = None
    _settled: StoredRecord[StableValues] | None = None

    @classmethod
    def forgetful(cls) -> Cache:
        """A cache for one build."""
        return cls(None, BlobStore.borrowed(), CachedReadings(), [])

    @classmethod
    def open(cls, folder: Path, key: bytes, *, clean: bool) -> Cache:
        """The results of earlier builds; empty if they are missing, damaged or from elsewhere."""
        if is_led_away(folder):
            note = (
                f"{folder} is a link, or behind one: nothing is remembered there. Put a folder in its place."
            )
            return cls(None, BlobStore.borrowed(), CachedReadings(), [note])
        known = None if clean else keep(folder / "readings", CachedReadings, key)
        notes = []
        if known is None and not clean and (folder / "readings").exists():
            notes.append(ANEW)
        if clean:
            shutil.rmtree(folder / "pictures", ignore_errors=True)
        if known is None:
            with contextlib.suppress(OSError):
                (folder / "bodies").unlink()
        else:
            known = _swept(folder, known, key)
        blobs = BlobStore(folder / "bodies")
        if not blobs.kept:
            notes.append(f"{folder} cannot be written; the next build will begin from nothing.")
        return cls(folder, blobs, known.value if known else CachedReadings(), notes, key, clean, known)

    def save_read(self, read: CachedReadings) -> None:
        """Save what was read."""
        if self.folder is None or not self.blobs.kept:
            return
        if self._read is None:
            save(self.folder / "readings", read, self.key)
        elif not all(
            _same(new, old)
            for new, old in (
                (read.documents, self.read.documents),
                (read.assets, self.read.assets),
                (read.pictures, self.read.pictures),
            )
        ):
            self._read.save(read)

    def save_up_to_date(self, site: Path, rest: object) -> None:
        """Record that the site in this folder is up to date."""
        if self.folder is not None and self.blobs.kept:
            save(up_to_date_path(self.folder, site), rest, self.key)

    def plan(self, structure: str) -> KeptPlan | None:
        """The plan of this structure, if it is the last one."""
        found = load(self.folder / "plan", KeptPlan, self.key) if self.folder and not self.clean else None
        return found if found and found.structure == structure else None

    def save_plan(self, plan: KeptPlan) -> None:
        """Save the plan."""
        if self.folder is not None and self.blobs.kept:
            save(self.folder / "plan", plan, self.key)

    def build_log(self, site: Path) -> BuildLog:
        """The build log of the site in this folder; empty for a build from scratch."""
        if self.folder and not self.clean:
            self._build_log = keep(self._log_path(site), BuildLog, self.key)
        return self._build_log.value if self._build_log else BuildLog()

    def settled(self, site: Path) -> StableValues | None:
        """The stable values of this site's build log; None if they are lost."""
        if self._build_log and self._settled is None:
            self._settled = keep(self._log_path(site, "answers"), StableValues, self.key)
        found = self._settled.value if self._settled else None
        return (
            found
            if found and self._build_log and found.structure == self._build_log.value.structure
            else None
        )

    def save_build_log(self, site: Path, build_log: BuildLog, settled: StableValues | None) -> None:
        """Save what the site was made from; the stable values only if they have changed.

        They are written first: with a build log of another structure they count as lost.
        """
        if self.folder is None or not self.blobs.kept:
            return
        if settled:
            _save(self._settled, self._log_path(site, "answers"), settled, self.key)
        _save(self._build_log, self._log_path(site), build_log, self.key)

    def _log_path(self, site: Path, what: str = "site") -> Path:
        assert self.folder is not None  # without a folder there is no build log
        return self.folder / f"{what}-{name_of(site)}"


def _save(kept: StoredRecord[T] | None, path: Path, value: T, key: bytes) -> None:
    if kept is None:
        save(path, value, key)
    else:
        kept.save(value)


def _swept(
    folder: Path, known: StoredRecord[CachedReadings], key: bytes
) -> StoredRecord[CachedReadings] | None:
    """Rewrite the blob store if most of it is unused; returns what was read, with the new places.

    The record is removed first and written last: if a build is killed in between, the next starts from
    scratch.
    """
    bodies = folder / "bodies"
    readings = known.value.documents
    used = sum(p.size for r in readings.values() for p in (r.place, r.record) if p)
    try:
        if bodies.stat().st_size - used <= max(WASTE, used):
            return known
        (folder / "bodies.new").unlink(missing_ok=True)
        old, fresh = BlobStore(bodies), BlobStore(folder / "bodies.new")
        (folder / "readings").unlink()
        moved = {}
        for path, reading in readings.items():
            place, record = (_carried(p, old, fresh) for p in (reading.place, reading.record))
            # Without a place a published document is read again, as it would be without its record.
            lost = reading.record and not record
            moved[path] = replace(reading, place=None if lost else place, record=record)
        old.close()
        fresh.close()
        (folder / "bodies.new").replace(bodies)
    except OSError:
        return None
    save(folder / "readings", replace(known.value, documents=moved), key)
    return keep(folder / "readings", CachedReadings, key)


def _carried(place: Place | None, old: BlobStore, fresh: BlobStore) -> Place | None:
    value = old.get(place) if place else None
    return fresh.put(value) if value is not None else None


def _same(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether both hold the very same objects, without comparing their contents."""
    return len(one) == len(other) and all(other.get(key) is value for key, value in one.items())
