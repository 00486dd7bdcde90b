"""A file that is there whole or as it was: written beside, on the disk, then put in place."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Replace the file at `path` in one step; what is cut off on the way leaves the old one.

    The file is written as `NAME.tmp` beside it: only for folders where all names are ours.
    """
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        # Half a file would keep the little room that a full disk has.
        temporary.unlink(missing_ok=True)
        raise
