"""The `deskpress remote` commands: a server of one's own, to which `git push` publishes."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from deskpress.cli.hook import hook, serve
from deskpress.cli.options import Size
from deskpress.cli.output import fail
from deskpress.cli.server import FOLDER, open_server, or_fail, publish_now, say, server_option
from deskpress.engine.limited import DEFAULT_SECONDS
from deskpress.publish.limits import OPTIONS, Limits, shown


def _limits(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each limit of a server."""
    for option in reversed(OPTIONS):
        default = getattr(Limits(), option.key)
        command = click.option(
            option.flag,
            option.key,
            type=Size() if option.size else click.IntRange(0),
            default=default,
            show_default=shown(option, default),
            help=option.text,
        )(command)
    return command


@click.group()
def remote() -> None:
    """Manage a server to which `git push` publishes.

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
@click.option(
    "--preview-url",
    default="",
    metavar="URL",
    help="Where your web server shows DIR/previews, as in https://preview.desk.example/{name}/.",
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
    preview_url: str,
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
    from deskpress.publish.builder import RemoteError
    from deskpress.publish.git import GitError
    from deskpress.publish.kinds import KindError, check_kind
    from deskpress.publish.previews import check_url
    from deskpress.publish.remote import Remote, Settings
    from deskpress.publish.roles import RoleError, check_maintainers

    text = maintainers.read() if maintainers else ""
    try:
        check_maintainers(text)
        allowed = tuple(map(check_kind, kinds))
        settings = Settings(
            branch, strict, keep, wait, allowed, document_seconds, check_url(preview_url), **limits
        )
        made = Remote.init(folder, settings, text)
    except (RemoteError, RoleError, KindError, GitError, OSError) as error:
        fail(str(error))
    click.echo(serving.welcome(made))


@remote.command()
@server_option
def status(folder: Path) -> None:
    """Say what is live and pushed, when time will publish the next post, and who may change what runs."""
    from deskpress.publish.roles import maintainers

    server = open_server(folder)
    state, current = server.state, server.releases.current()
    head = server.repository.head(server.settings.branch)
    click.echo(f"live:     {current or 'nothing yet'}")
    click.echo(f"pushed:   {head[:7] or 'nothing yet'} ({server.settings.branch})")
    if state.held:
        click.echo("A former release was restored by hand; the next push publishes again.")
    elif head != state.commit:
        click.echo("The last push is not live: `deskpress remote repair` publishes it.")
    click.echo(f"next due: {state.next_due or 'nothing is dated ahead'}")
    if head:
        standing = or_fail(lambda: server.standing(head))
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
        click.echo("Git does not know all of these limits yet: run `deskpress remote repair`.")


@remote.command()
@server_option
def releases(folder: Path) -> None:
    """List the releases, newest first; the live one is marked."""
    server = open_server(folder)
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
@server_option
def rollback(release: str, folder: Path) -> None:
    """Restore a former RELEASE, by default the one before the live one. The next push publishes again."""
    from deskpress.publish import post_receive as live

    click.echo(f"live: {or_fail(lambda: live.rollback(open_server(folder), release, say))}")


@remote.command()
@click.option("--keep", type=click.IntRange(1), required=True, help="How many releases stay.")
@server_option
def prune(keep: int, folder: Path) -> None:
    """Remove old releases, never the live one, and what the repository no longer needs."""
    from deskpress.publish.git import Repository

    server = open_server(folder)
    with server.lock(say):
        gone = server.releases.prune(keep)
        # Pushes never wait for it: git leaves alone what is younger than two weeks.
        or_fail(lambda: Repository(server.repository.path).run("gc", "--quiet"))
    click.echo(f"{len(gone)} removed, {len(server.releases.names())} left")


@remote.command()
@click.option("--allow-feed-changes", "force", is_flag=True, help="Publish even if subscribers are misled.")
@server_option
def due(force: bool, folder: Path) -> None:
    """Publish what its date has made due, and take away what has expired. For a timer."""
    publish_now(folder, force=force, due=True)


@remote.command()
@server_option
def repair(folder: Path) -> None:
    """End what a push that was cut off left half done, and write the hooks anew."""
    from deskpress.app.push import PushBuilder
    from deskpress.publish import post_receive as live

    server = open_server(folder, damaged=True)
    builder = PushBuilder(server.settings.document_seconds, accepted=True)
    or_fail(lambda: live.repair(server, builder, say))


@remote.command("add-key")
@click.argument("name")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option(
    "--authorized-keys", type=FOLDER, help="Where the line goes; ~/.ssh/authorized_keys by default."
)
@server_option
def add_key(name: str, file: Any, authorized_keys: Path | None, folder: Path) -> None:
    """Let the owner of the public key in FILE push over ssh, as NAME.

    \b
    Example:
      deskpress remote add-key ana ana.pub -C /srv/desk
    """
    from deskpress.publish.remote import command
    from deskpress.publish.roles import RoleError
    from deskpress.publish.roles import add_key as add

    server = open_server(folder)
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
    click.echo(f"{name} may push and fetch; the line is in {path}")


remote.add_command(serve)
remote.add_command(hook)
