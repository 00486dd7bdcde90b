"""Watches the files of a site that is served, and rebuilds it when one of them changes."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from deskpress.app.build import build
from deskpress.app.dev_server.reload import BuildState
from deskpress.app.loading import load
from deskpress.build.request import Project, Request, Result
from deskpress.compat.plugins.page_code import forget_changed_code
from deskpress.model.diagnostic import ContentError, Diagnostic, in_order

SETTLE = 0.02
"""Seconds without a change after which a rebuild starts; editors write a file in several steps."""


class _Watcher(FileSystemEventHandler):
    """Wakes the builder when a file changes."""

    def __init__(self, output: Path) -> None:
        self.output = str(output)
        self.wake = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = str(event.src_path)
        if (
            event.event_type in ("opened", "closed_no_write")
            or path.startswith(self.output)
            or "/.cache/" in path
        ):
            return
        self.wake.set()


def watch(
    request: Request,
    output: Path,
    state: BuildState,
    show: Callable[[Iterable[Diagnostic]], None],
    say: Callable[[str], None],
) -> None:
    """Rebuild after each change until interrupted; changes in `output` are ignored."""
    watcher = _Watcher(output)
    observer = Observer()
    watched: set[Path] = set()

    def watch_all() -> int:
        """Watch new folders; after a change of the configuration it says what to watch."""
        saved = _saved(request.config_file)
        for path in set(_watched(request)) - watched:
            observer.schedule(watcher, str(path), recursive=path.is_dir())
            watched.add(path)
        return saved

    saved = watch_all()
    observer.start()
    try:
        # A file may have been saved before it was watched.
        rebuild(request, state, show, say, unless_idle=True)
        while True:
            watcher.wake.wait()
            while watcher.wake.is_set():
                watcher.wake.clear()
                watcher.wake.wait(SETTLE)
            rebuild(request, state, show, say)
            if _saved(request.config_file) != saved:
                saved = watch_all()
                rebuild(request, state, show, say, unless_idle=True)
    finally:
        observer.stop()
        observer.join()


def _saved(path: Path) -> int:
    """When a file was last saved, in nanoseconds; 0 if it does not exist."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _watched(request: Request) -> list[Path]:
    """The configuration, the content, the site's own templates and icons, and what MkDocs' `watch` names."""
    folder = request.config_file.resolve().parent
    paths = [request.config_file.resolve()]
    try:
        project = load(request)
    except Exception:  # reported by the next build; hooks may raise anything
        return [folder]
    _get_ready(project)
    config = project.config
    paths.append(config.content_dir)
    if config.theme.custom:
        paths.append(config.theme.custom)
    paths += map(Path, (*config.own_icons, *config.watched))
    if project.options.card_font:
        paths.append(folder / project.options.card_font)
    return [path for path in paths if path.exists()]


def _get_ready(project: Project) -> None:
    """Load what the first rebuild needs, while nothing else happens."""
    # Imported for what it imports.
    import deskpress.build.update
    import deskpress.render.xml_feeds  # noqa: F401  # only loaded
    from deskpress.build.rules import make_converter

    make_converter(project.config).warm_up()


def reviewed_texts(result: Result) -> tuple[Diagnostic, ...]:
    """Diagnostics of the build, with those that only `deskpress check` reports."""
    prepared = result.prepared
    if prepared is None:
        return result.diagnostics
    more = [d for one in prepared.site.documents for d in prepared.readings[one.path].editorial or ()]
    return in_order((*result.diagnostics, *more))


def rebuild(
    request: Request,
    state: BuildState,
    show: Callable[[Iterable[Diagnostic]], None],
    say: Callable[[str], None],
    *,
    unless_idle: bool = False,
) -> None:
    """Build once, and notify browsers; print nothing `unless_idle`, if there was nothing to do."""
    # As in `deskpress build`: what a build allocates lives until it ends.
    gc.disable()
    try:
        forget_changed_code(request.config_file.parent)
        result = build(request)
    except ContentError as error:
        show(error.diagnostics)
        state.failed("\n\n".join(map(str, error.diagnostics)))
        say("Not rebuilt: there are mistakes.")
        return
    except Exception as error:  # serving continues after any error of a build
        state.failed(str(error) or type(error).__name__)
        say(f"Not rebuilt: {error or type(error).__name__}")
        return
    finally:
        gc.enable()
    if unless_idle and not (result.written or result.removed):
        return
    show(reviewed_texts(result))
    if result.left_out:
        say(result.left_out)
    say(f"Built: {result.written} files written, {result.removed} removed.")
