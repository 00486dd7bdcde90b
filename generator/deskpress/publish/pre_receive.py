"""The hook before a push is accepted: who may push what, is it sound, does it keep what was promised."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from deskpress.model.address import MAX_LENGTH, MAX_SEGMENT
from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, Severity, errors, printable
from deskpress.publish.git import Repository, TreeEntry
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
from deskpress.publish.promises import check_promises, gives_up
from deskpress.publish.pushed import check_mode, check_ref_count, check_refs, check_sent
from deskpress.publish.refusal import SHOWN, RefusedError, listed, told
from deskpress.publish.remote import Checked, Remote, RemoteError, Say, SiteBuilder
from deskpress.publish.roles import Pusher
from deskpress.publish.trusted import Accepted, Previewed, load, note, preview_listing
from deskpress.publish.updates import RefUpdate
from deskpress.source.searchfiles import QUERIES, SYNONYMS

_NOT_FILES = {"120000": "a symbolic link", "160000": "a submodule"}
_MEANWHILE = "Somebody else has pushed meanwhile. Fetch, merge, and push again."


def admit(
    remote: Remote,
    updates: list[RefUpdate],
    pusher: Pusher,
    options: set[str],
    repository: Repository,
    builder: SiteBuilder,
    say: Say,
) -> None:
    """Let a push in. Raises `RefusedError` or `RemoteError`.

    What can be told from the objects is told first, while others publish; the lock is held to build.
    """
    _check_amounts(remote, updates, pusher, repository)
    branch = remote.settings.branch
    published = f"refs/heads/{branch}"
    if len({update.ref for update in updates}) < len(updates):
        raise RefusedError("A push changes each ref once.")
    for update in updates:
        if not pusher.maintainer and update.ref != published:
            _check_ref(update, pusher, repository, branch)
        if (name := preview_name(update.ref)) and not is_name(name):
            raise RefusedError(f"`{name}` is not a valid preview name: letters, digits, points, hyphens.")
        if update.ref == published and not update.new:
            raise RefusedError(f"`{branch}` is what is published: it cannot be deleted.")
    head = repository.head(branch)
    standing = _standing(remote, head, pusher)
    main = next((update for update in updates if update.ref == published), None)
    if main and main.old != head:
        raise RefusedError(_MEANWHILE)
    if not pusher.maintainer and any(update.new for update in updates):
        standing = _known(standing)
        _check_commits(remote, updates, main, pusher, standing, repository)
    found: list[Accepted | Previewed] = []
    for update in updates:
        if update.new and (name := preview_name(update.ref)):
            _admit_preview(remote, update, pusher, standing, repository, say)
            found.append(Previewed(name, update.new, pusher.maintainer))
    if main:
        with (
            remote.lock(say, f"a push by {pusher.name} is being checked"),
            remote.unless_refused(repository),
        ):
            # Else the push would be held against a configuration that is no longer the last one.
            if repository.head(branch) != head:
                raise RefusedError(_MEANWHILE)
            found.append(_admit(remote, main, pusher, standing, options, repository, builder, say))
    if found:
        note(remote.root, standing, *found)


def _standing(remote: Remote, head: str, pusher: Pusher) -> Accepted | None:
    """What the head is built with; for a maintainer nothing, too, where that cannot be told."""
    try:
        return remote.standing(head) if head else None
    except RemoteError:
        if pusher.maintainer and load(remote.root) is not None:
            return None
        raise


def _check_amounts(remote: Remote, updates: list[RefUpdate], pusher: Pusher, repository: Repository) -> None:
    """Count what was sent before it is read."""
    limits, editor = remote.settings, not pusher.maintainer
    check_refs((update.ref for update in updates), limits, editor=editor)
    made = [update for update in updates if update.new]
    check_ref_count(repository, (update.ref for update in made if not update.old), limits, editor=editor)
    check_sent(repository, (update.new for update in made), limits, editor=editor)


def _known(standing: Accepted | None) -> Accepted:
    """What a push by an editor is held against."""
    if standing is None:
        raise RefusedError("The first push brings the whole site: a maintainer has to make it.")
    if not standing.content:
        raise RefusedError(
            "The last push is not live yet. On the server: `deskpress remote repair`. Then push again."
        )
    return standing


def _check_ref(update: RefUpdate, pusher: Pusher, repository: Repository, branch: str) -> None:
    """What editors may do to other refs: begin branches and tags, go on with branches, end previews.

    Not under a name that gets in the way of others: git refuses `preview/x` beside a branch `preview`, and
    `git push origin main` where there is a tag `main`, too.
    """
    if update.ref in (f"refs/tags/{branch}", "refs/tags/HEAD", "refs/heads/HEAD", "refs/heads/preview"):
        raise RefusedError(f"{update.ref} would stop others from pushing: choose another name.")
    kind = f"{update.ref}/".split("/")[1]
    odd = kind not in ("heads", "tags") or update.ref.startswith(("refs/heads/refs/", "refs/tags/refs/"))
    if odd or (not update.new and not preview_name(update.ref)):
        raise RefusedError(f"{pusher.name} may not change {update.ref}: a maintainer may.")
    if update.new and not repository.commit(update.new):
        raise RefusedError(f"{update.ref} would be no commit.")
    going_on = kind == "heads" and (
        preview_name(update.ref) or repository.is_ancestor(update.old, update.new)
    )
    if update.old and update.new and not going_on:
        raise RefusedError(f"{pusher.name} may not rewrite {update.ref}: a maintainer may.")


def _check_commits(
    remote: Remote,
    updates: list[RefUpdate],
    main: RefUpdate | None,
    pusher: Pusher,
    standing: Accepted,
    repository: Repository,
) -> None:
    """What an editor pushes has the configuration of a maintainer, on each ref and in each commit."""
    if main:
        _check_role(remote, main, pusher, standing, repository)
    _check_history(remote, updates, pusher, standing, repository)
    if main:
        _check_kinds(remote, main, pusher, standing, repository)


def _check_role(
    remote: Remote, update: RefUpdate, pusher: Pusher, standing: Accepted, repository: Repository
) -> None:
    """What an editor publishes goes on from what is published, and has the configuration of a maintainer."""
    if not repository.is_ancestor(update.old, update.new):
        raise RefusedError("Only maintainers may rewrite what was published. Fetch, merge, and push again.")
    content = standing.content
    if found := differing(repository, standing.configuration, update.new, content):
        raise RefusedError(_forbidden(remote, pusher, content, dict.fromkeys(found, f": not in {content}/")))


def _check_kinds(
    remote: Remote, update: RefUpdate, pusher: Pusher, standing: Accepted, repository: Repository
) -> None:
    """Nor does it change what only a maintainer may change in the content, by what others have committed."""
    changed = repository.changed(update.old, update.new, Tally.of_two(remote.settings))
    if forbidden := not_allowed(changed, standing.content, remote.settings.kinds):
        reasons = {path: f": {reason}" for path, reason in forbidden.items()}
        raise RefusedError(_forbidden(remote, pusher, standing.content, reasons))


def _forbidden(remote: Remote, pusher: Pusher, content: str, reasons: Mapping[str, str]) -> str:
    """What only a maintainer may push; what is said of each path follows it."""
    lines = [f"{printable(path)}{reason}" for path, reason in sorted(reasons.items())]
    return (
        f"{pusher.name} may change what lies in {content}/, and files of the usual kinds there."
        f" For these a maintainer has to push:\n{listed(lines)}\n"
        f"To let editors publish another kind, the owner of the server adds it to"
        f' {remote.root / "settings.json"}, as in "kinds": [".woff2"].'
    )


def _check_history(
    remote: Remote, updates: list[RefUpdate], pusher: Pusher, standing: Accepted, repository: Repository
) -> None:
    """Each new commit of an editor, on whatever branch or tag, is held to what the last one may hold."""
    tips = [update.new for update in updates if update.new]
    commits = new_commits(repository, tips)
    content = standing.content
    forbidden: dict[str, str] = {}
    with configurations(repository, content) as known:
        for commit in with_other_configuration(commits, standing.configuration, known):
            # A merge may be like one of its parents, and so is shown against what is published.
            before = commit.parents[0] if len(commit.parents) == 1 else standing.configuration
            changed = differing(repository, before, commit.name, content) or ["the form of a folder"]
            forbidden |= dict.fromkeys(changed, f" (in the commit {commit.name[:7]})")
            if len(forbidden) > SHOWN:
                break
    made = []
    for change in changes(repository, commits, content):
        if reasons := not_allowed([change.path], content, remote.settings.kinds):
            # Of the last commit nobody needs the name.
            where = "" if change.commit in tips else f" (in the commit {change.commit[:7]})"
            forbidden.setdefault(change.path, f"{where}: {reasons[change.path]}")
        elif change.entry is not None:
            made.append((change.path, change.entry))
    if forbidden:
        raise RefusedError(f"{_forbidden(remote, pusher, content, forbidden)}\n{_squash(remote)}")
    size = sizes(repository, {entry.blob for _, entry in made if entry.is_file})
    published = repository.listing(standing.commit, Tally(remote.settings))
    sized = [(path, replace(entry, size=size.get(entry.blob, 0))) for path, entry in made]
    try:
        for listing in as_listings(sized):
            _check_files(listing, content, remote.settings)
            if bad := errors(judge_files(listing, published, content, repository, maintainer=False)):
                raise RefusedError(told(bad, "mistake"))
    except RefusedError as error:
        raise RefusedError(f"{error}\n{_squash(remote)}") from None


def _squash(remote: Remote) -> str:
    """How to leave a commit out that is not the last one."""
    head = remote.repository.head(remote.settings.branch)
    return (
        "  hint: each commit is looked at. If it is right in the last one, make one commit of all:"
        f" git reset --soft {head[:12]} && git commit"
    )


def _admit_preview(
    remote: Remote,
    update: RefUpdate,
    pusher: Pusher,
    standing: Accepted | None,
    repository: Repository,
    say: Say,
) -> None:
    """A preview is held to what the published branch is held to."""
    known = repository.listing(standing.commit, Tally(remote.settings)) if standing else {}
    if pusher.maintainer:
        content = standing.content if standing and standing.content else remote.state.content
        listing = repository.listing(update.new, Tally(remote.settings))
    else:
        standing = _known(standing)
        content = standing.content
        listing, _ = preview_listing(repository, update.new, standing, remote.settings, remote.settings.kinds)
    _check_files(listing, content, remote.settings)
    found = judge_files(listing, known, content, repository, maintainer=pusher.maintainer)
    if bad := errors(found):
        raise RefusedError(told(bad, "mistake"))
    _warn(found, [path for path in listing if path not in known], say)


def _admit(
    remote: Remote,
    update: RefUpdate,
    pusher: Pusher,
    standing: Accepted | None,
    options: set[str],
    repository: Repository,
    builder: SiteBuilder,
    say: Say,
) -> Accepted:
    changed = repository.changed(update.old, update.new, Tally.of_two(remote.settings))
    listing = repository.listing(update.new, Tally(remote.settings))
    if pusher.maintainer:
        accepted = Accepted(update.new, update.new, "")
        # Of the first push the build tells where the content lies.
        content = standing.content if standing and standing.content else remote.state.content
    else:
        accepted = replace(_known(standing), commit=update.new, gives_up=False)
        content = accepted.content
    _check_files(listing, content, remote.settings)
    for path, mode in changed.items():
        check_mode(path, mode)
    known = repository.listing(update.old, Tally(remote.settings)) if update.old else {}
    found = judge_files(listing, known, content, repository, maintainer=pusher.maintainer)
    if bad := errors(found):
        raise RefusedError(told(bad, "mistake"))
    try:
        checked = _read(remote, accepted, changed, repository, builder, say)
    except ContentError as error:
        raise RefusedError(told(error.diagnostics, "mistake")) from None
    except RemoteError as error:
        raise RefusedError(str(error)) from None
    if bad := _mistakes(remote, checked, changed):
        raise RefusedError(told(bad, "mistake"))
    _warn([*found, *checked.diagnostics], changed, say)
    if checked.left_out:
        say(checked.left_out)
    if not pusher.maintainer:
        _check_claims(checked, changed)
    check_promises(remote, checked, options, pusher)
    for path in sorted({*remote.record.files} - {*checked.published.files})[:SHOWN]:
        say(f"/{path} was published and is gone: feeds, mails and other sites may still show it.")
    return replace(accepted, content=checked.content, gives_up=gives_up(options, pusher))


def _check_claims(checked: Checked, changed: Collection[str]) -> None:
    """An editor takes no address that a list or a feed may want, when others publish later."""
    taken = {
        address: f"{checked.content}/{path}"
        for address, path in checked.claims.items()
        if f"{checked.content}/{path}" in changed
    }
    if taken:
        lines = [f"/{address} ({printable(path)})" for address, path in sorted(taken.items())]
        raise RefusedError(
            "These addresses are of the kind that lists and feeds have: others could not publish what belongs"
            f" there. Choose other names or aliases, or let a maintainer push:\n{listed(lines)}"
        )


def _read(
    remote: Remote,
    accepted: Accepted,
    changed: Collection[str],
    repository: Repository,
    builder: SiteBuilder,
    say: Say,
) -> Checked:
    """Read what is pushed by building it: what is accepted is then ready to go live."""
    try:
        return remote.build(builder, repository, accepted, say, review=True).checked
    except ContentError:
        # A build stops at the first kind of mistake; an editor wants to hear of all.
        checked = builder.check(remote.checkout.folder, repository, accepted.commit, say)
        if _mistakes(remote, checked, changed):
            return checked
        # Reading finds nothing wrong with a template that fails.
        raise


def _mistakes(remote: Remote, checked: Checked, changed: Collection[str]) -> list[Diagnostic]:
    """What forbids publishing: warnings, too, where the site or the server is strict.

    Which page a query finds first may change with time: only who changes the judged queries answers for that.
    """
    strict = remote.settings.strict or checked.strict
    judging = any(path.endswith((QUERIES, SYNONYMS)) for path in changed)
    found = errors(checked.diagnostics, strict=strict, by_time=False)
    return [d for d in found if judging or d.kind is not Kind.SEARCH]


def _check_files(listing: Mapping[str, TreeEntry], content: str, limits: Limits) -> None:
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


def _warn(diagnostics: Iterable[Diagnostic], changed: Collection[str], say: Say) -> None:
    """Show the warnings on what was pushed; count the others."""
    warnings = [d for d in diagnostics if d.severity is Severity.WARNING]
    touched = set(changed)
    mine = [d for d in warnings if d.span.path in touched]
    for diagnostic in mine[:SHOWN]:
        say(str(diagnostic))
    if others := len(warnings) - min(len(mine), SHOWN):
        say(f"{others} warning{'s' if others != 1 else ''} not shown; run `deskpress check`.")
