"""`deskpress convert`."""

from __future__ import annotations

from pathlib import Path

import click

from deskpress.cli.options import FILE, config_file_option
from deskpress.cli.output import fail


@click.command()
@config_file_option
@click.option("-o", "--output", type=FILE, help="The file to write; the other form's usual name by default.")
@click.option("--dry-run", is_flag=True, help="Print the text, write nothing.")
def convert(config_file: Path, output: Path | None, dry_run: bool) -> None:
    """Write the configuration in the other form: mkdocs.yml as zensical.toml, or zensical.toml as mkdocs.yml.

    Comments go along where the form has room for them. The file that is read stays as it is.

    \b
    Examples:
      deskpress convert --dry-run
      deskpress convert -f zensical.toml -o mkdocs.yml
    """
    from deskpress.app.loading import MKDOCS, ZENSICAL, is_zensical
    from deskpress.importers.conversion import ConversionError
    from deskpress.importers.conversion.to_toml import to_toml
    from deskpress.importers.conversion.to_yaml import to_yaml

    target = output or config_file.with_name(MKDOCS if is_zensical(config_file) else ZENSICAL)
    try:
        if is_zensical(config_file):
            made = to_yaml(config_file)
        else:
            made = to_toml(config_file.name, config_file.read_text("utf-8"))
        if not dry_run:
            with target.open("x", encoding="utf-8") as file:
                file.write(made.text)
    except FileExistsError:
        fail(f"{target} exists already; nothing was changed. Name another file: `-o FILE`.")
    except (ConversionError, OSError, UnicodeDecodeError) as error:
        fail(str(error))
    click.echo(made.text.rstrip() if dry_run else f"created {target}")
    for note in made.notes:
        click.echo(f"Note: {note}.", err=True)
