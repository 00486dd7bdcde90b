"""The `deskpress import` commands."""

from __future__ import annotations

import json
from pathlib import Path

import click

from deskpress.cli.output import count, fail, progress, shown_path

FOLDER = click.Path(path_type=Path)

SHOWN = 15
"""How many lines of the report of one kind are printed; a file of the report has all."""


class _Formats(click.Group):
    """`material`, and a command for each format of other platforms."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from deskpress.importers.platforms.table import FORMATS

        return ["auto", *(one.name for one in FORMATS), *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if (own := super().get_command(ctx, cmd_name)) is not None:
            return own
        if cmd_name not in self.list_commands(ctx):
            return None
        from deskpress.cli.import_platform import platform_command

        return platform_command(cmd_name)


@click.group("import", cls=_Formats)
def import_() -> None:
    """Take over a site, or the texts of another platform.

    \b
    Examples:
      deskpress import mtif export.txt --into desk    the entries of a TypePad blog
      deskpress import auto export.zip --dry-run      see what would be done
      deskpress import material --dry-run             see what would change in this folder
      deskpress import material help-desk             take over the site in help-desk
    """


@import_.command("material")
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=Path())
@click.option("-f", "--config-file", metavar="NAME", help="The file in DIR: mkdocs.yml, or mkdocs.yaml.")
@click.option("--dry-run", "dry", is_flag=True, help="Show the diff and the report, and write nothing.")
@click.option("--into", type=FOLDER, help="Write a copy there, an empty or new folder, and leave DIR alone.")
@click.option("--report", "report_file", type=FOLDER, metavar="FILE.json", help="Write the report there.")
@click.option("--old-site", type=FOLDER, help="The site as stock built it elsewhere, to compare with.")
@click.option("--no-build", is_flag=True, help="Build nothing; addresses are then not compared.")
@click.option("-q", "--quiet", is_flag=True, help="Print no diff, and of the report only what is lost.")
@click.option("-v", "--verbose", is_flag=True, help=f"Print the whole report, not {SHOWN} lines of a kind.")
def material(
    folder: Path,
    config_file: str | None,
    dry: bool,
    into: Path | None,
    report_file: Path | None,
    old_site: Path | None,
    no_build: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Take over the Material for MkDocs site in DIR, by default where you are.

    It edits mkdocs.yml (comments and order stay) and front matter that is not YAML, builds the site as stock
    MkDocs does and as Deskpress does, compares all addresses, and keeps those that differ. It ends with what
    was kept, changed or lost, each with its place. Run again it changes nothing.

    The site's own hooks and plug-ins are run, as `mkdocs build` runs them, so take over no site whose hooks
    you do not trust. They run in temporary copies; in DIR only what the diff shows is written.

    \b
    Examples:
      deskpress import material --dry-run
      deskpress import material help-desk --report import.json
      deskpress import material help-desk --into new-desk
      deskpress import material --old-site site
    """
    from deskpress.app.loading import ZENSICAL, config_in, is_zensical
    from deskpress.importers.material.importing import ImportFailedError, MaterialRequest, import_material
    from deskpress.importers.moving import OccupiedError, check_target, fill

    def say(message: str) -> None:
        if not quiet:
            click.echo(message, err=True)

    if config_file is None:
        if is_zensical(config_in(folder)) and not into:
            click.echo(f"{folder / ZENSICAL}: a project of Zensical builds as it is; nothing was changed.")
            click.echo("`deskpress build` names what has no effect; see `deskpress docs from-zensical`.")
            return
        config_file = next((n for n in ("mkdocs.yml", "mkdocs.yaml") if (folder / n).is_file()), "mkdocs.yml")
    request = MaterialRequest(folder, config_file, into, old_site, not no_build)
    try:
        if into and not dry:
            check_target(folder, into)
        outcome = import_material(request, progress(quiet), say)
        if not quiet:
            for line in outcome.changes.diff():
                click.echo(line)
        root = into or folder
        if not dry:
            if into:
                fill(folder, into)
            outcome.changes.apply(root)
        if report_file:
            text = json.dumps(outcome.report.data(), indent=1, ensure_ascii=False)
            report_file.write_text(f"{text}\n", encoding="utf-8")
    except (ImportFailedError, OccupiedError, OSError) as error:
        fail(str(error))
    except Exception as error:
        # A site may hold what nobody thought of; its owner can do nothing with a traceback.
        fail(f"This should not happen ({type(error).__name__}: {error}). Please report it.")
    whole = outcome.report.text(None if verbose else SHOWN)
    for line in map(str, outcome.report.of("lost")) if quiet else whole:
        click.echo(line)
    paths = outcome.changes.paths
    done = "would be changed" if dry else "changed"
    where = shown_path(root).replace(".", "this folder") if root == Path() else shown_path(root)
    click.echo(f"{count(len(paths), 'file')} {done} in {where}.", err=True)
    if outcome.failed:
        fail("The new site does not build yet: see the lines about the build above.")
