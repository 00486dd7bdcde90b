"""Whether code leaves nothing behind but plain settings, which are compared themselves.

A hook may read all documents before a build to make settings of them, such as a list of pages with their
descriptions. What it leaves is part of the recipe of pages, so what it has read need not be: an edit of a
body that leaves the settings as they were makes no page stale.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

_HIDES = frozenset("setattr delattr globals locals vars exec eval".split())
"""Names of what sets attributes that cannot be seen in the code."""

_CHANGES = (
    "append extend insert update setdefault pop popitem add remove discard clear sort reverse".split(),
    ("add_", "register", "set_", "patch"),
)
"""Methods that change an object: their names, and how names of others begin."""


def leaves_settings_only(path: Path) -> bool:
    """Whether the code at `path` sets nothing but variables, its own and those of the configuration.

    Neither attributes of modules and objects that are not settings, nor functions that hold what was read.
    """
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return False
    imported = {alias.asname or alias.name.partition(".")[0] for alias in _aliases(tree)}
    imported |= {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for name in _other_names(node, imported)
    }
    arguments = {
        id(part) for call in _calls(tree) for part in (*call.args, *(one.value for one in call.keywords))
    }
    top = {id(node) for node in tree.body}
    return not any(_hides(node, imported, arguments, top) for node in ast.walk(tree))


def _hides(node: ast.AST, imported: set[str], arguments: set[int], top: set[int]) -> bool:
    if isinstance(node, ast.ClassDef | ast.AsyncFunctionDef):
        return True
    if isinstance(node, ast.FunctionDef):
        return id(node) not in top or bool(node.decorator_list)
    if isinstance(node, ast.Lambda):
        return id(node) not in arguments
    if isinstance(node, ast.Name):
        return node.id in _HIDES
    if isinstance(node, ast.Attribute):
        # `env.globals` is a table of Jinja.
        return node.attr.startswith("__") or (
            not isinstance(node.ctx, ast.Load) and not _is_setting(node, imported)
        )
    if isinstance(node, ast.Subscript):
        return not isinstance(node.ctx, ast.Load) and _root(node) in imported
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        named = node.func.attr in _CHANGES[0] or node.func.attr.startswith(_CHANGES[1])
        return named and _root(node.func) in imported
    return False


def _is_setting(node: ast.Attribute, imported: set[str]) -> bool:
    """Whether an attribute is one of a configuration: `config.extra`, `plugin.config.sections`."""
    holder = node.value
    name = holder.attr if isinstance(holder, ast.Attribute) else getattr(holder, "id", "")
    return name in ("config", "conf") and _root(node) not in imported


def _root(node: ast.AST) -> str:
    """The variable that a chain of attributes, items and calls begins with; empty if it begins otherwise."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _other_names(node: ast.Assign, imported: set[str]) -> Iterator[str]:
    """Variables that are given what a module holds."""
    parts = list(ast.walk(node.value))
    if _root(node.value) in imported and not any(isinstance(part, ast.Call) for part in parts):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _aliases(tree: ast.AST) -> Iterator[ast.alias]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from node.names


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
