"""Builds a site from its configuration, independent of the configuration's source."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from deskpress.build.inputs import Inputs, look
from deskpress.build.lock import lock, up_to_date_path
from deskpress.build.nothing_to_do import UpToDate, up_to_date_recipe
from deskpress.build.request import Clock, Project, Request, Result, SetupError
from deskpress.engine.background import Background
from deskpress.engine.blob_store import load as load_record
from deskpress.engine.cache_key import cache_key
from deskpress.model.output import MARKER_TEXT
from deskpress.write.site_folder import KEPT, ForeignFolderError, Tree


def build_site(project: Project, request: Request, tree: Tree, clock: Clock) -> Result:
    """Build the site into a folder that is `claimed`.

    Raises `ContentError`, `SetupError`, `OSError`; the old site then stays.
    """
    # The site's listing is needed late, and making it takes as long as reading what changed.
    with closing(Background(tree.packed)) as beside:
        tree.look_ahead(beside.result)
        return _build(look(project), request, tree, clock)


@contextmanager
def claimed(project: Project, request: Request, clock: Clock) -> Iterator[Tree]:
    """The site's folder, claimed for this build until the block ends. Raises `SetupError`."""
    tree = Tree(project.config.site_dir, MARKER_TEXT, KEPT if request.checkout else (), request.room)
    _guard(project)
    try:
        tree.claim(clean=request.clean)
    except ForeignFolderError as error:
        raise SetupError(f"{error}. Choose another --site-dir, or let --clean take it over.") from None
    clock.lap("configuration")
    held = lock(project.config.cache_dir, request.say)
    try:
        yield tree
    finally:
        if held is not None:
            held.release()


def _build(inputs: Inputs, request: Request, tree: Tree, clock: Clock) -> Result:
    """Do nothing if a quick check finds the site up to date; else update it."""
    folder = inputs.project.config.cache_dir
    recipe = up_to_date_recipe(inputs)
    rest = _up_to_date(inputs, tree, folder, recipe) if recipe and not request.clean else None
    clock.lap("looking")
    if rest is not None and (told := rest.told) is not None:
        base = inputs.project.options.base_path
        request.placed(base, False)
        return Result(
            *(rest.pages, 0, 0, tree.root, told, base, rest.next_due),
            seconds=clock.laps,
            left_out=rest.left_out,
        )
    # Imported late: importing takes longer than finding that nothing has to be done.
    from deskpress.build.cache import Cache
    from deskpress.build.update import update

    return update(inputs, request, tree, Cache.open(folder, cache_key(), clean=request.clean), clock, recipe)


def _up_to_date(inputs: Inputs, tree: Tree, folder: Path, recipe: str) -> UpToDate | None:
    """The record of an up-to-date site; None if it is not up to date."""
    rest = load_record(up_to_date_path(folder, tree.root), UpToDate, cache_key())
    return rest if rest is not None and rest.holds(inputs, tree, recipe) else None


def _guard(project: Project) -> None:
    """Refuse to write into folders with the site's own sources."""
    site = project.config.site_dir.resolve()
    folder = project.config.folder
    content = project.config.content_dir.resolve()
    for path, name in ((folder, "the site's folder"), (content, "the content"), (Path.home(), "your home")):
        if path.is_relative_to(site):
            raise SetupError(f"{site} is or holds {name}. Choose another --site-dir.")
    if site.is_relative_to(content):
        raise SetupError(f"{site} lies in the content. Choose another --site-dir.")
