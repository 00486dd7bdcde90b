"""Reads `zensical.toml` (TOML 1.0): its settings, and mistakes with their line and column."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from deskpress.build.config import ConfigReport
from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, Severity, Span

LARGEST = 1_000_000
"""The most bytes of a configuration file."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")

_HINTS = {
    "Cannot overwrite a value": "the key is there twice: keep one",
    "Cannot declare": "the table is there twice: put its keys together",
    "Invalid value": 'text needs quotes, as in `site_name = "Help"`',
    "Illegal character '\\n'": "text on one line ends with the quote it began with",
    "Expected '=' after a key": 'as in `site_name = "Help"`',
}


def read_project(path: Path) -> tuple[dict[str, Any], ConfigReport]:
    """The settings of the project, and a report that finds their lines. Raises `ContentError`, `OSError`."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    report = ConfigReport(path)
    if len(data) > LARGEST:
        raise ContentError([_mistake(report, 1, 1, f"the file has more than {LARGEST:,} bytes")])
    try:
        found = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "save it as UTF-8"
        raise ContentError([_mistake(report, line, 1, "this is not UTF-8", hint)]) from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise ContentError([_not_toml(report, str(error))]) from None
    # As Zensical reads it: everything is in this table, or the table is left out.
    project = found.get("project", found)
    if not isinstance(project, dict):
        raise ContentError([_mistake(report, 1, 1, "`project` must be a table", "as in `[project]`")])
    return project, report


def _not_toml(report: ConfigReport, message: str) -> Diagnostic:
    place = _PLACE.search(message)
    problem = _PLACE.sub("", message)
    line, column = len(report.lines), 1
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    hint = next((text for start, text in _HINTS.items() if problem.startswith(start)), "")
    if line >= len(report.lines):
        hint = "a list ends with `]`, a table on a line with `}`"
    return _mistake(report, line, column, f"this is not TOML: {problem}", hint)


def _mistake(report: ConfigReport, line: int, column: int, problem: str, hint: str = "") -> Diagnostic:
    context = report.lines[line - 1] if line <= len(report.lines) else ""
    span = Span(report.label, max(line, 1), max(column, 1))
    return Diagnostic(span, Severity.ERROR, Kind.OPTION, problem, hint, context)
