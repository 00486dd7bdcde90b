"""Where a project's memory lies, and who holds it: `.cache/deskpress/` beside `mkdocs.yml`, unless told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from deskpress.engine.blob_store import is_led_away
from deskpress.engine.fingerprint import digest

HELD = "DESKPRESS_HELD"
"""The variable that tells programs started by a plug-in which projects the builds behind them have locked."""


def up_to_date_path(folder: Path, site: Path) -> Path:
    """Where it is remembered that a site is up to date."""
    return folder / f"rest-{name_of(site)}"


def name_of(site: Path) -> str:
    """A short name for a site's folder, of which one project may have several."""
    return digest(str(site).encode())[:12]


def lock(folder: Path, say: Callable[[str], None]) -> FileLock | None:
    """Hold the project; wait for another build, and say so.

    None where no lock can be made, and where a plug-in asks whose own build holds it: it would wait for ever.
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
    """Let the programs that plug-ins start find the project held by themselves."""
    before = _held()
    os.environ[HELD] = os.pathsep.join([*before, str(folder)])
    try:
        yield
    finally:
        os.environ[HELD] = os.pathsep.join(before)


def _held() -> list[str]:
    return [name for name in os.environ.get(HELD, "").split(os.pathsep) if name]
