"""`deskpress check`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from deskpress.cli.options import cpu_limit_option, reading_options
from deskpress.cli.output import count, disable_gc, fail, progress, show
from deskpress.engine.limited import DEFAULT_SECONDS
from deskpress.engine.pool import default_jobs
from deskpress.model.diagnostic import ContentError, errors


@click.command()
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--fix", is_flag=True, help="Add what is published now to addresses.lock.")
@cpu_limit_option(DEFAULT_SECONDS)
@reading_options
def check(
    config_file: Path,
    jobs: int | None,
    strict: bool,
    fix: bool,
    seconds: float,
    quiet: bool,
    verbose: bool,
    **moment: Any,
) -> None:
    """Read everything, report what is wrong, write nothing.

    \b
    Examples:
      deskpress check
      deskpress check --fix
      deskpress check --strict --drafts --future
    """
    # Before the import: it makes as much.
    disable_gc()
    from deskpress.app.check import accepted, check
    from deskpress.build.cpu_limit import cpu_limit
    from deskpress.build.request import Request, SetupError

    request = Request(
        config_file,
        None,
        jobs or default_jobs(),
        strict=strict,
        limit=cpu_limit(seconds, click.echo),
        progress=progress(quiet),
        say=click.echo,
        fix=fix,
        **moment,
    )
    try:
        prepared = accepted(check(request))
    except ContentError as error:
        show(error.diagnostics, quiet=quiet, verbose=True, strict=strict)
        fail(count(len(error.diagnostics), "mistake") + ".")
    except (SetupError, OSError) as error:
        fail(str(error))
    show(prepared.diagnostics, quiet=quiet, verbose=True, strict=strict)
    bad = len(errors(prepared.diagnostics))
    warnings = len(prepared.diagnostics) - bad
    read = count(len(prepared.everything.documents), "document")
    summary = f"{read} read: {count(bad, 'error')}, {count(warnings, 'warning')}."
    if errors(prepared.diagnostics, strict=strict):
        fail(summary)
    if not quiet:
        click.echo(summary)
