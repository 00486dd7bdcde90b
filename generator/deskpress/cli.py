"""The `deskpress` command: options, progress, exit codes. What is done, the rooms do.

Exit codes: 0 done, 1 content or configuration has mistakes, 2 the command was called wrongly.
"""

from __future__ import annotations

import gc
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from deskpress import __version__
from deskpress.cli_remote import remote
from deskpress.engine.pool import default_jobs
from deskpress.model.diagnostic import ContentError, Diagnostic, Severity, errors

SHOWN = 20
"""How many warnings of a kind `build` shows before it only counts."""

EXISTING = click.Path(path_type=Path)


class Instant(click.ParamType[str]):
    """A date or an instant in ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the text; the site's time zone is applied later."""
        try:
            datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date; write YYYY-MM-DD or YYYY-MM-DDTHH:MM", param, ctx)
        return str(value)


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that reads content."""
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
        click.option("-v", "--verbose", is_flag=True, help=f"Print every warning, not {SHOWN} of a kind."),
        click.option("--as-of", type=Instant(), help="Build the site of another moment."),
        click.option("--expired", is_flag=True, help="Include posts that have expired."),
        click.option("--future", is_flag=True, help="Include posts dated ahead."),
        click.option("--drafts", is_flag=True, help="Include drafts."),
        click.option("-j", "--jobs", type=click.IntRange(1), help="Processes to use; all cores by default."),
        click.option("-f", "--config-file", type=EXISTING, default=Path("mkdocs.yml"), show_default=True),
    ):
        command = option(command)
    return command


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
@_shared
def build(
    config_file: Path,
    site_dir: Path | None,
    jobs: int | None,
    clean: bool,
    strict: bool,
    explain: bool,
    as_json: bool,
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
    from deskpress.host import driver

    # A build makes hundreds of thousands of values that live to its end: looking for garbage is in vain.
    gc.set_threshold(200_000, 50, 50)
    request = driver.Request(
        config_file,
        site_dir,
        jobs or default_jobs(),
        clean,
        strict,
        progress=_progress(quiet),
        say=lambda message: click.echo(message, err=True),
        **moment,
    )
    try:
        result = driver.build(request)
    except ContentError as error:
        _show(error.diagnostics, quiet=quiet, verbose=verbose, strict=strict)
        bad = len(errors(error.diagnostics, strict=strict))
        _fail(f"{_count(bad, 'mistake')}; the site was left as it was.")
    except (driver.SetupError, OSError) as error:
        _fail(str(error))
    if not as_json:
        _show(result.diagnostics, quiet=quiet, verbose=verbose, strict=strict)
    if explain:
        for path, reason in sorted(result.reasons.items()):
            click.echo(f"{path}: {reason}")
    if as_json:
        click.echo(json.dumps(_report(result), indent=1, ensure_ascii=False))
    if quiet or as_json:
        return
    if result.full:
        click.echo(f"Full build through MkDocs, because {result.full}.")
    due = f" Next due: {result.next_due:%Y-%m-%d %H:%M %Z}." if result.next_due else ""
    click.echo(
        f"{_count(result.pages, 'page')} in {_shown(result.site_dir)}: {result.written} files written,"
        f" {result.removed} removed.{due}"
    )


@main.command()
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--fix", is_flag=True, help="Add what is published now to addresses.lock.")
@_shared
def check(
    config_file: Path, jobs: int | None, strict: bool, fix: bool, quiet: bool, verbose: bool, **moment: Any
) -> None:
    """Read everything, report what is wrong, write nothing.

    \b
    Examples:
      deskpress check
      deskpress check --fix
      deskpress check --strict --drafts --future
    """
    from deskpress.host import driver

    request = driver.Request(
        config_file,
        None,
        jobs or default_jobs(),
        strict=strict,
        progress=_progress(quiet),
        say=click.echo,
        fix=fix,
        **moment,
    )
    try:
        prepared = driver.check(request)
    except ContentError as error:
        _show(error.diagnostics, quiet=quiet, verbose=True, strict=strict)
        _fail(_count(len(error.diagnostics), "mistake") + ".")
    except (driver.SetupError, OSError) as error:
        _fail(str(error))
    _show(prepared.diagnostics, quiet=quiet, verbose=True, strict=strict)
    bad = len(errors(prepared.diagnostics))
    warnings = len(prepared.diagnostics) - bad
    read = _count(len(prepared.everything.documents), "document")
    summary = f"{read} read: {_count(bad, 'error')}, {_count(warnings, 'warning')}."
    if errors(prepared.diagnostics, strict=strict):
        _fail(summary)
    if not quiet:
        click.echo(summary)


@main.command()
@click.option(
    "-a", "--address", default="127.0.0.1:8000", show_default=True, help="Host and port to serve at."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@_shared
def serve(
    config_file: Path,
    jobs: int | None,
    address: str,
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
    """
    from deskpress.host import driver, server

    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise click.UsageError(f"--address must be HOST:PORT, not {address!r}")
    request = driver.Request(config_file, None, jobs or default_jobs(), **moment)

    def say(diagnostics: Iterable[Diagnostic]) -> None:
        _show(diagnostics, quiet=quiet, verbose=verbose, strict=False)

    try:
        server.serve(request, (host, int(port)), say, click.echo, open_browser=open_browser)
    except (driver.SetupError, OSError) as error:
        _fail(str(error))


@main.group()
def new() -> None:
    """Begin a site, a post, a help topic or a notice.

    \b
    Examples:
      deskpress new site help-desk
      deskpress new post "Two numbers to watch"
      deskpress new topic "Vacation settings"
    """


@new.command("site")
@click.argument("folder", type=EXISTING)
@click.option("--ci", type=click.Choice(["github", "gitlab"]), help="Write a workflow that publishes there.")
def new_site(folder: Path, ci: str | None) -> None:
    """Begin a site in FOLDER, which must be empty or absent.

    \b
    Examples:
      deskpress new site help-desk && cd help-desk && deskpress serve
      deskpress new site help-desk --ci github
    """
    _create(lambda module: module.new_site(folder, datetime.now().astimezone(), ci))


def _new(kind: str, example: str) -> Callable[..., Any]:
    @click.argument("title")
    @click.option("-f", "--config-file", type=EXISTING, default=Path("mkdocs.yml"), show_default=True)
    def command(title: str, config_file: Path) -> None:
        _create(lambda module: module.new_document(kind, title, config_file, datetime.now().astimezone()))

    command.__doc__ = (
        f"Begin a {kind} with the given TITLE.\n\n\b\nExample:\n  deskpress new {kind} {example}\n"
    )
    return new.command(kind)(command)


_new("post", '"Two numbers to watch"')
_new("topic", '"Vacation settings"')
_new("notice", '"Order reports are late"')


def _create(make: Callable[[Any], list[Path]]) -> None:
    from deskpress.host import driver, scaffold

    try:
        created = make(scaffold)
    except ContentError as error:
        _show(error.diagnostics, quiet=False, verbose=True, strict=False)
        _fail("Nothing was created.")
    except (driver.SetupError, OSError) as error:
        _fail(str(error))
    for path in created:
        click.echo(f"created {_shown(path)}")


main.add_command(remote)


def _report(result: Any) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "pages": result.pages,
        "rendered": result.reasons,
        "written": result.written,
        "removed": result.removed,
        "site_dir": str(result.site_dir),
        "next_due": result.next_due.isoformat() if result.next_due else None,
        "full": result.full,
        "seconds": result.seconds,
        "diagnostics": [
            {
                "path": d.span.path,
                "line": d.span.line,
                "column": d.span.column,
                "severity": d.severity.name.lower(),
                "kind": d.kind,
                "problem": d.problem,
                "hint": d.hint,
            }
            for d in result.diagnostics
        ],
    }


def _show(diagnostics: Iterable[Diagnostic], *, quiet: bool, verbose: bool, strict: bool) -> None:
    """Print diagnostics; of warnings at most `SHOWN` of a kind, then how many more there are."""
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        if diagnostic.severity is Severity.WARNING and not strict:
            seen[diagnostic.kind] += 1
            if quiet or (seen[diagnostic.kind] > SHOWN and not verbose):
                continue
        click.echo(str(diagnostic), err=True)
    for kind, count in seen.items():
        if count > SHOWN and not verbose and not quiet:
            click.echo(
                f"… and {_count(count - SHOWN, 'more warning')} about: {kind} (-v shows all)", err=True
            )


def _progress(quiet: bool) -> Callable[[str, int], Callable[[int], None]]:
    """Progress bars on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        return lambda what, total: lambda done: None

    def begin(what: str, total: int) -> Callable[[int], None]:
        bar = click.progressbar(length=total, label=what, file=sys.stderr, width=30)
        left = total

        def tick(done: int) -> None:
            nonlocal left
            left -= done
            bar.update(done)
            if left <= 0:
                bar.render_finish()

        return tick

    return begin


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _shown(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
