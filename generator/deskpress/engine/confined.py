"""Restricts code that opens files named in a text to one folder: whoever writes the text chooses the path.

The interpreter reports each file and folder before it is opened (`sys.addaudithook`, PEP 578).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from deskpress.engine.reads import paused

_NETWORK = ("socket.", "http.client.", "urllib.", "ftplib.")
_FOLDERS = ("os.listdir", "os.scandir", "glob.glob", "os.chdir")

_IMPORTING = ("<frozen importlib", "<frozen zipimport")
_OF_MODULES = ("importlib", "linecache", "pkgutil")
"""What may read installed files for the interpreter itself: by the file of the code, and by module name."""

MOST_OPENED, MOST_READ = 1000, 20_000_000
"""Files that one text may include, directly or indirectly, and their total bytes."""

_confinement: Confinement | None = None
"""The active bounds; code of others runs one piece at a time in a process."""

_asked = False


class OutsideError(Exception):
    """Code tried to read something outside its folder; the text says what."""


class Confinement:
    """What may be read: below `root`, except git's own files, and below the folders `besides`.

    Installed packages may be read only by importing modules: `/usr` may be Python's prefix, and the folder of
    an environment may hold passwords. Without `online`, network requests are refused.
    """

    def __init__(self, root: str, besides: tuple[str, ...] = (), *, online: bool = True) -> None:
        self.root = os.path.realpath(root)
        installed = {sys.prefix, sys.base_prefix, sys.exec_prefix}
        self.besides = tuple({os.path.realpath(one) for one in besides})
        self.installed = tuple({os.path.realpath(one) for one in installed})
        self.online = online
        self.refused = ""
        self._opened = self._size = 0

    def begin(self) -> None:
        """Reset the count of opened files, for the next text."""
        self.refused, self._opened, self._size = "", 0, 0

    def judge(self, path: object) -> None:
        """Raise `OutsideError` for a path that may not be read."""
        if isinstance(path, int) or path is None:
            return
        with paused():
            full = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]  # whatever else is no path
        inside = _below(full, self.root) and ".git" not in full[len(self.root) :].split(os.sep)
        known = inside or any(_below(full, one) for one in self.besides)
        if not known and not (any(_below(full, one) for one in self.installed) and _is_importing()):
            self.refuse(f"`{os.fsdecode(path)}` lies outside of the site's folder")  # type: ignore[arg-type]
        if inside:
            # Files that include one another twice would be read a million times.
            self._opened += 1
            with paused():
                self._size += os.path.getsize(full) if os.path.isfile(full) else 0
            if self._opened > MOST_OPENED or self._size > MOST_READ:
                self.refuse(f"more than {MOST_OPENED:,} files, or {MOST_READ:,} bytes, are included")

    def refuse(self, problem: str) -> None:
        """Raise `OutsideError`, and again at the end if the code catches it."""
        self.refused = self.refused or problem
        raise OutsideError(problem)


def _is_importing() -> bool:
    """Whether the file is opened to import a module, or to look up installed packages."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        frame = frame.f_back
        name = str(frame.f_globals.get("__name__", ""))
        if frame.f_code.co_filename.startswith(_IMPORTING) or name.partition(".")[0] in _OF_MODULES:
            return True
    return False


def _below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


@contextmanager
def confined(to: Confinement) -> Iterator[None]:
    """Restrict the block to its bounds. Raises `OutsideError`."""
    global _confinement, _asked  # noqa: PLW0603  # one hook for the process; it cannot be taken away again
    if not _asked:
        sys.addaudithook(_hear)
        _asked = True
    before, _confinement = _confinement, to
    to.begin()
    try:
        yield
    finally:
        _confinement = before
    if to.refused:
        raise OutsideError(to.refused)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    asked = _confinement
    if asked is None:
        return
    if event == "open" or event in _FOLDERS:
        asked.judge(arguments[0] if arguments[0] is not None else ".")
    elif not asked.online and event.startswith(_NETWORK):
        asked.refuse("nothing is fetched from the network here")
