"""`deskpress import FORMAT SOURCE`. Exit codes: 0 all kept, 1 something lost, 2 SOURCE cannot be read."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deskpress.cli.options import Size
from deskpress.cli.output import count, fail, progress

if TYPE_CHECKING:
    from deskpress.importers.platforms.results import ImportResult

FOLDER = click.Path(path_type=Path)
MEMORY = 4_000_000_000
"""Bytes that a process of an import may take by default; a site of 100,000 documents takes 3 GB."""

SHOWN = 15
"""How many lines of the report of one kind are printed; a file of the report has all."""

_HELP = """{what}

    It reads SOURCE ({source}), writes a Markdown file for each document below content/, with its old
    addresses, its id, its date and who wrote it, renders the site's pages, and counts what of each
    document's words, links, pictures, lists, tables and code readers get. What is not kept is reported, each
    with its place in SOURCE.

    Import again whenever the source has changed: only what changed there is brought, and what editors
    changed here stays. Nothing is deleted. What the public could not read becomes a draft.

    \b
    Examples:
      deskpress import {name} {example} --dry-run
      deskpress import {name} {example} --into desk --report import.json --report import.html
      deskpress import {name} {example} --media uploads
    """


def platform_command(name: str) -> click.Command:
    """The command for a format, or for `auto`."""
    from deskpress.importers.platforms.table import FORMATS

    known = {one.name: one for one in FORMATS}
    if name == "auto":
        what, source, example = (
            "Import from the platform that SOURCE comes from.",
            "a file, a folder or a zip",
            "export.zip",
        )
    else:
        what, source = f"Import from {known[name].title}.", known[name].source
        example = known[name].example

    def command(**options: Any) -> None:
        _run(name, **options)

    command.__doc__ = _HELP.format(what=what, source=source, name=name, example=example)
    made = click.command(name, short_help=what)(_options(command))
    assert isinstance(made, click.Command)
    return made


def _options(command: Any) -> Any:
    decorators = (
        click.argument("source", metavar="SOURCE", type=FOLDER),
        click.option(
            "--into", type=FOLDER, default=Path(), metavar="DIR", help="The site's folder; default: here."
        ),
        click.option(
            "--media", type=FOLDER, metavar="DIR", help="A folder with the pictures of the old site."
        ),
        click.option("--download", is_flag=True, help="Download pictures that SOURCE only links to."),
        click.option(
            "--language", default="", metavar="XX", help="The language of texts that do not name one."
        ),
        click.option(
            "--report",
            "report_files",
            type=FOLDER,
            multiple=True,
            metavar="FILE",
            help="Write the report there: FILE.json, or FILE.html with documents side by side.",
        ),
        click.option(
            "--max-seconds",
            "seconds",
            type=click.FloatRange(0),
            metavar="N",
            help="CPU time of the import; default: 600 s, and half a second for each document; 0: any.",
        ),
        click.option(
            "--max-memory",
            "memory",
            type=Size(),
            default=MEMORY,
            show_default="4 GB",
            help="Bytes of memory of each process; 0: any.",
        ),
        click.option("--dry-run", "dry", is_flag=True, help="Show what would be done, and write nothing."),
        click.option("-q", "--quiet", is_flag=True, help="Print only what is lost."),
        click.option(
            "-v", "--verbose", is_flag=True, help=f"Print the whole report, not {SHOWN} lines of a kind."
        ),
    )
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


def _run(
    name: str,
    source: Path,
    into: Path,
    media: Path | None,
    download: bool,
    language: str,
    report_files: tuple[Path, ...],
    seconds: float | None,
    memory: int,
    dry: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    try:
        from deskpress.importers.platforms.running import ImportRequest, run
    except ModuleNotFoundError as error:
        fail(f"This needs the module `{error.name}`: pip install 'deskpress[import]'")
    from deskpress.build.request import SetupError
    from deskpress.engine.memory_limit import memory_limit
    from deskpress.importers.copying import TooLargeError
    from deskpress.importers.platforms.opening import SourceError
    from deskpress.importers.platforms.side_by_side import Pairs, page
    from deskpress.importers.platforms.state import StateError
    from deskpress.model.diagnostic import ContentError
    from deskpress.publish.limits import size_text

    def say(message: str) -> None:
        if not quiet:
            click.echo(message, err=True)

    try:
        request = ImportRequest(name, source, into, media, language, dry, download, seconds)
        pairs = Pairs() if any(map(_is_page, report_files)) else None
        with memory_limit(memory):
            result = run(request, progress(quiet), say, pairs)
        for file in report_files:
            data = json.dumps(result.data(), indent=1, ensure_ascii=False)
            file.write_text(page(result, pairs) if pairs and _is_page(file) else f"{data}\n", "utf-8")
    except (SourceError, StateError, SetupError, ContentError, TooLargeError, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except MemoryError:
        click.echo(
            f"{source}: importing takes more than {size_text(memory)} of memory: import a part at a time, or"
            " allow more with --max-memory",
            err=True,
        )
        sys.exit(2)
    _tell(result, quiet=quiet, verbose=verbose, dry=dry)
    if result.report.of("lost"):
        sys.exit(1)


def _is_page(file: Path) -> bool:
    return file.suffix.lower() in (".html", ".htm")


def _tell(result: ImportResult, *, quiet: bool, verbose: bool, dry: bool) -> None:
    if quiet:
        for line in result.report.of("lost"):
            click.echo(str(line))
        return
    for line_of_report in result.report.text(None if verbose else SHOWN):
        click.echo(line_of_report)
    click.echo("")
    for row in result.table():
        click.echo(row)
    told = ", ".join(f"{number} {what}" for what, number in sorted(result.outcomes.items())) or "none"
    would = " (nothing was written)" if dry else ""
    drafts = f"; {count(result.drafts, 'draft')}" if result.drafts else ""
    files = f"; {count(result.media, 'new file')} in media/" if result.media else ""
    click.echo(f"{count(sum(result.outcomes.values()), 'document')}: {told}{drafts}{files}{would}", err=True)
