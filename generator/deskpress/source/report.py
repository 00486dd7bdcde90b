"""Collects the mistakes in one file, with their positions."""

from __future__ import annotations

from functools import cached_property

from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span, excerpt


class Report:
    """The diagnostics of one file. `path` is shown to the editor, `text` is the content of the file."""

    def __init__(self, path: str, text: str = "") -> None:
        self.path = path
        self.text = text
        self.found: list[Diagnostic] = []

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, split on first use."""
        return self.text.split("\n")

    def error(self, kind: Kind, problem: str, hint: str = "", *, line: int = 1, column: int = 1) -> None:
        """Add an error: it prevents publishing."""
        self._add(Severity.ERROR, kind, problem, hint, line, column)

    def warning(self, kind: Kind, problem: str, hint: str = "", *, line: int = 1, column: int = 1) -> None:
        """Add a warning: the file can be published but should be checked."""
        self._add(Severity.WARNING, kind, problem, hint, line, column)

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return any(d.severity is Severity.ERROR for d in self.found)

    def _add(self, severity: Severity, kind: Kind, problem: str, hint: str, line: int, column: int) -> None:
        context = self.lines[line - 1] if line <= len(self.lines) else ""
        context, lead = excerpt(context, column)
        span = Span(self.path, line, column)
        self.found.append(Diagnostic(span, severity, kind, problem, hint, context, lead))
