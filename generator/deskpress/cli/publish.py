"""`deskpress publish`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from deskpress.cli.options import reading_options
from deskpress.cli.output import echo, fail, progress, show
from deskpress.engine.pool import default_jobs
from deskpress.model.diagnostic import ContentError

_REMOTE = re.compile(r"(?P<host>[\w.-]+@[\w.-]+|[\w-]+(?:\.[\w-]+)+):(?P<path>(?!//)[^:]*)")
"""A place as `scp` writes it, which would be the name of a folder."""


@click.command()
@click.option(
    "--to", "target", required=True, help="A folder, ssh://HOST/FOLDER, `gh-pages`, or s3://BUCKET/FOLDER."
)
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--remote", default="origin", show_default=True, help="Where the branch is pushed to.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that the host shows.")
@click.option("--allow-feed-changes", is_flag=True, help="Publish even if subscribers would be misled.")
@click.option("--allow-lost-addresses", is_flag=True, help="Publish even if old links would lead nowhere.")
@reading_options
def publish(
    target: str,
    dry: bool,
    remote: str,
    branch: str,
    allow_feed_changes: bool,
    allow_lost_addresses: bool,
    config_file: Path,
    jobs: int | None,
    quiet: bool,
    verbose: bool,
    **moment: Any,
) -> None:
    """Build the site and take it to another host; only what changed goes there.

    Over ssh:// rsync is needed, here and there. For s3:// keys, region and endpoint come from the
    environment or the files of the AWS tools.

    \b
    Examples:
      deskpress publish --to /srv/www
      deskpress publish --to ssh://you@desk.example/var/www
      deskpress publish --to gh-pages --dry-run
      AWS_PROFILE=desk deskpress publish --to s3://desk.example
    """
    from deskpress.app.deploy import ADDRESSES, FEEDS, publish
    from deskpress.build.request import Request, SetupError
    from deskpress.publish.builder import RemoteError
    from deskpress.publish.git import GitError

    if remote_path := _REMOTE.fullmatch(target):
        there = f"ssh://{remote_path['host']}/{remote_path['path'].lstrip('/')}"
        fail(f"`{target}` is not a supported target: use a folder, `{there}`, `gh-pages` or `s3://…`")
    if "://" in target and not target.startswith(("s3://", "ssh://")):
        raise click.UsageError(
            f"{target!r}: unsupported target; name a folder, ssh://HOST/FOLDER, gh-pages or s3://BUCKET"
        )
    say = (lambda message: None) if quiet else echo
    request = Request(config_file, None, jobs or default_jobs(), progress=progress(quiet), **moment)
    try:
        given = {FEEDS: allow_feed_changes, ADDRESSES: allow_lost_addresses}
        allow = frozenset(name for name, wanted in given.items() if wanted)
        done = publish(request, target, remote, branch, say, dry=dry, allow=allow)
    except ContentError as error:
        show(error.diagnostics, quiet=quiet, verbose=True, strict=False)
        fail("Nothing was published.")
    except (SetupError, RemoteError, GitError, OSError) as error:
        fail(str(error))
    if not quiet:
        told = "Nothing has changed." if not done else "This would be published." if dry else "Published."
        click.echo(told)
