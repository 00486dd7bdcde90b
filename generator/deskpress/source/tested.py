"""The releases that our own stages of Python-Markdown and Jinja were tested with; others use stock stages.

Our stages (the folder `accel/`) use private parts of these programs and must give the same bytes. A release
is added to the list after the tests of the stages have passed with it (`tests/accel`).

Allowed by `pyproject.toml`, but not on the list: Markdown 3.8.1 to 3.10.3 nest emphasis differently, and pass
other elements around a text to extensions. Markdown 3.11.0 to 3.11.2 expect `find_code_spans` to return None
for unclosed backticks; later ones, and `QuickBackticks`, return their end and None. The former add this None
to a number, and a lone backtick raises TypeError.
"""

from __future__ import annotations

import importlib.metadata
from functools import cache
from importlib.util import find_spec

TESTED: dict[str, tuple[str, ...]] = {
    "markdown": ("3.11.3",),
    "pymdown-extensions": (
        *("11.0.1", "11.0.2", "12.0", "12.0.1", "12.1", "12.2", "12.3"),
        *("13.0", "13.1", "13.1.1", "13.1.2"),
    ),
    "jinja2": ("3.1.6",),
    "markupsafe": ("3.0.0", "3.0.1", "3.0.2", "3.0.3", "3.0.4"),
}
"""Versions by the name of the distribution, as its metadata spells them."""

FOR_MARKDOWN = ("markdown", "pymdown-extensions")
"""What the stages of Markdown depend on; they use the patterns of PyMdown's extensions, too."""

FOR_TEMPLATES = ("jinja2", "markupsafe")
"""What the shortcuts in templates depend on."""

_NAMES = {
    "markdown": "Markdown",
    "pymdown-extensions": "PyMdown Extensions",
    "jinja2": "Jinja",
    "markupsafe": "MarkupSafe",
}
_PARSED_EXPRESSIONS = "re._parser"
"""A private module of Python, used to parse regular expressions."""


@cache
def version_of(name: str) -> str:
    """The version of an installed distribution. Raises `importlib.metadata.PackageNotFoundError`."""
    distribution = importlib.metadata.distribution(name)
    # The metadata contains the manual, which would be parsed with it.
    found = (distribution.read_text("METADATA") or "").partition("\nVersion: ")[2].partition("\n")[0]
    return found or distribution.version


@cache
def _has_stages(names: tuple[str, ...]) -> bool:
    """Whether our own stages are installed."""
    module = "markdown_blocks" if "markdown" in names else "jinja"
    try:
        return find_spec(f"deskpress.accel.{module}") is not None
    except ModuleNotFoundError:
        return False


def untested(names: tuple[str, ...]) -> tuple[str, ...]:
    """Why the stages that depend on these distributions are not used, a line each; empty if they are."""
    lines = [
        f"{_NAMES[name]} {version_of(name)} is not on the list of tested versions "
        f"({', '.join(TESTED[name])}): stock stages are used; slower, same output."
        for name in names
        if version_of(name) not in TESTED[name]
    ]
    if not _has_stages(names):
        lines.append("The folder `accel` is missing: stock stages are used; slower, same output.")
    if "markdown" in names and find_spec(_PARSED_EXPRESSIONS) is None:
        lines.append(
            f"This Python has no `{_PARSED_EXPRESSIONS}`: stock stages are used; slower, same output."
        )
    return tuple(lines)
