"""`awesome-nav`, `awesome-pages` and `literate-nav`: the navigation that they make, by their own code.

They read nothing but the files that say how the navigation is (`.nav.yml`, `.pages`, `SUMMARY.md`), the names
of all others and, where they are told to, titles in front matter. What they make is a `nav` as in
`mkdocs.yml`, so it is part of the options, and with them of all that a page is made from.
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

Excluded = Callable[[str], bool]
"""Tells of a file's path in the content whether another plug-in leaves it out."""


class NavigationError(Exception):
    """A navigation that its plug-in cannot make; says why."""


def awesome_nav(config: MkDocsConfig, is_excluded: Excluded) -> Any:
    """The navigation that `awesome-nav` makes; `config.nav` counts for nothing, as with the plug-in."""
    from mkdocs_awesome_nav import log
    from mkdocs_awesome_nav.nav.context import MkdocsFilesContext
    from mkdocs_awesome_nav.nav.directory import RootNavDirectory

    options = config.plugins["awesome-nav"].config
    log.levels = options.logs
    context = MkdocsFilesContext(_files(config, is_excluded), options.filename)
    return RootNavDirectory(context.root).resolve(context).to_mkdocs_config()


def awesome_pages(config: MkDocsConfig, is_excluded: Excluded) -> Any:
    """The navigation that `awesome-pages` makes of `config.nav`. Raises `NavigationError`."""
    from mkdocs.structure.nav import get_navigation

    files, plugin, given = _files(config, is_excluded), config.plugins["awesome-pages"], config.nav
    # Of its own for each time: it remembers what it has found.
    fresh: Any = type(plugin)()
    fresh.config = plugin.config
    config.nav = copy.deepcopy(given)
    try:
        with warnings.catch_warnings(action="ignore"):
            fresh.on_config(config)
        files = fresh.on_files(files, config)
        made = fresh.on_nav(get_navigation(files, config), config=config, files=files)
    except (TypeError, ValueError, yaml.YAMLError) as error:
        raise NavigationError(str(error)) from None
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "mkdocs_awesome_pages_plugin":
            raise
        raise NavigationError(str(error)) from None
    finally:
        config.nav = given
    return _plain(made.items)


def _plain(items: list[Any]) -> list[Any]:
    """MkDocs' navigation as `nav` in `mkdocs.yml`; titles that are those of pages are left out."""
    from mkdocs.structure.nav import Link
    from mkdocs.structure.pages import Page

    found: list[Any] = []
    for item in items:
        if isinstance(item, Page):
            title = item.__dict__.get("title")
            found.append({title: item.file.src_uri} if title else item.file.src_uri)
        elif isinstance(item, Link):
            found.append({item.title: item.url})
        else:
            found.append({item.title: _plain(item.children)})
    return found


def literate_nav(config: MkDocsConfig, is_excluded: Excluded) -> Any:
    """The navigation that `literate-nav` makes of `config.nav`. Raises `NavigationError`."""
    from mkdocs_literate_nav.exceptions import LiterateNavError
    from mkdocs_literate_nav.plugin import resolve_directories_in_nav

    options = config.plugins["literate-nav"].config
    try:
        return resolve_directories_in_nav(
            config.nav,
            _files(config, is_excluded),
            nav_file_name=options.nav_file,
            implicit_index=options.implicit_index,
            markdown_config={
                "extensions": options.markdown_extensions,
                "extension_configs": options["mdx_configs"],
                "tab_length": options.tab_length,
            },
        )
    except LiterateNavError as error:
        raise NavigationError(str(error)) from None


def _files(config: MkDocsConfig, is_excluded: Excluded) -> Files:
    from mkdocs.structure.files import Files, get_files

    return Files([file for file in get_files(config) if not is_excluded(file.src_uri)])
