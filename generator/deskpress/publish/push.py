"""One push: its pusher, server and contents."""

from __future__ import annotations

from msgspec import Struct

from deskpress.publish.builder import Say
from deskpress.publish.git import Repository
from deskpress.publish.remote import Remote, Settings
from deskpress.publish.roles import Pusher


class Push(Struct, frozen=True):
    """A push as its hook sees it.

    `repository` holds what was sent in addition to the server's objects, `options` are those of `git push
    -o`, and `say` prints a line at the pusher's end.
    """

    remote: Remote
    pusher: Pusher
    repository: Repository
    options: set[str]
    say: Say

    @property
    def settings(self) -> Settings:
        """The server's settings, including its limits."""
        return self.remote.settings

    @property
    def published(self) -> str:
        """The name of the published ref."""
        return f"refs/heads/{self.settings.branch}"
