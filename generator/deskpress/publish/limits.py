"""Limits of a push, a site and the server's repository, and counting while they are read."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

Amount = Annotated[int, Meta(ge=0)]

_SCALE = {"k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


class LimitError(Exception):
    """A limit is exceeded; the text says which, and where it is set."""


class TimeLimitError(LimitError):
    """The CPU time of a push is used up."""


class Limits(Struct, frozen=True, kw_only=True):
    """The limits of a server, as in `settings.json`; `OPTIONS` says what each one counts.

    The defaults allow a site of 100,000 documents with a picture each.
    """

    largest: Amount = 50_000_000
    total: Amount = 10_000_000_000
    files: Amount = 250_000
    names: Amount = 32_000_000
    previews: Amount = 20
    push: Amount = 1_000_000_000
    free: Amount = 500_000_000
    changes: Amount = 20_000
    unpacked: Amount = 4_000_000_000
    objects: Amount = 100_000
    commits: Amount = 1_000
    updates: Amount = 50
    refs: Amount = 1_000
    repository: Amount = 20_000_000_000
    git_memory: Amount = 1_000_000_000
    git_seconds: Amount = 600
    push_seconds: Amount = 600
    memory: Amount = 4_000_000_000
    receives: Amount = 16
    receive_seconds: Amount = 1800
    idle_seconds: Amount = 120
    fetches: Amount = 32


class Option(Struct, frozen=True):
    """A limit for users: its key in `settings.json`, the option of `remote init`, what it counts.

    `size` says that it is in bytes; `editors` that it does not apply to maintainers.
    """

    key: str
    flag: str
    text: str
    size: bool = False
    editors: bool = False


OPTIONS = (
    Option("largest", "--max-file", "Bytes of the largest file of a site.", size=True),
    Option("total", "--max-total", "Bytes of all files of a site, counted for each name.", size=True),
    Option("files", "--max-files", "Files and folders of a site."),
    Option("names", "--max-names", "Bytes of all paths of a site.", size=True),
    Option("previews", "--max-previews", "Previews that exist at a time."),
    Option("push", "--max-push", "Bytes that one push may send, compressed as git sends them.", size=True),
    Option("free", "--min-free", "Bytes of the disk that stay free after a push.", size=True),
    Option(
        "changes",
        "--max-changes",
        "Files and folders that one push changes, in each commit.",
        editors=True,
    ),
    Option(
        "unpacked", "--max-unpacked", "Bytes that one push may unpack to in git.", size=True, editors=True
    ),
    Option("objects", "--max-objects", "Objects that one push may send.", editors=True),
    Option("commits", "--max-commits", "Commits and tag objects that one push may send.", editors=True),
    Option("updates", "--max-updates", "Branches and tags that one push may name.", editors=True),
    Option("refs", "--max-refs", "Branches and tags of the repository.", editors=True),
    Option("repository", "--max-repository", "Bytes of the repository on the disk.", size=True, editors=True),
    Option("git_memory", "--git-memory", "Bytes of memory of a git process.", size=True),
    Option("git_seconds", "--git-seconds", "Seconds of CPU time of a git process."),
    Option(
        "push_seconds",
        "--push-seconds",
        "Seconds of CPU time that checking and building a push may take in each process.",
        editors=True,
    ),
    Option(
        "memory",
        "--memory",
        "Bytes of memory of each process that checks and builds what was pushed.",
        size=True,
    ),
    Option("receives", "--max-receives", "Pushes with a key that are sent at a time, one of each person."),
    Option(
        "receive_seconds", "--receive-seconds", "Seconds for which a push or a fetch with a key may last."
    ),
    Option("idle_seconds", "--idle-seconds", "Seconds for which a push with a key may send nothing."),
    Option("fetches", "--max-fetches", "Fetches with a key at a time, four of each person."),
)

_FLAGS = {option.key: option for option in OPTIONS}


def exceeded(limits: Limits, key: str, what: str, kind: type[LimitError] = LimitError) -> LimitError:
    """The error for a limit: the `what` that exceeds it, the limit, and where to change it."""
    option = _FLAGS[key]
    allowed = shown(option, getattr(limits, key))
    return kind(
        f"{what}; the limit is {allowed}.\n"
        f'  hint: "{key}" in the settings.json of the server is where it can be raised'
    )


def shown(option: Option, amount: int) -> str:
    """An amount in readable form: `250,000`, `50 MB`."""
    return size_text(amount) if option.size else f"{amount:,}"


def size_text(amount: int) -> str:
    """Bytes in the largest unit that shows them exactly, with up to two decimals."""
    for unit, scale in reversed(_SCALE.items()):
        if amount >= scale and amount * 100 % scale == 0:
            return f"{amount / scale:,.2f}".rstrip("0").rstrip(".") + f" {unit}B"
    return f"{amount:,} bytes"


def _about(amount: int) -> str:
    """Bytes in megabytes, rounded up."""
    return f"{-(-amount // 10**6):,} MB"


def parse_size(text: str) -> int:
    """Bytes from `50M`, `1.5 GB` or `1000`; units are powers of 1,000. Raises `ValueError`."""
    plain = text.strip().replace(",", "").removesuffix("B").removesuffix("b").strip()
    unit = plain[-1:].upper().replace("K", "k")
    scale = _SCALE.get(unit, 1)
    number = float(plain[:-1] if unit in _SCALE else plain)
    if not 0 <= number * scale < 2**63:
        raise ValueError(f"{text} is out of range")
    return int(number * scale)


def is_full(error: Exception) -> bool:
    """Whether an error says that the disk is full."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def plain(error: Exception) -> str:
    """The message for an error: for a full disk an explanation, with a hint."""
    if is_full(error):
        return f"The server's disk is full.\n{_MAKE_ROOM}."
    return str(error)


_MAKE_ROOM = (
    "  hint: who keeps the server can make room (`deskpress remote prune --keep N` removes old releases)"
)

_MANY = {
    "files": "The site has too many files and folders",
    "changes": "The push changes too many files",
}


class Tally:
    """Counts files and folders while they are read; one tally may count several listings together."""

    def __init__(self, limits: Limits, key: Literal["files", "changes"] = "files", times: int = 1) -> None:
        self.limits = limits
        self._key = key
        self._most = times * (limits.files if key == "files" else limits.changes)
        self._longest = times * limits.names
        self._entries = self._names = self._bytes = 0

    @classmethod
    def of_two(cls, limits: Limits) -> Tally:
        """Counts the differences between two sites."""
        return cls(limits, times=2)

    @classmethod
    def of_changes(cls, limits: Limits) -> Tally:
        """Counts what an editor's push changes."""
        return cls(limits, "changes")

    def add(self, path: bytes, size: int = 0) -> None:
        """Count a file or a folder with its bytes. Raises `LimitError`."""
        self.check_entries(1)
        self._entries += 1
        self._names += len(path)
        self._bytes += size
        self._check_names(self._names)
        if self._bytes > self.limits.total:
            raise exceeded(self.limits, "total", "The site's files are too large taken together")

    def check_entries(self, more: int) -> None:
        """Raise `LimitError` if that many more entries are too many."""
        if self._entries + more > self._most:
            raise exceeded(self.limits, self._key, _MANY[self._key])

    def check_folder(self, size: int) -> None:
        """Raise `LimitError` for a folder of `size` bytes, in which each entry takes at least thirty."""
        self._check_names(size - 30 * self.limits.files)

    def _check_names(self, size: int) -> None:
        if size > self._longest:
            raise exceeded(self.limits, "names", "The paths of the site's files are too long taken together")


SMALL = 1_000_000
"""Bytes that may still be pushed if the disk or the repository has reached its limit.

Otherwise whoever fills it would prevent all others from publishing.
"""

COPIES = 3
"""How often a file is on the disk: in the checkout, in the built site, in the release."""


BLOCK = 4096
"""Bytes that a folder takes on a disk, and a small file."""


def check_built(folder: Path, built: Iterable[str], changed: Iterable[str], limits: Limits) -> None:
    """Raise `LimitError` if a site that was `built` in `folder` is too large for a release.

    A release has folders of its own, and the files that have `changed`; it shares all others.
    """
    files = set(built)
    if len(files) > limits.files:
        raise exceeded(limits, "files", f"The site would have {len(files):,} files")
    folders = {path.rpartition("/")[0] for path in files}
    sizes = (max(BLOCK, (folder / path).stat().st_size) for path in files.intersection(changed))
    check_room(folder, BLOCK * len(folders) + sum(sizes), limits, copies=1)


def check_room(folder: Path, needed: int, limits: Limits, copies: int = COPIES) -> None:
    """Raise `LimitError` unless the disk of `folder` has room for new files of `needed` bytes."""
    needed *= copies
    if needed <= SMALL:
        return
    free = shutil.disk_usage(folder).free
    if free - needed < limits.free:
        raise LimitError(
            f"The server's disk is too full: {_about(needed)} are needed, {_about(free)} are"
            f" free, and {_about(limits.free)} stay free.\n"
            f'{_MAKE_ROOM}, or change "free" in its settings.json'
        )
