"""`deskpress download PLATFORM URL DIR`. Exit codes: 0 all is there, 1 files are missing, 2 it failed."""

from __future__ import annotations

import base64
import os
import sys
from pathlib import Path

import click

from deskpress.cli.output import count, echo, progress, safe

SHOWN = 15

MEMORY = 2_000_000_000
"""Bytes that a download may take: an answer of 100 MB may be one list within another."""


@click.group()
def download() -> None:
    """Write a hosted help center down as a folder that `deskpress import` reads.

    \b
    Example:
      deskpress download zendesk https://desk.zendesk.com desk-export
      deskpress import zendesk desk-export --into desk
    """


@download.command()
@click.argument("url", metavar="URL")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--per-minute", type=click.IntRange(1, 2500), default=200, show_default=True, help="Requests a minute."
)
@click.option("-q", "--quiet", is_flag=True, help="Print mistakes alone.")
def zendesk(url: str, folder: Path, per_minute: int, *, quiet: bool) -> None:
    """Write the help center of Zendesk at URL into DIR: sections, articles in all languages, and their files.

    Without a token that is what the public may read. With one in the environment drafts and restricted
    articles come, too, and become drafts when they are imported:

    \b
      ZENDESK_EMAIL and ZENDESK_API_TOKEN   an API token, and whose it is
      ZENDESK_OAUTH_TOKEN                   or an OAuth token

    A download that was cut off goes on when the same command is run again. After a whole one the lists are
    asked for anew, and files of articles that have changed.

    \b
    Examples:
      deskpress download zendesk https://desk.zendesk.com desk-export
      deskpress download zendesk https://desk.zendesk.com desk-export --per-minute 400
    """
    from deskpress.engine.memory_limit import memory_limit
    from deskpress.importers.downloads import zendesk as center
    from deskpress.importers.downloads.api import Api, DownloadFailedError, origin_of

    try:
        token = _token(os.environ)
        origin = origin_of(url, token=bool(token))
        api = Api(origin, token, per_minute, say=lambda message: None if quiet else echo(message))
        with memory_limit(MEMORY):
            found = center.download(api, folder, progress(quiet))
    except DownloadFailedError as error:
        click.echo(safe(f"{error}"), err=True)
        if (folder / center.STATE).is_file():
            click.echo("What has come is kept: run the command again, and it goes on from there.", err=True)
        sys.exit(2)
    except (MemoryError, RecursionError):
        click.echo(f"{origin} answers what takes more than {MEMORY // 10**6:,} MB of memory", err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(safe(f"{folder}: {error.strerror or error}"), err=True)
        sys.exit(2)
    for problem in found.failed[:SHOWN]:
        click.echo(safe(f"missing: {problem}"), err=True)
    if len(found.failed) > SHOWN:
        click.echo(f"missing: {count(len(found.failed) - SHOWN, 'more file')}", err=True)
    if not quiet:
        parts = (
            count(found.articles, "article"),
            count(found.sections, "section"),
            count(found.categories, "category", "categories"),
            count(found.files, "file"),
        )
        echo(f"{', '.join(parts)} in {folder}. Next: deskpress import zendesk {folder}")
    sys.exit(1 if found.failed else 0)


def _token(environment: os._Environ[str]) -> str:
    """The value of `Authorization`; empty without a token.

    https://developer.zendesk.com/api-reference/introduction/security-and-auth/
    """
    if oauth := environment.get("ZENDESK_OAUTH_TOKEN"):
        return f"Bearer {oauth}"
    email, token = environment.get("ZENDESK_EMAIL", ""), environment.get("ZENDESK_API_TOKEN", "")
    if bool(email) != bool(token):
        missing = "ZENDESK_API_TOKEN" if email else "ZENDESK_EMAIL"
        raise click.UsageError(f"an API token goes with an e-mail address: set {missing}, too")
    if not token:
        return ""
    return "Basic " + base64.b64encode(f"{email}/token:{token}".encode()).decode()
