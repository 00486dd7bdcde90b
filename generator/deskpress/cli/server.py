"""What the commands of a server have in common: the option that names it, opening it, its errors."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deskpress.cli.output import disable_gc, fail
from deskpress.model.diagnostic import ContentError
from deskpress.publish.limits import LimitError, plain

if TYPE_CHECKING:
    from deskpress.publish.remote import Remote

FOLDER = click.Path(path_type=Path)


def server_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `-C`, the folder of the server."""
    return click.option(
        "-C", "--dir", "folder", type=FOLDER, default=Path(), help="The server's folder; else where you are."
    )(command)


def publish_now(
    folder: Path, *, force: bool = False, due: bool = False, pushed: bool = False, editor: bool = True
) -> None:
    """Publish what has been pushed, or what its date has made `due`; errors end the command.

    Its CPU time is bounded unless a maintainer pushed, and no `editor`.
    """
    from deskpress.app.push import PushBuilder
    from deskpress.publish import post_receive as live
    from deskpress.publish.bounds import bounded

    disable_gc()
    server = open_server(folder)
    builder = PushBuilder(server.settings.document_seconds, accepted=True)

    def go() -> None:
        existing = server.state.seconds
        with bounded(server.settings, editor=editor, accepted=True, existing=existing):
            live.publish(server, builder, say, force=force, due=due, pushed=pushed)

    or_fail(go)


def open_server(folder: Path, *, damaged: bool = False) -> Remote:
    """Open the server in a folder; one whose state is `damaged` only to repair it."""
    from deskpress.publish.builder import RemoteError
    from deskpress.publish.remote import Remote

    # What is published is for everybody, whatever the pusher's own files are.
    os.umask(0o022)
    try:
        server = Remote.open(folder)
    except RemoteError as error:
        fail(str(error))
    try:
        _ = server.state
    except RemoteError as error:
        if not damaged:
            fail(f"{error}\n`deskpress remote repair` rebuilds it.")
    return server


def or_fail(what: Callable[[], Any]) -> Any:
    """Return what the function returns; an error ends the command with a message."""
    from deskpress.publish.builder import RemoteError
    from deskpress.publish.git import GitError
    from deskpress.publish.releases import ReleaseError

    try:
        return what()
    except ContentError as error:
        fail("\n".join([*map(str, error.diagnostics), "The live site stays as it was."]))
    except (RemoteError, ReleaseError, GitError, LimitError, OSError) as error:
        fail(f"{plain(error)}\nThe live site stays as it was; `deskpress remote repair` tries again.")


def say(message: str) -> None:
    """Print a message where the pusher sees it, too."""
    click.echo(message, err=True)
