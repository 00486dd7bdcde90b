"""Writes a file atomically: to a temporary file in the same folder, flushed to disk, then renamed."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Replace the file at `path` in one step; an interrupted write leaves the old file.

    The file is written as `NAME.tmp` next to it: only for folders in which we choose all names.
    """
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        # A partial file would take up what little room a full disk has.
        temporary.unlink(missing_ok=True)
        raise
