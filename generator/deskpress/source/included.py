"""Limits what a document includes (`pymdownx.snippets`): its files, and the limits of a text for the whole.

Snippets are content, too. They may include others, each several times: without a limit, ten files of a few
lines could produce a text of any length.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from msgspec import Struct

from deskpress.model.patterns import lazy_pattern
from deskpress.source.limits import MAX_INDENT, NestingError, refuse_deep

SNIPPETS = "snippet"
"""The name of pymdownx.snippets' preprocessor, which runs at priority 32."""

_NEXT = 31.5
"""Before all others, except the one of the snippets."""

_MARK = "8<-"
_INDENTED = lazy_pattern(rf"[ \t]{{{MAX_INDENT},}}")


class Readable(Struct, frozen=True):
    """Which files may be included: those in the `folders` (or any, if there are none), wherever links lead.

    Not git's own: they may hold tokens.
    """

    folders: tuple[str, ...] = ()

    def allows(self, path: str) -> bool:
        """Whether a file may be included."""
        real = _real(path)
        if ".git" in real.split(os.sep):
            return False
        return not self.folders or any(real.startswith(_real(one)) for one in self.folders)


ANY_FILE = Readable()


def _real(path: str) -> str:
    """A path without links, in the case in which the system compares it, with a separator at its end."""
    return os.path.normcase(os.path.realpath(path)).rstrip(os.sep) + os.sep


def bound_snippets(
    md: Markdown, largest: int, whole: Callable[[int], None], readable: Readable = ANY_FILE
) -> None:
    """Limit a text with its snippets to `largest` characters, and check the whole with `refuse_deep`.

    What is not `readable` is taken for missing.
    `whole` is called with the number of characters. Too much raises `NestingError` during the conversion.
    """
    if SNIPPETS in md.preprocessors:
        snippets: Any = md.preprocessors[SNIPPETS]
        find: Callable[[str], str | None] = snippets.get_snippet_path

        def path_of(name: str) -> str | None:
            found = find(name)
            return found if found is not None and readable.allows(found) else None

        snippets.get_snippet_path = path_of
        counted = _Counted(snippets.parse_snippets, largest)
        snippets.parse_snippets = counted
        md.preprocessors.register(_Whole(md, counted, whole), "deskpress-snippets", _NEXT)


class _Counted:
    """Parses the snippets of a text or of a snippet, and counts the size of those of one document."""

    def __init__(self, parse: Any, largest: int) -> None:
        self._parse = parse
        self._largest = largest
        self.size = 0
        self.source: list[str] = []

    def __call__(self, lines: list[str], file_name: str | None = None, **told: Any) -> list[str]:
        """As `SnippetPreprocessor.parse_snippets`; the document itself has no `file_name`."""
        if file_name is None:
            self.size, self.source = 0, lines
        marked = False
        for line in lines:
            # An included text is indented as far as the line that names it.
            marked = marked or _MARK in line
            if marked and _INDENTED.match(line):
                raise NestingError(self.line, f"a snippet is indented by more than {MAX_INDENT} columns")
        found: list[str] = self._parse(lines, file_name, **told)
        if file_name is not None:
            self.size += len(found) + sum(map(len, found))
        if self.size > self._largest:
            problem = f"the text has more than {self._largest:,} characters with its snippets"
            raise NestingError(self.line, problem, "include less")
        return found

    @property
    def line(self) -> int:
        """The line, from 0, of the first snippet in the document."""
        return next((at for at, line in enumerate(self.source) if _MARK in line), 0)


class _Whole(Preprocessor):
    """Checks a text with its snippets in the same way as the text alone."""

    def __init__(self, md: Markdown, counted: _Counted, whole: Callable[[int], None]) -> None:
        super().__init__(md)
        self._counted = counted
        self._whole = whole

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines unchanged. Raises `NestingError`."""
        if self._counted.size:
            text = "\n".join(lines)
            self._whole(len(text))
            try:
                refuse_deep(text)
            except NestingError as error:
                # The position within a snippet is not known any more.
                problem = f"with its snippets: {error.problem}"
                raise NestingError(self._counted.line, problem, error.hint) from None
        return lines
