"""The messages for the pusher when a push is refused."""

from __future__ import annotations

from collections.abc import Iterable

from deskpress.model.diagnostic import Diagnostic, printable

SHOWN = 20
"""The most problems of one kind that are listed."""


class RefusedError(Exception):
    """The push is refused; the text says why."""


def listed(lines: Iterable[str]) -> str:
    """The first lines, indented, and whether there are more."""
    found = list(lines)
    more = ["  … and more"] if len(found) > SHOWN else []
    return "\n".join([*(f"  {printable(line)}" for line in found[:SHOWN]), *more])


def told(diagnostics: Iterable[Diagnostic], noun: str) -> str:
    """Diagnostics and their number."""
    found = list(diagnostics)
    lines = [str(d) for d in found[: 2 * SHOWN]]
    if len(found) > len(lines):
        lines.append(f"… and {len(found) - len(lines)} more")
    return "\n".join([*lines, f"{len(found)} {noun}{'s' if len(found) != 1 else ''}."])
