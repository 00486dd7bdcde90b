"""What the plug-in macros gives texts that no file of the site says: git, the time, other pages.

What it says of the repository is recorded, as the files of git that decide it. The rest is made inaccessible
while pages are read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from deskpress.compat.plugins.page_code import look_at
from deskpress.engine.fingerprint import describe
from deskpress.engine.reads import Stop, paused

IDLE = frozenset({"pre_build", "nav", "post_build"})
"""Events of the plug-in that need not be run."""

_OF_PAGES = ("page", "config", "macros", "filters", "filters_builtin", "plugin", "git", "navigation", "files")

_REPOSITORY = ("HEAD", "config", "packed-refs", "shallow")
"""Files of a repository that decide what git says of the newest commit and its tags."""

_OF_GIT = ("GIT_DIR", "GIT_WORK_TREE", "GIT_CONFIG_GLOBAL", "HOME", "XDG_CONFIG_HOME")
"""Variables that decide which repository and settings git takes."""

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
"""Where an object lies in memory, which is another place in each build."""


class OutOfReach:
    """Something that is not known while one page is read."""

    def __init__(self, what: str) -> None:
        self._what = what

    def _stop(self, *arguments: object, **keywords: object) -> NoReturn:
        raise Stop(f"it asks for `{self._what}`")

    __getattr__ = __getitem__ = __iter__ = __call__ = __len__ = __bool__ = __str__ = __contains__ = _stop


class Repository(dict[str, Any]):
    """What the plug-in says of the newest commit; asked for only when a text shows it."""

    def __init__(self, ask: Callable[[], Mapping[str, Any] | None]) -> None:
        super().__init__()
        self._ask = ask
        self._known = False

    def _fill(self) -> None:
        read_repository(Path.cwd())
        if not self._known:
            with paused():
                super().update(self._ask() or {"status": False, "date": None})
            self._known = True

    def __getitem__(self, name: str) -> Any:
        self._fill()
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """As in a dict."""
        self._fill()
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self._fill()
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self._fill()
        return super().__iter__()

    def __len__(self) -> int:
        self._fill()
        return super().__len__()

    def keys(self) -> Any:
        """As in a dict."""
        self._fill()
        return super().keys()

    def values(self) -> Any:
        """As in a dict."""
        self._fill()
        return super().values()

    def items(self) -> Any:
        """As in a dict."""
        self._fill()
        return super().items()

    def __repr__(self) -> str:
        self._fill()
        return super().__repr__()

    __str__ = __repr__


def read_repository(folder: Path) -> None:
    """Read what decides the newest commit of the repository of a `folder`, and its tags.

    Raises `Stop` if its references are not kept in files.
    """
    for name in _OF_GIT:
        os.environ.get(name)
    for settings in ("~/.gitconfig", "~/.config/git/config", "/etc/gitconfig"):
        _read(Path(settings).expanduser())
    for one in (folder, *folder.parents):
        place = one / ".git"
        if place.exists():
            break
    else:
        return
    if place.is_file():  # a worktree, or a submodule
        place = (one / place.read_text("utf-8").removeprefix("gitdir:").strip()).resolve()
    shared = (place / (_read(place / "commondir") or ".").strip()).resolve()
    if (shared / "reftable").exists():
        raise Stop("it asks for `git`, whose references are in a reftable")
    for name in _REPOSITORY:
        _read(place / name)
        _read(shared / name)
    branch = (_read(place / "HEAD") or "").strip().removeprefix("ref: ")
    if branch.startswith("refs/"):
        _read(shared / branch)
    # The more objects there are, the longer is the shortest name of a commit.
    if (shared / "objects/pack").is_dir():
        os.listdir(shared / "objects/pack")
    for where, _, files in os.walk(shared / "refs/tags"):
        for name in files:
            _read(Path(where, name))


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", "surrogateescape")
    except OSError:
        return None


@contextmanager
def out_of_reach(plugin: Any) -> Iterator[None]:
    """Without what other pages and the time decide."""
    variables, functions = plugin.variables, plugin.env.globals
    before, now = {name: variables.get(name) for name in ("navigation", "files")}, functions.get("now")
    context: Any = import_module("mkdocs_macros.context")
    shown = context.format_value
    try:
        for name in before:
            variables[name] = OutOfReach(name)
        functions["now"] = OutOfReach("now()")
        context.format_value = lambda value: _shown(value, shown)
        yield
    finally:
        for name, value in before.items():
            variables[name] = value
        functions["now"] = now
        context.format_value = shown


def _shown(value: object, shown: Callable[[object], str]) -> str:
    """A value in the table of all variables, which says that there is a navigation, not which."""
    if isinstance(value, OutOfReach):
        return f"<{vars(value)['_what']}>"
    return _ADDRESS.sub("", shown(value))


@contextmanager
def without_git() -> Iterator[None]:
    """It runs git whenever it starts, whether a page shows the result or not."""
    context: Any = import_module("mkdocs_macros.context")
    before = context.get_git_info
    context.get_git_info = lambda: Repository(before)
    try:
        yield
    finally:
        context.get_git_info = before


def refused(plugin: Any, root: Path) -> str:
    """Why the code of a site, in the folder `root`, needs MkDocs' loop; empty if it does not."""
    if plugin.config["modules"]:
        return "`modules`"
    path = _module(plugin, root)
    return look_at(path, root)[0] if path else ""


def code(plugin: Any, root: Path) -> frozenset[Path]:
    """The files of the site that it runs."""
    path = _module(plugin, root)
    return look_at(path, root)[1] if path else frozenset()


def own(plugin: Any) -> list[object]:
    """The site's functions that it has loaded."""
    return [*plugin.macros.values(), *plugin.filters.values()]


def kept(plugin: Any) -> Any:
    """What it knows before the first page."""
    return describe({name: value for name, value in plugin.variables.items() if name not in _OF_PAGES})


def _module(plugin: Any, root: Path) -> Path | None:
    place = Path(plugin.config["module_name"])
    found = [one for one in (root / f"{place}.py", root / place / "__init__.py") if one.is_file()]
    return found[0] if found else None
