"""What the plug-in does in MkDocs' loop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from msgspec import Struct, field

from deskpress.build.cache import Cache, CachedReadings
from deskpress.build.events import HELD_BACK_LATE
from deskpress.build.images import ImageCache, ImageRenderer
from deskpress.build.inputs import Inputs, look
from deskpress.build.pipeline import Prepared, prepare
from deskpress.build.request import Project, SetupError
from deskpress.build.rules import make_converter
from deskpress.compat.material.theme import forget_icons
from deskpress.compat.native.finished import finished_page
from deskpress.compat.plugins.hidden import hidden, is_brought, is_made, without
from deskpress.compat.plugins.hosting import Hosted, give_back, site_dir_set, wake
from deskpress.engine.cache_key import cache_key
from deskpress.engine.reads import NotLocalError
from deskpress.host.pages import OutputPage, make_file
from deskpress.host.site_config import site_config, theme_of
from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, Severity
from deskpress.model.output import MARKER_TEXT
from deskpress.render.output import Renderer
from deskpress.render.template_page import TemplatePage
from deskpress.render.views import RedirectView, View
from deskpress.source.limits import NestingError
from deskpress.source.report import Report
from deskpress.source.tested import FOR_MARKDOWN, FOR_TEMPLATES, untested
from deskpress.templating.environment import prepare_environment
from deskpress.templating.renderer import TemplateRenderer, make_load, make_renderer
from deskpress.write.site_folder import ForeignFolderError, Tree

if TYPE_CHECKING:
    from deskpress.host.plugin import DeskpressPlugin

log = logging.getLogger("mkdocs.plugins.deskpress")


def _project(config: MkDocsConfig, plugin: DeskpressPlugin) -> Project:
    site = site_config(config, plugin.config, plugin.memory)
    return Project(site, limit=plugin.limit, most_files=plugin.most_files)


def begin(config: MkDocsConfig, plugin: DeskpressPlugin) -> Loop:
    """Read, check and plan everything; mistakes leave the old site as it is.

    Raises `PluginError`; if `deskpress build` runs the loop, `ContentError` or `SetupError`.
    """
    serving, beside, cache = plugin.serving, plugin.beside, plugin.cache or Cache.forgetful()
    forget_icons(config)
    tree = Tree(Path(config.site_dir), MARKER_TEXT)
    if beside not in (None, tree.root):
        raise SetupError(site_dir_set(tree.root))
    try:
        try:
            inputs = look(_project(config, plugin))
            prepared = prepare(inputs, cache, review="what is read")
        except NotLocalError as error:
            give_back(config, plugin.hosted)
            plugin.unhosted, plugin.hosted = str(error), Hosted()
            wake(config)
            inputs = look(_project(config, plugin))
            prepared = prepare(inputs, cache, review="what is read")
        if not serving:
            tree.claim(clean=False)
    except ContentError as error:
        problem = "The content has mistakes; the site was left as it was."
        refuse(error.diagnostics, problem, talks=not beside, strict=config.strict)
    except ForeignFolderError as error:
        raise PluginError(f"{error}. Empty it, or run `deskpress build --clean`.") from None
    if not beside:
        for remark in inputs.project.config.remarks:
            log.info(remark)
        for line in (*untested(FOR_MARKDOWN), *untested(FOR_TEMPLATES)):
            log.debug(line)
    if not serving:
        _remove_hidden(tree)
    return Loop(config, inputs, prepared, not beside, plugin.hosted)


class Loop(Struct):
    """One build through MkDocs' loop; if it `talks`, it logs what `deskpress build` would print.

    `hosted` are the plug-ins and hooks whose events of pages are run here.
    `listed` is what MkDocs has found in the content folder, before the other plug-ins.
    """

    native: MkDocsConfig
    inputs: Inputs
    prepared: Prepared
    talks: bool
    hosted: Hosted
    listed: dict[str, str] = field(default_factory=dict)
    renderer: Renderer | None = None
    template_renderer: TemplateRenderer | None = None
    view: View | RedirectView | None = None
    """The output being rendered."""

    def files(self, files: Files) -> Files:
        """The planned pages, and the files of others that are in the plan. Raises as `begin` does."""
        found = self.inputs.content.found
        known = {*found.documents, *found.asset_statuses}
        # What another plug-in makes a page of is that page, and not a file to load.
        made = {file.src_uri for file in files if is_made(file, found.documents)}
        away = (hidden(self.listed, files) | made) & known
        if away:
            self._plan_without(away)
        if self.talks:
            report(self.prepared.diagnostics)
        prepared = self.prepared
        documents = {document.path: document for document in prepared.site.documents}
        converter = make_converter(self.inputs.project.config)
        planned = {spec.path for spec in prepared.plan}
        made_from = {address: source for source, address in prepared.linker.of_source.items()}
        kept = [
            file
            for file in files
            if file.generated_by
            or is_made(file, found.documents)
            or is_brought(file, self.native)
            or (not file.is_documentation_page() and file.dest_uri in planned)
        ]
        for spec in prepared.plan:
            if not spec.template:
                continue
            source = made_from.get(spec.address)
            file = make_file(spec, self.native, source)
            document = documents.get(source or "")
            body = prepared.bodies[document.path] if document else None
            markdown = prepared.bodies.converted(document.path).markdown if document else ""
            OutputPage(spec, file, self.native, document, body, converter, markdown)
            kept.append(file)
        return Files(kept)

    def _plan_without(self, away: frozenset[str]) -> None:
        """Plan once more, without files that another plug-in has removed."""
        before = self.prepared
        # Files that were read already are not read again.
        read = CachedReadings(before.readings, before.assets)
        self.inputs = without(self.inputs, away)
        try:
            self.prepared = prepare(
                self.inputs, Cache(None, before.bodies.blobs, read, []), review="what is read"
            )
        except ContentError as error:
            strict = self.inputs.project.config.strict
            refuse(error.diagnostics, "The content has mistakes.", talks=self.talks, strict=strict)

    def environment(self, env: jinja2.Environment, files: Files) -> jinja2.Environment:
        """Adapt MkDocs' environment, once every document is converted."""
        config = self.inputs.project.config
        self._take_changes(files)
        # Other plug-ins may have changed MkDocs' configuration for templates since the build began.
        theme = theme_of(self.native)
        prepare_environment(env, theme)
        template_renderer = self.template_renderer = make_renderer(theme, config.options, config.folder, env)
        load = make_load(config.content_dir, self.inputs.theme)
        image_cache = ImageCache(config.cache_dir / "pictures", cache_key())
        image_renderer = ImageRenderer(self.inputs.project, image_cache, self.prepared.assets)
        self.renderer = Renderer(
            self.prepared.library,
            template_renderer,
            load,
            lambda: template_renderer.policy,
            image_renderer.draw,
        )
        return env

    def context(self, context: TemplateContext, page: Page) -> TemplateContext:
        """The context for the template of one of our pages."""
        if isinstance(page, OutputPage) and self.renderer is not None and self.template_renderer is not None:
            self.view = self.renderer.view(page.spec)
            ours = self.template_renderer.context(self.view)
            shown = ours.get("page")
            if isinstance(shown, TemplatePage):
                if page.added:
                    cast("dict[str, Any]", shown.meta).update(page.added)
                vars(shown).update(page.attributes)
            merged: Any = {**context, **ours}
            for method in self.hosted.context if isinstance(shown, TemplatePage) else ():
                merged = self._shown(method, merged, page, nav=context["nav"]) or merged
            return merged  # type: ignore[no-any-return]  # MkDocs' TypedDict does not know `view`
        return context

    def _shown(self, method: Callable[..., Any], item: Any, page: Page, **native: Any) -> Any:
        """Run an event of hooks as a page is shown: with our page, or MkDocs' if it wants more of that."""
        ours: Any = self.view.frame.page if isinstance(self.view, View) else None
        nav = {"nav": ours.nav} if native else {}
        try:
            return method(item, page=ours, config=self.native, **nav)
        except Exception:
            return method(item, page=page, config=self.native, **native)

    def finished(self, output: str, page: Page) -> str:
        """A page as it is written; redirects stay as they are."""
        kind = page.spec.kind if isinstance(page, OutputPage) else ""
        view, self.view = self.view, None
        if isinstance(view, RedirectView) and isinstance(page, OutputPage) and self.template_renderer:
            # For other plug-ins and hooks it is no page.
            output = self.template_renderer(page.spec.template, view)
        elif isinstance(view, View):
            self.view = view
            for method in self.hosted.finished:
                output = self._shown(method, output, page) or output
            self.view = None
            if isinstance(page, OutputPage) and self.template_renderer:
                output = self.template_renderer.guarded(page.spec.template, output)
        return finished_page(output, kind, self.inputs.project.options.addons.minify)

    def write_the_rest(self) -> None:
        """Write everything that is not a page."""
        assert self.renderer is not None
        site = self.inputs.project.config.site_dir
        for spec in self.prepared.plan:
            if not spec.template:
                target = site / spec.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(self.renderer.render(spec))

    def failed(self, error: Exception, *, driven: bool) -> None:
        """Report the place of an error in a template of the site, if that caused the `error`.

        Raises `Abort`, or `ContentError` if the loop is `driven` by `deskpress build`.
        """
        if self.template_renderer is not None and (told := self.template_renderer.told(error, self.view)):
            if driven:
                raise ContentError([told.diagnostic]) from None
            report((told.diagnostic,))
            raise Abort("A template of the site has failed.") from None

    def _take_changes(self, files: Files) -> None:
        """Take over the HTML that other plug-ins changed. Raises `ContentError` or `PluginError`."""
        bodies, linker = self.prepared.bodies, self.prepared.linker
        self._refuse_held_back(files)
        for file in files.documentation_pages():
            page = file.page
            if isinstance(page, OutputPage) and page.document is not None and page.changed:
                try:
                    converted = page.reconverted()
                except NestingError as error:
                    told = Report(f"{self.inputs.project.options.content}/{page.document.path}")
                    told.error(Kind.CONTENT, f"what a plug-in made of this: {error.problem}", error.hint)
                    refuse(tuple(told.found), "The content has mistakes.", talks=self.talks)
                bodies.changed[page.document.path] = linker.link(page.document, converted)
                resolved = linker.resolve_all(page.document, converted.references)
                report(tuple(linker.diagnose(page.document, converted, resolved)))

    def _refuse_held_back(self, files: Files) -> None:
        """Refuse a document that a plug-in makes a draft of when lists and feeds are planned already."""
        found = []
        for file in files.documentation_pages():
            page = file.page
            if isinstance(page, OutputPage) and page.document is not None and page.meta.get("draft") is True:
                told = Report(f"{self.inputs.project.options.content}/{page.document.path}")
                told.error(Kind.FRONT_MATTER, *HELD_BACK_LATE)
                found += told.found
        if found and not self.inputs.moment.drafts:
            refuse(tuple(found), "The content has mistakes.", talks=self.talks)


def refuse(
    diagnostics: tuple[Diagnostic, ...], problem: str, *, talks: bool, strict: bool = False
) -> NoReturn:
    """End the build: with the diagnostics, or with the `problem` if MkDocs' log has them."""
    if not talks:
        raise ContentError(diagnostics) from None
    report(diagnostics, strict=strict)
    raise PluginError(problem) from None


def report(diagnostics: tuple[Diagnostic, ...], *, strict: bool = False) -> None:
    """Log diagnostics the way MkDocs does."""
    for diagnostic in diagnostics:
        log.log(
            logging.ERROR if strict or diagnostic.severity is Severity.ERROR else logging.WARNING,
            str(diagnostic),
        )


def _remove_hidden(tree: Tree) -> None:
    """Remove hidden files, which are not planned: MkDocs leaves them when it empties the folder."""
    if tree.root.is_dir():
        tree.begin()
        # MkDocs does not check for links to folders either: it would write through one.
        found = tree.listing().items()
        listing = {path: status for path, status in found if status is None or path.startswith(".")}
        tree.commit((), (), listing)
