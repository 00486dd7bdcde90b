"""The MkDocs plug-in: `mkdocs build` and `mkdocs serve` with the same bytes as `deskpress build`."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from deskpress.host.cache import Cache
from deskpress.host.contract import adapt, theme_assets
from deskpress.host.options import PluginOptions, read_moment, read_options
from deskpress.host.pages import OutputPage, make_file
from deskpress.host.pipeline import Prepared, prepare
from deskpress.host.recipes import make_shell
from deskpress.host.templates import make_context, make_fill, make_load, prepare_environment
from deskpress.model.diagnostic import ContentError, Diagnostic, Severity
from deskpress.model.site import Moment
from deskpress.render.output import MARKER_TEXT, Renderer
from deskpress.source.markdown import Converter
from deskpress.write.tree import ForeignFolderError, Tree

log = logging.getLogger("mkdocs.plugins.deskpress")

LAST = -100
"""Our events run after those of other plug-ins, so that they see what those made."""


class DeskpressPlugin(BasePlugin[PluginOptions]):  # type: ignore[no-untyped-call]  # as in options.py
    """Plans the site before MkDocs empties the folder, renders it in MkDocs' loop."""

    def __init__(self) -> None:
        super().__init__()
        self.prepared: Prepared | None = None
        self.renderer: Renderer | None = None
        self.moment: Moment | None = None
        self.shell = SimpleNamespace()
        self.serving = False
        self.driven = False
        """Whether `deskpress build` runs this loop, and does the talking itself."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep the plug-in alive between the builds of `mkdocs serve`."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Lay our theme over Material."""
        adapt(config)
        return config

    @event_priority(LAST)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read, check and plan everything; a mistake leaves the old site as it is."""
        tree = Tree(Path(config.site_dir), MARKER_TEXT)
        try:
            options = read_options(config, self.config)
            self.moment = read_moment(self.config, os.environ, datetime.now(UTC))
            assets = sorted(theme_assets(config))
            self.prepared = prepare(
                config, options, self.moment, assets, Cache.forgetful(), strict=config.strict
            )
            if not self.serving:
                tree.claim(clean=False)
        except ContentError as error:
            if self.driven:
                raise
            report(error.diagnostics, strict=config.strict)
            raise PluginError("The content has mistakes; the site was left as it was.") from None
        except ForeignFolderError as error:
            raise PluginError(f"{error}. Empty it, or run `deskpress build --clean`.") from None
        if not self.driven:
            report(self.prepared.diagnostics)
        if not self.serving:
            _remove_hidden(Path(config.site_dir))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give MkDocs the planned pages; what is not planned is not published."""
        assert self.prepared is not None
        documents = {document.path: document for document in self.prepared.site.documents}
        converter = Converter(config.markdown_extensions, config.mdx_configs)
        planned = {spec.path for spec in self.prepared.plan}
        of_source = self.prepared.linker.of_source
        made_from = {address: source for source, address in of_source.items()}
        kept = [
            file
            for file in files
            if file.generated_by or (not file.is_documentation_page() and file.dest_uri in planned)
        ]
        for spec in self.prepared.plan:
            if not spec.template:
                continue
            source = made_from.get(spec.address)
            file = make_file(spec, config, source)
            document = documents.get(source or "")
            body = self.prepared.bodies[document.path] if document else None
            markdown = self.prepared.bodies.converted(document.path).markdown if document else ""
            OutputPage(spec, file, config, document, body, converter, markdown)
            kept.append(file)
        return Files(kept)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Ours is planned; MkDocs' own is kept for other plug-ins only."""
        return nav

    @event_priority(LAST)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """The barrier: every document is converted, and what other plug-ins made of it is known."""
        assert self.prepared is not None
        prepared = self._with_changes(self.prepared, files)
        prepare_environment(env, config.theme.dirs)
        self.shell = make_shell(config)
        self.renderer = Renderer(
            prepared.library, make_fill(self.shell, env), make_load(config, theme_assets(config))
        )
        return env

    @event_priority(LAST)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Show the template its view, in place of MkDocs' page and navigation."""
        if isinstance(page, OutputPage) and self.renderer is not None:
            merged: Any = {**context, **make_context(self.shell, self.renderer.view(page.spec))}
            return merged  # type: ignore[no-any-return]  # MkDocs' TypedDict does not know `view`
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write everything that is no page: feeds, site map, redirects, the marker."""
        assert self.prepared is not None
        assert self.renderer is not None
        site = Path(config.site_dir)
        for spec in self.prepared.plan:
            if not spec.template:
                target = site / spec.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(self.renderer.render(spec))

    def _with_changes(self, prepared: Prepared, files: Files) -> Prepared:
        """Take over the HTML that other plug-ins changed."""
        for file in files.documentation_pages():
            page = file.page
            if isinstance(page, OutputPage) and page.document is not None and page.changed:
                converted = page.reconverted()
                prepared.bodies.changed[page.document.path] = prepared.linker.link(page.document, converted)
                report(tuple(prepared.linker.diagnose(page.document, converted)))
        return prepared


def report(diagnostics: tuple[Diagnostic, ...], *, strict: bool = False) -> None:
    """Log diagnostics the way MkDocs does."""
    for diagnostic in diagnostics:
        log.log(
            logging.ERROR if strict or diagnostic.severity is Severity.ERROR else logging.WARNING,
            str(diagnostic),
        )


def _remove_hidden(site: Path) -> None:
    """MkDocs empties the folder but leaves hidden files; they are not planned either."""
    tree = Tree(site, MARKER_TEXT)
    if site.is_dir():
        tree.begin()
        # Nor does it look whether a folder is a link that somebody planted: it would write through it.
        found = tree.listing().items()
        listing = {path: status for path, status in found if status is None or path.startswith(".")}
        tree.commit((), (), listing)
