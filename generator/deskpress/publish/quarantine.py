"""Quarantined objects of pushes (`tmp_objdir-*`), which git leaves behind if it is killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

SETTLED = 60.0
"""Seconds without a change after which it is checked whether a process still needs a folder."""

UNKNOWN = 24 * 3600.0
"""Seconds without a change after which none does, if the system cannot tell (no `/proc`)."""

_PREFIX = "tmp_objdir-"


def tidy(objects: Path) -> list[str]:
    """Remove what killed pushes have left in git's folder of objects; returns the names of the folders."""
    now = time.time()
    old = [path for path in objects.glob(f"{_PREFIX}*") if now - _changed(path) > SETTLED]
    if not old:
        return []
    if (environments := _environments()) is None:
        gone = [path for path in old if now - _changed(path) > UNKNOWN]
    else:
        # git passes the folder to hooks and unpackers in GIT_QUARANTINE_PATH and GIT_OBJECT_DIRECTORY.
        needed = b"\0".join(environments)
        mine = [path for path in old if _is_mine(path)]
        gone = [path for path in mine if os.fsencode(path.name) not in needed]
    for path in gone:
        shutil.rmtree(path, ignore_errors=True)
    return sorted(path.name for path in gone)


def _changed(folder: Path) -> float:
    """When something in a folder was changed last."""
    newest = 0.0
    for root, _, names in os.walk(folder):
        for name in (".", *names):
            with contextlib.suppress(OSError):
                newest = max(newest, os.lstat(os.path.join(root, name)).st_mtime)
    return newest or time.time()


def _is_mine(path: Path) -> bool:
    """Whether the processes that may need a folder can be inspected: those of its owner."""
    try:
        return os.geteuid() in (0, path.stat().st_uid)
    except OSError:
        return False


def _environments() -> Iterator[bytes] | None:
    """The environment of each process that this user may read; None if the system has no `/proc`."""
    if not os.path.exists("/proc/self/environ"):
        return None
    return _read_environments()


def _read_environments() -> Iterator[bytes]:
    for name in os.listdir("/proc"):
        if name.isdecimal():
            with contextlib.suppress(OSError):
                yield Path("/proc", name, "environ").read_bytes()
