"""Checks of files that are new in a push: their names, and drawings among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.publish import drawings
from deskpress.publish.git import Repository, TreeEntry
from deskpress.publish.names import name_problems


def judge_files(
    listing: Mapping[str, TreeEntry],
    known: Mapping[str, TreeEntry],
    content: str,
    repository: Repository,
    *,
    maintainer: bool,
) -> list[Diagnostic]:
    """Problems of the files of a commit that are not in `known`, the files of what is published.

    Errors refuse the push: names in the folder `content` that break clones, and drawings that may run code.
    For a maintainer drawings, and names elsewhere, are warnings; for published names, and those of a whole
    site that is pushed for the first time, there are warnings, too.
    """
    inside = f"{content}/"
    here = [path for path in listing if path.startswith(inside)]
    found = name_problems(here, known or listing)
    if maintainer:
        rest = [path for path in listing if path not in known and not path.startswith(inside)]
        found += name_problems(rest, rest)
    # By name and blob: renaming a file can make it a drawing.
    changed = {path: listing[path] for path in here if _is_drawing(path) and listing[path] != known.get(path)}
    severity = Severity.WARNING if maintainer else Severity.ERROR
    found += [replace(problem, severity=severity) for problem in _drawing_problems(changed, repository)]
    return found


def _is_drawing(path: str) -> bool:
    return path.lower().endswith(drawings.ENDING)


def _drawing_problems(changed: Mapping[str, TreeEntry], repository: Repository) -> Iterator[Diagnostic]:
    """The problems of drawings; those that are too large are not even read."""
    large = {path: entry for path, entry in changed.items() if entry.size > drawings.MOST_BYTES}
    yield from (drawings.too_large(path, entry.size) for path, entry in large.items())
    rest = {path: entry for path, entry in changed.items() if path not in large and entry.is_file}
    together = sum(entry.size for entry in rest.values())
    if together > drawings.MOST_TOGETHER:
        problem = f"the drawings of this push have {together:,} bytes; {drawings.MOST_TOGETHER:,} are allowed"
        span = Span(next(iter(rest)))
        yield Diagnostic(span, Severity.ERROR, Kind.IMAGE, problem, "push them in several steps")
        return
    contents = repository.blobs(entry.blob for entry in rest.values())
    for path, data in zip(rest, contents, strict=True):
        yield from drawings.drawing_problems(path, data)
