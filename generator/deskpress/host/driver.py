"""`deskpress build` and `deskpress check`: the rooms in a row, without MkDocs' loop."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from deskpress.engine.pool import fork_map
from deskpress.host.contract import NAME, adapt, theme_assets, why_mkdocs
from deskpress.host.options import PluginOptions, read_moment, read_options
from deskpress.host.pipeline import Prepared, Progress, no_progress, prepare
from deskpress.host.plugin import DeskpressPlugin
from deskpress.host.templates import make_fill, make_load, prepare_environment
from deskpress.model.diagnostic import Diagnostic
from deskpress.model.output import OutputSpec, Plan
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


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did. `full` says why MkDocs' own loop was needed, empty if it was not."""

    pages: int
    written: int
    removed: int
    site_dir: Path
    diagnostics: tuple[Diagnostic, ...]
    base_path: str
    next_due: datetime | None = None
    full: str = ""


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
    except (ConfigurationError, Abort) as error:
        details = "\n".join(complaints.messages) or str(error)
        raise SetupError(f"{path}: {details}") from None
    finally:
        logger.removeHandler(complaints)
        logger.propagate = propagates
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
    moment = read_moment(project.plugin, os.environ, datetime.now(UTC))
    prepared = prepare(
        config,
        project.options,
        moment,
        sorted(theme_assets(config)),
        jobs=request.jobs,
        progress=request.progress,
        strict=config.strict,
    )
    renderer = make_renderer(prepared, config)
    written, removed = write(prepared.plan, renderer, tree, request)
    return Result(
        pages=sum(1 for spec in prepared.plan if spec.template and spec.kind != "redirect"),
        written=written,
        removed=removed,
        site_dir=tree.root,
        diagnostics=prepared.diagnostics,
        base_path=project.options.base_path,
        next_due=next_change(prepared.everything, moment),
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
        jobs=request.jobs,
        progress=request.progress,
        editorial=True,
    )


def make_renderer(prepared: Prepared, config: MkDocsConfig) -> Renderer:
    """Everything that turns specs into bytes. Raises `SetupError` for a template that is broken."""
    env = prepare_environment(config.theme.get_env(), config.theme.dirs)
    try:
        # Compiled before the workers are forked, so that each is compiled once.
        for name in sorted({spec.template for spec in prepared.plan if spec.template}):
            env.get_template(name)
    except jinja2.TemplateSyntaxError as error:
        raise SetupError(f"{error.filename}:{error.lineno}:1: {error.message}") from None
    except jinja2.TemplateNotFound as error:
        raise SetupError(f"there is no template `{error.name}`") from None
    return Renderer(prepared.library, prepared.linker, make_fill(config, env), make_load(config))


def write(plan: Plan, renderer: Renderer, tree: Tree, request: Request) -> tuple[int, int]:
    """Render and write the whole plan; how many files were written and how many removed."""
    tree.begin()
    tick = request.progress("Rendering", len(plan))

    def work(numbered: tuple[int, OutputSpec]) -> bool:
        number, spec = numbered
        return tree.stage(number, spec.path, renderer.render(spec))

    try:
        numbered = list(enumerate(plan))
        changed = fork_map(work, numbered, request.jobs, tick)
    except jinja2.TemplateError as error:
        tree.abandon()
        raise SetupError(f"a template failed: {error}") from None
    except BaseException:
        tree.abandon()
        raise
    staged = [(number, spec.path) for (number, spec), new in zip(numbered, changed, strict=True) if new]
    return len(staged), tree.commit(staged, {spec.path for spec in plan})


def _build_by_mkdocs(project: Project, request: Request, tree: Tree, reason: str) -> Result:
    """Let MkDocs run its whole loop, with every plug-in."""
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
    pages = sum(1 for spec in prepared.plan if spec.template and spec.kind != "redirect")
    return Result(
        pages,
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


class _Complaints(logging.Handler):
    """Keeps what MkDocs says while it loads the configuration."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
