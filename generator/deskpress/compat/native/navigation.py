"""`awesome-nav`, `awesome-pages` and `literate-nav`: the navigation that they make, by their own code.

They read only the files that define the navigation (`.nav.yml`, `.pages`, `SUMMARY.md`), the names of all
others and, if they are configured to, titles in front matter. Their result is a `nav` as in `mkdocs.yml`, so
it is part of the options, and with them of the recipe of each page.
"""

from __future__ import annotations

import copy
import os
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from deskpress.compat.native.exclude import excluder
from deskpress.model.addons import Addons

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

READ_AGAIN, READ_BEFORE = 2, 1000
"""How often files of a navigation are read at most: for each file of the site, and in addition.

Folders may include each other, and each path through them is a part of the navigation: ten that include all
others have ten million.
"""

TEXT_AGAIN, TEXT_BEFORE = 200, 1_000_000
"""How many bytes of them are read in all: for each file of the site, and in addition."""

ENTRIES_AGAIN, ENTRIES_BEFORE = 2, 1000
"""The most entries of a navigation: for each file of the site, and in addition. Every page shows them."""

CHARACTERS_AGAIN, CHARACTERS_BEFORE = 200, 200_000
"""The most characters of titles and addresses: for each file of the site, and in addition."""

_OPTIONS = {"awesome-nav": "filename", "awesome-pages": "filename", "literate-nav": "nav_file"}
"""The option of each plug-in that names the files that define the navigation."""


class NavigationError(Exception):
    """A navigation that its plug-in cannot make; the text says why."""


def navigation_files(config: MkDocsConfig, names: Collection[str]) -> list[Path]:
    """The files in the content that define the navigation for these plug-ins, sorted."""
    wanted = {str(config.plugins[name].config[_OPTIONS[name]]) for name in names}
    return sorted(
        Path(folder, name) for folder, _, files in os.walk(config.docs_dir) for name in wanted & {*files}
    )


def check_size(nav: Any, config: MkDocsConfig, addons: Addons) -> None:
    """Raise `NavigationError` for a navigation with far more entries, or text, than the site has files."""
    number, characters = _size(nav)
    if number <= ENTRIES_BEFORE and characters <= CHARACTERS_BEFORE:
        return
    files = len(_files(config, addons))
    if number > (most := ENTRIES_BEFORE + ENTRIES_AGAIN * files):
        raise NavigationError(f"it has {number:,} entries; for this site {most:,} are allowed")
    if characters > (most := CHARACTERS_BEFORE + CHARACTERS_AGAIN * files):
        raise NavigationError(
            f"its titles and addresses have {characters:,} characters; for this site {most:,} are allowed"
        )


def _size(nav: Any) -> tuple[int, int]:
    """How many entries, and characters, there are in a `nav` of `mkdocs.yml`, or below an entry."""
    if isinstance(nav, str):
        return 0, len(nav)
    if isinstance(nav, dict):
        below = [_size(item) for item in nav.values()]
        return sum(n for n, _ in below), sum(len(str(key)) for key in nav) + sum(size for _, size in below)
    below = [_size(item) for item in nav] if isinstance(nav, list) else []
    return len(below) + sum(n for n, _ in below), sum(size for _, size in below)


@contextmanager
def _failing(plugin: str) -> Iterator[None]:
    """Raise `NavigationError` for errors of a plug-in in the files that it reads."""
    try:
        yield
    except RecursionError:
        raise NavigationError(f"`{plugin}`: a file for it nests too deeply") from None
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise NavigationError(f"`{plugin}`: {error}") from None
    except yaml.YAMLError as error:
        raise NavigationError(f"`{plugin}`: {error}") from None


def awesome_nav(config: MkDocsConfig, addons: Addons) -> Any:
    """The navigation that `awesome-nav` makes; `config.nav` is ignored, as in the plug-in.

    Raises `NavigationError`.
    """
    from mkdocs_awesome_nav import log
    from mkdocs_awesome_nav.nav.context import MkdocsFilesContext
    from mkdocs_awesome_nav.nav.directory import RootNavDirectory

    options = config.plugins["awesome-nav"].config
    log.levels = options.logs
    with _failing("awesome-nav"):
        context = MkdocsFilesContext(_files(config, addons), options.filename)
        return RootNavDirectory(context.root).resolve(context).to_mkdocs_config()


def awesome_pages(config: MkDocsConfig, addons: Addons) -> Any:
    """The navigation that `awesome-pages` makes of `config.nav`. Raises `NavigationError`."""
    from mkdocs.structure.nav import get_navigation

    files, plugin, given = _files(config, addons), config.plugins["awesome-pages"], config.nav
    # A new instance each time: it caches what it has found.
    fresh: Any = type(plugin)()
    fresh.config = plugin.config
    config.nav = copy.deepcopy(given)
    try:
        with _failing("awesome-pages"):
            with warnings.catch_warnings(action="ignore"):
                fresh.on_config(config)
            files = fresh.on_files(files, config)
            made = fresh.on_nav(get_navigation(files, config), config=config, files=files)
    except NavigationError:
        raise
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


def literate_nav(config: MkDocsConfig, addons: Addons) -> Any:
    """The navigation that `literate-nav` makes of `config.nav`. Raises `NavigationError`."""
    from mkdocs_literate_nav.exceptions import LiterateNavError
    from mkdocs_literate_nav.plugin import resolve_directories_in_nav

    options = config.plugins["literate-nav"].config
    try:
        with _failing("literate-nav"):
            return resolve_directories_in_nav(
                config.nav,
                _bounded(_files(config, addons), options.nav_file),
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


def _bounded(files: Files, name: str) -> Files:
    """The same files, with a limit on how often those of the navigation are read."""
    from mkdocs.structure.files import File, Files

    left = [READ_BEFORE + READ_AGAIN * len(files), TEXT_BEFORE + TEXT_AGAIN * len(files)]

    class Bounded(Files):
        def get_file_from_path(self, path: str) -> File | None:
            found = super().get_file_from_path(path)
            if found is not None:
                left[0] -= 1
                left[1] -= os.path.getsize(found.abs_src_path or "")
                if min(left) < 0:
                    raise NavigationError(
                        f"too much is read, again and again, of the files `{name}`:"
                        " let each folder stand in one of them"
                    )
            return found

    return Bounded([*files])


def _files(config: MkDocsConfig, addons: Addons) -> Files:
    from mkdocs.structure.files import Files, get_files

    is_excluded = excluder(addons.excluded)
    return Files([file for file in get_files(config) if not is_excluded(file.src_uri)])
