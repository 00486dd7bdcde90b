"""`deskpress build`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deskpress.cli.options import FILE, cpu_limit_option, reading_options
from deskpress.cli.output import count, disable_gc, fail, progress, report, show, shown_path
from deskpress.engine.pool import default_jobs
from deskpress.model.diagnostic import ContentError, errors
from deskpress.source.tested import FOR_MARKDOWN, FOR_TEMPLATES, untested

if TYPE_CHECKING:
    from deskpress.build.request import Result

MOST_SHOWN = 10
"""Paths of files that differ."""


@click.command()
@click.option("-d", "--site-dir", type=FILE, help="Where to write; `site_dir` of mkdocs.yml by default.")
@click.option("--clean", is_flag=True, help="Rewrite the folder, even one that Deskpress did not make.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--explain", is_flag=True, help="Say why each output was rendered.")
@click.option("--full", is_flag=True, help="Let MkDocs run all events of plug-ins and hooks.")
@click.option("--verify", is_flag=True, help="Build in full as well, and compare the pages.")
@click.option("--json", "as_json", is_flag=True, help="Print counts, reasons and times for tools.")
@click.option(
    "--next-due",
    type=FILE,
    metavar="FILE",
    help="Write there when time will next change the site, in seconds since 1970; nothing if it will not.",
)
@cpu_limit_option(0)
@reading_options
def build(
    config_file: Path,
    site_dir: Path | None,
    jobs: int | None,
    clean: bool,
    strict: bool,
    explain: bool,
    full: bool,
    verify: bool,
    as_json: bool,
    next_due: Path | None,
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
      deskpress build --verify
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
        full=full,
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
    _write_due(next_due, result.next_due)
    if verify:
        _verify(result, config_file, moment)
    _show(result, quiet=quiet, verbose=verbose, strict=strict, as_json=as_json, explain=explain)


def _show(result: Result, *, quiet: bool, verbose: bool, strict: bool, as_json: bool, explain: bool) -> None:
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


def _verify(result: Result, config_file: Path, moment: dict[str, Any]) -> None:
    """Compare the site with what a full build makes; end with status 1 if they differ."""
    from deskpress.app.verify import differing
    from deskpress.build.request import SetupError

    if result.full:
        click.echo("This was a full build: there is nothing to compare.")
        return
    arguments = ["-f", str(config_file)]
    for name, value in moment.items():
        option = f"--{name.replace('_', '-')}"
        arguments += [option] if value is True else [option, str(value)] if value else []
    try:
        paths = differing(result, arguments)
    except SetupError as error:
        fail(str(error))
    if paths:
        shown = "".join(f"\n  {path}" for path in paths[:MOST_SHOWN])
        more = f"\n  … and {len(paths) - MOST_SHOWN} more" if len(paths) > MOST_SHOWN else ""
        fail(
            f"A full build makes {count(len(paths), 'file')} in another way:{shown}{more}\n"
            "What plug-ins and hooks make of these depends on more than their page: leave them out of"
            f" `page_local` in {config_file.name}, or report it."
        )
    click.echo("A full build makes the same files.")


def _write_due(file: Path | None, due: datetime | None) -> None:
    """Note in `file` when time will next change the site; it is empty if time will not."""
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{due.timestamp():.0f}\n" if due else "", "utf-8")
