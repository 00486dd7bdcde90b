"""The owner of each file at a target: Deskpress lists what it published, and leaves everything else alone.

The list is in the file that marks a target as ours (`.deskpress`): JSON, an object with the paths in `files`.
It is written before the files it names and, if files are removed, once more after that: whenever a transfer
is interrupted, the list contains everything that Deskpress has put there.

A target from before there were lists has a marker that is not JSON. There, files that the site has too count
as ours.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from deskpress.model.diagnostic import printable
from deskpress.publish.builder import RemoteError, Say
from deskpress.write.site_folder import MARKER

ABOUT = "Deskpress publishes here. It changes and removes the files of this list, and no others."

MAX_READ = 256 * 1024 * 1024
"""The most bytes of a file that is read at a target; a list of a million files of 200 bytes is smaller."""

SHOWN = 20
"""The most paths that a message names."""

_HOSTS_OWN = ("CNAME", ".nojekyll")
"""Files that hosts put into a target before anything is published (GitHub Pages: custom domains)."""


class Division(Struct, frozen=True):
    """The files at a target: those that Deskpress may change or remove, and those it keeps.

    `listed` says whether the target had a list.
    """

    ours: frozenset[str]
    kept: tuple[str, ...]
    listed: bool


def as_list(paths: Iterable[str]) -> bytes:
    """The list of these paths, for the marker."""
    return (json.dumps({"about": ABOUT, "files": sorted(paths)}, indent=0) + "\n").encode()


def listed_in(data: bytes | None) -> frozenset[str] | None:
    """The paths in a list; None if `data` is none."""
    if data is None or len(data) > MAX_READ:
        return None
    try:
        files = json.loads(data)["files"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    whole = isinstance(files, list) and all(isinstance(path, str) for path in files)
    return frozenset(files) if whole else None


def claim(there: Collection[str], where: str) -> None:
    """Raise `RemoteError` if a target holds files and no marker, except files of the host."""
    if MARKER not in there:
        others = [path for path in there if path not in _HOSTS_OWN and not path.startswith(".well-known/")]
        if others:
            raise RemoteError(f"{where} holds files that Deskpress has not written: {_some(others)}")


def divide(
    site: Mapping[str, str], there: Mapping[str, str], ours: frozenset[str] | None, where: str
) -> Division:
    """Divide the files at a target, for a site that is to be shown there.

    `site` and `there` are paths with digests, empty for what is not a file; `ours` is the list at the target,
    None if there is none. A foreign file with the same bytes as the site's becomes ours. Raises `RemoteError`
    if one conflicts with the site's, and if the target is not ours (`claim`).
    """
    claim(there, where)
    mine = {MARKER, *((site.keys() if MARKER in there else ()) if ours is None else ours)}
    others = sorted(there.keys() - mine)
    same = {path for path in others if there[path] and there[path] == site.get(path)}
    folders = {above for path in site for above in _above(path)}
    clashes = [
        path
        for path in others
        if path not in same and (path in site or path in folders or any(a in site for a in _above(path)))
    ]
    if clashes:
        raise RemoteError(
            f"{where} holds files that Deskpress did not put there, in the place of the site's: "
            f"{_some(clashes)}\n"
            "  hint: delete them there, or leave them out of the site"
        )
    kept = tuple(path for path in others if path not in same)
    return Division(frozenset(there.keys() & mine | same), kept, ours is not None or MARKER not in there)


def tell_kept(division: Division, say: Say) -> None:
    """Report which foreign files stay."""
    for path in division.kept[:SHOWN]:
        say(f"kept {printable(path)}, which Deskpress did not put there")
    if len(division.kept) > SHOWN:
        say(f"kept {len(division.kept) - SHOWN:,} more")
    if division.kept and not division.listed:
        say("  hint: no list of what was published is there yet; delete by hand what is not needed")


def _above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def _some(paths: Collection[str]) -> str:
    more = f" and {len(paths) - SHOWN:,} more" if len(paths) > SHOWN else ""
    return ", ".join(printable(path) for path in sorted(paths)[:SHOWN]) + more
