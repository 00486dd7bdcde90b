"""What git and sshd call on a server: the hooks of a push, and git for the owner of a key."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import click

from deskpress.cli.output import disable_gc, fail
from deskpress.cli.server import FOLDER, open_server, or_fail, publish_now, say
from deskpress.publish.limits import LimitError, TimeLimitError, plain


def _unblocked(command: Callable[..., None]) -> Callable[..., None]:
    """Have a hook wait for no client that does not read what it prints."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        from deskpress.publish.hook_output import unblocked

        with unblocked():
            command(*arguments, **options)

    return run


@click.command(hidden=True)
@click.argument("name")
@click.argument("folder", type=FOLDER)
def serve(name: str, folder: Path) -> None:
    """Run git for the owner of a key: the forced command that `add-key` writes."""
    from deskpress.publish.quarantine import tidy
    from deskpress.publish.receiving import Bounds, PlaceError, most_bytes, places, supervise
    from deskpress.publish.roles import PUSHER, RoleError, served_command

    try:
        server = open_server(folder)
        command = served_command(server.root, os.environ.get("SSH_ORIGINAL_COMMAND", ""))
    except RoleError as error:
        fail(str(error))
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "DESKPRESS_"))}
    if "GIT_PROTOCOL" in os.environ:
        kept["GIT_PROTOCOL"] = os.environ["GIT_PROTOCOL"]
    settings, objects = server.settings, server.repository.path / "objects"
    pushing = command[1] == "receive-pack"
    try:
        with places(server.root, name, settings, pushing=pushing) as held:
            if pushing:
                tidy(objects)
                command[1:1] = ["-c", f"receive.maxInputSize={most_bytes(objects, settings)}"]
            bounds = Bounds(settings.idle_seconds if pushing else 0, settings.receive_seconds)
            code = supervise(command, {**kept, PUSHER: name}, settings, bounds, held.release)
    except (PlaceError, OSError) as error:
        fail(plain(error))
    sys.exit(code)


@click.group(hidden=True)
def hook() -> None:
    """What git calls."""


@hook.command("pre-receive")
@click.argument("folder", type=FOLDER)
@_unblocked
def pre_receive(folder: Path) -> None:
    """Check a push before it is accepted."""
    from deskpress.publish.bounds import bounded, unbound
    from deskpress.publish.builder import RemoteError
    from deskpress.publish.git import GitError
    from deskpress.publish.receiving import received
    from deskpress.publish.refusal import RefusedError
    from deskpress.publish.roles import pusher_of
    from deskpress.publish.updates import push_options, read_updates

    received(os.environ)
    unbound()
    disable_gc()
    server = open_server(folder)
    environment = dict(os.environ)
    repository = server.pushed_to()
    try:
        updates = read_updates(_lines())
        pusher = pusher_of(server.root, environment)
        options = push_options(environment)
        editor = not pusher.maintainer
        with server.turn(say, pusher.name):
            # Who waits needs little memory: builds are loaded when it is their turn.
            from deskpress.app.push import PushBuilder
            from deskpress.publish.catching_up import catch_up
            from deskpress.publish.pre_receive import admit
            from deskpress.publish.push import Push

            builder = PushBuilder(
                server.settings.document_seconds,
                accepted=pusher.maintainer,
                room=server.check_staged,
                most_files=server.settings.files,
            )
            push = Push(server, pusher, repository, options, say)
            try:
                with bounded(server.settings, editor=editor, existing=server.state.seconds):
                    admit(push, updates, builder)
            except TimeLimitError:
                # What is published already may have taken the time: after an upgrade, or without a cache.
                if not catch_up(server, PushBuilder(server.settings.document_seconds, accepted=True), say):
                    raise
                with bounded(server.settings, editor=editor, existing=server.state.seconds):
                    admit(push, updates, builder)
    except (RefusedError, RemoteError, GitError, LimitError, OSError) as error:
        fail(plain(error))


@hook.command("post-receive")
@click.argument("folder", type=FOLDER)
@_unblocked
def post_receive(folder: Path) -> None:
    """Publish what was accepted."""
    from deskpress.app.push import PushBuilder
    from deskpress.publish import previews
    from deskpress.publish.bounds import bounded, unbound
    from deskpress.publish.post_receive import PATIENT
    from deskpress.publish.roles import pusher_of
    from deskpress.publish.updates import read_updates

    unbound()
    server = open_server(folder)
    updates = read_updates(_lines())
    published = f"refs/heads/{server.settings.branch}"
    settings = server.settings
    builder = PushBuilder(settings.document_seconds, room=server.check_staged, most_files=settings.files)

    def go() -> None:
        pusher = pusher_of(server.root, dict(os.environ))
        with server.turn(say, pusher.name, times=PATIENT):
            # First, since a preview that fails ends the hook.
            if any(update.ref == published and update.new for update in updates):
                publish_now(folder, pushed=True, editor=not pusher.maintainer)
            for update in updates:
                if name := previews.preview_name(update.ref):
                    existing = server.state.seconds
                    with bounded(settings, editor=not pusher.maintainer, existing=existing):
                        previews.renew_preview(server, name, builder, say)

    or_fail(go)


def _lines() -> Iterator[str]:
    """What git tells a hook, a line each; names of refs may be any bytes."""
    return (line.decode("utf-8", "surrogateescape") for line in sys.stdin.buffer)
