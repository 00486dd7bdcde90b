"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from deskpress.app.loading import config_in
from deskpress.cli.output import SHOWN

FILE = click.Path(path_type=Path)


class Instant(click.ParamType[str]):
    """A date or an instant in ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the text; the site's time zone is applied later."""
        try:
            datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a valid date; write YYYY-MM-DD or YYYY-MM-DDTHH:MM", param, ctx)
        return str(value)


def config_file_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The configuration file, found in the working folder by default."""
    return click.option(
        "-f",
        "--config-file",
        type=FILE,
        default=lambda: config_in(Path()),
        show_default="mkdocs.yml, or zensical.toml",
    )(command)


class Size(click.ParamType[int]):
    """Bytes, as `50M` or `2 GB`; units are powers of 1,000."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Bytes; units are read here."""
        from deskpress.publish.limits import parse_size

        if isinstance(value, int):
            return value
        try:
            return parse_size(value)
        except ValueError:
            self.fail(f"`{value}` is not a size: write 50M, 2G or a number of bytes", param, ctx)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that reads content."""
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
        click.option("-v", "--verbose", is_flag=True, help=f"Print every warning, not {SHOWN} of a kind."),
        click.option("--as-of", type=Instant(), help="Build the site of another moment."),
        click.option("--expired", is_flag=True, help="Include posts that have expired."),
        click.option("--future", is_flag=True, help="Include posts dated ahead."),
        click.option("--drafts", is_flag=True, help="Include drafts."),
        click.option("-j", "--jobs", type=click.IntRange(1), help="Processes to use; all cores by default."),
        config_file_option,
    ):
        command = option(command)
    return command


def cpu_limit_option(default: float) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """How many CPU seconds a document may take; `default` ones, 0 for any number."""
    return click.option(
        "--cpu-limit",
        "seconds",
        metavar="SECONDS",
        type=click.FloatRange(0),
        default=default,
        show_default=True,
        help="Refuse a document that takes more CPU time than this; 0 sets no limit.",
    )
