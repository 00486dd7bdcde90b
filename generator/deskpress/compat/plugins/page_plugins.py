"""Plug-ins whose events for pages are known to depend on the page, on files they open, and on options.

The code of each was checked for that. Anything else is made inaccessible while pages are read: using it ends
the recording, and the site is built by MkDocs' own loop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct

from deskpress.compat.plugins.page_code import look_at
from deskpress.engine.fingerprint import describe
from deskpress.engine.reads import Stop


class Known(Struct, frozen=True):
    """A known plug-in: its events that need not be run, and why that of a site is not as it is known to be.

    `around` puts out of reach what pages may not ask for, `own` gives the site's functions that it has
    loaded, `kept` what it knows before the first page, `code` the files of the site that it runs. `starting`
    is around the events before the build.
    """

    idle: frozenset[str] = frozenset()
    refused: Callable[[Any, Path], str] = lambda plugin, root: ""
    around: Callable[[Any], Any] | None = None
    own: Callable[[Any], list[object]] = lambda plugin: []
    kept: Callable[[Any], Any] = lambda plugin: None
    code: Callable[[Any, Path], frozenset[Path]] = lambda plugin, root: frozenset()
    starting: Callable[[], Any] = nullcontext


class OutOfReach:
    """Something that is not known while one page is read."""

    def __init__(self, what: str) -> None:
        self._what = what

    def _stop(self, *arguments: object, **keywords: object) -> NoReturn:
        raise Stop(f"it asks for `{self._what}`")

    __getattr__ = __getitem__ = __iter__ = __call__ = __len__ = __bool__ = __str__ = __contains__ = _stop


_OF_PAGES = ("page", "config", "macros", "filters", "filters_builtin", "plugin", "git", "navigation", "files")


@contextmanager
def _macros_out_of_reach(plugin: Any) -> Iterator[None]:
    variables, functions = plugin.variables, plugin.env.globals
    before, now = {name: variables.get(name) for name in ("git", "navigation", "files")}, functions.get("now")
    try:
        for name in before:
            variables[name] = OutOfReach(name)
        functions["now"] = OutOfReach("now()")
        yield
    finally:
        for name, value in before.items():
            variables[name] = value
        functions["now"] = now


@contextmanager
def _macros_without_git() -> Iterator[None]:
    """It runs git whenever it starts, whether a page shows the result or not."""
    context = import_module("mkdocs_macros.context")

    before = context.get_git_info
    vars(context)["get_git_info"] = lambda: OutOfReach("git")
    try:
        yield
    finally:
        vars(context)["get_git_info"] = before


def _macros_module(plugin: Any, root: Path) -> Path | None:
    place = Path(plugin.config["module_name"])
    found = [one for one in (root / f"{place}.py", root / place / "__init__.py") if one.is_file()]
    return found[0] if found else None


def _macros_refused(plugin: Any, root: Path) -> str:
    if plugin.config["modules"]:
        return "`modules`"
    path = _macros_module(plugin, root)
    return look_at(path, root)[0] if path else ""


def _macros_code(plugin: Any, root: Path) -> frozenset[Path]:
    path = _macros_module(plugin, root)
    return look_at(path, root)[1] if path else frozenset()


def _macros_own(plugin: Any) -> list[object]:
    return [*plugin.macros.values(), *plugin.filters.values()]


def _macros_kept(plugin: Any) -> Any:
    return describe({name: value for name, value in plugin.variables.items() if name not in _OF_PAGES})


KNOWN: Mapping[str, Known] = {
    "include-markdown": Known(),
    "macros": Known(
        frozenset({"pre_build", "nav", "post_build"}),
        _macros_refused,
        _macros_out_of_reach,
        _macros_own,
        _macros_kept,
        _macros_code,
        _macros_without_git,
    ),
    "table-reader": Known(frozenset({"pre_page"})),
}
"""By MkDocs' names of the plug-ins."""
