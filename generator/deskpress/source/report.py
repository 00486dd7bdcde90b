"""Collects what is wrong with one file, with the place in it."""

from __future__ import annotations

from functools import cached_property

from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span, excerpt


class Report:
    """The diagnostics of one file. `path` is what the editor sees, `text` what the file says."""

    def __init__(self, path: str, text: str = "") -> None:
        self.path = path
        self.text = text
        self.found: list[Diagnostic] = []

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, of which most files need none."""
        return self.text.split("\n")

    def error(self, kind: Kind, problem: str, hint: str = "", *, line: int = 1, column: int = 1) -> None:
        """Note a mistake that forbids publishing."""
        self._add(Severity.ERROR, kind, problem, hint, line, column)

    def warning(self, kind: Kind, problem: str, hint: str = "", *, line: int = 1, column: int = 1) -> None:
        """Note something that can be published but deserves a look."""
        self._add(Severity.WARNING, kind, problem, hint, line, column)

    @property
    def failed(self) -> bool:
        """Whether an error was noted."""
        return any(d.severity is Severity.ERROR for d in self.found)

    def _add(self, severity: Severity, kind: Kind, problem: str, hint: str, line: int, column: int) -> None:
        context = self.lines[line - 1] if line <= len(self.lines) else ""
        context, lead = excerpt(context, column)
        span = Span(self.path, line, column)
        self.found.append(Diagnostic(span, severity, kind, problem, hint, context, lead))
