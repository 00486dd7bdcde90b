"""The configuration that a commit is built with: always one that a maintainer pushed.

The configuration is every file outside the content folder. Before a ref changes, the server records in
`trusted.json` each commit that the published branch may get, with the commit whose configuration it is built
with: itself if a maintainer pushes it, else that of the head before. So the record is valid whether or not a
later hook runs, and a recorded push that was not carried out has no effect: only heads are looked up.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import msgspec
from filelock import FileLock
from msgspec import Struct

from deskpress.publish.git import Repository, TreeEntry
from deskpress.publish.kinds import not_allowed
from deskpress.publish.limits import Limits, Tally
from deskpress.write.atomic import write_whole

NAME = "trusted.json"
KEPT = 64
"""The most records of each kind that are kept."""

SECONDS = 60
"""Seconds that a push waits until another has written its record, which takes milliseconds."""


class TrustError(Exception):
    """The configuration of a commit cannot be determined; the text says what to do."""


class Accepted(Struct, frozen=True):
    """A commit of the published branch, and the commit with whose configuration it is built.

    `content` is the content folder that this configuration names, without a trailing slash; empty if no build
    has determined it yet. `gives_up` says that lost addresses were intended.
    """

    commit: str
    configuration: str
    content: str
    gives_up: bool = False


class Previewed(Struct, frozen=True):
    """The commit of a preview, and whether a maintainer was the last to push it under that name."""

    name: str
    commit: str
    maintainer: bool


class TrustNotes(Struct, frozen=True):
    """The records, oldest first."""

    accepted: tuple[Accepted, ...] = ()
    previews: tuple[Previewed, ...] = ()


def load(root: Path) -> TrustNotes | None:
    """The records; None on a server that was made before there were any. Raises `TrustError`."""
    path = root / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=TrustNotes)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise TrustError(
            f"{path} is damaged ({error}); on the server, `deskpress remote repair` rebuilds it"
        ) from None


def begin(root: Path) -> None:
    """Create the records of a new server."""
    _save(root, TrustNotes())


def note(root: Path, head: Accepted | None, *found: Accepted | Previewed) -> None:
    """Record what a push may lead to. The record of `head`, the current head, always stays.

    On a server that was made before there were records, `head` is the first one.
    """
    with FileLock(root / f"{NAME}.lock", timeout=SECONDS):
        known = load(root) or TrustNotes((head,) if head else ())
        accepted, previews = list(known.accepted), list(known.previews)
        for one in found:
            if isinstance(one, Accepted):
                accepted = [old for old in accepted if old.commit != one.commit] + [one]
            else:
                same = (one.name, one.commit)
                previews = [old for old in previews if (old.name, old.commit) != same] + [one]
        kept = [old for old in accepted[:-KEPT] if head and old.commit == head.commit] + accepted[-KEPT:]
        _save(root, TrustNotes(tuple(kept), tuple(previews[-KEPT:])))


def _save(root: Path, trusted: TrustNotes) -> None:
    write_whole(root / NAME, msgspec.json.format(msgspec.json.encode(trusted)))


def standing(root: Path, repository: Repository, head: str, live: str, content: str) -> Accepted:
    """The configuration of the head of the published branch. Raises `TrustError`.

    A server without any records was made before there were any: its hook has refused every push by an editor
    that changed a file outside the content, so the head's own configuration is a maintainer's. `live` is the
    commit that was published last, `content` its content folder.

    A head that is not recorded bypassed the hook. It is built with the configuration of the newest recorded
    commit that it descends from.
    """
    known = load(root)
    if known is None:
        return Accepted(head, head, content if head == live else "")
    for one in reversed(known.accepted):
        if one.commit == head:
            return one
    for one in reversed(known.accepted):
        if repository.is_ancestor(one.commit, head):
            return Accepted(head, one.configuration, one.content)
    raise TrustError(
        f"commit {head[:7]} was not pushed by a maintainer, nor does it follow one that was:"
        " a maintainer has to push to the published branch (`git commit --allow-empty -m Publish` first, if"
        " there is nothing to change)"
    )


def is_maintainers_preview(root: Path, name: str, commit: str) -> bool:
    """Whether a maintainer was the last to push this commit as this preview. Raises `TrustError`."""
    known = load(root) or TrustNotes()
    return any(one.maintainer for one in known.previews if (one.name, one.commit) == (name, commit))


def listing_of(repository: Repository, accepted: Accepted, tally: Tally) -> dict[str, TreeEntry]:
    """The files that a commit of the published branch is built from. Raises `LimitError` or `GitError`."""
    if accepted.commit == accepted.configuration:
        return repository.listing(accepted.commit, tally)
    inside = f"{accepted.content}/"
    configuration = repository.listing(
        accepted.configuration, tally, keep=lambda path: not path.startswith(inside)
    )
    content = repository.listing(accepted.commit, tally, keep=lambda path: path.startswith(inside))
    return configuration | content


def preview_listing(
    repository: Repository, commit: str, head: Accepted, limits: Limits, kinds: Collection[str]
) -> tuple[dict[str, TreeEntry], list[str]]:
    """The files that an editor's preview is built from, and the paths in the content that are left out of it.

    The configuration is that of the published branch, `head`. So are the files in the content that only a
    maintainer may change, because a preview may be of a commit that somebody else has made. Raises
    `LimitError` or `GitError`.
    """
    inside = f"{head.content}/"
    published = listing_of(repository, head, Tally(limits))
    own = repository.listing(commit, Tally(limits), keep=lambda path: path.startswith(inside))
    both = (path for path in {**own, **published} if path.startswith(inside))
    held = set(not_allowed(both, head.content, kinds))
    found = {path: entry for path, entry in published.items() if path in held or not path.startswith(inside)}
    found |= {path: entry for path, entry in own.items() if path not in held}
    return found, sorted(path for path in held if path in own and own[path] != published.get(path))
