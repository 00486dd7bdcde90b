"""Makes a commit live: builds, makes a release, verifies it, switches. Also restores former releases."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from deskpress.model.address import href
from deskpress.model.diagnostic import ContentError
from deskpress.model.output import address_of
from deskpress.publish import quarantine
from deskpress.publish.announce import announce
from deskpress.publish.builder import Checked, RemoteError, Say, SiteBuilder
from deskpress.publish.checks import PublishedRecord, feed_problems, lost_addresses, superseded
from deskpress.publish.releases import ReleaseError
from deskpress.publish.remote import Remote
from deskpress.publish.trusted import NAME, TrustError, load, note

SHOWN = 20
LOST = ("404.html", "410.html")
PATIENT = 10
"""How many times longer an accepted push waits for the lock than one that can still be refused."""


def publish(
    remote: Remote,
    builder: SiteBuilder,
    say: Say,
    *,
    force: bool = False,
    due: bool = False,
    pushed: bool = False,
    afresh: bool = False,
) -> str:
    """Make the head of the published branch live; returns the release, or nothing if there is none.

    What was just `pushed` was built when it was checked; a damaged release is rebuilt `afresh`. If the
    process is killed, the old release stays live, and the next one finishes the work. Raises `RemoteError` or
    `ContentError`.
    """
    doing = "a push is being published" if pushed else "the published branch is being built"
    # A push that was accepted waits longer: it would not be published by others soon.
    with remote.lock(say, doing, times=PATIENT if pushed else 1):
        head = remote.repository.head(remote.settings.branch)
        if not head:
            raise RemoteError(f"nothing was pushed to `{remote.settings.branch}` yet")
        state = remote.state
        if state.held and due and state.commit == head:
            say("A former release was restored by hand: it stays until the next push.")
            return ""
        standing = remote.standing(head)
        built = (remote.built(standing) if pushed else None) or remote.build(
            builder, remote.repository, standing, say
        )
        if not standing.content or not (remote.root / NAME).exists():
            # A server that was made before there were notes.
            note(remote.root, None, replace(standing, content=built.checked.content))
        record, checked = remote.record, built.checked
        record = record.without(superseded(record, checked.published, checked.reserved, built.files))
        if standing.gives_up:
            record = record.without(lost_addresses(record, built.checked.published))
        if due and not force and (problems := feed_problems(record, built.checked.published)):
            raise RemoteError("Subscribers of the feeds would be misled:\n  " + "\n  ".join(problems[:SHOWN]))
        # Leftovers of a killed push take space that this one may need.
        remote.releases.tidy()
        quarantine.tidy(remote.repository.path / "objects")
        before = remote.releases.current()
        changed = remote.releases.changed(before, built.files)
        if before in remote.releases.names() and not changed and state.commit == head and not afresh:
            name = before
        else:
            name = remote.releases.make(remote.site, built.files, head, datetime.now(UTC), afresh=afresh)
            # The record is written first: an address that readers may have seen is never forgotten.
            remote.keep(record.after(built.checked.published))
            remote.releases.switch(name)
        # A build that nobody checks takes less time than the next push will.
        seconds = built.seconds if pushed else state.seconds
        remote.remember(
            commit=head,
            content=built.checked.content,
            held=False,
            next_due=built.next_due,
            seconds=seconds,
        )
        _tell(built.checked.url, changed, built.pages, built.next_due, say)
        remote.releases.tidy()
        remote.releases.prune(remote.settings.keep)
    # Nobody waits for the announcements.
    _announce(built.checked, changed, say)
    return name


def _announce(checked: Checked, changed: list[str], say: Say) -> None:
    feeds = [
        checked.url + href(path) for path in changed if path.endswith(("feed.xml", "atom.xml", "feed.json"))
    ]
    pages = [checked.url + href(address) for address in _pages(changed)]
    announce(checked.hub, feeds, checked.indexnow, pages, say)


def _pages(changed: list[str]) -> list[str]:
    """The addresses of the pages among changed files."""
    return [address_of(path) for path in changed if path.endswith(".html") and path not in LOST]


def _tell(url: str, changed: list[str], pages: int, next_due: str, say: Say) -> None:
    """The address of each page that changed."""
    shown = _pages(changed)
    for address in shown[:SHOWN]:
        say(f"  {url}{href(address)}")
    if len(shown) > SHOWN:
        say(f"  … and {len(shown) - SHOWN} more")
    say(
        f"Live: {pages} pages, {len(changed)} files changed."
        + (f" Next due: {next_due}." if next_due else "")
    )


def rollback(remote: Remote, name: str, say: Say) -> str:
    """Make a former release live: the named one, or the one before the live one. Raises `RemoteError`."""
    with remote.lock(say, "a former release is being restored"):
        names = remote.releases.names()
        current = remote.releases.current()
        if not name:
            earlier = [other for other in names if other < current]
            if not earlier:
                raise RemoteError("there is no release before the live one")
            name = earlier[-1]
        found = [other for other in names if other == name or other.startswith(name) or other.endswith(name)]
        if len(found) != 1:
            raise RemoteError(f"no release is called `{name}`: `deskpress remote releases` lists them")
        remote.releases.verify(found[0])
        remote.releases.carry(current, found[0])
        # First: if the process is killed here, the release at least stays.
        remote.remember(held=True)
        remote.releases.switch(found[0])
        return found[0]


def repair(remote: Remote, builder: SiteBuilder, say: Say) -> None:
    """Finish or remove what was left incomplete; rewrite the hooks."""
    remote.equip()
    try:
        held = remote.state.held
    except RemoteError as error:
        say(f"{error}; it is rebuilt")
        (remote.root / "state.json").unlink()
        held = False
    with remote.lock(say, "the server is being repaired"):
        for name in remote.releases.tidy():
            say(f"removed {name}, which was never finished")
        for name in quarantine.tidy(remote.repository.path / "objects"):
            say(f"removed {name}, which an interrupted push has left")
        current = remote.releases.current()
        if not current and (names := remote.releases.names()):
            remote.releases.switch(names[-1])
        damaged = False
        try:
            if current:
                remote.releases.verify(current)
        except ReleaseError as error:
            damaged = True
            say(f"{error}; it is rebuilt")
    try:
        record: PublishedRecord | None = remote.record
    except RemoteError as error:
        say(f"{error}; it is rebuilt from what is published now")
        (remote.root / "published.json").unlink()
        record = None
    try:
        load(remote.root)
    except TrustError as error:
        say(str(error))
        (remote.root / NAME).unlink()
    head = remote.repository.head(remote.settings.branch)
    if held and remote.state.commit == head:
        say("A former release was restored by hand: it stays until the next push.")
    elif head:
        try:
            publish(remote, builder, say, force=record is None, afresh=damaged)
        except ContentError as error:
            raise RemoteError("\n".join(map(str, error.diagnostics))) from None
