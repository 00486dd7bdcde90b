"""`deskpress check`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from deskpress.cli.formats import FORMATS, formatted
from deskpress.cli.options import cpu_limit_option, reading_options
from deskpress.cli.output import count, disable_gc, fail, progress, show, tell_left_out
from deskpress.engine.limited import DEFAULT_SECONDS
from deskpress.engine.pool import default_jobs
from deskpress.model.diagnostic import ContentError, Diagnostic, errors


@click.command()
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--fix",
    is_flag=False,
    flag_value="lock",
    default=None,
    type=click.Choice(["lock", "text"]),
    help="Add what is published now to addresses.lock; with `=text`, mend what is mechanical in texts.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@cpu_limit_option(DEFAULT_SECONDS)
@reading_options
def check(
    config_file: Path,
    jobs: int | None,
    strict: bool,
    fix: str | None,
    form: str,
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
      deskpress check --fix=text
      deskpress check --strict --drafts --future
      deskpress check --format sarif > check.sarif
    """
    # Before the import: it makes as much.
    disable_gc()
    from deskpress.app.check import accepted, check
    from deskpress.app.judged import JUDGING
    from deskpress.build.cpu_limit import cpu_limit
    from deskpress.build.request import Request, SetupError
    from deskpress.plan.left_out import left_out

    # Whoever reads the output of another form wants nothing else in it.
    aside = form != "text"

    def say(message: str) -> None:
        click.echo(message, err=aside)

    request = Request(
        config_file,
        None,
        jobs or default_jobs(),
        strict=strict,
        limit=cpu_limit(seconds, say),
        judging=seconds * JUDGING or None,
        progress=progress(quiet),
        say=say,
        fix=fix == "lock",
        **moment,
    )
    read, line = 0, ""
    found: tuple[Diagnostic, ...]
    try:
        if fix == "text":
            from deskpress.app.fix_text import fix_text

            changed = fix_text(request, say)
            say(f"{count(changed, 'file')} changed")
        prepared = accepted(check(request))
        found, read = prepared.diagnostics, len(prepared.everything.documents)
        line = left_out(prepared.site)
    except ContentError as error:
        prepared, found = None, error.diagnostics
    except (SetupError, OSError) as error:
        fail(str(error))
    bad = len(errors(found))
    warned = len(found) - bad
    if aside:
        counts = {"documents": read, "errors": bad, "warnings": warned, "left_out": line}
        click.echo(formatted(form, found, counts), nl=False)
    else:
        show(found, quiet=quiet, verbose=True, strict=strict)
        if prepared and not quiet:
            tell_left_out(prepared.site, verbose=verbose)
    summary = f"{count(read, 'document')} read, {count(bad, 'error')}, {count(warned, 'warning')}"
    if prepared is None or errors(found, strict=strict):
        fail(summary)
    if not quiet:
        say(summary)
