"""The `deskpress` command: options, progress, exit codes. What is done, the rooms do.

Exit codes: 0 done, 1 content or configuration has mistakes, 2 the command was called wrongly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from deskpress import __version__
from deskpress.cli.check import check
from deskpress.cli.editing import retire, status
from deskpress.cli.new import new
from deskpress.cli.output import (
    collect_nothing,
    count,
    fail,
    progress,
    report,
    show,
    shown_path,
)
from deskpress.cli.remote import remote
from deskpress.cli.shared import EXISTING, cpu_limit_option, shared
from deskpress.engine.pool import default_jobs
from deskpress.model.diagnostic import ContentError, Diagnostic, errors
from deskpress.source.tested import FOR_MARKDOWN, FOR_TEMPLATES, untested

_REMOTE = re.compile(r"(?P<host>[\w.-]+@[\w.-]+|[\w-]+(?:\.[\w-]+)+):(?P<path>(?!//)[^:]*)")
"""A place as `scp` writes it, which would be the name of a folder."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="deskpress")
def main() -> None:
    """Turn a support team's Markdown into a blog, its feeds and a help center.

    \b
    Examples:
      deskpress new site help-desk    begin a site
      deskpress serve                 see it while you write
      deskpress check                 find mistakes, write nothing
      deskpress build                 make the site
    """


@main.command()
@click.option("-d", "--site-dir", type=EXISTING, help="Where to write; `site_dir` of mkdocs.yml by default.")
@click.option("--clean", is_flag=True, help="Write the folder anew, even one that Deskpress did not make.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--explain", is_flag=True, help="Say why each output was rendered.")
@click.option("--json", "as_json", is_flag=True, help="Print counts, reasons and times for tools.")
@cpu_limit_option(0)
@shared
def build(
    config_file: Path,
    site_dir: Path | None,
    jobs: int | None,
    clean: bool,
    strict: bool,
    explain: bool,
    as_json: bool,
    seconds: float,
    quiet: bool,
    verbose: bool,
    **moment: Any,
) -> None:
    """Build the site; a mistake in the content leaves the old one as it was.

    \b
    Examples:
      deskpress build
      deskpress build --strict --drafts
      deskpress build --as-of 2012-04-01 -d /tmp/april
      deskpress build --explain
    """
    # Before the import: it makes as much.
    collect_nothing()
    from deskpress.app.build import build
    from deskpress.build.cpu_limit import cpu_limit
    from deskpress.build.request import Request, SetupError

    def say(message: str) -> None:
        click.echo(message, err=True)

    if verbose:
        for line in (*untested(FOR_MARKDOWN), *untested(FOR_TEMPLATES)):
            click.echo(line, err=True)
    request = Request(
        config_file,
        site_dir,
        jobs or default_jobs(),
        clean,
        strict,
        progress=progress(quiet),
        say=say,
        limit=cpu_limit(seconds, say),
        **moment,
    )
    try:
        result = build(request)
    except ContentError as error:
        show(error.diagnostics, quiet=quiet, verbose=verbose, strict=strict)
        bad = len(errors(error.diagnostics, strict=strict))
        fail(f"{count(bad, 'mistake')}; the site was left as it was.")
    except (SetupError, OSError) as error:
        fail(str(error))
    if not as_json:
        show(result.diagnostics, quiet=quiet, verbose=verbose, strict=strict)
    if explain:
        for path, reason in sorted(result.reasons.items()):
            click.echo(f"{path}: {reason}")
    if as_json:
        click.echo(json.dumps(report(result), indent=1, ensure_ascii=False))
    if quiet or as_json:
        return
    for note in result.notes if verbose else ():
        click.echo(note)
    if result.full:
        click.echo(f"Full build through MkDocs, because {result.full}.")
    if result.left_out:
        click.echo(result.left_out)
    due = f" Next due: {result.next_due:%Y-%m-%d %H:%M %Z}." if result.next_due else ""
    click.echo(
        f"{count(result.pages, 'page')} in {shown_path(result.site_dir)}: {result.written} files written,"
        f" {result.removed} removed.{due}"
    )


@main.command()
@click.option(
    "-a", "--address", default="127.0.0.1:8000", show_default=True, help="Host and port to serve at."
)
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="NAME",
    help="Another name to answer to, `*.NAME` with all below it: for tunnels and containers. Repeatable.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@shared
def serve(
    config_file: Path,
    jobs: int | None,
    address: str,
    allowed: tuple[str, ...],
    open_browser: bool,
    quiet: bool,
    verbose: bool,
    **moment: Any,
) -> None:
    """Serve the site, rebuild it when a file changes, and reload the browser.

    \b
    Examples:
      deskpress serve
      deskpress serve --drafts --future -a 0.0.0.0:8080
      deskpress serve -a 0.0.0.0:8080 --allow-host desk.example
    """
    from deskpress.app.dev_server import access, server
    from deskpress.build.request import Request, SetupError

    try:
        host, port = access.split_address(address)
    except ValueError:
        raise click.UsageError(f"--address must be HOST:PORT, not {address!r}") from None
    for name in allowed:
        if problem := access.host_problem(name):
            raise click.UsageError(f"--allow-host {name!r}: {problem}")
    request = Request(config_file, None, jobs or default_jobs(), **moment)

    def say(diagnostics: Iterable[Diagnostic]) -> None:
        show(diagnostics, quiet=quiet, verbose=verbose, strict=False)

    try:
        server.serve(request, (host, port), say, click.echo, open_browser=open_browser, allowed=allowed)
    except (SetupError, OSError) as error:
        fail(str(error))


@main.command()
@click.argument("query")
@click.option("--why", is_flag=True, help="Say what was understood, and which terms each page holds.")
@click.option(
    "-n", "--limit", type=click.IntRange(1), default=10, show_default=True, help="Results to print."
)
@click.option("--language", default="", help="Which of the site's languages; its own by default.")
@shared
def search(
    query: str,
    why: bool,
    language: str,
    limit: int,
    config_file: Path,
    jobs: int | None,
    quiet: bool,
    verbose: bool,
    **moment: Any,
) -> None:
    """Print what readers would find for QUERY, best first: an address and a title on each line.

    \b
    Examples:
      deskpress search "spoof e-mails"
      deskpress search "going away" --why
      deskpress search Urlaub --language de
    """
    from deskpress.app.search import search
    from deskpress.build.request import Request, SetupError

    request = Request(config_file, None, jobs or default_jobs(), progress=progress(quiet), **moment)
    try:
        found = search(request, query, language)
    except ContentError as error:
        show(error.diagnostics, quiet=quiet, verbose=True, strict=False)
        fail(count(len(error.diagnostics), "mistake") + ".")
    except (SetupError, OSError) as error:
        fail(str(error))
    if why:
        click.echo(f"understood as: {found.understood or 'nothing'}", err=True)
    for result in found.results[:limit]:
        reason = f"  ({result.score:g}: {', '.join(sorted(result.terms))})" if why else ""
        click.echo(f"/{result.address}  {result.title}{reason}")
    if not found.results:
        fail("Nothing is found.")


@main.command()
@click.option("--to", "target", required=True, help="A folder, `gh-pages`, or s3://BUCKET/FOLDER.")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--remote", default="origin", show_default=True, help="Where the branch is pushed to.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that the host shows.")
@click.option("--allow-feed-changes", is_flag=True, help="Publish even if subscribers would be misled.")
@click.option("--allow-lost-addresses", is_flag=True, help="Publish even if old links would lead nowhere.")
@shared
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

    For s3:// keys, region and endpoint come from the environment or the files of the AWS tools.

    \b
    Examples:
      deskpress publish --to /srv/www
      deskpress publish --to gh-pages --dry-run
      AWS_PROFILE=desk deskpress publish --to s3://desk.example
    """
    from deskpress.app.deploy import ADDRESSES, FEEDS, publish
    from deskpress.build.request import Request, SetupError
    from deskpress.publish.git import GitError
    from deskpress.publish.remote import RemoteError

    if remote_path := _REMOTE.fullmatch(target):
        there = f"ssh://{remote_path['host']}/{remote_path['path'].lstrip('/')}"
        fail(f"`{target}` is not a supported target: use a folder, `{there}`, `gh-pages` or `s3://…`")
    if "://" in target and not target.startswith("s3://"):
        raise click.UsageError(f"{target!r}: unsupported target; name a folder, gh-pages or s3://BUCKET")
    say = (lambda message: None) if quiet else click.echo
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


main.add_command(check)
main.add_command(new)
main.add_command(retire)
main.add_command(status)
main.add_command(remote)
