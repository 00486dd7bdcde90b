"""`addresses.lock`: every address that was ever published, one per line, so that none is lost unnoticed.

A line has the address, the file that it showed when the line was added, and the feed id if there is one,
separated by tabs; a list of posts has its kind in place of a file: `(month)`, `(category)`. Lines are
sorted and never rewritten: two branches merge by union.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from deskpress.model.patterns import lazy_pattern

NAME = "addresses.lock"

MOST_LISTS = 10_000
"""Lists that may appear in the file: each is a page, in a folder of its own."""

MOST_BYTES, MOST_LINES = 50_000_000, 200_000
"""Limits of the file: every check reads all of it, and compares each line with the site."""

_ADDRESS = lazy_pattern(r"^/([^\t\n]*)", re.M)
_LIST = lazy_pattern(r"^/(\S+/)\t\(\w+\)\s*$", re.M)


class LockLine(Struct, frozen=True):
    """A line of the file; `number` counts from 1."""

    number: int
    address: str
    path: str
    id: str = ""

    @property
    def is_list(self) -> bool:
        """Whether the line names a list of posts, not a file."""
        return bool(list_kind(self.path))


def list_kind(path: str) -> str:
    """The kind of list in place of a file, `month` for `(month)`; empty for a file."""
    return path[1:-1] if path.startswith("(") else ""


def lock_text(root: Path) -> str:
    """The text of the file below `root`; empty if it does not exist, or `lock_problem` refuses it."""
    path = root / NAME
    return path.read_text("utf-8", "replace") if path.is_file() and not lock_problem(root) else ""


def lock_problem(root: Path) -> str:
    """Why the file below `root` is neither read nor written; empty if it is."""
    path = root / NAME
    if path.is_symlink():
        return "the file is a link, which may lead anywhere"
    if not path.is_file():
        return ""
    if (size := path.stat().st_size) > MOST_BYTES:
        return f"the file has {size:,} bytes; {MOST_BYTES:,} are allowed"
    # Each line with an address has at least one byte, and a newline.
    if size > 2 * MOST_LINES and (lines := path.read_bytes().count(b"\n")) > MOST_LINES:
        return f"the file has {lines:,} lines; {MOST_LINES:,} are allowed"
    return ""


def lists_in(text: str) -> tuple[str, ...]:
    """The addresses of lists in the file, sorted."""
    return tuple(sorted(set(_LIST.findall(text))))


def addresses_in(text: str) -> set[str]:
    """The addresses in the file, below the site's root."""
    return {address.strip() for address in _ADDRESS.findall(text)}


def read_lock(text: str) -> list[LockLine]:
    """The lines of the file, without empty ones and leftovers of a merge."""
    found = []
    for number, text_line in enumerate(text.split("\n"), 1):
        address, _, rest = text_line.partition("\t")
        path, _, feed_id = rest.partition("\t")
        if address.startswith("/"):
            found.append(LockLine(number, address.removeprefix("/").strip(), path.strip(), feed_id.strip()))
    return found


def write_lock(lines: Iterable[LockLine]) -> str:
    """The text of the file, sorted, each address and id once."""
    texts = {"\t".join(filter(None, (f"/{line.address}", line.path, line.id))) for line in lines}
    return "".join(f"{text}\n" for text in sorted(texts))
