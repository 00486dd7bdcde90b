"""The result of an import, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field, to_builtins

from deskpress.importers.html.measure import PARTS
from deskpress.importers.platforms.state import Outcome as Written
from deskpress.importers.report import ImportReport


class DocumentCount(Struct):
    """A document before and after: how much of each part there was, and how much is missing."""

    path: str
    place: str
    title: str
    outcome: Written
    before: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)


class ImportResult(Struct):
    """What an import did. `lines` are those of the documents that the public may read."""

    format: str
    report: ImportReport
    lines: list[DocumentCount]
    outcomes: Counter[str]
    media: int = 0
    drafts: int = 0

    def totals(self) -> dict[str, tuple[int, int]]:
        """How much there was of each part, and how much of that is kept."""
        before, gone = Counter[str](), Counter[str]()
        for line in self.lines:
            before.update(line.before)
            gone.update(line.missing)
        return {name: (before[name], before[name] - gone[name]) for name in PARTS}

    def table(self) -> Iterator[str]:
        """The sums for people: of each part how much there was, how much is kept, and the share."""
        yield f"{'':<12}{'before':>10}{'kept':>10}{'':>9}"
        for name, (before, kept) in self.totals().items():
            share = f"{100 * kept / before:.2f} %" if before else ""
            yield f"{name:<12}{before:>10,}{kept:>10,}{share:>10}"

    def data(self) -> dict[str, Any]:
        """The report for programs, as `--report` writes it."""
        totals = {name: {"before": before, "kept": kept} for name, (before, kept) in self.totals().items()}
        return {
            "format": self.format,
            **self.report.data(),
            "totals": totals,
            "outcomes": dict(sorted(self.outcomes.items())),
            "documents": [to_builtins(line) for line in self.lines],
        }
