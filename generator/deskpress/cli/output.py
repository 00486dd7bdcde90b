"""What commands print: diagnostics, progress, counts."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

import click

from deskpress.cli.formats import as_record
from deskpress.model.diagnostic import Diagnostic, Severity, printable
from deskpress.model.site import Site

SHOWN = 20
"""How many warnings of a kind `build` shows before it only counts."""


def disable_gc() -> None:
    """Disable cyclic garbage collection: nearly everything that a build allocates lives until it exits.

    Workers, which make a document and forget it, look for it now and then.
    """
    gc.disable()
    gc.set_threshold(200_000, 50, 50)


def report(result: Any) -> dict[str, Any]:
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
        "diagnostics": [as_record(d) for d in result.diagnostics],
    }


def show(diagnostics: Iterable[Diagnostic], *, quiet: bool, verbose: bool, strict: bool) -> None:
    """Print diagnostics; of warnings at most `SHOWN` of a kind, then how many more there are."""
    seen: Counter[str] = Counter()
    # Written at once: there may be thousands, and each call asks whether it is for a terminal.
    lines = []
    for diagnostic in diagnostics:
        if diagnostic.severity is Severity.WARNING and not strict:
            seen[diagnostic.kind] += 1
            if quiet or (seen[diagnostic.kind] > SHOWN and not verbose):
                continue
        lines.append(str(diagnostic))
    for kind, times in seen.items():
        if times > SHOWN and not verbose and not quiet:
            lines.append(f"… and {count(times - SHOWN, 'more warning')} about: {kind} (-v shows all)")
    if lines:
        click.echo("\n".join(lines), err=True)


def progress(quiet: bool) -> Callable[[str, int], Callable[[int], None]]:
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


def tell_left_out(site: Site, *, verbose: bool) -> None:
    """Print in one line what is not in the site; `verbose`, the files, too."""
    from deskpress.plan.left_out import left_out, names_left_out

    if line := left_out(site):
        for name in names_left_out(site) if verbose else ():
            click.echo(name)
        click.echo(line)


def fail(message: str) -> NoReturn:
    """End the command with a message and exit code 1."""
    click.echo(safe(message), err=True)
    sys.exit(1)


def safe(message: str) -> str:
    """A message with lines as they are, in which what others named does nothing to a terminal."""
    return "\n".join(printable(line) for line in message.split("\n"))


def echo(message: str) -> None:
    """Print a message in which others named something."""
    click.echo(safe(message))


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 page`, `2 pages`; the `plural` is given where it does not end so."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or f'{noun}s'}"


def shown_path(path: Path) -> str:
    """A path as seen from where the command was called."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
