"""Quotes values of front matter that YAML would misread."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from deskpress.model.patterns import lazy_pattern

_ENTRY = lazy_pattern(r"(?P<lead>\s*(?:- +)?(?:[\w.-]+[ \t]*:[ \t]+|- +))(?P<value>\S.*?)[ \t]*")
MOST_MENDED = 20
"""The most lines of a file that are tried; each try parses the front matter once more."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def quoted(text: str) -> dict[int, str]:
    """The lines of front matter (from 0) that are valid YAML once their values are quoted, in quoted form.

    Empty if quotes do not help. `title: A: b` becomes `title: "A: b"`.
    """
    lines = text.split("\n")
    found: dict[int, str] = {}
    for _ in range(MOST_MENDED):
        wrong = _wrong_line(lines)
        if wrong is None:
            return found
        for at in _candidates(wrong, lines):
            mended = _quoted(lines[at])
            after = _wrong_line([*lines[:at], mended, *lines[at + 1 :]]) if mended else wrong
            if after is None or after > wrong:
                lines[at] = found[at] = mended
                break
        else:
            return {}
    return {}


def _candidates(wrong: int, lines: list[str]) -> Iterator[int]:
    """The lines that may cause a mistake found on line `wrong`: it, and the open entries above it."""
    yield from range(min(wrong, len(lines) - 1), max(-1, wrong - 4), -1)


def _wrong_line(lines: list[str]) -> int | None:
    """The line (from 0) of the first mistake; None if all of it is valid YAML."""
    try:
        for _ in yaml.parse("\n".join(lines), Loader=_Loader):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return mark.line if mark else 0
    except (yaml.YAMLError, ValueError):
        return 0
    return None


def _quoted(line: str) -> str:
    """A line with its value in quotes; empty if it has none, or has quotes already."""
    found = _ENTRY.fullmatch(line)
    if found is None:
        return ""
    value = found["value"]
    if (value[0] == "[" and "]" not in value) or (value[0] == "{" and "}" not in value):
        return ""  # a list that is not closed
    if value[0] in "\"'" and value[-1] == value[0] and len(value) > 1:
        # Quotes within: `'it's'`.
        value = value[1:-1]
    return found["lead"] + json.dumps(value, ensure_ascii=False)
