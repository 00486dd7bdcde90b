"""`deskpress docs`."""

from __future__ import annotations

import sys

import click

from deskpress.cli.output import fail


@click.command()
@click.argument("page", default="")
@click.option("--path", "only_path", is_flag=True, help="Print the path of the page, not its text.")
def docs(page: str, *, only_path: bool) -> None:
    """Read a PAGE of the manual; without one, list them.

    \b
    Examples:
      deskpress docs
      deskpress docs front-matter
      deskpress docs server --path
    """
    from deskpress.app.docs import heading, manual, text
    from deskpress.source.front_matter_keys import nearest

    pages = manual()
    if not page:
        width = max(map(len, pages), default=0)
        for name, path in pages.items():
            click.echo(f"{name:{width}}  {heading(path)}")
        return
    found = pages.get(page.removesuffix(".md"))
    if found is None:
        like = nearest(page, pages)
        fail(
            f"There is no page `{page}`. "
            + (f"Did you mean `{like}`?" if like else "`deskpress docs` lists them.")
        )
    if only_path:
        click.echo(found)
    elif sys.stdout.isatty():
        click.echo_via_pager(text(found))
    else:
        click.echo(text(found), nl=False)
