"""The `deskpress remote` commands: a server of one's own, to which `git push` publishes."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deskpress.cli.output import collect_nothing, fail
from deskpress.engine.limited import DEFAULT_SECONDS
from deskpress.model.diagnostic import ContentError
from deskpress.publish.limits import OPTIONS, LimitError, Limits, parse_size, plain, shown

if TYPE_CHECKING:
    from deskpress.publish.remote import Remote

FOLDER = click.Path(path_type=Path)


class _Size(click.ParamType[int]):
    """Bytes, as `50M` or `2 GB`; units are powers of 1,000."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        try:
            return parse_size(value)
        except ValueError:
            self.fail(f"`{value}` is not a size: write 50M, 2G or a number of bytes", param, ctx)


def _limits(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each limit of a server."""
    for option in reversed(OPTIONS):
        default = getattr(Limits(), option.key)
        command = click.option(
            option.flag,
            option.key,
            type=_Size() if option.size else click.IntRange(0),
            default=default,
            show_default=shown(option, default),
            help=option.text,
        )(command)
    return command


def _at(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "-C", "--dir", "folder", type=FOLDER, default=Path(), help="The server's folder; else where you are."
    )(command)


def _unblocked(command: Callable[..., None]) -> Callable[..., None]:
    """Have a hook wait for no client that does not read what it prints."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        from deskpress.publish.hook_output import unblocked

        with unblocked():
            command(*arguments, **options)

    return run


@click.group()
def remote() -> None:
    """Keep a server to which `git push` publishes.

    \b
    Examples:
      deskpress remote init /srv/desk      set one up
      deskpress remote status -C /srv/desk
      deskpress remote rollback -C /srv/desk
    """


@remote.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--branch", default="main", show_default=True, help="The branch that is published.")
@click.option("--maintainers", type=click.File("r", encoding="utf-8"), help="Names or ssh keys, one a line.")
@click.option("--strict", is_flag=True, help="Refuse pushes with warnings, too.")
@click.option("--keep", type=click.IntRange(1), default=20, show_default=True, help="Releases to keep.")
@click.option(
    "--wait",
    type=click.IntRange(1),
    default=600,
    show_default=True,
    help="For how many seconds a push waits for another.",
)
@click.option(
    "--allow-kind",
    "kinds",
    multiple=True,
    metavar=".ENDING",
    help="Files that editors may publish besides the usual kinds; may be given several times.",
)
@click.option(
    "--document-seconds",
    type=click.FloatRange(0),
    default=DEFAULT_SECONDS,
    show_default=True,
    help="CPU seconds that a document may take to be read and converted; 0 sets no limit.",
)
@_limits
def init(
    folder: Path,
    branch: str,
    maintainers: Any,
    strict: bool,
    keep: int,
    wait: int,
    kinds: tuple[str, ...],
    document_seconds: float,
    **limits: int,
) -> None:
    """Make DIR a server: a repository to push to, releases, and `current`, a link to the live one.

    The limits are kept in DIR/settings.json, where they can be changed; `deskpress remote repair` then
    tells git of them.

    \b
    Example:
      deskpress remote init /srv/desk --maintainers maintainers.txt
    """
    from deskpress.publish import serving
    from deskpress.publish.git import GitError
    from deskpress.publish.kinds import KindError, check_kind
    from deskpress.publish.remote import Remote, RemoteError, Settings
    from deskpress.publish.roles import RoleError, check_maintainers

    text = maintainers.read() if maintainers else ""
    try:
        check_maintainers(text)
        allowed = tuple(map(check_kind, kinds))
        settings = Settings(
            branch, strict, keep, wait=wait, kinds=allowed, document_seconds=document_seconds, **limits
        )
        made = Remote.init(folder, settings, text)
    except (RemoteError, RoleError, KindError, GitError, OSError) as error:
        fail(str(error))
    click.echo(serving.welcome(made))


@remote.command()
@_at
def status(folder: Path) -> None:
    """Say what is live and pushed, when time will publish the next post, and who may change what runs."""
    from deskpress.publish.roles import maintainers

    server = _open(folder)
    state, current = server.state, server.releases.current()
    head = server.repository.head(server.settings.branch)
    click.echo(f"live:     {current or 'nothing yet'}")
    click.echo(f"pushed:   {head[:7] or 'nothing yet'} ({server.settings.branch})")
    if state.held:
        click.echo("A former release was brought back by hand; the next push publishes again.")
    elif head != state.commit:
        click.echo("The last push is not live: `deskpress remote repair` publishes it.")
    click.echo(f"next due: {state.next_due or 'nothing is dated ahead'}")
    if head:
        standing = _do(lambda: server.standing(head))
        folder_said = f"editors may change {standing.content}/" if standing.content else "not built yet"
        click.echo(f"runs: the configuration of {standing.configuration[:7]}; {folder_said}")
    click.echo(f"maintainers: {', '.join(maintainers(server.root))}")
    click.echo(f"wait: {server.settings.wait} s")
    seconds = server.settings.document_seconds
    click.echo(f"a document may take: {f'{seconds:g} s of CPU time' if seconds else 'any time'}")
    click.echo(f"editors may publish the usual kinds{''.join(f', {kind}' for kind in server.settings.kinds)}")
    click.echo("limits:   (* not for maintainers)")
    for option in OPTIONS:
        amount = shown(option, getattr(server.settings, option.key))
        mark = "*" if option.editors else " "
        click.echo(f"  {mark} {option.key:<12}{amount:>10}  {option.text}")
    if server.stale_configuration():
        click.echo("Git does not know all of these limits yet: `deskpress remote repair` tells it.")


@remote.command()
@_at
def releases(folder: Path) -> None:
    """List the releases, newest first; the live one is marked."""
    server = _open(folder)
    current = server.releases.current()
    for name in reversed(server.releases.names()):
        manifest = server.releases.manifest(name)
        mark = "*" if name == current else " "
        when = manifest.made.astimezone()
        click.echo(
            f"{mark} {name}  {when:%Y-%m-%d %H:%M}  {manifest.commit[:7]}  {len(manifest.files)} files"
        )


@remote.command()
@click.argument("release", default="")
@_at
def rollback(release: str, folder: Path) -> None:
    """Bring a former RELEASE back, by default the one before the live one. The next push publishes again."""
    from deskpress.publish import post_receive as live

    click.echo(f"live: {_do(lambda: live.rollback(_open(folder), release, _say))}")


@remote.command()
@click.option("--keep", type=click.IntRange(1), required=True, help="How many releases stay.")
@_at
def prune(keep: int, folder: Path) -> None:
    """Remove old releases, never the live one, and what the repository no longer needs."""
    from deskpress.publish.git import Repository

    server = _open(folder)
    with server.lock(_say):
        gone = server.releases.prune(keep)
        # Pushes never wait for it: git leaves alone what is younger than two weeks.
        _do(lambda: Repository(server.repository.path).run("gc", "--quiet"))
    click.echo(f"{len(gone)} removed, {len(server.releases.names())} left")


@remote.command()
@click.option("--allow-feed-changes", "force", is_flag=True, help="Publish even if subscribers are misled.")
@_at
def due(force: bool, folder: Path) -> None:
    """Publish what its date has made due, and take away what has expired. For a timer."""
    _publish(folder, force=force, due=True)


@remote.command()
@_at
def repair(folder: Path) -> None:
    """End what a push that was cut off left half done, and write the hooks anew."""
    from deskpress.app.push import PushBuilder
    from deskpress.publish import post_receive as live

    server = _open(folder, damaged=True)
    builder = PushBuilder(server.settings.document_seconds, accepted=True)
    _do(lambda: live.repair(server, builder, _say))


@remote.command("add-key")
@click.argument("name")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option(
    "--authorized-keys", type=FOLDER, help="Where the line goes; ~/.ssh/authorized_keys by default."
)
@_at
def add_key(name: str, file: Any, authorized_keys: Path | None, folder: Path) -> None:
    """Let the owner of the public key in FILE push over ssh, as NAME.

    \b
    Example:
      deskpress remote add-key ana ana.pub -C /srv/desk
    """
    from deskpress.publish.remote import command
    from deskpress.publish.roles import RoleError
    from deskpress.publish.roles import add_key as add

    server = _open(folder)
    try:
        line = add(server.root, name, file.read(), command())
        path = authorized_keys or Path.home() / ".ssh" / "authorized_keys"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        before = path.read_text("utf-8") if path.is_file() else ""
        mine = f"remote serve {name} {shlex.quote(str(server.root))}"
        kept = [old for old in before.splitlines() if mine not in old]
        beside = path.with_name(f".{path.name}.new")
        beside.write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")
        beside.chmod(0o600)
        beside.replace(path)
    except (RoleError, OSError, UnicodeDecodeError) as error:
        fail(str(error))
    click.echo(f"{name} may push and fetch; the line stands in {path}")


@remote.command(hidden=True)
@click.argument("name")
@click.argument("folder", type=FOLDER)
def serve(name: str, folder: Path) -> None:
    """Run git for the owner of a key: the forced command that `add-key` writes."""
    from deskpress.publish.bounds import bound
    from deskpress.publish.roles import PUSHER, RoleError, served_command

    try:
        server = _open(folder)
        command = served_command(server.root, os.environ.get("SSH_ORIGINAL_COMMAND", ""))
    except RoleError as error:
        fail(str(error))
    if command[1] == "receive-pack":
        # The hook, which builds, lifts it again: what is bounded is git while it unpacks.
        bound(os.getpid(), server.settings.git_memory, server.settings.git_seconds)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "DESKPRESS_"))}
    if "GIT_PROTOCOL" in os.environ:
        kept["GIT_PROTOCOL"] = os.environ["GIT_PROTOCOL"]
    os.execvpe(command[0], command, {**kept, PUSHER: name})  # noqa: S606  # no shell is what is wanted


@remote.group(hidden=True)
def hook() -> None:
    """What git calls."""


@hook.command("pre-receive")
@click.argument("folder", type=FOLDER)
@_unblocked
def pre_receive(folder: Path) -> None:
    """Check a push before it is accepted."""
    from deskpress.publish.bounds import time_bound, unbound
    from deskpress.publish.git import GitError
    from deskpress.publish.refusal import RefusedError
    from deskpress.publish.remote import RemoteError
    from deskpress.publish.roles import pusher_of
    from deskpress.publish.updates import push_options, read_updates

    unbound()
    collect_nothing()
    server = _open(folder)
    environment = dict(os.environ)
    repository = server.pushed_to()
    try:
        updates = read_updates(_lines())
        pusher = pusher_of(server.root, environment)
        options = push_options(environment)
        with server.turn(_say, pusher.name):
            # Who waits needs little memory: builds are loaded when it is their turn.
            from deskpress.app.push import PushBuilder
            from deskpress.publish.pre_receive import admit

            builder = PushBuilder(server.settings.document_seconds, accepted=pusher.maintainer)
            with time_bound(server.settings, editor=not pusher.maintainer):
                admit(server, updates, pusher, options, repository, builder, _say)
    except (RefusedError, RemoteError, GitError, LimitError, OSError) as error:
        fail(plain(error))


@hook.command("post-receive")
@click.argument("folder", type=FOLDER)
@_unblocked
def post_receive(folder: Path) -> None:
    """Publish what was accepted."""
    from deskpress.app.push import PushBuilder
    from deskpress.publish import previews
    from deskpress.publish.bounds import time_bound, unbound
    from deskpress.publish.post_receive import PATIENT
    from deskpress.publish.roles import pusher_of
    from deskpress.publish.updates import read_updates

    unbound()
    server = _open(folder)
    updates = read_updates(_lines())
    published = f"refs/heads/{server.settings.branch}"
    builder = PushBuilder(server.settings.document_seconds)

    def go() -> None:
        pusher = pusher_of(server.root, dict(os.environ))
        with server.turn(_say, pusher.name, times=PATIENT):
            # First, since a preview that fails ends the hook.
            if any(update.ref == published and update.new for update in updates):
                _publish(folder, pushed=True)
            for update in updates:
                if name := previews.preview_name(update.ref):
                    with time_bound(server.settings, editor=not pusher.maintainer):
                        previews.renew_preview(server, name, builder, _say)

    _do(go)


def _lines() -> Iterator[str]:
    """What git tells a hook, a line each; names of refs may be any bytes."""
    return (line.decode("utf-8", "surrogateescape") for line in sys.stdin.buffer)


def _publish(folder: Path, *, force: bool = False, due: bool = False, pushed: bool = False) -> None:
    from deskpress.app.push import PushBuilder
    from deskpress.publish import post_receive as live

    collect_nothing()
    server = _open(folder)
    builder = PushBuilder(server.settings.document_seconds, accepted=True)
    _do(lambda: live.publish(server, builder, _say, force=force, due=due, pushed=pushed))


def _open(folder: Path, *, damaged: bool = False) -> Remote:
    from deskpress.publish.remote import Remote, RemoteError

    # What is published is for everybody, whatever the pusher's own files are.
    os.umask(0o022)
    try:
        server = Remote.open(folder)
        _ = server.state
    except RemoteError as error:
        if not damaged:
            fail(f"{error}\n`deskpress remote repair` makes it anew.")
    return server


def _do(what: Callable[[], Any]) -> Any:
    """Do it; what goes wrong is told without a traceback."""
    from deskpress.publish.git import GitError
    from deskpress.publish.releases import ReleaseError
    from deskpress.publish.remote import RemoteError

    try:
        return what()
    except ContentError as error:
        fail("\n".join([*map(str, error.diagnostics), "The live site stays as it was."]))
    except (RemoteError, ReleaseError, GitError, LimitError, OSError) as error:
        fail(f"{plain(error)}\nThe live site stays as it was; `deskpress remote repair` tries again.")


def _say(message: str) -> None:
    click.echo(message, err=True)
