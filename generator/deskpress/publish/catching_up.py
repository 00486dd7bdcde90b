"""Builds what is published already, where a push would otherwise be charged for it."""

from __future__ import annotations

import os

from deskpress.publish.bounds import bounded
from deskpress.publish.builder import Review, Say, SiteBuilder
from deskpress.publish.remote import Remote

SHARE = 0.1
"""The share of a push's CPU time from which on a build of the published site has mattered."""


def catch_up(remote: Remote, builder: SiteBuilder, say: Say) -> bool:
    """Build the published commit as it is, and return whether that took much time.

    It does where the cache is lost or was written by another version: all texts are read then. Raises
    `ContentError`, `RemoteError` or `LimitError`.
    """
    settings, began = remote.settings, _spent()
    with (
        remote.lock(say, "the published site is being built once more"),
        bounded(settings, editor=True, accepted=True, existing=remote.state.seconds),
    ):
        if not (head := remote.repository.head(settings.branch)):
            return False
        accepted = remote.standing(head)
        built = remote.build(builder, remote.repository, accepted, say, review=Review.CONTENT)
        remote.remember(seconds=built.seconds)
    return _spent() - began > SHARE * settings.push_seconds


def _spent() -> float:
    """CPU seconds of this process and of those that it has started."""
    return sum(os.times()[:4])
