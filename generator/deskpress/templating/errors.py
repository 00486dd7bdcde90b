"""Reports where a template of the site has failed, and why."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2

from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span


class TemplateFailedError(Exception):
    """A template failed. Unlike a traceback, this can be sent between processes."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


def failed(
    error: Exception, page: str, folder: Path, is_stock: Callable[[str], bool]
) -> TemplateFailedError | None:
    """The message for an `error` while a `page` was rendered; None if no template of the site caused it.

    Templates below `folder` are named relative to it. `is_stock` returns whether a file belongs to the
    themes.
    """
    if isinstance(error, TemplateFailedError):
        return error
    places = list(_places(error))
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    own = [(name, line) for name, line in places if not is_stock(name)]
    if not own and not isinstance(error, jinja2.TemplateError):
        return None
    # If a macro of ours failed, the cause is mostly a value from the site's own template.
    name, line = (own or places or [("", 1)])[-1]
    # A plug-in may render templates that are not files.
    if not os.path.isfile(name):
        return None
    problem = _problem(error)
    if places and places[-1] != (name, line):
        problem += f" (in {places[-1][0]}, line {places[-1][1]})"
    context = _line(name, line)
    span = Span(_seen_from(folder, name), line, len(context) - len(context.lstrip()) + 1)
    hint = f"it came up on {page}" if page else ""
    return TemplateFailedError(Diagnostic(span, Severity.ERROR, Kind.TEMPLATE, problem, hint, context))


def _places(error: Exception) -> Iterator[tuple[str, int]]:
    """The templates being rendered, outermost first, each with its line."""
    trace = error.__traceback__
    while trace is not None:
        # Jinja replaces the frames of compiled templates by these.
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


def _problem(error: Exception) -> str:
    match error:
        case jinja2.TemplateSyntaxError():
            return error.message or "the template cannot be read"
        case jinja2.TemplateNotFound():
            return f"there is no template `{error.name}`"
        case jinja2.TemplateError():
            return str(error)
        case _:
            return f"{type(error).__name__}: {error}"


def _line(name: str, line: int) -> str:
    try:
        return Path(name).read_text("utf-8", "replace").split("\n")[line - 1]
    except (OSError, IndexError):
        return ""


def _seen_from(folder: Path, name: str) -> str:
    path = Path(name)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else name
