"""`zensical.toml` as `mkdocs.yml`, for Deskpress: its own options take the place of Zensical's blog."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomlkit
import yaml
from msgspec import Struct
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Comment, Table

from deskpress.compat.configuration import NAME
from deskpress.compat.material.from_blog import options_from
from deskpress.compat.material.icons import replace_icons
from deskpress.compat.material.theme import STOCK
from deskpress.importers.conversion import ConversionError, Converted
from deskpress.importers.material.plugins import PACKAGES
from deskpress.model.diagnostic import ContentError
from deskpress.zensical.extensions import DEFAULTS, FENCES, FUNCTIONS, Remark, named_extensions
from deskpress.zensical.plugins import NATIVE, named_plugins
from deskpress.zensical.toml_file import read_project

_REPLACED = (NAME, "blog", "social")
"""Plug-ins whose work Deskpress does by options of its own."""


class _Comments(Struct, frozen=True):
    """The comments on the lines above a key, and the one behind its value."""

    above: tuple[str, ...] = ()
    behind: str = ""


Comments = Mapping[tuple[str, ...], _Comments]
"""By the keys that lead from `project` to a value; by none for those of the file."""


class _Function(dict[str, Any]):
    """A function: its name (`object`), or that of the one that makes it, with arguments (`kwds`)."""


class _Dumper(yaml.SafeDumper):
    """Writes functions with Python's tags, as MkDocs reads them."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write what is there twice twice."""
        return True


def _function(dumper: yaml.SafeDumper, made: _Function) -> yaml.Node:
    name = str(made["object"]).replace("zensical.extensions.", "material.extensions.", 1)
    if "kwds" not in made:
        return dumper.represent_scalar(f"tag:yaml.org,2002:python/name:{name}", "")
    return dumper.represent_mapping(
        f"tag:yaml.org,2002:python/object/apply:{name}", {"kwds": dict(made["kwds"])}
    )


_Dumper.add_representer(_Function, _function)


def to_yaml(path: Path) -> Converted:
    """The configuration as YAML. Raises `ConversionError` for what is not TOML, `OSError`."""
    try:
        project, report = read_project(path)
        plugins = dict(named_plugins(project.get("plugins"), report, functions=False))
        extensions = list(named_extensions(project.get("markdown_extensions", DEFAULTS), report))
        report.fail()
        comments = dict(_comments(tomlkit.parse(path.read_text("utf-8-sig"))))
    except (ContentError, TOMLKitError) as error:
        told = error.diagnostics if isinstance(error, ContentError) else [error]
        raise ConversionError("\n".join(map(str, told))) from None
    folder, urls = path.resolve().parent, bool(project.get("use_directory_urls", True))
    ours, changed = options_from(plugins, folder / str(project.get("docs_dir", "docs")), urls=urls)
    notes = [*changed]
    notes += [
        f"`plugins: {name}` is left out: Deskpress does not do its work"
        for name in plugins
        if name not in (*NATIVE, *_REPLACED, "search")
    ]
    notes += [
        f"MkDocs needs the code of `plugins: {name}`: `pip install {PACKAGES[name]}`"
        for name in plugins
        if name in NATIVE and name in PACKAGES
    ]
    extensions = [one for one in extensions if not one[0].startswith("zensical.")]
    if not any(name == FENCES for name, _ in extensions):
        extensions.append((FENCES, {}))
    project["theme"] = _theme(project.get("theme"), notes.append)
    text = [*_commented((), comments)]
    for key, value in project.items():
        if key not in ("plugins", "markdown_extensions"):
            text += _lines(key, _with_functions(key, value), (key,), comments)
    if "tags" in plugins:
        # Zensical writes no list of tags as JSON.
        plugins["tags"] = {"export": False} | plugins["tags"]
    kept = [(NAME, ours), *((name, options) for name, options in plugins.items() if name in NATIVE)]
    text += _listed("plugins", kept, comments)
    text += _listed("markdown_extensions", extensions, comments)
    return Converted("".join(text), tuple(notes))


def _theme(given: Any, remark: Remark) -> dict[str, Any]:
    """The theme's settings, with icons that Material has."""
    theme: dict[str, Any] = {"name": "material"} | (dict(given) if isinstance(given, dict) else {})
    theme["name"] = "material"
    if theme.pop("variant", None):
        remark("`theme: variant` is left out: pages have the looks of Deskpress (`look`)")
    replace_icons(theme, [str(Path(STOCK[1], "templates"))], remark)
    if not theme["icon"]:
        del theme["icon"]
    return theme


def _listed(key: str, entries: list[tuple[str, Any]], comments: Comments) -> Iterator[str]:
    """A list of names, those with options as mappings of one key."""
    yield from _commented((key,), comments)
    yield f"\n{key}:\n"
    for name, options in entries:
        yield from (f"  {line}" for line in _commented((key, name), comments))
        if not options:
            yield f"  - {name}\n"
            continue
        yield f"  - {name}:\n"
        for option, value in _with_functions("", options).items():
            lines = "".join(_lines(option, value, (key, name, option), comments))
            yield textwrap.indent(lines, "      ")


def _lines(key: str, value: Any, path: tuple[str, ...], comments: Comments) -> Iterator[str]:
    """A key and its value."""
    yield from _commented(path, comments)
    if isinstance(value, dict) and value and not isinstance(value, _Function):
        yield f"{_scalar(key)}:\n"
        for inner, one in value.items():
            yield textwrap.indent("".join(_lines(str(inner), one, (*path, str(inner)), comments)), "  ")
        return
    dumped = yaml.dump({key: value}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    behind = comments.get(path, _Comments()).behind
    yield f"{dumped.rstrip()}  {behind}\n" if behind and dumped.count("\n") == 1 else dumped


def _scalar(text: str) -> str:
    return yaml.dump(text, Dumper=_Dumper, allow_unicode=True).removesuffix("...\n").strip()


def _commented(path: tuple[str, ...], comments: Comments) -> Iterator[str]:
    yield from (f"{line}\n" for line in comments.get(path, _Comments()).above)


def _with_functions(key: str, value: Any) -> Any:
    """The same value, with functions in place of what names them."""
    if key in FUNCTIONS or key.endswith("_slugify"):
        if isinstance(value, str) and "." in value:
            return _Function(object=value)
        if isinstance(value, dict) and "object" in value:
            return _Function(value)
    if isinstance(value, dict):
        return {name: _with_functions(str(name), one) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_functions("", one) for one in value]
    return value


def _comments(container: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], _Comments]]:
    """The comments of each key; see `Comments`."""
    pending: list[str] = []
    for key, item in container.body if hasattr(container, "body") else container.value.body:
        if isinstance(item, Comment):
            pending.append(item.trivia.comment)
        elif key is not None:
            inner = () if (not path and key.key == "project") else (*path, key.key)
            behind = item.trivia.comment if hasattr(item, "trivia") else ""
            if pending or behind:
                yield inner, _Comments(tuple(pending), behind)
            pending = []
            if isinstance(item, Table):
                yield from _comments(item, inner)
