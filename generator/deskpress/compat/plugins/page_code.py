"""What of the code of a hook can be told by reading it: whether anything but what is recorded decides.

Files, folders and variables are recorded while it runs (`engine/reads.py`). Time, chance and the network are
not; a hook that names them is run by MkDocs' own loop. So is one whose modules nobody here knows.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from logging import Logger, LoggerAdapter
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from mkdocs.config.config_options import Hooks

from deskpress.engine.fingerprint import describe, digest

KNOWN_MODULES = frozenset(
    "__future__ abc array ast base64 binascii bisect bs4 codecs collections colorsys configparser"
    " contextlib contextvars copy csv dataclasses datetime decimal difflib email enum errno fnmatch"
    " fractions functools glob graphlib hashlib heapq html importlib inspect io itertools jinja2"
    " json keyword logging markdown markupsafe material math mimetypes mkdocs numbers operator os"
    " pathlib posixpath pprint pygments pymdownx re shutil stat statistics string struct sys textwrap"
    " tomllib types typing typing_extensions unicodedata urllib warnings weakref xml yaml zlib"
    " zoneinfo".split()
)
"""Modules with deterministic results that read nothing unrecorded."""

NOT_THE_SAME = frozenset("now utcnow today fromtimestamp urandom getpid getrandbits get_build_date".split())
"""Names of functions whose result differs each time."""

RUNS = frozenset("eval exec compile __import__ import_module spec_from_file_location".split())
"""Names of functions that run code which was not checked."""

MOST_MODULES = 50

_STARTS = re.compile(r"on_|define_env$|declare_variables$")
"""Functions that others call."""

_ALL_NAMES = frozenset({"globals", "locals", "vars", "__dict__", "__all__"})
"""What may name any function."""

DIGEST = "__deskpress_digest__"
"""The variable of a module that holds the digest of its file."""


def look_at(path: Path, root: Path) -> tuple[str, frozenset[Path]]:
    """What in the code of a hook at `path` decides and is not recorded, empty if nothing is; and its files.

    Its own modules in the site's folder `root` count as its code.
    """
    seen: set[Path] = set()
    waiting = [path]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if len(seen) > MOST_MODULES:
            return f"it has more than {MOST_MODULES} modules", frozenset(seen)
        try:
            tree = ast.parse(one.read_bytes())
        except (OSError, SyntaxError, ValueError) as error:
            return f"{one.name} cannot be read: {error}", frozenset(seen)
        if one == path:
            tree = without_unused(tree)
        for name in _imported(tree):
            known = name.partition(".")[0] in KNOWN_MODULES
            own = [] if known else _own_modules(name, one.parent, root)
            if not known and not own:
                return f"what the module `{name}` reads is not known", frozenset(seen)
            waiting += own
        if found := _odd_name(tree):
            where = os.path.relpath(one, root)
            return f"{where}:{found[0]} uses `{found[1]}`", frozenset(seen)
    return "", frozenset(seen)


def without_unused(tree: ast.Module) -> ast.Module:
    """The code of a hook without the functions that neither an event nor what that calls can reach."""
    functions = {
        node.name: node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.decorator_list and not _STARTS.match(node.name)
    }
    kept: list[ast.stmt] = [node for node in tree.body if node not in functions.values()]
    waiting = list(kept)
    while waiting:
        for node in ast.walk(waiting.pop()):
            name = _name_in(node)
            # `env.globals` is a table of Jinja.
            if name in _ALL_NAMES and not (isinstance(node, ast.Attribute) and name != "__dict__"):
                return tree
            if found := functions.pop(name, None):
                kept.append(found)
                waiting.append(found)
    return ast.Module([node for node in tree.body if node in kept], [])


def _name_in(node: ast.AST) -> str:
    """The name that a part of code holds: a variable, an attribute, or a text that may be one."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if not node.level:
                yield base
            else:
                yield "." * node.level + base
                if not base:
                    yield from ("." * node.level + alias.name for alias in node.names)


def _own_modules(name: str, folder: Path, root: Path) -> list[Path]:
    """The files of a module in the site's folder; empty if it is not there."""
    bare = name.lstrip(".")
    for _ in range(len(name) - len(bare) - 1):
        folder = folder.parent
    for base in [folder] if bare != name else [folder, root]:
        place = base.joinpath(*bare.split(".")) if bare else base
        found = [one for one in (place.with_suffix(".py"), place / "__init__.py") if one.is_file()]
        if found and found[0].resolve().is_relative_to(root):
            return found[:1]
        if bare != name and place.is_dir():
            return []
    return []


def _odd_name(tree: ast.AST) -> tuple[int, str] | None:
    for node in ast.walk(tree):
        name = ""
        if isinstance(node, ast.Attribute):
            name = node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
        elif isinstance(node, ast.ImportFrom):
            name = next((one.name for one in node.names if one.name in NOT_THE_SAME | {"environ"}), "")
        if name in NOT_THE_SAME or name in RUNS or (isinstance(node, ast.ImportFrom) and name):
            # `re.compile`, `template.module` and the like run nothing that is not there to be read.
            if name == "compile" and isinstance(node, ast.Attribute):
                continue
            return getattr(node, "lineno", 1), name
    return None


def namespaces(root: Path, own: Iterable[object]) -> dict[str, dict[str, Any]]:
    """What the code of a site's own keeps its variables in, by the path of the file, relative to `root`.

    `own` are hooks, and functions that plug-ins have loaded; modules of the site that these import are there
    as well.
    """
    spaces = [vars(one) if isinstance(one, ModuleType) else getattr(one, "__globals__", {}) for one in own]
    spaces += [vars(module) for module in list(sys.modules.values()) if isinstance(module, ModuleType)]
    found = {}
    for space in spaces:
        if path := _within(space.get("__file__"), root):
            found[path.relative_to(root).as_posix()] = space
    return found


def _within(file: object, root: Path) -> Path | None:
    """The path of a module's file, if that is in the site's folder, and not installed there."""
    if not isinstance(file, str) or "site-packages" in file:
        return None
    path = Path(os.path.realpath(file))
    return path if path.is_relative_to(root) else None


def forget_changed_code(root: Path) -> None:
    """Let hooks and the modules of a site's own be loaded anew, if one was saved since this was last called.

    MkDocs and Python load them once in a process; `deskpress serve` lives on.
    """
    root = root.resolve()
    changed = False
    own = []
    for name, module in list(sys.modules.items()):
        # This program may be a working copy in the site's folder.
        if not isinstance(module, ModuleType) or name.partition(".")[0] in ("deskpress", "__main__"):
            continue
        if file := _within(getattr(module, "__file__", None), root):
            own.append(name)
            now = digest(file.read_bytes()) if file.is_file() else ""
            changed |= vars(module).setdefault(DIGEST, now) != now
    if changed:
        Hooks._load_hook.cache_clear()
        for name in own:
            del sys.modules[name]


def loaded_code(
    spaces: Mapping[str, dict[str, Any]], root: Path, files: Iterable[Path]
) -> list[tuple[str, str]]:
    """The digests of code by the paths of its `files`, and of the one that each of `spaces` was loaded from.

    Python loads a module once: what was written into its file since does not count.
    """
    found = {}
    for path, space in spaces.items():
        if DIGEST not in space:
            space[DIGEST] = digest((root / path).read_bytes())
        found[path] = str(space[DIGEST])
    for file in files:
        path = file.relative_to(root).as_posix()
        if path not in found:
            found[path] = digest(file.read_bytes())
    return sorted(found.items())


def state(spaces: Mapping[str, Mapping[str, Any]]) -> Any:
    """What code knows at the moment: its variables, and what functions and classes of it keep."""
    return [
        [path, {name: _kept(value) for name, value in sorted(spaces[path].items()) if name[:2] != "__"}]
        for path in sorted(spaces)
    ]


def _kept(value: Any) -> Any:
    if isinstance(value, ModuleType):
        return value.__name__
    if isinstance(value, Logger | LoggerAdapter):
        return None  # it remembers which levels it writes
    if hasattr(value, "cache_clear"):
        # What it remembers of other pages it would not read again.
        value.cache_clear()
        value = getattr(value, "__wrapped__", value)
    if isinstance(value, FunctionType):
        return describe([value.__defaults__, value.__kwdefaults__, vars(value), *_cells(value)])
    if isinstance(value, type):
        if value.__module__.partition(".")[0] in KNOWN_MODULES:
            # Imported. Their attributes are described at a glance: MkDocs' own hold thousands of objects.
            return [value.__qualname__, {name: at_a_glance(one) for name, one in vars(value).items()}]
        return describe({name: one for name, one in vars(value).items() if not callable(one)})
    return describe(value)


def at_a_glance(value: Any) -> Any:
    """Plain data, or the number of items; no more of anything else."""
    if value is None or isinstance(value, bool | int | float | str | bytes):
        return value
    return len(value) if isinstance(value, list | tuple | dict | set | frozenset) else None


def _cells(function: FunctionType) -> Iterator[Any]:
    """The variables that a function has captured."""
    for cell in function.__closure__ or ():
        with suppress(ValueError):  # it is still empty
            yield cell.cell_contents
