"""`deskpress build` and `deskpress check`: the rooms in a row, without MkDocs' loop."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from deskpress.engine.fingerprint import digest, fingerprint
from deskpress.host.cache import Cache, lock
from deskpress.host.contract import NAME, adapt, theme_assets, why_mkdocs
from deskpress.host.options import PluginOptions, read_moment, read_options
from deskpress.host.pipeline import Prepared, Progress, no_progress, prepare
from deskpress.host.plugin import DeskpressPlugin
from deskpress.host.recipes import make_shell, output_recipe, page_recipe, unsafe_extensions
from deskpress.host.rendering import Answers, TemplateFailedError, render_stale
from deskpress.host.templates import (
    Recorder,
    make_fill,
    make_load,
    prepare_environment,
    record,
    template_digest,
)
from deskpress.model.diagnostic import Diagnostic
from deskpress.model.site import Options
from deskpress.plan.due import next_change
from deskpress.render.output import MARKER_TEXT, Renderer
from deskpress.write.tree import ForeignFolderError, Tree


class SetupError(Exception):
    """The site cannot be built for a reason that is not in its content; says which."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a caller asks of a build. None leaves what `mkdocs.yml` says."""

    config_file: Path = Path("mkdocs.yml")
    site_dir: Path | None = None
    jobs: int = 1
    clean: bool = False
    strict: bool = False
    drafts: bool = False
    future: bool = False
    expired: bool = False
    as_of: str | None = None
    progress: Progress = no_progress
    say: Callable[[str], None] = lambda message: None


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did. `full` says why MkDocs' own loop was needed, empty if it was not.

    `reasons` tell why each output was rendered, `seconds` how long each stage took.
    """

    pages: int
    written: int
    removed: int
    site_dir: Path
    diagnostics: tuple[Diagnostic, ...]
    base_path: str
    next_due: datetime | None = None
    full: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """A site's configuration, loaded and checked."""

    config: MkDocsConfig
    plugin: PluginOptions
    options: Options


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
    config.strict = config.strict or request.strict
    adapt(config)
    return Project(config, plugin.config, read_options(config, plugin.config))


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
    if reason := why_mkdocs(config):
        return _build_by_mkdocs(project, request, tree, reason)
    clock.lap("configuration")
    folder = cache_folder(config)
    held = lock(folder, request.say)
    try:
        return _build(project, request, tree, Cache.open(folder, clean=request.clean), clock)
    finally:
        if held is not None:
            held.release()


def _build(project: Project, request: Request, tree: Tree, cache: Cache, clock: Clock) -> Result:
    config = project.config
    for note in cache.notes:
        request.say(note)
    if unsafe := unsafe_extensions(config):
        names = ", ".join(unsafe)
        request.say(f"Every document is converted anew: what these extensions read is not known: {names}.")
    moment = read_moment(project.plugin, os.environ, datetime.now(UTC))
    theme = theme_assets(config)
    clock.lap("cache")
    prepared = prepare(
        config,
        project.options,
        moment,
        sorted(theme),
        cache,
        jobs=request.jobs,
        progress=request.progress,
        strict=config.strict,
    )
    clock.lap("reading")
    renderer, recorder = make_renderer(prepared, config, theme)
    bodies = {path: r.linked.body for path, r in prepared.readings.items() if r.linked}

    def files(question: str) -> str | None:
        kind, _, name = question.partition(":")
        if kind == "template":
            return template_digest(config.theme.dirs, name)
        path = Path(config.docs_dir, name) if kind == "asset" else theme.get(name)
        return digest(path.read_bytes()) if path is not None and path.is_file() else None

    now = Answers(renderer.library, bodies, files)
    recipe = page_recipe(config, project.options)
    plan = {spec.path: (spec, output_recipe(spec, recipe)) for spec in prepared.plan}
    site = prepared.site
    structure = fingerprint(
        (recipe, site.posts, site.topics, site.pages, site.assets, site.withheld, sorted(theme))
    )
    ledger = cache.ledger(tree.root)
    clock.lap("planning")
    try:
        done = render_stale(
            plan, renderer, recorder, tree, ledger, now, structure, request.jobs, request.progress
        )
    except TemplateFailedError as error:
        raise SetupError(str(error)) from None
    clock.lap("rendering")
    if done.ledger is not ledger:
        cache.save_ledger(tree.root, done.ledger)
    clock.lap("saving")
    return Result(
        pages=prepared.pages,
        written=done.written,
        removed=done.removed,
        site_dir=tree.root,
        diagnostics=prepared.diagnostics,
        base_path=project.options.base_path,
        next_due=next_change(prepared.everything, moment),
        reasons=done.reasons,
        seconds=clock.laps,
    )


def check(request: Request) -> Prepared:
    """Read everything and write nothing. Raises `ContentError` for mistakes in the configuration."""
    project = load(request)
    moment = read_moment(project.plugin, os.environ, datetime.now(UTC))
    return prepare(
        project.config,
        project.options,
        moment,
        sorted(theme_assets(project.config)),
        Cache.forgetful(),
        jobs=request.jobs,
        progress=request.progress,
        editorial=True,
    )


def cache_folder(config: MkDocsConfig) -> Path:
    """Where the project's memory lies."""
    return Path(config.config_file_path).resolve().parent / ".cache" / "deskpress"


def make_renderer(
    prepared: Prepared, config: MkDocsConfig, theme: Mapping[str, Path]
) -> tuple[Renderer, Recorder]:
    """Everything that turns specs into bytes, and the record of templates."""
    env = prepare_environment(config.theme.get_env(), config.theme.dirs)
    recorder = record(env)
    return Renderer(prepared.library, make_fill(make_shell(config), env), make_load(config, theme)), recorder


def _build_by_mkdocs(project: Project, request: Request, tree: Tree, reason: str) -> Result:
    """Let MkDocs run its whole loop, with every plug-in."""
    # Imported here: it costs a tenth of a second that the usual build need not spend.
    from mkdocs.commands.build import build as mkdocs_build

    plugin = cast("DeskpressPlugin", project.config.plugins[NAME])
    if request.clean:
        tree.begin()
        tree.abandon()
    plugin.driven = True
    try:
        mkdocs_build(project.config)
    except (Abort, BuildError) as error:
        raise SetupError(str(error)) from None
    prepared = plugin.prepared
    assert prepared is not None
    assert plugin.moment is not None
    return Result(
        prepared.pages,
        len(prepared.plan),
        0,
        tree.root,
        prepared.diagnostics,
        project.options.base_path,
        next_change(prepared.everything, plugin.moment),
        reason,
    )


def _guard(project: Project) -> None:
    """Refuse to write where the site's own sources lie."""
    site = Path(project.config.site_dir).resolve()
    folder = Path(project.config.config_file_path).resolve().parent
    content = Path(project.config.docs_dir).resolve()
    for path, name in ((folder, "the site's folder"), (content, "the content"), (Path.home(), "your home")):
        if path.is_relative_to(site):
            raise SetupError(f"{site} is or holds {name}. Choose another --site-dir.")
    if site.is_relative_to(content):
        raise SetupError(f"{site} lies in the content. Choose another --site-dir.")


class Clock:
    """How long each stage took, in seconds."""

    def __init__(self) -> None:
        self.last = time.perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self.laps[stage] = round(now - self.last, 4)
        self.last = now


class _Complaints(logging.Handler):
    """Keeps what MkDocs says while it loads the configuration."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
