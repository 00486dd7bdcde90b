"""The folder of a project's cache, and its lock: by default `.cache/deskpress/` next to `mkdocs.yml`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from deskpress.engine.blob_store import is_led_away
from deskpress.engine.fingerprint import digest

HELD = "DESKPRESS_HELD"
"""The variable that tells programs started by a plug-in which projects are locked by the builds above."""


def up_to_date_path(folder: Path, site: Path) -> Path:
    """Where it is recorded that a site is up to date."""
    return folder / f"rest-{name_of(site)}"


def name_of(site: Path) -> str:
    """A short name for a site's folder, of which one project may have several."""
    return digest(str(site).encode())[:12]


def lock(folder: Path, say: Callable[[str], None]) -> FileLock | None:
    """Lock the project; wait for another build, with a notice.

    None if no lock can be made, and inside a plug-in whose own build holds it: it would wait forever.
    """
    try:
        if is_led_away(folder):
            return None
        folder.mkdir(parents=True, exist_ok=True)
        held = FileLock(folder / "lock")
        try:
            held.acquire(timeout=0)
        except Timeout:
            if str(folder) in _held():
                return None
            say("Another build of this site is running; waiting for it.")
            held.acquire()
    except OSError:
        return None
    return held


@contextmanager
def held_for_others(folder: Path) -> Iterator[None]:
    """Make the project count as locked already in programs that plug-ins start."""
    before = _held()
    os.environ[HELD] = os.pathsep.join([*before, str(folder)])
    try:
        yield
    finally:
        os.environ[HELD] = os.pathsep.join(before)


def _held() -> list[str]:
    return [name for name in os.environ.get(HELD, "").split(os.pathsep) if name]
