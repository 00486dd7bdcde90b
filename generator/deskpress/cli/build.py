"""`deskpress build`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from deskpress.cli.options import FILE, cpu_limit_option, reading_options
from deskpress.cli.output import count, disable_gc, fail, progress, report, show, shown_path
from deskpress.engine.pool import default_jobs
from deskpress.model.diagnostic import ContentError, errors
from deskpress.source.tested import FOR_MARKDOWN, FOR_TEMPLATES, untested


@click.command()
@click.option("-d", "--site-dir", type=FILE, help="Where to write; `site_dir` of mkdocs.yml by default.")
@click.option("--clean", is_flag=True, help="Write the folder anew, even one that Deskpress did not make.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--explain", is_flag=True, help="Say why each output was rendered.")
@click.option("--json", "as_json", is_flag=True, help="Print counts, reasons and times for tools.")
@cpu_limit_option(0)
@reading_options
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
    disable_gc()
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
    for line in (*result.moved, *filter(None, (result.left_out,))):
        click.echo(line)
    due = f" Next due: {result.next_due:%Y-%m-%d %H:%M %Z}." if result.next_due else ""
    click.echo(
        f"{count(result.pages, 'page')} in {shown_path(result.site_dir)}: {result.written} files written,"
        f" {result.removed} removed.{due}"
    )
