"""The `deskpress` command. Exit codes: 0 done, 1 content or configuration has mistakes, 2 called wrongly."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword

import click

from deskpress import __version__

COMMANDS = tuple(
    "build check convert docs download import new publish remote retire search serve status".split()
)
"""The commands; each is in the module of its name, with an underscore where Python uses the word."""


class _Commands(click.Group):
    """Commands whose modules are loaded when they are called: what others need takes time, too."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"deskpress.cli.{name}"), name)
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="deskpress")
def main() -> None:
    """Turn a support team's Markdown into a blog, its feeds and a help center.

    \b
    Examples:
      deskpress new site help-desk    begin a site
      deskpress import material       take over a site of Material for MkDocs
      deskpress serve                 see it while you write
      deskpress check                 find mistakes, write nothing
      deskpress build                 make the site
    """
