"""Refuses documents that take too much CPU time: the messages, and when reading stops."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from deskpress.engine.fingerprint import digest
from deskpress.engine.limited import ENDED, NO_MEMORY, Limit, Limited, can_limit, limited_map
from deskpress.engine.pool import Tick
from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, TotalTimeError
from deskpress.model.patterns import lazy_pattern
from deskpress.source.report import Report

R = TypeVar("R")

MOST_REFUSED = 5
"""The number of refused documents after which reading stops: each has used all of its time."""

TOGETHER = 150
"""The limit for all documents together, in multiples of that for one: ten minutes by default."""

MEMORY = 1_000_000_000
"""Bytes of memory that a process may take for documents; one of 2 MB takes half of it at most."""

SLOWEST = 5
OFTEN = 20
"""A mark is named if it is one in this many of a text's characters; in prose none is."""

_MARKS = lazy_pattern(r"[^\w\s]")


class CpuLimit(Struct):
    """How many CPU `seconds` a document may take, and all together unless there is no `total`.

    A cached one may have taken longer by the factor `margin`, since times vary between runs. `refused` are
    the digests of the documents that took longer, with the exit code of the process that converted them:
    within one run they are not tried again. This is never saved to disk.
    """

    seconds: float
    total: bool = True
    margin: float = 1.0
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def remembered(self) -> float:
        """The CPU seconds that a cached document may have taken."""
        return self.seconds * self.margin

    @property
    def for_known(self) -> CpuLimit:
        """The limit of documents that were read before in the same state."""
        return replace(self, seconds=self.remembered, total=False, margin=1.0)

    @property
    def limit(self) -> Limit:
        """The limit of a stage in which documents are read, or their links are resolved."""
        return Limit(self.seconds, self.seconds * TOGETHER if self.total else math.inf, MOST_REFUSED, MEMORY)


def cpu_limit(
    seconds: float, say: Callable[[str], None], *, total: bool = True, margin: float = 1.0
) -> CpuLimit | None:
    """The limit in CPU seconds; None for 0, and, with a notice, if the system cannot limit it."""
    if not seconds:
        return None
    if not can_limit():
        say("This system cannot limit the CPU time of a document; none is limited.")
        return None
    return CpuLimit(seconds, total, margin)


class Work(Struct, frozen=True):
    """Documents to process under a limit: `paths` below the content folder `root`, called `label`."""

    root: Path
    label: str
    paths: Sequence[str]
    limit: CpuLimit

    def run(
        self,
        work: Callable[[str], R],
        jobs: int,
        tick: Tick = lambda n: None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> tuple[dict[str, R], dict[str, Diagnostic]]:
        """The results by path, and the diagnostics of refused documents.

        Raises `ContentError` if reading stops: with every refused document, and how many were not read.
        """
        refused = self._known()
        paths = [path for path in self.paths if path not in refused]
        done: Limited[R] = Limited()
        if len(refused) < MOST_REFUSED:
            limit = self.limit.limit
            done = limited_map(work, paths, jobs, limit, tick, meanwhile)
        for number, code in done.ended.items():
            path = paths[number]
            refused[path] = code
            self.limit.refused[digest(self._read(path))] = code
        told = {path: self._refusal(path, code) for path, code in sorted(refused.items())}
        results = {paths[number]: result for number, result in done.results.items()}
        if missing := len(self.paths) - len(results) - len(told):
            kind = ContentError if len(told) >= MOST_REFUSED else TotalTimeError
            raise kind([*told.values(), *self._stopped(told, paths, done, missing)])
        return results, told

    def _known(self) -> dict[str, int]:
        """The documents that were refused before in this run."""
        if not self.limit.refused:
            return {}
        known = {path: self.limit.refused.get(digest(self._read(path))) for path in self.paths}
        return {path: code for path, code in known.items() if code is not None}

    def _read(self, path: str) -> bytes:
        try:
            return (self.root / path).read_bytes()
        except OSError:
            return b""

    def _refusal(self, path: str, code: int) -> Diagnostic:
        text = self._read(path).decode("utf-8", "replace")
        line, mark = _most_marks(text)
        problem = f"the text takes more than {self.limit.seconds:g} s of CPU time"
        if code == NO_MEMORY:
            problem = f"the text takes more than {MEMORY // 10**6:,} MB of memory"
        elif code != ENDED:
            what = f"signal {-code}" if code < 0 else f"exit code {code}"
            problem = f"the process that read this text ended with {what}; has memory run out?"
        takes = "much memory" if code == NO_MEMORY else "long"
        hint = f"split the text; what repeats very often takes {takes}" + (f": {mark}" if mark else "")
        report = Report(f"{self.label}/{path}", text)
        report.error(Kind.CONTENT, problem, hint, line=line)
        return report.found[0]

    def _stopped(
        self, told: Mapping[str, Diagnostic], paths: Sequence[str], done: Limited[R], missing: int
    ) -> Iterable[Diagnostic]:
        """Why `missing` documents were not read, reported at the documents that took longest."""
        rest = f"{missing} other document{'s were' if missing != 1 else ' was'} not read"
        if len(told) >= MOST_REFUSED:
            first = next(iter(told))
            report = Report(f"{self.label}/{first}")
            hint = "correct these texts first; then the others are read"
            report.error(Kind.CONTENT, f"{len(told)} texts take too much CPU time or memory: {rest}", hint)
            return report.found
        found = []
        for number in sorted(done.seconds, key=lambda number: -done.seconds[number])[:SLOWEST]:
            report = Report(f"{self.label}/{paths[number]}")
            report.error(
                Kind.CONTENT,
                f"all texts together take more than {self.limit.limit.total:g} s of CPU time: {rest}",
                f"this is one of the slowest ({done.seconds[number]:.1f} s); split it, or publish fewer",
            )
            found += report.found
        return found


def _most_marks(text: str) -> tuple[int, str]:
    """The line with most of the text's most frequent mark, and a remark about it; line 1 if there is none."""
    counted = Counter(_MARKS.findall(text)).most_common(1)
    if not counted or counted[0][1] * OFTEN < len(text):
        return 1, ""
    mark, times = counted[0]
    lines = text.split("\n")
    line = max(range(len(lines)), key=lambda at: lines[at].count(mark)) + 1
    # In quotation marks, since a backtick cannot be shown between backticks.
    return line, f"“{mark}” stands in it {times:,} times"
