"""What an import adds to the configuration of a site: `mkdocs.yml`, or `zensical.toml`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import tomlkit

from deskpress.app.content_files import read_text, write_text
from deskpress.app.loading import config_in, is_zensical
from deskpress.importers.platforms.extensions import WANTED, with_extensions
from deskpress.importers.platforms.feeds import with_redirects
from deskpress.importers.yaml_text import YamlTextError


def add_extensions(root: Path, names: list[str]) -> str:
    """Add Markdown extensions; returns the name of the file. Raises `YamlTextError` for unknown forms."""
    file = config_in(root)
    text = read_text(file)
    if not is_zensical(file):
        write_text(file, with_extensions(file.name, text, names))
        return file.name
    document, project = _project(text)
    found = project.get("markdown_extensions")
    if not isinstance(found, dict):
        # Without the table there are those of a new project, which it would put an end to.
        raise YamlTextError(f"{file.name}:1: add these to `markdown_extensions`: {', '.join(names)}")
    for name in names:
        options = {"alternate_style": True} if WANTED.get(name) else {}
        found[name] = _inline(options)
    write_text(file, tomlkit.dumps(document))
    return file.name


def add_redirects(root: Path, wanted: dict[str, str]) -> tuple[str, list[str]]:
    """Add `redirects` of Deskpress; returns the name of the file, and which are new.

    Raises `YamlTextError` for forms that are not known.
    """
    file = config_in(root)
    text = read_text(file)
    if not is_zensical(file):
        made, new = with_redirects(file.name, text, wanted)
        write_text(file, made)
        return file.name, new
    document, project = _project(text)
    table: Any = project
    for key in ("plugins", "deskpress", "redirects"):
        if not isinstance(table.setdefault(key, tomlkit.table()), dict):
            raise YamlTextError(f"{file.name}:1: add these to `redirects`: {json.dumps(wanted)}")
        table = table[key]
    there = {str(old).strip("/") for old in table}
    new = [old for old in wanted if old.strip("/") not in there]
    for old in new:
        table[old] = wanted[old]
    write_text(file, tomlkit.dumps(document))
    return file.name, new


def _project(text: str) -> tuple[tomlkit.TOMLDocument, Any]:
    """The document, and the table of its settings."""
    document = tomlkit.parse(text)
    return document, document.get("project", document)


def _inline(values: dict[str, Any]) -> Any:
    made = tomlkit.inline_table()
    made.update(values)
    return made
