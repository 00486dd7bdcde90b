"""`deskpress build` and `deskpress check`: the rooms in a row, without MkDocs' loop."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError
from msgspec.structs import replace

from deskpress.engine.beside import Beside
from deskpress.engine.store import load as load_record
from deskpress.host.contract import NAME, adapt, site_folder, why_mkdocs
from deskpress.host.inputs import Inputs, look
from deskpress.host.key import cache_key
from deskpress.host.memory import lock, memory_of, rest_path
from deskpress.host.options import read_options
from deskpress.host.plugin import DeskpressPlugin
from deskpress.host.request import Clock, Project, Request, Result, SetupError
from deskpress.host.rest import Rest, rest_recipe
from deskpress.model.diagnostic import in_order
from deskpress.model.output import MARKER_TEXT
from deskpress.source.addresses import NAME as LOCK
from deskpress.write.tree import ForeignFolderError, Tree

if TYPE_CHECKING:
    from deskpress.host.pipeline import Prepared

__all__ = ["Project", "Request", "Result", "SetupError", "build", "check", "load"]


def load(request: Request) -> Project:
    """Load `mkdocs.yml`. Raises `SetupError` or `ContentError`."""
    path = request.config_file
    if not path.is_file():
        raise SetupError(
            f"{path} does not exist. Is this a site's folder? `deskpress new site DIR` begins one."
        )
    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(complaints)
    propagates, logger.propagate = logger.propagate, False
    try:
        # The loader takes the whole file at once: what it says about its own YAML names line and column.
        config = load_config(
            str(path), site_dir=str(request.site_dir.resolve()) if request.site_dir else None
        )
    except (ConfigurationError, Abort, ValueError) as error:
        details = "\n".join(complaints.messages) or str(error)
        raise SetupError(f"{path}: {details}") from None
    finally:
        logger.removeHandler(complaints)
        logger.propagate = propagates
    for message in complaints.messages:
        request.say(f"{path}: {message}")
    plugin = config.plugins.get(NAME)
    if not isinstance(plugin, DeskpressPlugin):
        raise SetupError(f"{path}: `deskpress` is not among the plug-ins. Add it: `plugins: [deskpress]`.")
    for name in ("drafts", "future", "expired"):
        if getattr(request, name):
            plugin.config[name] = True
    if request.as_of is not None:
        plugin.config["as_of"] = request.as_of
    plugin.memory = request.memory
    config.strict = config.strict or request.strict
    adapt(config)
    options = read_options(config, plugin.config)
    if request.preview:
        others = tuple(replace(one, noindex=True) for one in options.editions)
        options = replace(options, noindex=True, editions=others)
    return Project(config, plugin.config, options, request.say, request.past, request.limit)


def build(request: Request) -> Result:
    """Build the site. Raises `ContentError`, `SetupError`, `OSError`; the old site then stays."""
    clock = Clock()
    project = load(request)
    config = project.config
    tree = Tree(Path(config.site_dir), MARKER_TEXT)
    _guard(project)
    try:
        tree.claim(clean=request.clean)
    except ForeignFolderError as error:
        raise SetupError(f"{error}. Choose another --site-dir, or let --clean take it over.") from None
    reason = why_mkdocs(config)
    clock.lap("configuration")
    folder = memory_of(config)
    held = lock(folder, request.say)
    try:
        if reason:
            # Imported here: it costs a tenth of a second that the usual build need not spend.
            from deskpress.host.detour import build_by_mkdocs

            return _noted(build_by_mkdocs(project, request, tree, reason, clock), project)
        # What lies in the site is needed late, and listing it takes as long as reading what changed.
        with closing(Beside(tree.packed)) as beside:
            tree.look_ahead(beside.result)
            return _noted(_build(look(project), request, tree, folder, clock), project)
    finally:
        if held is not None:
            held.release()


def _noted(result: Result, project: Project) -> Result:
    """The result of a build with what its configuration comes to."""
    untyped = project.options.policy.untyped
    if not untyped or project.options.raw_html == "trusted":
        return result
    return replace(result, notes=(*result.notes, f"Pages go without Trusted Types, because {untyped}."))


def _build(inputs: Inputs, request: Request, tree: Tree, folder: Path, clock: Clock) -> Result:
    """Do nothing if the site is up to date at a glance; else bring it up to date."""
    recipe = rest_recipe(inputs)
    rest = _at_rest(inputs, tree, folder, recipe) if recipe and not request.clean else None
    clock.lap("looking")
    if rest is not None and (told := rest.told) is not None:
        base = inputs.project.options.base_path
        request.placed(base)
        return Result(rest.pages, 0, 0, tree.root, told, base, rest.next_due, seconds=clock.laps)
    # Imported here: they take longer than it takes to see that nothing has to be done.
    from deskpress.host.cache import Cache
    from deskpress.host.update import update

    return update(inputs, request, tree, Cache.open(folder, cache_key(), clean=request.clean), clock, recipe)


def _at_rest(inputs: Inputs, tree: Tree, folder: Path, recipe: str) -> Rest | None:
    """What is remembered of a site that is up to date; None if it is not."""
    rest = load_record(rest_path(folder, tree.root), Rest, cache_key())
    return rest if rest is not None and rest.holds(inputs, tree, recipe) else None


def check(request: Request) -> Prepared:
    """Read everything; write nothing but the cache and, to mend it, `addresses.lock`.

    Raises `ContentError` for mistakes in `mkdocs.yml`.
    """
    from deskpress.host.cache import Cache
    from deskpress.host.pipeline import prepare
    from deskpress.host.promised import fix_lock

    inputs = look(load(request))
    folder = memory_of(inputs.project.config)
    held = lock(folder, request.say)
    try:
        cache = Cache.open(folder, cache_key(), clean=False)
        prepared = prepare(inputs, cache, jobs=request.jobs, progress=request.progress, tolerant=True)
        if request.fix and (added := fix_lock(prepared, inputs.content.root)):
            request.say(f"{LOCK}: {added} line{'s' if added != 1 else ''} added")
        return reviewed(prepared, inputs.content.root)
    finally:
        if held is not None:
            held.release()


def reviewed(prepared: Prepared, content: Path) -> Prepared:
    """What was read, with all that an editor should look at; `content` is the content folder."""
    from deskpress.host.pipeline import editorial
    from deskpress.host.promised import lock_review
    from deskpress.host.searching import judge

    more = (*editorial(prepared), *lock_review(prepared, content), *judge(prepared))
    return replace(prepared, diagnostics=in_order((*prepared.diagnostics, *more)))


def accepted(prepared: Prepared) -> Prepared:
    """What was checked, with what a server would refuse besides when an editor pushes it."""
    from deskpress.host.acceptance import acceptance

    more = acceptance(prepared, prepared.bodies.reader.root)
    return replace(prepared, diagnostics=in_order((*prepared.diagnostics, *more)))


def _guard(project: Project) -> None:
    """Refuse to write where the site's own sources lie."""
    site = Path(project.config.site_dir).resolve()
    folder = site_folder(project.config)
    content = Path(project.config.docs_dir).resolve()
    for path, name in ((folder, "the site's folder"), (content, "the content"), (Path.home(), "your home")):
        if path.is_relative_to(site):
            raise SetupError(f"{site} is or holds {name}. Choose another --site-dir.")
    if site.is_relative_to(content):
        raise SetupError(f"{site} lies in the content. Choose another --site-dir.")


class _Complaints(logging.Handler):
    """Keeps what MkDocs says while it loads the configuration."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
