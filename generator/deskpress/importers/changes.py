"""Files that an import writes: shown as a diff first, then written atomically."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field


class Changes(Struct):
    """New texts by path (with slashes, relative to the site's folder), next to the current ones.

    Texts are as on disk, with their line ends and byte-order marks.
    """

    root: Path
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)

    def read(self, path: str) -> str:
        """The new text, else the current one. Raises `OSError`, `UnicodeDecodeError`."""
        if path in self.after:
            return self.after[path]
        with (self.root / path).open(encoding="utf-8", newline="") as file:
            return file.read()

    def write(self, path: str, text: str) -> None:
        """Set the new text of `path`; the current one is kept for the diff."""
        if path not in self.before:
            exists = (self.root / path).exists()
            self.before[path] = self.read(path) if exists else ""
        self.after[path] = text

    @property
    def paths(self) -> list[str]:
        """The files that differ, sorted."""
        return sorted(path for path, text in self.after.items() if text != self.before[path])

    def diff(self) -> Iterator[str]:
        """A unified diff, line by line, as `patch -p1` reads it."""
        for path in self.paths:
            before, after = self.before[path].splitlines(), self.after[path].splitlines()
            yield from difflib.unified_diff(before, after, f"a/{path}", f"b/{path}", lineterm="")

    def changed_lines(self, path: str) -> tuple[int, int]:
        """How many lines of a file are added, and how many removed."""
        before, after = self.before[path].splitlines(), self.after[path].splitlines()
        lines = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
        return sum(line[:1] == "+" for line in lines), sum(line[:1] == "-" for line in lines)

    def apply(self, root: Path) -> list[str]:
        """Write the files that differ below `root`, each atomically. Returns their paths.

        Raises `OSError`, before anything is written if a link leads out of `root`.
        """
        targets = {}
        for path in self.paths:
            targets[path] = os.path.realpath(root / path)
            if not is_inside(root, path):
                raise OSError(f"{path} leads out of {root}, so nothing was written")
        for path, target in targets.items():
            _write(Path(target), self.after[path].encode())
        return self.paths


def is_inside(root: Path, path: str) -> bool:
    """Whether a path below `root` is still there when all links are followed."""
    return os.path.realpath(root / path).startswith(f"{os.path.realpath(root)}{os.sep}")


def _write(path: Path, data: bytes) -> None:
    """Replace a file in one step; it keeps its mode. The folder is the owner's, so no name in it is ours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=".deskpress-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if path.exists():
            shutil.copymode(path, beside)
        else:
            Path(beside).chmod(0o644)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
