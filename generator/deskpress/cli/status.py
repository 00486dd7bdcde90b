"""`deskpress status`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from deskpress.cli.options import FILE, config_file_option
from deskpress.cli.output import fail, show
from deskpress.model.diagnostic import ContentError

WIDEST = 60
"""Characters of a path to which the others are filled up: one long name moves no other line."""


@click.command()
@config_file_option
@click.option("--as-of", default=None, help="The status at another moment, YYYY-MM-DD.")
@click.option(
    "--log",
    "logs",
    type=FILE,
    multiple=True,
    help="A log of the web server: adds failed searches and pages that did not help.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(config_file: Path, as_of: str | None, logs: tuple[Path, ...], as_json: bool) -> None:
    """List what is not live and what needs an editor.

    \b
    Examples:
      deskpress status
      deskpress status --log /var/log/nginx/access.log --log /var/log/nginx/missed.log
      deskpress status --json
    """
    from deskpress.app.check import check
    from deskpress.app.status import status
    from deskpress.build.request import Request, SetupError
    from deskpress.engine.pool import default_jobs

    try:
        sections = status(check(Request(config_file, jobs=default_jobs(), as_of=as_of)), logs)
    except ContentError as error:
        show(error.diagnostics, quiet=False, verbose=True, strict=False)
        fail("The site cannot be read.")
    except (SetupError, OSError) as error:
        fail(str(error))
    if as_json:
        data = {one.title: [{"path": row.path, "told": row.told} for row in one.rows] for one in sections}
        click.echo(json.dumps(data, indent=1, ensure_ascii=False))
        return
    for one in sections:
        click.echo(f"{one.title} ({len(one.rows)})")
        width = min(WIDEST, max(len(row.path) for row in one.rows))
        for row in one.rows:
            click.echo(f"  {row.path:{width}}  {row.told}")
    if not sections:
        click.echo("Everything is live, and nothing needs an editor.")
