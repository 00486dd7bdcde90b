"""What a push must preserve: published addresses, and the feeds of subscribers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from deskpress.plan.remedies import remedy
from deskpress.publish.builder import BuiltSite, Checked
from deskpress.publish.checks import ALIAS, feed_problems, lost_addresses, superseded
from deskpress.publish.push import Push
from deskpress.publish.refusal import SHOWN, RefusedError
from deskpress.publish.updates import RefUpdate
from deskpress.source.addresses import NAME, list_kind

UNDONE = timedelta(days=1)
"""The greatest age of a push that another one may take back."""

ALLOW_LOST = "allow-lost-addresses"
"""The option by which a maintainer gives up published addresses."""

ALLOW_FEEDS = "allow-feed-changes"
"""The option of `git push -o` that allows changes which mislead subscribers."""


def gives_up(push: Push) -> bool:
    """Whether a push may lose addresses on purpose."""
    return push.pusher.maintainer and ALLOW_LOST in push.options


def undoes(push: Push, update: RefUpdate) -> bool:
    """Whether a push takes back the last one, shortly after it: its files are those of the release before.

    What only the last push has published is then given up: no option is needed for that.
    """
    releases = push.remote.releases
    made: datetime | None = None
    for name in reversed(releases.names()):
        manifest = releases.readable(name)
        if manifest is None or (made is None and manifest.commit != update.old):
            return False
        if manifest.commit == update.old:
            made = manifest.made
            continue
        soon = made is not None and datetime.now(UTC) - made < UNDONE
        former = push.repository.tree(manifest.commit)
        return soon and bool(former) and former == push.repository.tree(update.new)
    return False


def check_promises(push: Push, built: BuiltSite, *, given_up: bool = False) -> None:
    """Raise `RefusedError` if an address would be lost unintentionally, or subscribers misled."""
    checked = built.checked
    record = push.remote.record
    record = record.without(superseded(record, checked.published, checked.reserved, built.files))
    lost = lost_addresses(record, checked.published)
    if lost and not given_up:
        lines = [_lost(address, path, checked) for address, path in list(lost.items())[:SHOWN]]
        hint = f"If a maintainer means it: git push -o {ALLOW_LOST}"
        raise RefusedError("\n".join(["Addresses that were published would lead nowhere:", *lines, hint]))
    if ALLOW_FEEDS in push.options:
        return
    if problems := feed_problems(record, checked.published):
        lines = [f"  {problem}" for problem in problems[:SHOWN]]
        hint = f"If you mean it: git push -o {ALLOW_FEEDS}"
        raise RefusedError("\n".join(["Subscribers of the feeds would be misled:", *lines, hint]))


def _lost(address: str, path: str, checked: Checked) -> str:
    content = checked.content
    if kind := list_kind(path):
        return (
            f"  /{address} (it listed posts by {kind}): add the line `/{address}<tab>{path}` to"
            f" {content}/{NAME}, and it leads to the archive (`deskpress check --fix` writes such lines as"
            " long as the pages are there)"
        )
    if path.startswith(ALIAS):
        return f"  /{address} (it led to {path}): add `aliases: [/{address}]` to what takes its place"
    return f"  /{address} (it was {content}/{path}): {remedy(address, path, checked.published, content)}"
