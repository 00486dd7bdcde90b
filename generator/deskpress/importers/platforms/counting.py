"""Compares each document of a source with its page. Documents that the site refuses are not published."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from deskpress.app.content_files import read_text
from deskpress.app.pages import PageOf, pages_of
from deskpress.build.cpu_limit import cpu_limit
from deskpress.build.request import Progress, Request
from deskpress.engine.limited import DEFAULT_SECONDS
from deskpress.engine.pool import default_jobs
from deskpress.importers.platforms.comparing import compared
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.left_out import withheld, without_alias
from deskpress.importers.platforms.results import DocumentCount
from deskpress.importers.platforms.side_by_side import Pairs
from deskpress.importers.platforms.state import State
from deskpress.importers.report import ImportReport
from deskpress.model.diagnostic import ContentError, Diagnostic, Severity
from deskpress.templating.errors import TemplateFailedError

_CHANGED = ("conflict", "deleted here", "kept", "merged")
"""Outcomes after which a document is as editors have it, and not as in the source."""


class Count(Struct):
    """Input of the comparison: the lines of public documents by path, and the keys of documents by path.

    `held` are the paths of those that the site refuses, and that are not published.
    """

    config_file: Path
    content: str
    lines: dict[str, DocumentCount]
    keys: dict[str, str]
    paths: dict[str, str]
    report: ImportReport
    state: State
    pairs: Pairs | None = None
    held: set[str] = field(default_factory=set)

    def run(self, items: Callable[[], Iterator[Item]], progress: Progress) -> None:
        """Read the site, render the pages, and compare. Raises `OSError`, `SetupError`, `SourceError`."""
        with tempfile.TemporaryDirectory(prefix="deskpress-import-") as folder:
            request = Request(
                self.config_file,
                jobs=default_jobs(),
                future=True,
                lenient=True,
                limit=cpu_limit(DEFAULT_SECONDS, lambda message: None, total=False),
                progress=progress,
            )
            try:
                page = self._accepted(request, Path(folder))
                self._compare(items(), page, progress("Counting", len(self.lines)))
            except ContentError as error:
                self._tell(error.diagnostics)
            except TemplateFailedError as error:
                self._tell([error.diagnostic])

    def _accepted(self, request: Request, folder: Path) -> PageOf:
        """The pages, once no imported document is among those that the site refuses. Raises `ContentError`.

        Reading stops after some refused documents, so the others are found as these are held back.
        """
        while True:
            try:
                return pages_of(request, folder)
            except ContentError as error:
                if not self._hold_back(error.diagnostics):
                    raise

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
                if line.path not in self.held:
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
        """Publish none of the imported documents that the site refuses; whether there are any new ones."""
        done = False
        mistakes = (one for one in found if one.severity is Severity.ERROR)
        # The first of a file may only say that reading has stopped.
        for file, diagnostic in {one.span.path: one for one in mistakes}.items():
            path = file.removeprefix(f"{self.content}/")
            line = self.lines.get(path)
            # What editors have written is theirs to mend.
            if line is None or path in self.held or line.outcome in _CHANGED:
                continue
            done = True
            if self._without_alias(line, diagnostic.problem):
                continue
            self.state.write(self.keys[path], path, withheld(read_text(self.state.content / path)))
            why = f"the site refuses it: {diagnostic.problem}; its addresses answer 410 (gone) until the line"
            why += " `expires` is taken out"
            self.report.add("lost", f"“{line.title[:60]}” is not published", why, line.place)
            self.held.add(path)
        return done

    def _without_alias(self, line: DocumentCount, problem: str) -> bool:
        """Take out the alias of a document at which the site has a page of its own; whether it is one."""
        owner = rf"the alias (?P<alias>/.*) of {re.escape(f'{self.content}/{line.path}')}"
        found = re.fullmatch(rf"(?:(?P<first>.*) and )?{owner}(?: and (?P<second>.*))? both want .*", problem)
        text = read_text(self.state.content / line.path)
        if found is None or (without := without_alias(text, found["alias"])) == text:
            return False
        self.state.write(self.keys[line.path], line.path, without)
        self.report.add(
            "lost",
            f"the address {found['alias']}",
            f"{found['first'] or found['second']} is there",
            line.place,
        )
        return True

    def _tell(self, found: Iterable[Diagnostic]) -> None:
        for diagnostic in found:
            if diagnostic.severity is Severity.ERROR:
                why = "the site cannot be built with it, so nothing was counted"
                self.report.add("lost", diagnostic.problem, why, str(diagnostic.span))
