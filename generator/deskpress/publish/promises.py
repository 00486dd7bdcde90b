"""What a push must keep: published addresses, and the feeds of subscribers."""

from __future__ import annotations

from deskpress.publish.checks import feed_problems, lost_addresses, superseded
from deskpress.publish.push import Push
from deskpress.publish.refusal import SHOWN, RefusedError
from deskpress.publish.remote import Built
from deskpress.source.addresses import NAME, list_kind

ALLOW_LOST = "allow-lost-addresses"
"""The option by which a maintainer gives up addresses that were published."""

ALLOW_FEEDS = "allow-feed-changes"
"""The option of `git push -o` that lets changes through which mislead subscribers."""


def gives_up(push: Push) -> bool:
    """Whether a push means to lose addresses."""
    return push.pusher.maintainer and ALLOW_LOST in push.options


def check_promises(push: Push, built: Built) -> None:
    """Raise `RefusedError` where an address would be lost, or subscribers misled."""
    checked = built.checked
    record = push.remote.record
    record = record.without(superseded(record, checked.published, checked.reserved, built.files))
    lost = lost_addresses(record, checked.published)
    if lost and not gives_up(push):
        lines = [_lost(address, path, checked.content) for address, path in list(lost.items())[:SHOWN]]
        hint = f"If a maintainer means it: git push -o {ALLOW_LOST}"
        raise RefusedError("\n".join(["Addresses that were published would lead nowhere:", *lines, hint]))
    if ALLOW_FEEDS in push.options:
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
