"""What is remembered between builds: `.cache/deskpress/` beside `mkdocs.yml`.

`readings` are documents as they were read, `bodies` their HTML, and `site-…` the ledger of one site
folder. One build at a time; another waits.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from deskpress.engine.fingerprint import digest
from deskpress.engine.ledger import Ledger
from deskpress.engine.store import Place, Shelf, load, save
from deskpress.host.readings import Reading

WASTE = 4_000_000
"""Bytes that nobody names before the shelf is written anew; and then only if they are more than half."""

Readings = dict[str, Reading]


@dataclass(slots=True)
class Cache:
    """The memory of one project. `folder` is None for a build that remembers nothing."""

    folder: Path | None
    shelf: Shelf
    readings: Readings
    notes: list[str]
    clean: bool = False

    @classmethod
    def forgetful(cls) -> Cache:
        """A cache for one build."""
        return cls(None, Shelf.borrowed(), {}, [])

    @classmethod
    def open(cls, folder: Path, *, clean: bool) -> Cache:
        """What earlier builds remembered; nothing if it is missing, damaged or from another version."""
        known = None if clean else load(folder / "readings", Readings)
        notes = []
        if known is None and not clean and (folder / "readings").exists():
            notes.append("The cache is damaged or of another version; everything is built anew.")
        if known is None:
            with contextlib.suppress(OSError):
                (folder / "bodies").unlink()
        else:
            known = _swept(folder, known)
        shelf = Shelf(folder / "bodies")
        if not shelf.kept:
            notes.append(f"{folder} cannot be written; the next build will begin from nothing.")
        return cls(folder, shelf, known or {}, notes, clean)

    def ledger(self, site: Path) -> Ledger:
        """The ledger of the site in this folder; empty for a build from nothing."""
        found = load(self._ledger_path(site), Ledger) if self.folder and not self.clean else None
        return found or Ledger()

    def save_readings(self, readings: Readings) -> None:
        """Remember what was read."""
        if self.folder is not None and self.shelf.kept and not unchanged(readings, self.readings):
            save(self.folder / "readings", readings)

    def save_ledger(self, site: Path, ledger: Ledger) -> None:
        """Remember what the site was made from."""
        if self.folder is not None and self.shelf.kept:
            save(self._ledger_path(site), ledger)

    def _ledger_path(self, site: Path) -> Path:
        assert self.folder is not None  # a forgetful cache has no ledger
        return self.folder / f"site-{digest(str(site).encode())[:12]}"


def _swept(folder: Path, readings: Readings) -> Readings:
    """Write the shelf anew if it is mostly waste; the readings with their new places.

    The record goes first and comes back last: a build that is killed in between begins from nothing.
    """
    bodies = folder / "bodies"
    used = sum(reading.place.size for reading in readings.values() if reading.place)
    try:
        if bodies.stat().st_size - used <= max(WASTE, used):
            return readings
        old, fresh = Shelf(bodies), Shelf(folder / "bodies.new")
        (folder / "readings").unlink()
        places: dict[str, Place] = {}
        for path, reading in readings.items():
            value = old.get(reading.place) if reading.place else None
            if value is not None:
                places[path] = fresh.put(value)
        old.close()
        fresh.close()
        (folder / "bodies.new").replace(bodies)
    except OSError:
        return {}
    # Without a place a published document is read again.
    moved = {path: replace(r, place=places.get(path)) for path, r in readings.items()}
    save(folder / "readings", moved)
    return moved


def lock(folder: Path, say: Callable[[str], None]) -> FileLock | None:
    """Hold the project; wait for another build, and say so. None where no lock can be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = FileLock(folder / "lock")
        try:
            held.acquire(timeout=0)
        except Timeout:
            say("Another build of this site is running; waiting for it.")
            held.acquire()
    except OSError:
        return None
    return held


def unchanged(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether both hold the very same values, without looking into them."""
    return len(one) == len(other) and all(other.get(key) is value for key, value in one.items())
