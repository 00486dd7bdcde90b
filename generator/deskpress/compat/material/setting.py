"""Keys and values for a configuration file, with their comments; and a report on what became of options."""

from __future__ import annotations

from typing import Any, Literal, Protocol

from msgspec import Struct

Status = Literal["kept", "changed", "lost"]


class Report(Protocol):
    """Collects the outcome of each option; `lines` have its name as `what`."""

    lines: Any

    def add(self, status: Status, what: str, why: str, place: str) -> None:
        """Add the outcome of one thing; `place` is `path:line`."""


class Verbatim(str):
    """A value as it stood in a file, with its tag and its quotes."""

    __slots__ = ()


class Setting(Struct, frozen=True):
    """A key and its value: text, a number, a flag, a list, `Verbatim`, or further settings.

    `above` are comments on lines of their own before it, `behind` is one on its line.
    """

    key: str
    value: Any
    above: tuple[str, ...] = ()
    behind: str = ""
