"""The `deskpress new` commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from deskpress.cli.options import config_file_option
from deskpress.cli.output import fail, show, shown_path
from deskpress.model.diagnostic import ContentError

FOLDER = click.Path(path_type=Path)


@click.group()
def new() -> None:
    """Begin a site, a post, a help topic or a notice.

    \b
    Examples:
      deskpress new site help-desk
      deskpress new post "Two numbers to watch"
      deskpress new topic "Vacation settings"
    """


@new.command("site")
@click.argument("folder", type=FOLDER)
@click.option("--ci", type=click.Choice(["github", "gitlab"]), help="Write a workflow that publishes there.")
@click.option(
    "--config",
    "form",
    type=click.Choice(["mkdocs", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="Configure it by mkdocs.yml or by zensical.toml.",
)
def new_site(folder: Path, ci: str | None, form: str) -> None:
    """Begin a site in FOLDER, which must be empty or absent.

    \b
    Examples:
      deskpress new site help-desk && cd help-desk && deskpress serve
      deskpress new site help-desk --ci github
      deskpress new site help-desk --config zensical
    """
    _create(lambda module: module.new_site(folder, datetime.now().astimezone(), ci, form))
    if ci:
        from deskpress.app.ci_requirements import HINT, is_whole, own_record, requirement_files

        if not is_whole(requirement_files(own_record())):
            click.echo(HINT)


def _new(kind: str, example: str) -> Callable[..., Any]:
    @click.argument("title")
    @config_file_option
    @click.option("--language", default="", help="Which of the site's languages; its own by default.")
    def command(title: str, config_file: Path, language: str) -> None:
        now = datetime.now().astimezone()
        _create(lambda module: module.new_document(kind, title, config_file, now, language))
        if kind == "notice":
            click.echo("It is a draft, which nobody sees, until its line `draft: true` is removed.")

    command.__doc__ = (
        f"Begin a {kind} with the given TITLE.\n\n\b\nExample:\n  deskpress new {kind} {example}\n"
    )
    return new.command(kind)(command)


_new("post", '"Two numbers to watch"')
_new("topic", '"Vacation settings"')
_new("notice", '"Order reports are late"')


def _create(make: Callable[[Any], list[Path]]) -> None:
    from deskpress.app import new
    from deskpress.build.request import SetupError

    try:
        created = make(new)
    except ContentError as error:
        show(error.diagnostics, quiet=False, verbose=True, strict=False)
        fail("Nothing was created.")
    except (SetupError, OSError) as error:
        fail(str(error))
    for path in created:
        click.echo(f"created {shown_path(path)}")
