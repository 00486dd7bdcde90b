"""Finds the place where a configuration file is not valid YAML."""

from __future__ import annotations

import yaml

from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.source.slips import explain


def not_yaml(label: str, lines: list[str]) -> Diagnostic | None:
    """The place from which on the configuration file `label` is not valid YAML; None if it is valid."""

    def problem_at(line: int, column: int, problem: str, hint: str) -> Diagnostic:
        context = lines[line - 1] if line <= len(lines) else ""
        return Diagnostic(Span(label, line, column), Severity.ERROR, Kind.OPTION, problem, hint, context)

    text = "\n".join(lines)
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        for number, line in enumerate(lines, 1):
            indent = line[: len(line) - len(line.lstrip())]
            if "\t" in indent:
                return problem_at(
                    number, indent.index("\t") + 1, "the line begins with a tab", "indent with spaces"
                )
        if slip := explain(text):
            return problem_at(slip.line + 1, slip.column, slip.problem, slip.hint)
        mark = error.problem_mark or error.context_mark
        at, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        hint = "look at this line and the one above: a colon, a quotation mark or the indentation"
        return problem_at(min(at, len(lines)), column, "the file cannot be read from here on", hint)
    except yaml.YAMLError:
        return problem_at(1, 1, "the file cannot be read", "is it really text?")
    return None
