"""`deskpress check --fix=text`: fixes mechanical mistakes in content, and shows the changes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from deskpress.app.check import check
from deskpress.app.content_files import read_text, write_text
from deskpress.app.loading import load
from deskpress.build.pipeline import Prepared
from deskpress.build.request import Request
from deskpress.build.rules import dialect_of
from deskpress.lint.fix import fix
from deskpress.model.diagnostic import Diagnostic, Kind, printable

_WANTED = re.compile(r"(?:write|the file is called) `([^`]+)`")
_GIVEN = re.compile(r"`([^`]+)` does not exist")


def fix_text(request: Request, say: Callable[[str], None]) -> int:
    """Fix the texts of a site; returns the number of changed files. Never the lock. Raises as `check`."""
    request = replace(request, fix=False)
    project = load(request)
    root, label = project.config.content_dir, project.options.content
    dialect = dialect_of(project.config)
    first = check(request)
    before: dict[str, str] = {}

    def write(path: str, text: str) -> None:
        before.setdefault(path, read_text(root / path))
        write_text(root / path, text)

    told = {d.span.path.removeprefix(f"{label}/") for d in first.diagnostics}
    for path in sorted(told & first.readings.keys()):
        try:
            text = read_text(root / path)
        except UnicodeDecodeError:
            continue
        fixed = fix(text, dialect)
        if fixed.changes:
            write(path, fixed.text)
    # Links are resolved against what can be read now.
    second = check(request) if before else first
    for path, found in _moved(second, label).items():
        text = read_text(root / path)
        mended = _with_links(text, found)
        if mended != text:
            write(path, mended)
    for path, text in sorted(before.items()):
        say(_diff(f"{label}/{path}", text, read_text(root / path)))
    return len(before)


def _moved(prepared: Prepared, label: str) -> dict[str, list[Diagnostic]]:
    """The links by file whose target has moved, if there is only one candidate."""
    found: dict[str, list[Diagnostic]] = {}
    for one in prepared.diagnostics:
        path = one.span.path.removeprefix(f"{label}/")
        known = path in prepared.readings and one.kind in (Kind.LINK, Kind.IMAGE)
        if known and _WANTED.match(one.hint) and _GIVEN.search(one.problem):
            found.setdefault(path, []).append(one)
    return found


def _with_links(text: str, found: Iterable[Diagnostic]) -> str:
    """The text with the targets replaced as in the hints, from the last one on."""
    lines = text.split("\n")
    for one in sorted(found, key=lambda one: one.span, reverse=True):
        wanted, given = _WANTED.match(one.hint), _GIVEN.search(one.problem)
        line = lines[one.span.line - 1] if one.span.line <= len(lines) else ""
        at = one.span.column - 1
        if wanted is None or given is None or not line.startswith(given[1], at):
            continue
        path = wanted[1].partition("#")[0].partition("?")[0]
        lines[one.span.line - 1] = line[:at] + path + line[at + len(given[1]) :]
    return "\n".join(lines)


def _diff(path: str, before: str, after: str) -> str:
    shown_path = printable(path)
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), shown_path, shown_path, n=1
    )
    shown = "".join(line if line.endswith("\n") else f"{line}\n" for line in lines).rstrip("\n")
    # A terminal would act on other control characters.
    return "".join(one if one in "\n\t\u00a0" else printable(one) for one in shown)
