"""The MkDocs plug-in: `mkdocs build` and `mkdocs serve` with the same bytes as `deskpress build`.

Only the events; their code is in `loop.py`, which is not loaded if MkDocs' loop does not run.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from deskpress.compat.configuration import site_folder
from deskpress.compat.plugins.addons import mute, native
from deskpress.compat.plugins.confining import confine
from deskpress.compat.plugins.full_build import host
from deskpress.compat.plugins.hosting import Hosted, take_events
from deskpress.host.adapt import adapt
from deskpress.host.options import PluginSchema
from deskpress.model.diagnostic import ContentError
from deskpress.model.site import FeedFile

if TYPE_CHECKING:
    from deskpress.build.cache import Cache
    from deskpress.build.cpu_limit import CpuLimit
    from deskpress.host.loop import Loop

LAST = -100
"""Our events run after those of other plug-ins, so that they see what those made."""

OUTERMOST = 1_000_000
"""Before every other plug-in, and with a minus after them: the difference is what others removed."""


class DeskpressPlugin(BasePlugin[PluginSchema]):  # type: ignore[no-untyped-call]  # as in options.py
    """Plans the site before MkDocs empties the folder, renders it in MkDocs' loop."""

    def __init__(self) -> None:
        super().__init__()
        self.loop: Loop | None = None
        self.serving = False
        self.feeds: tuple[FeedFile, ...] = ()
        """The feeds of the rss plug-in, if Deskpress makes them."""
        self.memory: Path | None = None
        """The folder of the cache, if not next to `mkdocs.yml`."""
        self.cache: Cache | None = None
        """What earlier builds have read, if `deskpress build` runs the loop."""
        self.beside: Path | None = None
        """The folder that this loop builds into when `deskpress build` runs it, which then logs itself."""
        self.navigated: MkDocsConfig | None = None
        """The configuration with a navigation made by other plug-ins, by `compat/plugins/addons.py`."""
        self.hosted = Hosted()
        """Plug-ins and hooks whose events run as documents are read."""
        self.driven = False
        """Whether `deskpress` runs the events before a build, and not MkDocs."""
        self.reads: dict[str, str] = {}
        """What their events before the build have read."""
        self.unhosted = ""
        """Why none of them is run, once that is known."""
        self.on_server = False
        """Whether editors are not trusted, as on a server that they push to."""
        self.limit: CpuLimit | None = None
        self.most_files = 0
        """How much CPU time a document may take, where `deskpress build` was told."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep the plug-in alive between the builds of `mkdocs serve`."""
        self.serving = command == "serve"

    @event_priority(OUTERMOST)
    def _take_over(self, config: MkDocsConfig) -> None:
        """Replace the work of other plug-ins that we can do ourselves, before they begin."""
        confine(config, site_folder(config), server=self.on_server)
        mute(config, native(config).names)
        if not self.driven:
            # MkDocs keeps plug-ins between the builds of one process.
            self.hosted, self.unhosted, self.reads = Hosted(), "", {}
            self.hosted = host(config)
        take_events(config, self.hosted)

    def _adapt(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our theme on top of Material."""
        self.loop = None
        try:
            adapt(config)
        except ContentError as error:
            if self.driven:
                raise
            raise PluginError("\n".join(map(str, error.diagnostics))) from None
        return config

    on_config = CombinedEvent(_take_over, _adapt)

    @event_priority(LAST)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read, check and plan everything; a mistake leaves the old site as it is."""
        from deskpress.host.loop import begin

        self.loop = begin(config, self)

    @event_priority(OUTERMOST)
    def _before_others(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Record the files that MkDocs has found, without those that native plug-ins exclude."""
        from deskpress.compat.plugins.hidden import included, leave_out

        assert self.loop is not None
        leave_out(files, self.loop.inputs.project.options.addons)
        self.loop.listed = included(files)
        return files

    @event_priority(-OUTERMOST)
    def _after_others(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give MkDocs the planned pages; what is unplanned, or hidden by a plug-in, is not published."""
        assert self.loop is not None
        return self.loop.files(files)

    on_files = CombinedEvent(_before_others, _after_others)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Use our planned navigation; MkDocs' own is kept for other plug-ins only."""
        return nav

    @event_priority(LAST)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Synchronise: every document is converted, and the changes of other plug-ins are known."""
        assert self.loop is not None
        return self.loop.environment(env, files)

    @event_priority(LAST)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the template its view, in place of MkDocs' page and navigation."""
        assert self.loop is not None
        return self.loop.context(context, page)

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Record that the page is done."""
        assert self.loop is not None
        return self.loop.finished(output, page)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write everything that is not a page: feeds, site map, redirects, the marker."""
        assert self.loop is not None
        self.loop.write_the_rest()

    @event_priority(LAST)
    def on_build_error(self, *, error: Exception) -> None:
        """Report the place of an error in a template of the site."""
        if self.loop is not None:
            self.loop.failed(error, driven=self.beside is not None)
