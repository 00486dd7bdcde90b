"""The report of an import: what was kept, changed or lost, why, and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field, to_builtins

from deskpress.compat.material.setting import Status

HEADINGS: dict[Status, str] = {
    "kept": "Kept as it was",
    "changed": "Changed",
    "lost": "Lost",
}


class Line(Struct, frozen=True, order=True):
    """The outcome of one thing; `place` is `path:line`, relative to the site's folder."""

    status: Status
    what: str
    why: str
    place: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}: {self.why}" if self.why else f"{self.place}: {self.what}"


class ImportReport(Struct):
    """All lines, in the order in which they were found, and notes on what could not be looked at."""

    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    _seen: set[Line] = field(default_factory=set)

    def add(self, status: Status, what: str, why: str, place: str) -> None:
        """Add a line, unless it is there."""
        line = Line(status, what, why, place)
        if line not in self._seen:
            self._seen.add(line)
            self.lines.append(line)

    def count(self, what: str, number: int = 1) -> None:
        """Count what does not need a line each: comments that are left out."""
        self.numbers[what] = self.numbers.get(what, 0) + number

    def note(self, text: str) -> None:
        """Add a note, unless it is there."""
        if text not in self.notes:
            self.notes.append(text)

    def of(self, status: Status) -> list[Line]:
        """The lines of one status."""
        return [line for line in self.lines if line.status == status]

    def counts(self) -> dict[Status, int]:
        """How many lines of each status there are."""
        return {status: len(self.of(status)) for status in HEADINGS}

    def text(self, most: int | None = None) -> Iterable[str]:
        """The report for people, line by line; of what is kept or changed at most so many lines.

        Losses are listed completely.
        """
        for status, heading in HEADINGS.items():
            lines = self.of(status)
            shown = lines if status == "lost" else lines[:most]
            yield f"{heading}: {len(lines)}"
            for line in shown:
                yield f"  {line}"
            if len(lines) > len(shown):
                yield f"  … and {len(lines) - len(shown)} more (-v, or --report)"
        for what, number in sorted(self.numbers.items()):
            yield f"{number:,} {what}"
        for note in self.notes:
            yield f"Note: {note}"

    def data(self) -> dict[str, Any]:
        """The report for programs, as `--report` writes it."""
        return {
            "version": 1,
            "counts": self.counts(),
            "lines": [to_builtins(line) for line in self.lines],
            "numbers": self.numbers,
            "notes": self.notes,
        }
