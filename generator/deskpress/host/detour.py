"""Builds through MkDocs' own loop for plug-ins and hooks that need it; only the end changes the site."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError

from deskpress.build.cache import Cache
from deskpress.build.lock import held_for_others
from deskpress.build.request import Clock, Request, Result, SetupError
from deskpress.compat.configuration import NAME, site_folder
from deskpress.engine.cache_key import cache_key
from deskpress.host.load import Loaded
from deskpress.model.diagnostic import ContentError
from deskpress.model.output import MARKER_TEXT
from deskpress.plan.due import next_due
from deskpress.write.site_folder import MARKER, Listing, Tree


def build_by_mkdocs(loaded: Loaded, request: Request, tree: Tree, clock: Clock) -> Result:
    """Let MkDocs run its whole loop, with every plug-in, in another folder; then move new files into place.

    Raises `ContentError`, `SetupError`, `OSError`; the old site then stays.
    """
    project, plugin = loaded.project, loaded.plugin
    fresh, before = not tree.root.exists(), tree.listing()
    tree.abandon()
    try:
        _run(loaded, tree.staging, request)
        clock.lap("MkDocs")
        written, removed = _place(tree, before, request)
    except BaseException as error:
        tree.abandon()
        if fresh:
            with suppress(OSError):
                tree.root.rmdir()
        if isinstance(error, (Abort, BuildError)):
            raise SetupError(str(error)) from None
        if isinstance(error, MemoryError):
            raise  # a limit of the server, not a mistake of a plug-in
        if isinstance(error, Exception) and (place := _place_of(error, loaded.native)):
            what = f"A plug-in or hook failed: {place}: {type(error).__name__}: {error}"
            raise SetupError(f"{what}\nThe site was left as it was.") from error
        raise
    clock.lap("placing")
    assert plugin.loop is not None
    prepared, moment = plugin.loop.prepared, plugin.loop.inputs.moment
    request.placed(project.options.base_path, bool(written or removed))
    return Result(
        prepared.pages,
        written,
        removed,
        tree.root,
        prepared.diagnostics,
        project.options.base_path,
        next_due(prepared.everything, moment),
        project.config.full_build,
        seconds=clock.laps,
        prepared=prepared,
    )


def _place_of(error: Exception, config: MkDocsConfig) -> str:
    """The plug-in or hook that has failed; empty if none has, or if the error already says so."""
    if isinstance(error, (ContentError, SetupError)):
        return ""
    # Hooks are modules, and listed among the plug-ins.
    others: list[object] = [plugin for name, plugin in config.plugins.items() if name != NAME]
    modules = [one if isinstance(one, ModuleType) else sys.modules[type(one).__module__] for one in others]
    theirs = {module.__file__ for module in modules}
    root = f"{site_folder(config)}{os.sep}"
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename in theirs
        or (os.path.realpath(frame.filename).startswith(root) and "site-packages" not in frame.filename)
    ]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""


def _run(loaded: Loaded, folder: Path, request: Request) -> None:
    """The same as the command `mkdocs build`, into another folder, but for what is read from the cache."""
    config, plugin = loaded.native, loaded.plugin
    config.site_dir = str(folder)
    plugin.beside = folder
    plugin.cache = Cache.open(loaded.project.config.cache_dir, cache_key(), clean=request.clean)
    with held_for_others(loaded.project.config.cache_dir):
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            plugin.beside = plugin.cache = None
            config.plugins.on_shutdown()


def _place(tree: Tree, before: Listing, request: Request) -> tuple[int, int]:
    """Move changed files into place; `before` is what was there. Returns the numbers written and removed."""
    built = {} if tree.staging.is_symlink() else Tree(tree.staging, MARKER_TEXT).listing()
    if not built:
        raise SetupError(
            f"A plug-in or hook has taken away {tree.staging}, which is `site_dir` while it runs."
        )
    there = tree.listing()
    # Plug-ins may create links; empty folders are not part of a site.
    made = {
        path
        for path, seen in built.items()
        if (seen or (tree.staging / path).is_symlink()) and path != MARKER
    }
    expected = {*made, MARKER}
    strays = sorted(path for path, seen in there.items() if seen != before.get(path) and path not in expected)
    if strays:
        request.say(f"Kept, though a plug-in or hook wrote it past `config.site_dir`: {', '.join(strays)}")
    changed = [path for path in made if not tree.holds(path, there)]
    tree.mark()
    return len(changed), tree.commit(changed, made.union(strays), there)
