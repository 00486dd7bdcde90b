"""`deskpress retire`."""

from __future__ import annotations

from pathlib import Path

import click

from deskpress.cli.options import FILE, config_file_option
from deskpress.cli.output import count, fail, show
from deskpress.model.diagnostic import ContentError


@click.command()
@click.argument("file", type=FILE)
@click.option("--to", type=FILE, help="The document that takes its place.")
@config_file_option
def retire(file: Path, to: Path | None, config_file: Path) -> None:
    """Take back FILE, which was published: readers are told that it is gone (410).

    With --to its addresses lead to the document that takes its place. A file that was deleted is brought back
    from git for this.

    \b
    Examples:
      deskpress retire content/posts/2012-03-12-old.md
      deskpress retire content/help/old.md --to content/help/new.md
    """
    from deskpress.app.retire import retire
    from deskpress.build.request import Request, SetupError

    try:
        done = retire(Request(config_file), file, to)
    except ContentError as error:
        show(error.diagnostics, quiet=False, verbose=True, strict=False)
        fail(f"{count(len(error.diagnostics), 'mistake')}; nothing was changed.")
    except (SetupError, OSError, UnicodeDecodeError) as error:
        fail(str(error))
    for line in done:
        click.echo(line)
