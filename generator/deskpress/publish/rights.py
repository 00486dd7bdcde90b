"""What only maintainers may push, decided from objects, before a checkout."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping

from msgspec.structs import replace

from deskpress.model.address import MAX_LENGTH, MAX_SEGMENT
from deskpress.model.diagnostic import errors, printable
from deskpress.publish.git import TreeEntry
from deskpress.publish.history import (
    as_listings,
    changes,
    configurations,
    differing,
    new_commits,
    sizes,
    with_other_configuration,
)
from deskpress.publish.kinds import not_allowed
from deskpress.publish.limits import Limits, Tally, exceeded
from deskpress.publish.newfiles import judge_files
from deskpress.publish.previews import is_name, preview_name
from deskpress.publish.push import Push
from deskpress.publish.pushed import check_ref_count, check_refs, check_sent
from deskpress.publish.refnames import ref_problems
from deskpress.publish.refusal import SHOWN, RefusedError, listed, told
from deskpress.publish.trees import changed_files
from deskpress.publish.trusted import Accepted
from deskpress.publish.updates import RefUpdate

_NOT_FILES = {"120000": "a symbolic link", "160000": "a submodule"}


def check_amounts(push: Push, updates: list[RefUpdate]) -> None:
    """Count what was sent before it is read."""
    limits, editor = push.settings, not push.pusher.maintainer
    check_refs((update.ref for update in updates), limits, editor=editor)
    made = [update for update in updates if update.new]
    check_ref_count(push.repository, (update.ref for update in made if not update.old), limits, editor=editor)
    check_sent(push.repository, (update.new for update in made), limits, editor=editor)


def check_refs_of(push: Push, updates: list[RefUpdate]) -> None:
    """Raise `RefusedError` for a ref that the pusher may not change, or not to that."""
    if len({update.ref for update in updates}) < len(updates):
        raise RefusedError("A push changes each ref once.")
    for update in updates:
        if not push.pusher.maintainer and update.ref != push.published:
            _check_ref(push, update)
        if (name := preview_name(update.ref)) and not is_name(name):
            raise RefusedError(f"`{name}` is not a valid preview name: letters, digits, points, hyphens.")
        if update.ref == push.published and not update.new:
            raise RefusedError(f"`{push.settings.branch}` is what is published: it cannot be deleted.")
    if not push.pusher.maintainer:
        _check_names(push, [update.ref for update in updates if update.new and not update.old])


def _check_names(push: Push, new: list[str]) -> None:
    """Refuse new refs of an editor that conflict with others, on any system that clones run on."""
    if not new:
        return
    with contextlib.closing(push.repository.lines("for-each-ref", "--format=%(refname)")) as lines:
        known = {line.decode("utf-8", "surrogateescape") for line in lines} - {*new}
    if problems := ref_problems(new, known, push.settings.branch):
        told = listed([f"{ref}: {problem}" for ref, problem in problems.items()])
        raise RefusedError(
            f"Choose other names for these branches and tags, or let a maintainer push:\n{told}"
        )


def known_standing(standing: Accepted | None) -> Accepted:
    """The base that a push by an editor is compared with."""
    if standing is None:
        raise RefusedError("The first push brings the whole site: a maintainer has to make it.")
    if not standing.content:
        raise RefusedError(
            "The last push is not live yet. On the server: `deskpress remote repair`. Then push again."
        )
    return standing


def _check_ref(push: Push, update: RefUpdate) -> None:
    """What editors may do to other refs: create branches and tags, advance branches, delete previews.

    Not under a conflicting name: git refuses `preview/x` next to a branch `preview`, and `git push origin
    main` if there is a tag `main`, too.
    """
    branch = push.settings.branch
    if update.ref in (f"refs/tags/{branch}", "refs/tags/HEAD", "refs/heads/HEAD", "refs/heads/preview"):
        raise RefusedError(f"{update.ref} would stop others from pushing: choose another name.")
    kind = f"{update.ref}/".split("/")[1]
    odd = kind not in ("heads", "tags") or update.ref.startswith(("refs/heads/refs/", "refs/tags/refs/"))
    if odd or (not update.new and not preview_name(update.ref)):
        raise RefusedError(f"{push.pusher.name} may not change {update.ref}: a maintainer may.")
    if update.new and not push.repository.commit(update.new):
        raise RefusedError(f"{update.ref} would not be a commit.")
    going_on = kind == "heads" and (
        preview_name(update.ref) or push.repository.is_ancestor(update.old, update.new)
    )
    if update.old and update.new and not going_on:
        raise RefusedError(f"{push.pusher.name} may not rewrite {update.ref}: a maintainer may.")


def check_commits(push: Push, updates: list[RefUpdate], main: RefUpdate | None, standing: Accepted) -> None:
    """An editor's push must have the configuration of a maintainer, on each ref and in each commit."""
    if main:
        _check_role(push, main, standing)
    _check_history(push, updates, standing)
    if main:
        _check_kinds(push, main, standing)


def _check_role(push: Push, update: RefUpdate, standing: Accepted) -> None:
    """An editor's push must descend from what is published, and have the configuration of a maintainer."""
    if not push.repository.is_ancestor(update.old, update.new):
        raise RefusedError("Only maintainers may rewrite what was published. Fetch, merge, and push again.")
    content = standing.content
    if found := differing(push.repository, standing.configuration, update.new, content):
        raise RefusedError(_forbidden(push, content, dict.fromkeys(found, f": not in {content}/")))


def _check_kinds(push: Push, update: RefUpdate, standing: Accepted) -> None:
    """Nor may it change files that only a maintainer may change in the content, even by others' commits."""
    changed = changed_files(push.repository, update.old, update.new, Tally.of_two(push.settings))
    if forbidden := not_allowed(changed, standing.content, push.settings.kinds):
        reasons = {path: f": {reason}" for path, reason in forbidden.items()}
        raise RefusedError(_forbidden(push, standing.content, reasons))


def _forbidden(push: Push, content: str, reasons: Mapping[str, str]) -> str:
    """The message about what only a maintainer may push; each path follows."""
    lines = [f"{printable(path)}{reason}" for path, reason in sorted(reasons.items())]
    return (
        f"{push.pusher.name} may change what lies in {content}/, and files of the usual kinds there."
        f" For these a maintainer has to push:\n{listed(lines)}\n"
        f"To let editors publish another kind, the owner of the server adds it to"
        f' {push.remote.root / "settings.json"}, as in "kinds": [".woff2"].'
    )


def _check_history(push: Push, updates: list[RefUpdate], standing: Accepted) -> None:
    """Each new commit of an editor, on any branch or tag, must follow the same rules as the last one."""
    tips = [update.new for update in updates if update.new]
    commits = new_commits(push.repository, tips)
    content = standing.content
    forbidden: dict[str, str] = {}
    with configurations(push.repository, content) as known:
        for commit in with_other_configuration(commits, standing.configuration, known):
            # A merge may equal one of its parents, so the difference to what is published is shown.
            before = commit.parents[0] if len(commit.parents) == 1 else standing.configuration
            changed = differing(push.repository, before, commit.name, content) or ["the form of a folder"]
            forbidden |= dict.fromkeys(changed, f" (in the commit {commit.name[:7]})")
            if len(forbidden) > SHOWN:
                break
    made = []
    for change in changes(push.repository, commits, content):
        if reasons := not_allowed([change.path], content, push.settings.kinds):
            # The last commit need not be named.
            where = "" if change.commit in tips else f" (in the commit {change.commit[:7]})"
            forbidden.setdefault(change.path, f"{where}: {reasons[change.path]}")
        elif change.entry is not None:
            made.append((change.path, change.entry))
    if forbidden:
        raise RefusedError(f"{_forbidden(push, content, forbidden)}\n{_squash(push)}")
    size = sizes(push.repository, {entry.blob for _, entry in made if entry.is_file})
    published = push.repository.listing(standing.commit, Tally(push.settings))
    sized = [(path, replace(entry, size=size.get(entry.blob, 0))) for path, entry in made]
    try:
        for listing in as_listings(sized):
            check_files(listing, content, push.settings)
            if bad := errors(judge_files(listing, published, content, push.repository, maintainer=False)):
                raise RefusedError(told(bad, "mistake"))
    except RefusedError as error:
        raise RefusedError(f"{error}\n{_squash(push)}") from None


def _squash(push: Push) -> str:
    """How to remove a commit that is not the last one."""
    head = push.remote.repository.head(push.settings.branch)
    return (
        "  hint: each commit is looked at. If it is right in the last one, make one commit of all:"
        f" git reset --soft {head[:12]} && git commit"
    )


def check_files(listing: Mapping[str, TreeEntry], content: str, limits: Limits) -> None:
    """Raise `RefusedError` for what is not a file, is too large, or has an unsupported path."""
    problems: list[str] = []
    for path, entry in listing.items():
        if len(problems) == SHOWN:
            break
        inside = path.startswith(f"{content}/")
        if inside and not entry.is_file:
            what = _NOT_FILES.get(entry.mode, f"an entry with the mode {entry.mode}")
            problems.append(f"{printable(path)}:1:1: this is {what}. Push the file itself.")
        elif entry.size > limits.largest:
            what = f"{printable(path)}:1:1: the file has {entry.size:,} bytes"
            problems.append(str(exceeded(limits, "largest", what)))
        elif _is_long(os.fsencode(path)):
            problems.append(f"{printable(path[:SHOWN])}…: the path is longer than systems can hold.")
    if problems:
        raise RefusedError("\n".join(problems))


def _is_long(path: bytes) -> bool:
    return len(path) > MAX_LENGTH or max(map(len, path.split(b"/"))) > MAX_SEGMENT
