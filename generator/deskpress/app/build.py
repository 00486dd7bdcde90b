"""`deskpress build`: as fast as the configuration allows."""

from __future__ import annotations

from msgspec.structs import replace

from deskpress.app.loading import is_zensical, load, load_for_mkdocs
from deskpress.build.request import Clock, Project, Request, Result, SetupError
from deskpress.build.site import build_site, claimed
from deskpress.engine.reads import NotLocalError


def build(request: Request) -> Result:
    """Build the site. Raises `ContentError`, `SetupError`, `OSError`; the old site then stays."""
    clock = Clock()
    if is_zensical(request.config_file):
        return _build_zensical(request, clock)
    loaded = load_for_mkdocs(request, "that was asked for" if request.full else "")
    for remark in loaded.project.config.remarks:
        request.say(remark)
    if not loaded.project.config.full_build:
        try:
            with claimed(loaded.project, request, clock) as tree:
                from deskpress.host.load import with_files_after

                # Only now: the output of hooks is in the cache, which another build may be using.
                project = with_files_after(loaded)
                return _noted(build_site(project, request, tree, clock), project)
        except NotLocalError as error:
            loaded = load_for_mkdocs(request, str(error))
    project = loaded.project
    with claimed(project, request, clock) as tree:
        # Imported late: it takes a tenth of a second that the usual build need not spend.
        from deskpress.host.detour import build_by_mkdocs

        return _noted(build_by_mkdocs(loaded, request, tree, clock), project)


def _build_zensical(request: Request, clock: Clock) -> Result:
    if request.full:
        raise SetupError("A full build is one by MkDocs, which does not read zensical.toml.")
    project = load(request)
    for remark in project.config.remarks:
        request.say(remark)
    with claimed(project, request, clock) as tree:
        return _noted(build_site(project, request, tree, clock), project)


def _noted(result: Result, project: Project) -> Result:
    """The result of a build with the remarks about its configuration."""
    untyped = project.options.policy.untyped
    if not untyped or project.options.raw_html == "trusted":
        return result
    return replace(result, notes=(*result.notes, f"Pages go without Trusted Types, because {untyped}."))
