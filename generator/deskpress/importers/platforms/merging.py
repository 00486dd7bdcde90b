"""Merges changes of the source with changes of editors, line by line."""

from __future__ import annotations

from difflib import SequenceMatcher

OURS, THEIRS = "changed here", "at the source"


def merge(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    """The text with both changes, and whether they conflict, with both between markers."""
    a, b, c = (text.splitlines(keepends=True) for text in (base, ours, theirs))
    one, two = _matches(a, b), _matches(a, c)
    done: list[str] = []
    met = False
    at = left = right = 0
    for start in [*sorted(set(one) & set(two)), None]:
        end = len(a) if start is None else start
        to_left = len(b) if start is None else one[start]
        to_right = len(c) if start is None else two[start]
        was, mine, other = a[at:end], b[left:to_left], c[right:to_right]
        if other in (mine, was):
            done += mine
        elif mine == was:
            done += other
        else:
            met = True
            done += [f"<<<<<<< {OURS}\n", *_ended(mine), "=======\n", *_ended(other), f">>>>>>> {THEIRS}\n"]
        if start is not None:
            done.append(a[start])
            at, left, right = start + 1, to_left + 1, to_right + 1
    return "".join(done), met


def _ended(lines: list[str]) -> list[str]:
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _matches(a: list[str], b: list[str]) -> dict[int, int]:
    """Which lines of `a` stand in `b`, and where."""
    found = {}
    for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            found[block.a + step] = block.b + step
    return found
