"""Compares each document of a source with its page. Documents that the site refuses become drafts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from deskpress.app.content_files import read_text
from deskpress.app.pages import PageOf, pages_of
from deskpress.build.cpu_limit import cpu_limit
from deskpress.build.request import Progress, Request
from deskpress.engine.limited import DEFAULT_SECONDS
from deskpress.engine.pool import default_jobs
from deskpress.importers.platforms.comparing import compared
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.results import DocumentCount
from deskpress.importers.platforms.side_by_side import Pairs
from deskpress.importers.platforms.state import State
from deskpress.importers.report import ImportReport
from deskpress.model.diagnostic import ContentError, Diagnostic, Severity
from deskpress.templating.errors import TemplateFailedError

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
        """Read the site, render the pages, and compare. Raises `OSError`, `SetupError`, `SourceError`."""
        with tempfile.TemporaryDirectory(prefix="deskpress-import-") as folder:
            request = Request(
                self.config_file,
                jobs=default_jobs(),
                future=True,
                lenient=True,
                limit=cpu_limit(DEFAULT_SECONDS, lambda message: None),
                progress=progress,
            )
            for _ in range(ROUNDS):
                try:
                    page = pages_of(request, Path(folder))
                except ContentError as error:
                    if not self._hold_back(error.diagnostics):
                        self._tell(error.diagnostics)
                        return
                    continue
                try:
                    self._compare(items(), page, progress("Counting", len(self.lines)))
                except TemplateFailedError as error:
                    self._tell([error.diagnostic])
                return
        self.report.note(f"The site still refuses documents after {ROUNDS} rounds, so nothing was counted.")

    def _compare(self, items: Iterable[Item], page: PageOf, tick: Callable[[int], None]) -> None:
        wanted = ((item, self.paths[item.key]) for item in items if self._is_counted(item))
        for item, found in compared(wanted, page, with_versions=self.pairs is not None):
            tick(1)
            line = self.lines[self.paths[item.key]]
            if found.failed:
                self.report.add("lost", "a count of what the text holds", found.failed, item.place)
                continue
            line.before, line.missing = found.before, found.missing
            if not found.has_page:
                self.report.add("lost", f"“{item.title[:60]}”", "it has no page", item.place)
                continue
            if self.pairs is not None and found.versions is not None:
                self.pairs.add(line, found.versions)
            for name, number in line.missing.items():
                self.report.add("lost", f"{number} {name}", f"missing on the page of {line.path}", item.place)

    def _is_counted(self, item: Item) -> bool:
        line = self.lines.get(self.paths.get(item.key, ""))
        return line is not None and not item.hidden and line.outcome not in _CHANGED

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
