"""Plug-ins and hooks that do not need MkDocs' loop, because their events can run as documents are read.

All of a site's, or none: events see what those before them have left.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from types import ModuleType
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from msgspec import Struct

from deskpress.compat.plugins.page_code import look_at
from deskpress.compat.plugins.page_plugins import KNOWN, Known
from deskpress.compat.plugins.plugin_code import look_at_plugin
from deskpress.compat.plugins.settled_code import leaves_settings_only
from deskpress.engine.blob_store import is_led_away
from deskpress.engine.reads import NotLocalError, recording, writing

OF_PAGES = ("page_markdown", "page_content")
"""Events that run as a document is read."""

OF_RENDERING = ("env", "page_context", "post_page")
"""Events that are run as pages are rendered."""

OF_SHOWING = OF_RENDERING[1:]
"""Those of them that are run for each page."""

BEFORE = frozenset({"startup", "config", "pre_build"})
"""Events that run once, before anything is read."""

AFTER = "post_build"
"""An event that is run in each build, before what it writes is known; of hooks only."""

PLANNED = (".html", ".xml", ".md", "robots.txt", "_headers", "_redirects", "search_index.json")
"""Ends of paths at which Deskpress writes files itself."""

IDLE = frozenset({"serve", "pre_template", "template_context", "post_template"})
"""Events that `deskpress` has no use for: what MkDocs makes of static templates is planned (`remarks.py`)."""


class Hosted(Struct):
    """The plug-ins and hooks by name, with the methods of the events, and the code of the site's own.

    `refused` says why others are not among them: then none is. `settled` are hooks that leave nothing but
    plain settings before a build.
    """

    names: tuple[str, ...] = ()
    refused: dict[str, str] = {}
    markdown: list[Callable[..., Any]] = []
    content: list[Callable[..., Any]] = []
    env: list[Callable[..., Any]] = []
    context: list[Callable[..., Any]] = []
    finished: list[Callable[..., Any]] = []
    after: list[Callable[..., Any]] = []
    code: frozenset[Path] = frozenset()
    settled: frozenset[str] = frozenset()


def site_dir_set(folder: Path) -> str:
    """Why a build is refused in which a plug-in has chosen where to write."""
    return (
        f"A plug-in or hook has set `site_dir` to {folder}. "
        "Say so by `--site-dir` instead, or run `mkdocs build`."
    )


def hosted(config: MkDocsConfig, names: Collection[str], local: Collection[str], root: Path) -> Hosted:
    """Look at the plug-ins of these `names`; what the owner calls `local` to a page is believed to be."""
    made = Hosted(tuple(names))
    for name in names:
        plugin = config.plugins[name]
        known = KNOWN.get(name, Known())
        is_hook, file = isinstance(plugin, ModuleType), str(getattr(plugin, "__file__", ""))
        more = (*OF_RENDERING, *([AFTER] if is_hook else [])) if name not in KNOWN else ()
        done = (*OF_PAGES, *BEFORE, *IDLE, *known.idle, *more)
        listens = events_of(config, name)
        others = sorted(event for event in listens if event not in done)
        if others:
            made.refused[name] = ", ".join(f"`on_{event}`" for event in others)
            continue
        if name not in KNOWN and not any(event in (*OF_PAGES, *OF_RENDERING) for event in listens):
            continue  # what is run in each build needs no record
        why, code = look_at(Path(file), root) if is_hook else ("", known.code(plugin, root))
        made.code |= code
        if is_hook and all(map(leaves_settings_only, code)):
            made.settled |= {name}
        if name in local:
            continue
        if name in KNOWN:
            why = known.refused(plugin, root)
        elif not is_hook:
            why = look_at_plugin(plugin)[0]
        if why:
            made.refused[name] = why
    lists = (made.markdown, made.content, made.env, made.context, made.finished)
    for event, methods in zip((*OF_PAGES, *OF_RENDERING), lists, strict=True):
        methods += [one for one in config.plugins.events[event] if origin(config, one) in names]
    hooks = {name for name in names if isinstance(config.plugins[name], ModuleType)}
    made.after += [one for one in config.plugins.events[AFTER] if origin(config, one) in hooks]
    return made


def events_of(config: MkDocsConfig, name: str) -> list[str]:
    """The events that a plug-in or a hook handles."""
    found = config.plugins.events.items()
    return [event for event, methods in found if any(origin(config, one) == name for one in methods)]


def origin(config: MkDocsConfig, method: Callable[..., Any]) -> str:
    """The name of the plug-in or hook that a method belongs to."""
    return config.plugins._event_origins.get(method, "")


def events_taken(taken: Hosted, config: MkDocsConfig, name: str) -> list[str]:
    """The events of pages that a plug-in or a hook would handle."""
    lists = (taken.markdown, taken.content, taken.env, taken.context, taken.finished)
    return [
        event
        for event, methods in zip((*OF_PAGES, *OF_RENDERING), lists, strict=True)
        if any(origin(config, one) == name for one in methods)
    ]


def take_events(config: MkDocsConfig, taken: Hosted) -> None:
    """Let MkDocs run none of the events that are run as documents are read, and as pages are shown."""
    for event in (*OF_PAGES, *OF_SHOWING):
        methods = config.plugins.events[event]
        methods[:] = [one for one in methods if origin(config, one) not in taken.names]


def give_back(config: MkDocsConfig, taken: Hosted) -> None:
    """Let MkDocs run them after all, in their order."""
    lists = (taken.markdown, taken.content, taken.context, taken.finished)
    for event, methods in zip((*OF_PAGES, *OF_SHOWING), lists, strict=True):
        there = config.plugins.events[event]
        there += [one for one in methods if one not in there]
        there.sort(key=lambda one: -getattr(one, "mkdocs_priority", 0))


def wake(config: MkDocsConfig) -> None:
    """Let MkDocs run plug-ins that a document asks for, which were taken for unused when the build began."""
    for name in ("autorefs", "mkdocstrings"):
        plugin: Any = config.plugins.get(name)
        if plugin is not None and not any(events_of(config, name)):
            config.plugins[name] = plugin  # registers its events anew
            plugin.on_config(config)


def begin(config: MkDocsConfig, taken: Hosted, root: Path) -> tuple[MkDocsConfig, dict[str, str]]:
    """Run the events before a build as MkDocs does; returns the configuration, and what those `taken` read.

    Raises `NotLocalError`, and whatever they raise.
    """
    reads: dict[str, str] = {}
    for event in ("startup", "config", "pre_build"):
        for method in config.plugins.events[event]:
            config.plugins._current_plugin = name = origin(config, method)
            if event == "pre_build" and (name not in taken.names or event in KNOWN.get(name, Known()).idle):
                continue  # ours begins MkDocs' loop
            arguments: dict[str, Any] = {"command": "build", "dirty": False} if event == "startup" else {}
            arguments |= {"config": config} if event == "pre_build" else {}
            given = [config] if event == "config" else []
            if name in taken.names and events_taken(taken, config, name):
                with recording(str(root)) as seen, KNOWN.get(name, Known()).starting():
                    found = method(*given, **arguments)
                # What these have made of it is in the recipe.
                reads.update({} if name in taken.settled else seen.answers)
            else:
                found = method(*given, **arguments)
            config = found if event == "config" and found is not None else config
    config.plugins._current_plugin = None
    return config, reads


def files_after(config: MkDocsConfig, taken: Hosted, folder: Path) -> dict[str, str]:
    """What hooks write when a site has been built: files in `folder` by their paths in the site.

    They run before it is, so what they ask of it is not there. Raises `NotLocalError` if they ask, or write
    what Deskpress plans, or if `folder` is elsewhere by a link; and whatever they raise.
    """
    if is_led_away(folder):
        raise NotLocalError(f"{folder} or a folder above it is a link, which may lead anywhere")
    shutil.rmtree(folder, ignore_errors=True)
    if folder.is_file():
        folder.unlink()
    folder.mkdir(parents=True)
    before, config.site_dir = config.site_dir, str(folder)
    try:
        for method in taken.after:
            name = origin(config, method)
            try:
                with writing(str(folder)):
                    method(config=config)
            except NotLocalError as error:
                raise NotLocalError(f"{name}: `on_{AFTER}`: {error}") from None
    finally:
        config.site_dir = before
    found = {path.relative_to(folder).as_posix(): str(path) for path in folder.rglob("*") if path.is_file()}
    for path in sorted(found):
        if path.endswith(PLANNED):
            raise NotLocalError(f"{name}: `on_{AFTER}`: it writes `{path}`, which may be there already")
    return found
