"""The data that git passes to a hook of a push: its refs and its options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from deskpress.publish.git import NOTHING


class RefUpdate(Struct, frozen=True):
    """A change of a ref: its commits, empty if there was or will be none."""

    ref: str
    old: str
    new: str


def read_updates(lines: Iterable[str]) -> list[RefUpdate]:
    """The updates as git writes them to a hook: `old new ref`."""
    found = []
    for line in lines:
        old, new, ref = line.rstrip("\n").split(" ", 2)
        found.append(RefUpdate(ref, *("" if name == NOTHING[: len(name)] else name for name in (old, new))))
    return found


def push_options(environment: Mapping[str, str]) -> set[str]:
    """The options of `git push -o`."""
    count = environment.get("GIT_PUSH_OPTION_COUNT", "0")
    number = int(count) if count.isdecimal() else 0
    return {environment.get(f"GIT_PUSH_OPTION_{at}", "") for at in range(number)}
