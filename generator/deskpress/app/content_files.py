"""Content files that a command changes: read and written with their original line ends."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

_MARK = b"\xef\xbb\xbf"


def read_text(path: Path) -> str:
    """The text of a file, with newlines as `\\n`. Raises `OSError` or `UnicodeDecodeError`."""
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def write_text(path: Path, text: str) -> None:
    """Replace the text of a file in one step; it keeps its line ends, its byte-order mark and its mode."""
    known = path.read_bytes() if path.is_file() else b""
    ending = b"\r\n" if b"\r\n" in known else b"\n"
    data = (_MARK if known.startswith(_MARK) else b"") + text.encode().replace(b"\n", ending)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if known:
            shutil.copymode(path, name)
        else:
            Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
