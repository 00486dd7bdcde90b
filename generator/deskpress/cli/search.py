"""`deskpress search`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from deskpress.cli.options import reading_options
from deskpress.cli.output import count, fail, progress, show
from deskpress.engine.pool import default_jobs
from deskpress.model.diagnostic import ContentError


@click.command()
@click.argument("query")
@click.option("--why", is_flag=True, help="Say what was understood, and which terms each page holds.")
@click.option(
    "-n", "--limit", type=click.IntRange(1), default=10, show_default=True, help="Results to print."
)
@click.option("--language", default="", help="Which of the site's languages; its own by default.")
@reading_options
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
