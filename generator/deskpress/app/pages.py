"""The pages of a site's documents, rendered when they are asked for; nothing is written but a cache."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from deskpress.app.build import build
from deskpress.app.loading import is_zensical, load, load_for_mkdocs
from deskpress.build.cache import Cache
from deskpress.build.inputs import look
from deskpress.build.pipeline import prepare
from deskpress.build.request import Project, Request
from deskpress.build.update import page_renderer
from deskpress.engine.cache_key import cache_key
from deskpress.engine.reads import NotLocalError
from deskpress.model.output import path_of

PageOf = Callable[[str], str | None]
"""The page of the document at a path, as a build writes it; None if it has none."""


def pages_of(request: Request, folder: Path) -> PageOf:
    """Read a site, with its cache in `folder`, where a site that MkDocs has to build lies, too.

    Raises as `build` does. Templates may fail later, with `TemplateFailedError`.
    """
    request = replace(request, memory=folder / "cache", site_dir=folder / "site")
    try:
        project = _project(request)
        if not project.config.full_build:
            return _rendered(project, request)
    except NotLocalError:
        pass  # `build` comes to the same end, and lets MkDocs run all events
    return _built(request)


def _project(request: Request) -> Project:
    if is_zensical(request.config_file):
        return load(request)
    loaded = load_for_mkdocs(request)
    if loaded.project.config.full_build:
        return loaded.project
    from deskpress.host.load import with_files_after

    return with_files_after(loaded)


def _rendered(project: Project, request: Request) -> PageOf:
    inputs = look(project)
    cache = Cache.open(project.config.cache_dir, cache_key(), clean=False)
    prepared = prepare(inputs, cache, jobs=request.jobs, progress=request.progress)
    return page_renderer(inputs, prepared)


def _built(request: Request) -> PageOf:
    result = build(request)
    addresses = dict(result.prepared.linker.of_source) if result.prepared else {}

    def page(path: str) -> str | None:
        file = result.site_dir / path_of(addresses[path]) if path in addresses else None
        return file.read_text("utf-8") if file is not None and file.is_file() else None

    return page
