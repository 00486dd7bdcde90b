"""`markdown_extensions` of `zensical.toml` as Python-Markdown takes them.

TOML has no functions: Zensical writes them as names, or as `{object = "…", kwds = {…}}`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from deskpress.build.config import ConfigReport

_TWEMOJI, _TO_SVG = "zensical.extensions.emoji.twemoji", "zensical.extensions.emoji.to_svg"

DEFAULTS: Mapping[str, Any] = {
    **{name: {} for name in "abbr admonition attr_list def_list footnotes md_in_html".split()},
    "toc": {"permalink": True},
    "pymdownx": {
        **{name: {} for name in "betterem caret details inlinehilite keys magiclink mark".split()},
        "smartsymbols": {},
        "tilde": {},
        "arithmatex": {"generic": True},
        "emoji": {"emoji_generator": _TO_SVG, "emoji_index": _TWEMOJI},
        "highlight": {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True},
        "superfences": {"custom_fences": [{"name": "mermaid", "class": "mermaid"}]},
        "tabbed": {"alternate_style": True, "combine_header_slug": True},
        "tasklist": {"custom_checkbox": True},
    },
}
"""What a project has that names no extensions (zensical.org, "Python Markdown", release 0.1)."""

_ALWAYS = ("toc", "tables", "fenced_code")
FENCES = "pymdownx.superfences"
_NESTED = {"pymdownx": 1, "pymdownx.blocks": 1, "zensical": 1, "zensical.extensions": 1}
"""Tables whose keys are parts of the names of extensions."""

_MODULES = {"zensical.extensions": "material.extensions", "materialx": "material.extensions"}
"""Where the functions of these packages are here."""

FUNCTIONS = frozenset({"emoji_generator", "emoji_index", "format", "validator", "slugify"})
"""Options whose values are functions."""

Remark = Callable[[str], None]
Entry = tuple[str, dict[str, Any]]


def read_extensions(
    given: Any, report: ConfigReport, remark: Remark
) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The names in their order, and the options of each; `remark` is told what is not supported."""
    names, options = list(_ALWAYS), dict[str, dict[str, Any]]()
    for name, value in named_extensions(DEFAULTS if given is None else given, report):
        if name.startswith("zensical."):
            remark(f"the extension `{name}` has no effect: it is a part of Zensical")
            continue
        options[name] = {key: _with_functions(key, one, report) for key, one in value.items()}
        if name not in names:
            names.append(name)
    if FENCES not in names:
        names.append(FENCES)
    return names, {name: found for name, found in options.items() if found}


def resolve(value: Any, report: ConfigReport, key: str) -> Any:
    """The function that a text names, or that `{object = "…", kwds = {…}}` makes; None if there is none."""
    name = value.get("object") if isinstance(value, Mapping) else value
    if not isinstance(name, str) or "." not in name:
        report.error(key, f"`{key}` must name a function", f'as in `{key} = "pymdownx.slugs.slugify"`')
        return None
    module, _, function = name.rpartition(".")
    for theirs, ours in _MODULES.items():
        if module == theirs or module.startswith(f"{theirs}."):
            module = ours + module.removeprefix(theirs)
    try:
        found = getattr(importlib.import_module(module), function)
        return found(**(value.get("kwds") or {})) if isinstance(value, Mapping) else found
    except Exception as error:  # a module of the site's own may raise anything
        report.error(key, f"`{name}` cannot be used: {type(error).__name__}: {error}")
        return None


def named_extensions(given: Any, report: ConfigReport, above: str = "") -> Iterator[Entry]:
    """The extensions that a table, or a list, names."""
    if isinstance(given, list):
        for one in given:
            yield from named_extensions(one if isinstance(one, dict) else {one: {}}, report)
        return
    if not isinstance(given, Mapping):
        report.error("markdown_extensions", "`markdown_extensions` must be a table or a list")
        return
    for key, value in given.items():
        name = f"{above}{key}"
        if name in _NESTED:
            yield from named_extensions(value, report, f"{name}.")
        elif isinstance(value, dict) or not value:
            yield name, value or {}
        else:
            report.error(str(key), f"the options of `{name}` must be a table", f"as in `{key} = {{}}`")


def _with_functions(key: str, value: Any, report: ConfigReport) -> Any:
    """The value of an option, with functions where it names some."""
    if key in FUNCTIONS and (isinstance(value, str) or (isinstance(value, dict) and "object" in value)):
        return resolve(value, report, key)
    if isinstance(value, list):
        return [
            {name: _with_functions(name, one, report) for name, one in item.items()}
            if isinstance(item, dict)
            else item
            for item in value
        ]
    return value
