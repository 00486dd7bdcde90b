"""`deskpress search`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deskpress.cli.options import reading_options
from deskpress.cli.output import count, fail, progress, show
from deskpress.engine.pool import default_jobs
from deskpress.model.diagnostic import ContentError

if TYPE_CHECKING:
    from deskpress.app.search import JudgedQuery


@click.command()
@click.argument("query", default="")
@click.option(
    "--judge",
    metavar="[FILE]",
    is_flag=False,
    flag_value="",
    help="Say of each query of search.yml, or of a file, where its page comes, and why.",
)
@click.option("--why", is_flag=True, help="Say what was understood, and which terms each page holds.")
@click.option(
    "-n", "--limit", type=click.IntRange(1), default=10, show_default=True, help="Results to print."
)
@click.option("--language", default="", help="Which of the site's languages; its own by default.")
@reading_options
def search(
    query: str,
    judge: str | None,
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
      deskpress search --judge
      deskpress search --judge queries.yml
    """
    from deskpress.app.search import judged, search
    from deskpress.build.request import Request, SetupError

    if bool(query) == (judge is not None):
        raise click.UsageError("say what to look for, or --judge")
    request = Request(config_file, None, jobs or default_jobs(), progress=progress(quiet), **moment)
    try:
        if judge is not None:
            _show_judged(judged(request, language, Path(judge) if judge else None))
            return
        found = search(request, query, language, limit)
    except ContentError as error:
        show(error.diagnostics, quiet=quiet, verbose=True, strict=False)
        fail(count(len(error.diagnostics), "mistake") + ".")
    except (SetupError, OSError) as error:
        fail(str(error))
    for line in found.understood if why else ():
        click.echo(line, err=True)
    for result in found.results:
        click.echo(f"/{result.address}  {result.title}" + (f"  ({result.score:g})" if why else ""))
        for line in result.why if why else ():
            click.echo(f"  {line}")
    if not found.results:
        meant = f" Did you mean {' or '.join(found.suggestions)}?" if found.suggestions else ""
        fail(f"Nothing is found.{meant}")


def _show_judged(found: list[JudgedQuery]) -> None:
    """The queries whose page does not come first, and how many do; exit code 1 if one does not."""
    for one in found:
        if one.place == 1:
            continue
        came = f"comes at place {one.place}" if one.place else "is not found"
        click.echo(f"{one.query}: {one.page} {came}")
        for line in one.understood:
            click.echo(f"  {line}")
        for what, hit in (("first", one.first), ("wanted", one.wanted)):
            if hit:
                click.echo(f"  {what}: /{hit.address}  {hit.title}  ({hit.score:g})")
                for line in hit.why:
                    click.echo(f"    {line}")
    number = len(found)
    first, three = (sum(1 for one in found if 0 < one.place <= most) for most in (1, 3))
    rank = sum(1 / one.place for one in found if one.place) / number if number else 0.0
    queries = "query" if number == 1 else "queries"
    click.echo(
        f"{number} judged {queries}: {first} first, {three} among three, mean reciprocal rank {rank:.3f}"
    )
    if first < number:
        raise SystemExit(1)
