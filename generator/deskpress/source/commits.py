"""When documents were created and last changed, according to git, across renames.

As in `git log --follow` of one file: a commit that only renames a file is not a change, and the file's
history goes on under its former name. One log of the whole repository serves all files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from deskpress.engine.blob_store import load, save
from deskpress.model.addons import Commit, Commits
from deskpress.source.history import Past, git_parts, head_of

MOST_RENAMED = 20
"""Files that may be renamed and edited in one commit and still be recognised: git compares each with each.
Files that keep their content, or the last part of their name, are always recognised."""


class KeptCommits(Struct, frozen=True):
    """The commits of the files in a folder, as of the commit `head`; `how` says by which method."""

    head: str
    how: str
    files: dict[str, Commits]
    newest: Commit | None = None


def read_commits(
    root: Path,
    memory: Path,
    key: bytes,
    *,
    follow: bool = True,
    ignored: tuple[str, ...] = (),
    past: Past | None = None,
) -> KeptCommits | None:
    """The commits on each file below `root`; None if git cannot tell, or only for a part of the past.

    Commits whose hashes begin with one of the `ignored` do not count as changes. The result is stored in
    `memory`, under the `key`, until there is another commit.
    """
    folder = root.resolve()
    if past is not None:
        where, head, inside, environment = past.repository, past.head, past.tree.resolve(), past.environment
    else:
        git = next((p for one in (folder, *folder.parents) if (p := one / ".git").exists()), None)
        head, shallow = head_of(git) if git else ("", False)
        if not head or shallow or git is None:
            return None
        where, inside, environment = folder, git.parent, None
    prefix = folder.relative_to(inside).as_posix()
    prefix = "" if prefix == "." else f"{prefix}/"
    how = "\n".join((prefix, str(follow), *ignored))
    known = load(memory, KeptCommits, key)
    if known is not None and (known.head, known.how) == (head, how):
        return known
    found = _read(where, head, prefix, follow, ignored, environment)
    if found is None:
        return None
    kept = KeptCommits(head, how, *found)
    save(memory, kept, key)
    return kept


def _read(
    where: Path,
    head: str,
    prefix: str,
    follow: bool,
    ignored: tuple[str, ...],
    environment: Mapping[str, str] | None,
) -> tuple[dict[str, Commits], Commit | None] | None:
    from subprocess import SubprocessError

    tree = ("ls-tree", "-r", "-z", "--name-only", "--full-tree", head, *([prefix] if prefix else []))
    # If detecting renames takes too long, pages still keep their dates.
    for renames in (("-M", f"-l{MOST_RENAMED}"), ("--no-renames",))[0 if follow else 1 :]:
        log = ("log", *renames, "--name-status", "-z", "--format=%x01%H %aI", head)
        try:
            with closing(git_parts(where, tree, environment)) as names:
                paths = list(names)
            with closing(git_parts(where, log, environment)) as parts:
                return _traced(_changes(parts), paths, prefix, ignored)
        except (OSError, SubprocessError):
            continue
    return None


def _changes(parts: Iterable[str]) -> Iterator[tuple[Commit, str, str, str]]:
    """Each change in a log, the newest first: its commit, kind (`M`, `A`, `R` …), path and former path."""
    commit: Commit | None = None
    pending = iter(parts)
    for part in pending:
        text = part.removeprefix("\n")
        if text.startswith("\x01"):
            line, _, text = text[1:].partition("\n")
            commit = _commit(line)
        text = text.strip("\n")
        if not text:
            continue
        kind = text[:1]
        former = next(pending, "") if kind in "RC" else ""
        path = next(pending, "")
        if commit is not None:
            yield commit, kind, path, former


def _commit(line: str) -> Commit | None:
    """A commit by its hash and author time; None for a time outside of the calendar."""
    name, _, time = line.partition(" ")
    try:
        at = datetime.fromisoformat(time)
    except ValueError:
        return None
    # Leave room for every time zone.
    if at.year <= 1 or at.year >= 9999 or (at.utcoffset() or timedelta()) >= timedelta(days=1):
        return None
    return Commit(at, name)


def _traced(
    changes: Iterable[tuple[Commit, str, str, str]],
    paths: Collection[str],
    prefix: str,
    ignored: tuple[str, ...],
) -> tuple[dict[str, Commits], Commit | None]:
    """The commits of each of the `paths`, which begin with `prefix`, and the newest of all below it."""
    # Files that were renamed from a name, as far as the log was read.
    under = {path: [path] for path in paths}
    last: dict[str, Commit] = {}
    created: dict[str, Commit] = {}
    newest: Commit | None = None
    for commit, kind, path, former in changes:
        is_ignored = bool(ignored) and commit.name.startswith(ignored)
        if newest is None and not is_ignored and (path.startswith(prefix) or former.startswith(prefix)):
            newest = commit
        files = under.get(path)
        if not files:
            continue
        if kind == "R":
            under.setdefault(former, []).extend(under.pop(path))
            continue
        if kind == "D":
            continue
        if not is_ignored:
            for file in files:
                last.setdefault(file, commit)
        if kind in "AC":
            created.update(dict.fromkeys(files, commit))
    found = {
        path.removeprefix(prefix): Commits(last.get(path), created.get(path))
        for path in paths
        if path in last or path in created
    }
    return found, newest
