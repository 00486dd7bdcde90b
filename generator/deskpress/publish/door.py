"""The hook before a push is accepted: who may push what, is it sound, does it keep what was promised."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from deskpress.model.address import MAX_LENGTH, MAX_SEGMENT
from deskpress.model.diagnostic import ContentError, Diagnostic, Severity, errors
from deskpress.publish.git import NOTHING, Entry, Repository
from deskpress.publish.guard import feed_problems, lost_addresses
from deskpress.publish.previews import is_name, preview_name
from deskpress.publish.remote import Checked, Remote, RemoteError, Say, Workshop
from deskpress.publish.roles import Pusher, outside
from deskpress.source.addresses import NAME, list_kind

SHOWN = 20
ALLOW_FEEDS = "allow-feed-changes"


_ACTIVE = re.compile(
    rb"<(?:[\w.-]+:)?(?:script|foreignobject|iframe|embed|object)\b|\son[a-z]+\s*=\s*[\"']|javascript:"
    rb"|<!entity\b|<\?xml-stylesheet|\0",
    re.I,
)
"""What a drawing does not need, and may run when it is opened by itself; NUL is that of other encodings."""


class RefusedError(Exception):
    """The push is refused; says why, a line or several."""


class Update(Struct, frozen=True):
    """What a push does to a ref: commits, empty where there was or will be none."""

    ref: str
    old: str
    new: str


def read_updates(lines: Iterable[str]) -> list[Update]:
    """The updates as git writes them to a hook: `old new ref`."""
    found = []
    for line in lines:
        old, new, ref = line.rstrip("\n").split(" ", 2)
        found.append(Update(ref, *("" if name == NOTHING[: len(name)] else name for name in (old, new))))
    return found


def push_options(environment: Mapping[str, str]) -> set[str]:
    """What `git push -o` said."""
    count = environment.get("GIT_PUSH_OPTION_COUNT", "0")
    number = int(count) if count.isdecimal() else 0
    return {environment.get(f"GIT_PUSH_OPTION_{at}", "") for at in range(number)}


def admit(
    remote: Remote,
    updates: list[Update],
    pusher: Pusher,
    options: set[str],
    repository: Repository,
    workshop: Workshop,
    say: Say,
) -> None:
    """Let a push in. Raises `RefusedError`."""
    published = f"refs/heads/{remote.settings.branch}"
    for update in updates:
        if not pusher.maintainer and update.ref != published:
            _check_ref(update, pusher, repository)
        if name := preview_name(update.ref):
            _admit_preview(remote, name, update, pusher, repository)
        if update.ref != published:
            continue
        if not update.new:
            raise RefusedError(f"`{remote.settings.branch}` is what is published: it cannot be deleted.")
        with remote.lock(say):
            _admit(remote, update, pusher, options, repository, workshop, say)


def _check_ref(update: Update, pusher: Pusher, repository: Repository) -> None:
    """What editors may do to other refs: begin branches and tags, go on with branches, end previews."""
    kind = update.ref.split("/")[1]
    odd = kind not in ("heads", "tags") or update.ref.startswith(("refs/heads/refs/", "refs/tags/refs/"))
    if odd or (not update.new and not preview_name(update.ref)):
        raise RefusedError(f"{pusher.name} may not change {update.ref}: a maintainer may.")
    going_on = kind == "heads" and (
        preview_name(update.ref) or repository.is_ancestor(update.old, update.new)
    )
    if update.old and update.new and not going_on:
        raise RefusedError(f"{pusher.name} may not rewrite {update.ref}: a maintainer may.")


def _admit_preview(remote: Remote, name: str, update: Update, pusher: Pusher, repository: Repository) -> None:
    """A preview is built like the site: who may not change what runs there may not here."""
    if not is_name(name):
        raise RefusedError(f"`{name}` is no name for a preview: letters, digits, points, hyphens.")
    if not update.new:
        return
    head = repository.head(remote.settings.branch)
    if not pusher.maintainer:
        # What came to the site since the branch began is not the branch's doing.
        changed = repository.changed(repository.base(head, update.new) or head, update.new)
        if forbidden := outside(changed, remote.state.content):
            raise RefusedError(f"{pusher.name} may change the content only, not {forbidden[0]}.")
    _check_files(repository.listing(update.new), remote.state.content, remote.settings.largest)


def _admit(
    remote: Remote,
    update: Update,
    pusher: Pusher,
    options: set[str],
    repository: Repository,
    workshop: Workshop,
    say: Say,
) -> None:
    state = remote.state
    changed = repository.changed(update.old, update.new)
    if not pusher.maintainer:
        _check_role(update, pusher, changed, state.content, repository)
    listing = repository.listing(update.new)
    _check_files(listing, state.content, remote.settings.largest)
    if not pusher.maintainer:
        _check_drawings(changed, listing, pusher, repository)
    try:
        checked = _read(remote, update.new, repository, workshop, say)
    except ContentError as error:
        raise RefusedError(_told(error.diagnostics, "mistake")) from None
    except RemoteError as error:
        raise RefusedError(str(error)) from None
    if bad := _mistakes(remote, checked):
        raise RefusedError(_told(bad, "mistake"))
    _warn(checked.diagnostics, changed, say)
    _check_promises(remote, checked, options)
    for path in sorted({*remote.record.files} - {*checked.published.files})[:SHOWN]:
        say(f"/{path} was published and is gone: feeds, mails and other sites may still show it.")


def _read(remote: Remote, commit: str, repository: Repository, workshop: Workshop, say: Say) -> Checked:
    """Read what is pushed by building it: what is accepted is then ready to go live."""
    try:
        return remote.build(workshop, repository, commit, say, review=True).checked
    except ContentError:
        # A build stops at the first kind of mistake; an editor wants to hear of all.
        checked = workshop.check(remote.checkout.folder, repository, commit, say)
        if _mistakes(remote, checked):
            return checked
        # Reading finds nothing wrong with a template that fails.
        raise


def _mistakes(remote: Remote, checked: Checked) -> list[Diagnostic]:
    """What forbids publishing: warnings, too, where the site or the server is strict."""
    return errors(checked.diagnostics, strict=remote.settings.strict or checked.strict)


def _check_role(
    update: Update, pusher: Pusher, changed: list[str], content: str, repository: Repository
) -> None:
    if not update.old:
        raise RefusedError("The first push brings the whole site: a maintainer has to make it.")
    if not repository.is_ancestor(update.old, update.new):
        raise RefusedError("Only maintainers may rewrite what was published. Fetch, merge, and push again.")
    if forbidden := outside(changed, content):
        listed = "\n".join(f"  {path}" for path in forbidden[:SHOWN])
        raise RefusedError(
            f"{pusher.name} may change what lies in {content}/. For these a maintainer has to push:\n{listed}"
        )


def _check_files(listing: Mapping[str, Entry], content: str, largest: int) -> None:
    problems = []
    for path, entry in listing.items():
        inside = path.startswith(f"{content}/")
        if inside and not entry.is_file:
            what = "a symbolic link" if entry.mode == "120000" else "a submodule"
            problems.append(f"{path}:1:1: this is {what}. Push the file itself.")
        elif entry.size > largest:
            problems.append(f"{path}:1:1: the file has {entry.size:,} bytes; {largest:,} are allowed.")
        elif _is_long(os.fsencode(path)):
            problems.append(f"{path[:SHOWN]}…: the path is longer than systems can hold.")
        elif not path.isprintable():
            problems.append(f"{path!r}: the name holds characters that cannot be seen.")
    if problems:
        raise RefusedError("\n".join(problems[:SHOWN]))


def _check_drawings(
    changed: list[str], listing: Mapping[str, Entry], pusher: Pusher, repository: Repository
) -> None:
    """Browsers run what stands in an SVG that is opened by itself."""
    drawings = [path for path in changed if path.lower().endswith(".svg") and path in listing]
    contents = repository.blobs(listing[path].blob for path in drawings)
    active = [path for path, data in zip(drawings, contents, strict=True) if _ACTIVE.search(data)]
    if active:
        listed = "\n".join(f"  {path}" for path in active[:SHOWN])
        raise RefusedError(f"{pusher.name} may not publish drawings that hold scripts or entities:\n{listed}")


def _is_long(path: bytes) -> bool:
    return len(path) > MAX_LENGTH or max(map(len, path.split(b"/"))) > MAX_SEGMENT


def _check_promises(remote: Remote, checked: Checked, options: set[str]) -> None:
    record = remote.record
    if lost := lost_addresses(record, checked.published):
        lines = [_lost(address, path, checked.content) for address, path in list(lost.items())[:SHOWN]]
        raise RefusedError("\n".join(["Addresses that were published would lead nowhere:", *lines]))
    if ALLOW_FEEDS in options:
        return
    if problems := feed_problems(record, checked.published):
        lines = [f"  {problem}" for problem in problems[:SHOWN]]
        hint = f"If you mean it: git push -o {ALLOW_FEEDS}"
        raise RefusedError("\n".join(["Subscribers of the feeds would be misled:", *lines, hint]))


def _lost(address: str, path: str, content: str) -> str:
    if kind := list_kind(path):
        return (
            f"  /{address} (it listed posts by {kind}): add the line `/{address}<tab>{path}` to"
            f" {content}/{NAME}, and it leads to the archive (`deskpress check --fix` writes such lines as"
            " long as the pages are there)"
        )
    return (
        f"  /{address} (it was {content}/{path}): add `aliases: [/{address}]` to what takes its"
        " place (with an `id` of its own, if that is a post), or bring it back with `expires`"
    )


def _told(diagnostics: Iterable[Diagnostic], noun: str) -> str:
    found = list(diagnostics)
    lines = [str(d) for d in found[: 2 * SHOWN]]
    if len(found) > len(lines):
        lines.append(f"… and {len(found) - len(lines)} more")
    return "\n".join([*lines, f"{len(found)} {noun}{'s' if len(found) != 1 else ''}."])


def _warn(diagnostics: Iterable[Diagnostic], changed: list[str], say: Say) -> None:
    """Show the warnings on what was pushed; count the others."""
    warnings = [d for d in diagnostics if d.severity is Severity.WARNING]
    touched = set(changed)
    mine = [d for d in warnings if d.span.path in touched]
    for diagnostic in mine[:SHOWN]:
        say(str(diagnostic))
    if others := len(warnings) - min(len(mine), SHOWN):
        say(f"{others} more warning{'s' if others != 1 else ''}: `deskpress check` shows them.")
