"""The key that proves that a cache was written by this user.

A cache holds sanitised HTML, paths that are written to, and the list of drafts: whoever could forge it could
publish a script. So every record carries a code made with a key (BLAKE3's keyed hash) that is stored with the
user, not with the site. A cache from elsewhere is treated as damaged: everything is built anew.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from blake3 import blake3
from platformdirs import user_cache_path

VARIABLE = "DESKPRESS_CACHE_KEY"
"""The variable with the key where only the cache persists, as in CI: a long secret text."""

CONTEXT = "deskpress 2026 key of caches"
"""Makes the key derived from the variable's text specific to this purpose."""

SIZE = 32
SHARED = stat.S_IWGRP | stat.S_IWOTH


def cache_key(environment: Mapping[str, str] = os.environ) -> bytes:
    """The key, 32 bytes; made on first use.

    If it cannot be stored where only this user reads it, it differs each time, and no cache is reused.
    """
    if given := environment.get(VARIABLE, ""):
        return blake3(given.encode("utf-8", "surrogateescape"), derive_key_context=CONTEXT).digest()
    folder = private_folder()
    if folder is None:
        return os.urandom(SIZE)
    path = folder / "key"
    key = _read(path)
    if key is None:
        _make(path)
        key = _read(path)
    return key or os.urandom(SIZE)


def private_folder(name: str = "") -> Path | None:
    """Our folder, or its subfolder `name`, in the user's cache folder; made if it is missing.

    None if that fails, or if others can write to it.
    """
    above = user_cache_path("deskpress")
    try:
        for folder in (above, above / name) if name else (above,):
            if not os.path.lexists(folder):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            status = folder.lstat()
            if folder == above and stat.S_ISDIR(status.st_mode) and status.st_mode & SHARED:
                folder.chmod(0o700)  # made with a permissive umask; fails if another user owns it
                status = folder.lstat()
            if not _is_private(status, stat.S_ISDIR, SHARED):
                return None
    except OSError:
        return None
    return above / name


def _read(path: Path) -> bytes | None:
    # Do not follow a link or open a pipe, which would block.
    how = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        opened = os.open(path, how)
    except OSError:
        return None
    try:
        if not _is_private(os.fstat(opened), stat.S_ISREG, stat.S_IRWXG | stat.S_IRWXO):
            return None
        key = os.read(opened, SIZE + 1)
    finally:
        os.close(opened)
    return key if len(key) == SIZE else None


def _make(path: Path) -> None:
    """Create a key file atomically; if another process does the same, the first one wins."""
    with contextlib.suppress(OSError):
        opened, fresh = tempfile.mkstemp(prefix="key.", dir=path.parent)  # readable by its owner alone
        try:
            with os.fdopen(opened, "wb") as file:
                file.write(os.urandom(SIZE))
            if os.path.lexists(path) and _read(path) is None:
                path.unlink()
            os.link(fresh, path)
        finally:
            os.unlink(fresh)


def _is_private(status: os.stat_result, kind: Callable[[int], bool], shared: int) -> bool:
    """Whether a file or folder is of this `kind`, the user's own, and without the `shared` permissions."""
    if not kind(status.st_mode):
        return False
    # A system without user ids has no such permissions either.
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & shared)
