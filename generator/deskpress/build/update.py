"""Updates a site: reads what changed, plans, renders what is stale, and saves the cache."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from functools import cached_property

from deskpress.build.cache import Cache
from deskpress.build.images import ImageCache, ImageRenderer
from deskpress.build.inputs import Inputs
from deskpress.build.moved import moved
from deskpress.build.nothing_to_do import remember_up_to_date
from deskpress.build.pipeline import Prepared, prepare
from deskpress.build.recipes import output_recipe, page_recipe, unsafe_extensions
from deskpress.build.rendering import Answers, Rendering, render_stale
from deskpress.build.request import Clock, Request, Result
from deskpress.engine.build_log import LastBuild
from deskpress.engine.fingerprint import fingerprint
from deskpress.model.diagnostic import ContentError, Diagnostic
from deskpress.model.document import Month
from deskpress.model.output import OutputSpec
from deskpress.plan.due import next_due
from deskpress.plan.left_out import left_out
from deskpress.render.dates import month_text
from deskpress.render.output import Renderer
from deskpress.templating.compiled import Compiled, kept
from deskpress.templating.environment import Recorder, prepare_environment, record
from deskpress.templating.errors import TemplateFailedError
from deskpress.templating.renderer import TemplateRenderer, make_load, make_renderer
from deskpress.write.site_folder import Tree


def update(inputs: Inputs, request: Request, tree: Tree, cache: Cache, clock: Clock, rest: str) -> Result:
    """Update the site in `tree`. `rest` is the recipe under which it is recorded as up to date, if not empty.

    Raises `ContentError`, `SetupError`, `OSError`; the old site then stays.
    """
    project, moment = inputs.project, inputs.moment
    config = project.config
    for note in cache.notes:
        request.say(note)
    if unsafe := unsafe_extensions(config):
        names = ", ".join(unsafe)
        request.say(f"Every document is converted anew: what these extensions read is not known: {names}.")
    clock.lap("cache")
    theme = Theme(inputs, request.compiled)
    prepared = prepare(
        inputs,
        cache,
        jobs=request.jobs,
        progress=request.progress,
        review=request.review,
        meanwhile=theme.load_ahead,
    )
    clock.lap("reading")
    image_cache = ImageCache(cache.folder / "pictures" if cache.folder else None, cache.key)
    image_renderer = ImageRenderer(inputs.project, image_cache, prepared.assets)
    renderer = _renderer(inputs, prepared, theme, image_renderer)

    def files(question: str) -> str | None:
        kind, _, name = question.partition(":")
        if kind == "asset":
            stamp = prepared.assets.get(name)
            return stamp.digest if stamp else None
        return theme.recorder.loaded(question) or inputs.file(question)

    now = Answers(renderer.library, taken_when_read(prepared), files)
    recipe = page_recipe(config)
    structure = fingerprint((recipe, prepared.structure))
    build_log = cache.build_log(tree.root)
    # The structure covers all inputs of the plan and the recipes: if it is unchanged, so are they.
    known = build_log.outputs if structure == build_log.structure else {}
    plan = {}
    for spec in prepared.plan:
        trace = known.get(spec.path)
        plan[spec.path] = (spec, trace.recipe if trace else output_recipe(spec, recipe))
    clock.lap("planning")
    try:
        rendering = Rendering(renderer, theme.recorder, now, tree, request.jobs, request.progress)
        last = LastBuild(build_log, lambda: cache.settled(tree.root))
        done = render_stale(plan, rendering, last, structure)
    except TemplateFailedError as error:
        raise ContentError([error.diagnostic]) from None
    request.placed(project.options.base_path, bool(done.written or done.removed))
    clock.lap("rendering")
    if done.build_log is not build_log:
        image_renderer.sweep(prepared.plan, renderer.library)
        cache.save_build_log(tree.root, done.build_log, done.settled)
    due = next_due(prepared.everything, moment)
    if rest and all(reading.recipe for reading in prepared.readings.values()):
        read = {path: reading.stamp for path, reading in prepared.readings.items()} | prepared.assets
        reads = [reading.reads for reading in prepared.readings.values() if reading.reads]
        up_to_date = remember_up_to_date(rest, read, done.build_log, now, prepared, due)
        if reads:
            up_to_date.files.update({f"read:{q}": said for one in reads for q, said in one.items()})
        cache.save_up_to_date(tree.root, up_to_date)
    clock.lap("saving")
    return Result(
        pages=prepared.pages,
        written=done.written,
        removed=done.removed,
        site_dir=tree.root,
        diagnostics=prepared.diagnostics,
        base_path=project.options.base_path,
        next_due=due,
        reasons=done.reasons,
        seconds=clock.laps,
        prepared=prepared,
        digests={path: trace.stamp.digest for path, trace in done.build_log.outputs.items()},
        left_out=left_out(prepared.site),
        moved=tuple(moved(build_log.outputs, plan, prepared, config.content_dir)) if done.removed else (),
    )


_SHOWING = frozenset({"home", "archive", "blog", "help", "notices"})
"""Kinds of outputs that show the newest documents of any kind."""


_OF_ALL_POSTS = frozenset({"rss", "atom", "json"})
"""Kinds of outputs without a template that hold the newest documents; those of one list hold no others."""

_OF_A_MONTH = frozenset({"month", "atom_archive", "llms_month"})


def failing_templates(inputs: Inputs, prepared: Prepared, paths: Collection[str]) -> list[Diagnostic]:
    """Errors in templates of the site that show the documents at these `paths`; nothing is written.

    These are their own pages and those that list everything new. Feeds and texts that will hold them are
    made, too, so that what fails then fails now. If plug-ins or hooks need MkDocs' loop, which prepares what
    templates expect, nothing is checked.
    """
    if inputs.project.config.full_build:
        return []
    wanted = {prepared.linker.of_source[path] for path in paths if path in prepared.linker.of_source}
    renderer = _uncached_renderer(inputs, prepared)
    shown = {*paths}
    months = {str(post.month) for post in prepared.site.posts if post.path in shown}

    def holds(spec: OutputSpec) -> bool:
        if spec.template and (spec.address in wanted or spec.kind in _SHOWING):
            return True
        if not wanted:
            return False
        about = spec.subject[1] if len(spec.subject) > 1 else ""
        return (
            (spec.kind in _OF_ALL_POSTS and not about)
            or (spec.kind in _OF_A_MONTH and about in months)
            or (spec.kind == "page_copy" and about in shown)
        )

    found: dict[Diagnostic, None] = {}
    for spec in prepared.plan:
        if holds(spec):
            try:
                renderer.render(spec)
            except TemplateFailedError as error:
                found[error.diagnostic] = None
    return [*found]


def page_renderer(inputs: Inputs, prepared: Prepared) -> Callable[[str], str | None]:
    """A function that renders the page of the document at a path; None for one that has no page.

    It raises `TemplateFailedError`.
    """
    renderer = _uncached_renderer(inputs, prepared)
    addresses = prepared.linker.of_source
    wanted = {*addresses.values()}
    specs = {spec.address: spec for spec in prepared.plan if spec.template and spec.address in wanted}

    def page(path: str) -> str | None:
        spec = specs.get(addresses.get(path, ""))
        return None if spec is None else renderer.render(spec).decode()

    return page


def _uncached_renderer(inputs: Inputs, prepared: Prepared) -> Renderer:
    """A renderer of outputs that no build writes: it keeps no pictures."""
    images = ImageRenderer(inputs.project, ImageCache(None, b""), prepared.assets)
    return _renderer(inputs, prepared, Theme(inputs, None), images)


def _renderer(inputs: Inputs, prepared: Prepared, theme: Theme, images: ImageRenderer) -> Renderer:
    templates = theme.template_renderer
    load = make_load(inputs.project.config.content_dir, inputs.theme)
    return Renderer(prepared.library, templates, load, lambda: templates.policy, images.draw)


def taken_when_read(prepared: Prepared) -> dict[str, str]:
    """Answers whose fingerprints were computed when a file was read, by question."""
    readings = prepared.readings
    known = {f"body:{path}": reading.linked.body for path, reading in readings.items() if reading.linked}
    # Updates of a notice appear with time.
    lasting = (path for path in prepared.linker.of_source if not readings[path].notice)
    return known | {f"document:{path}": readings[path].head for path in lasting}


class Theme:
    """The site's templates, and their recorder; prepared on first use."""

    def __init__(self, inputs: Inputs, compiled: Compiled | None) -> None:
        self._inputs = inputs
        self._compiled = compiled

    @cached_property
    def _made(self) -> tuple[TemplateRenderer, Recorder]:
        config = self._inputs.project.config
        env = config.theme.environment()
        reads = config.theme.events.prepare(env) if config.theme.events else {}
        prepare_environment(env, config.theme)
        assert callable(env.autoescape)  # ours is
        env.bytecode_cache = below = kept(env.autoescape)
        if self._compiled:
            self._compiled.below, env.bytecode_cache = below, self._compiled
        return make_renderer(config.theme, config.options, config.folder, env, reads), record(env)

    @property
    def template_renderer(self) -> TemplateRenderer:
        """Renders the templates."""
        return self._made[0]

    @property
    def recorder(self) -> Recorder:
        """The recorder."""
        return self._made[1]

    def load_ahead(self) -> None:
        """Load what nearly every page and feed needs, before forking, so that not every process has to."""
        # Slow to import, and not needed by many builds: for feeds, and for mistakes, which many sites have.
        import rapidfuzz.process  # noqa: F401  # only loaded

        import deskpress.render.xml_feeds  # noqa: F401  # only loaded

        for one in (options := self._inputs.project.options, *options.other_languages):
            month_text(Month(2000, 1), one.language)
        # Errors are reported when a page needs it, after those about the content.
        with suppress(Exception):
            _ = self.template_renderer.policy
