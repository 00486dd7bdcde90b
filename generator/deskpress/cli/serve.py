"""`deskpress serve`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from deskpress.cli.options import reading_options
from deskpress.cli.output import fail, show
from deskpress.engine.pool import default_jobs
from deskpress.model.diagnostic import Diagnostic


@click.command()
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
@reading_options
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
