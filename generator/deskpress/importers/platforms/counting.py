"""Builds the site, and compares each document with its source. Refused documents become drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from deskpress.app.content_files import read_text
from deskpress.build.request import Progress
from deskpress.engine.cpu_guard import CpuGuard, TooLongError
from deskpress.importers.html.measure import lost, measure, measure_node
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.limits import LONG, SECONDS
from deskpress.importers.platforms.marked import source_html
from deskpress.importers.platforms.reading_back import Built, built
from deskpress.importers.platforms.results import DocumentCount
from deskpress.importers.platforms.side_by_side import Pairs
from deskpress.importers.platforms.state import State
from deskpress.importers.report import ImportReport
from deskpress.model.diagnostic import ContentError, Diagnostic, Severity

ROUNDS = 5
"""How often refused documents are made drafts and the site is built again."""

_CHANGED = ("conflict", "deleted here", "kept", "merged")
"""Outcomes after which a document is as editors have it, and not as in the source."""


class Count(Struct):
    """Input of the comparison: the lines of public documents by path, and the keys of documents by path."""

    config_file: Path
    content: str
    lines: dict[str, DocumentCount]
    keys: dict[str, str]
    paths: dict[str, str]
    report: ImportReport
    state: State
    pairs: Pairs | None = None

    def run(self, items: Callable[[], Iterator[Item]], progress: Progress) -> None:
        """Build and compare. Raises `OSError`, `SourceError`."""
        for _ in range(ROUNDS):
            try:
                for site in built(self.config_file, progress):
                    self._compare(items(), site)
            except ContentError as error:
                if not self._hold_back(error.diagnostics):
                    self._tell(error.diagnostics)
                    return
            else:
                return
        self.report.note(f"The site still refuses documents after {ROUNDS} rounds, so nothing was counted.")

    def _compare(self, items: Iterable[Item], site: Built) -> None:
        for item in items:
            line = self.lines.get(self.paths.get(item.key, ""))
            if line is None or item.hidden or line.outcome in _CHANGED:
                continue
            try:
                with CpuGuard(SECONDS):
                    html = item.body if item.markup == "html" else source_html(item.body)
                    before = measure(html)
            except (RecursionError, MemoryError, TooLongError) as error:
                why = LONG if isinstance(error, TooLongError) else "it nests too deeply, or it is too large"
                self.report.add("lost", "a count of what the text holds", why, item.place)
                continue
            body = site.body(line.path)
            line.before = before.counts()
            if body is None:
                line.missing = {name: number for name, number in line.before.items() if number}
                self.report.add("lost", f"“{item.title[:60]}”", "it has no page", item.place)
                continue
            after = measure_node(body)
            line.missing = lost(before, after)
            if self.pairs is not None:
                self.pairs.add(line, html, body.inner_html or "", before, after)
            for name, number in line.missing.items():
                self.report.add("lost", f"{number} {name}", f"missing on the page of {line.path}", item.place)

    def _hold_back(self, found: Iterable[Diagnostic]) -> bool:
        """Make drafts of imported documents that the site refuses; whether there were any."""
        done = False
        for diagnostic in found:
            path = diagnostic.span.path.removeprefix(f"{self.content}/")
            if diagnostic.severity is not Severity.ERROR or path not in self.lines:
                continue
            line = self.lines.pop(path)
            text = read_text(self.state.content / path)
            self.state.write(self.keys[path], path, text.replace("\n---\n", "\ndraft: true\n---\n", 1))
            why = f"the site refuses it: {diagnostic.problem}"
            self.report.add("lost", f"“{line.title[:60]}” is a draft", why, line.place)
            done = True
        return done

    def _tell(self, found: Iterable[Diagnostic]) -> None:
        for diagnostic in found:
            if diagnostic.severity is Severity.ERROR:
                why = "the site cannot be built with it, so nothing was counted"
                self.report.add("lost", diagnostic.problem, why, str(diagnostic.span))
