"""The hook before a push is accepted: who may push what, is it sound, does it keep what was promised."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from deskpress.model.diagnostic import (
    ContentError,
    Diagnostic,
    Kind,
    Severity,
    TotalTimeError,
    errors,
    printable,
)
from deskpress.publish.builder import BuiltSite, Checked, RemoteError, Review, SiteBuilder
from deskpress.publish.limits import Tally, TimeLimitError
from deskpress.publish.newfiles import judge_files
from deskpress.publish.previews import preview_name
from deskpress.publish.promises import check_promises, gives_up, undoes
from deskpress.publish.push import Push
from deskpress.publish.pushed import check_mode
from deskpress.publish.refusal import SHOWN, RefusedError, listed, told
from deskpress.publish.rights import check_amounts, check_commits, check_files, check_refs_of, known_standing
from deskpress.publish.trees import changed_files
from deskpress.publish.trusted import Accepted, Previewed, load, note, preview_listing
from deskpress.publish.updates import RefUpdate
from deskpress.source.addresses import list_kind
from deskpress.source.searchfiles import QUERIES, SYNONYMS

DEFAULTS = ".meta.yml"
"""The usual file of defaults for the front matter of a folder; under other names a maintainer changes it."""

_OVERTAKEN = "Somebody else has pushed meanwhile. Fetch, merge, and push again."


def admit(push: Push, updates: list[RefUpdate], builder: SiteBuilder) -> None:
    """Let a push in. Raises `RefusedError` or `RemoteError`.

    What can be told from the objects is told first, while others publish; the lock is held to build.
    """
    check_amounts(push, updates)
    check_refs_of(push, updates)
    remote, pusher, repository = push.remote, push.pusher, push.repository
    head = repository.head(push.settings.branch)
    standing = _standing(push, head)
    main = next((update for update in updates if update.ref == push.published), None)
    if main and main.old != head:
        raise RefusedError(_OVERTAKEN)
    if not pusher.maintainer and any(update.new for update in updates):
        standing = known_standing(standing)
        check_commits(push, updates, main, standing)
    found: list[Accepted | Previewed] = []
    for update in updates:
        if update.new and (name := preview_name(update.ref)):
            _admit_preview(push, update, standing)
            found.append(Previewed(name, update.new, pusher.maintainer))
    if main:
        with (
            remote.lock(push.say, f"a push by {pusher.name} is being checked"),
            remote.unless_refused(repository),
        ):
            # Else the push would be held against a configuration that is no longer the last one.
            if repository.head(push.settings.branch) != head:
                raise RefusedError(_OVERTAKEN)
            found.append(_admit(push, main, standing, builder))
    if found:
        note(remote.root, standing, *found)


def _standing(push: Push, head: str) -> Accepted | None:
    """What the head is built with; for a maintainer nothing, too, where that cannot be told."""
    try:
        return push.remote.standing(head) if head else None
    except RemoteError:
        if push.pusher.maintainer and load(push.remote.root) is not None:
            return None
        raise


def _admit_preview(push: Push, update: RefUpdate, standing: Accepted | None) -> None:
    """A preview is held to what the published branch is held to."""
    known = push.repository.listing(standing.commit, Tally(push.settings)) if standing else {}
    if push.pusher.maintainer:
        content = standing.content if standing and standing.content else push.remote.state.content
        listing = push.repository.listing(update.new, Tally(push.settings))
    else:
        standing = known_standing(standing)
        content = standing.content
        listing, _ = preview_listing(
            push.repository, update.new, standing, push.settings, push.settings.kinds
        )
    check_files(listing, content, push.settings)
    found = judge_files(listing, known, content, push.repository, maintainer=push.pusher.maintainer)
    if bad := errors(found):
        raise RefusedError(told(bad, "mistake"))
    _warn(push, found, [path for path in listing if path not in known])


def _admit(push: Push, update: RefUpdate, standing: Accepted | None, builder: SiteBuilder) -> Accepted:
    changed = changed_files(push.repository, update.old, update.new, Tally.of_two(push.settings))
    listing = push.repository.listing(update.new, Tally(push.settings))
    if push.pusher.maintainer:
        accepted = Accepted(update.new, update.new, "")
        # Of the first push the build tells where the content lies.
        content = standing.content if standing and standing.content else push.remote.state.content
    else:
        accepted = replace(known_standing(standing), commit=update.new, gives_up=False)
        content = accepted.content
    check_files(listing, content, push.settings)
    for path, mode in changed.items():
        check_mode(path, mode)
    known = push.repository.listing(update.old, Tally(push.settings)) if update.old else {}
    found = judge_files(listing, known, content, push.repository, maintainer=push.pusher.maintainer)
    if bad := errors(found):
        raise RefusedError(told(bad, "mistake"))
    try:
        built = _read(push, accepted, changed, builder)
    except ContentError as error:
        raise RefusedError(told(error.diagnostics, "mistake")) from None
    except RemoteError as error:
        raise RefusedError(str(error)) from None
    checked = built.checked
    if bad := _mistakes(push, checked, changed):
        raise RefusedError(told(bad, "mistake"))
    _warn(push, [*found, *checked.diagnostics], changed)
    if checked.left_out:
        push.say(checked.left_out)
    if not push.pusher.maintainer:
        _check_claims(push, checked, changed)
    undone = undoes(push, update)
    given_up = undone or gives_up(push)
    if undone:
        push.say("This takes back the last push: what only that has published is gone.")
    else:
        check_promises(push, built, given_up=given_up)
    for path in sorted({*push.remote.record.files} - {*checked.published.files})[:SHOWN]:
        push.say(f"/{path} was published and is gone: feeds, mails and other sites may still show it.")
    return replace(accepted, content=checked.content, gives_up=given_up)


def _check_claims(push: Push, checked: Checked, changed: Collection[str]) -> None:
    """An editor takes no address that others need when they publish later; what is published stays."""
    record = push.remote.record
    known = {*record.files, *(a for a, path in record.addresses.items() if not list_kind(path))}
    taken = {
        address: f"{checked.content}/{path}"
        for address, path in checked.claims.items()
        if address not in known and _changes(f"{checked.content}/{path}", changed)
    }
    if taken:
        lines = [f"/{address} ({printable(path)})" for address, path in sorted(taken.items())]
        raise RefusedError(
            "These addresses are of the kind that lists and feeds have, or the search, the theme or hosts of"
            " sites: others could not publish what belongs there. Choose other names or aliases, or let a"
            f" maintainer push:\n{listed(lines)}"
        )


def _changes(path: str, changed: Collection[str]) -> bool:
    """Whether a push changes a document, or defaults that hold for it (`compat.meta.holds_for`)."""
    defaults = (file for file in changed if file.endswith(DEFAULTS))
    return path in changed or any(path.startswith(file[: -len(DEFAULTS)].rstrip("/")) for file in defaults)


def _read(push: Push, accepted: Accepted, changed: Collection[str], builder: SiteBuilder) -> BuiltSite:
    """Read what is pushed by building it: what is accepted is then ready to go live."""
    review = Review.SEARCH if _is_judging(changed) else Review.CONTENT
    try:
        return push.remote.build(builder, push.repository, accepted, push.say, review=review)
    except TotalTimeError as error:
        raise TimeLimitError(told(error.diagnostics, "mistake")) from None
    except ContentError:
        # A build stops at the first kind of mistake; an editor wants to hear of all.
        folder = push.remote.checkout.folder
        checked = builder.check(folder, push.repository, accepted.commit, push.say, review)
        if _mistakes(push, checked, changed):
            return BuiltSite({}, checked, "", 0)
        # Reading finds nothing wrong with a template that fails.
        raise


def _mistakes(push: Push, checked: Checked, changed: Collection[str]) -> list[Diagnostic]:
    """What forbids publishing: warnings, too, where the site or the server is strict.

    Which page a query finds first may change with time: only who changes the judged queries answers for that,
    and nobody for those that were not judged because that takes too long.
    """
    strict = push.settings.strict or checked.strict
    judging = _is_judging(changed)
    found = errors(checked.diagnostics, strict=strict, by_time=False)
    return [d for d in found if d.kind is not Kind.SEARCH or (judging and d.severity is Severity.ERROR)]


def _is_judging(changed: Collection[str]) -> bool:
    return any(path.endswith((QUERIES, SYNONYMS)) for path in changed)


def _warn(push: Push, diagnostics: Iterable[Diagnostic], changed: Collection[str]) -> None:
    """Show the warnings on what was pushed; count the others."""
    warnings = [d for d in diagnostics if d.severity is Severity.WARNING]
    touched = set(changed)
    mine = [d for d in warnings if d.span.path in touched]
    for diagnostic in mine[:SHOWN]:
        push.say(str(diagnostic))
    if others := len(warnings) - min(len(mine), SHOWN):
        push.say(f"{others} warning{'s' if others != 1 else ''} not shown; run `deskpress check`.")
