"""Runs events of plug-ins and hooks for one document at a time, as it is read, and records what they read.

Such events need no loop of MkDocs. Where they turn out to depend on other pages, to write, or to keep
something from page to page, the whole site is built by that loop after all, and the reason is told.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from deskpress.build.events import EventFailedError
from deskpress.compat.plugins.confining import ConfinedError
from deskpress.compat.plugins.hosting import Hosted, events_taken, origin
from deskpress.compat.plugins.page_code import loaded_code, namespaces, state
from deskpress.compat.plugins.page_objects import DocumentPage, SiteFiles
from deskpress.compat.plugins.page_plugins import KNOWN, Known
from deskpress.compat.plugins.plugin_code import InstalledCode
from deskpress.compat.plugins.settings import versions
from deskpress.engine.fingerprint import describe, fingerprint
from deskpress.engine.reads import NotLocalError, Recording, recording
from deskpress.model.document import AnyDocument
from deskpress.model.site import Options
from deskpress.plan.urls import document_address
from deskpress.source.frontmatter import read_meta

CONFIG = (
    "site_name site_url site_description site_author copyright docs_dir site_dir config_file_path nav"
    " repo_url repo_name edit_uri edit_uri_template use_directory_urls extra extra_css extra_javascript"
    " mdx_configs theme markdown_extensions remote_branch strict"
).split()
"""What events may read of the configuration."""


class EventCode:
    """The plug-ins and hooks whose events are run outside of MkDocs' loop, with what their code keeps.

    `reads` is what the events before the build have read; `cache` is the folder of our own cache.
    """

    def __init__(
        self, config: MkDocsConfig, hosted: Hosted, root: Path, reads: Mapping[str, str], cache: Path
    ) -> None:
        self.config, self.hosted, self.root = config, hosted, str(root)
        self.reads, self.cache = reads, str(cache)
        self.plugins = {name: config.plugins[name] for name in hosted.names}
        self.known = {name: KNOWN.get(name, Known()) for name in hosted.names}
        own: list[object] = [one for one in self.plugins.values() if isinstance(one, ModuleType)]
        for name, known in self.known.items():
            own += known.own(self.plugins[name])
        self.others = [
            InstalledCode(plugin)
            for name, plugin in self.plugins.items()
            if name not in KNOWN and not isinstance(plugin, ModuleType) and events_taken(hosted, config, name)
        ]
        """Plug-ins of which nothing is known but their code."""
        # Of what else lies in the site's folder, such as a copy of the theme, nothing is kept track of.
        code = {file.resolve() for file in hosted.code}
        self.spaces = {path: one for path, one in namespaces(root, own).items() if root / path in code}
        self.files = SiteFiles(config)

    @cached_property
    def recipe(self) -> str:
        """The fingerprint of all that the events are made of, and of what they know before the first page."""
        theme = dict(self.config.theme), self.config.theme.dirs
        config = {name: theme if name == "theme" else self.config.get(name) for name in CONFIG}
        options = [dict(getattr(one, "config", None) or {}) for one in self.plugins.values()]
        kept = [known.kept(self.plugins[name]) for name, known in self.known.items()]
        code = loaded_code(self.spaces, Path(self.root), self.hosted.code)
        asked = sorted(self.reads.items())
        others = [one.digests() for one in self.others]
        made = (code, others, versions(self.hosted.names), asked, describe(config), describe(options), kept)
        return fingerprint((made, state(self.spaces)))

    def state(self) -> Any:
        """What the code knows at the moment."""
        return [state(self.spaces), *(one.state() for one in self.others)]


class DocumentEvents:
    """The events of a site's documents; see `build/events.py`. `options` are those of the site."""

    def __init__(self, code: EventCode, options: Options) -> None:
        self.code, self.options = code, options
        self.root = code.root

    @property
    def recipe(self) -> str:
        """The fingerprint of all that the events are made of."""
        return self.code.recipe

    def run(self, document: AnyDocument, text: str) -> DocumentRun:
        """Run what comes before the conversion. Raises `NotLocalError` or `EventFailedError`."""
        run = DocumentRun(self, document, text)
        run.markdown()
        return run


class DocumentRun:
    """The events of one document."""

    def __init__(self, events: DocumentEvents, document: AnyDocument, text: str) -> None:
        self.code, self.text = events.code, text
        address = document_address(document, events.options)
        self.page = DocumentPage(document, address, read_meta(document.front), events.code.config)
        self.before = deepcopy(self.page.meta)
        self.usual = frozenset((*vars(self.page), "title"))
        self.reads: dict[str, str] = {}
        self.said: list[str] = []

    @property
    def title(self) -> str:
        """The title, which events may set."""
        return str(self.page.title)

    @property
    def added(self) -> Mapping[str, Any]:
        """What they put into the front matter."""
        meta = self.page.meta
        return {k: v for k, v in meta.items() if k not in self.before or self.before[k] != v}

    def markdown(self) -> None:
        """The event `page_markdown`."""
        self.state = self.code.state()
        for method in self.code.hosted.markdown:
            self.page.markdown = self.text
            found = self._call(method, self.text)
            self.text = self.text if found is None else str(found)

    def content(self, html: str) -> str:
        """The event `page_content`. Raises `NotLocalError` or `EventFailedError`."""
        for method in self.code.hosted.content:
            self.page.content = html
            found = self._call(method, html)
            html = html if found is None else str(found)
        file = self.page.file
        for one in self.code.others:
            one.forget((file.src_uri, file.src_path, str(file.abs_src_path), file.url))
        if self.code.state() != self.state:
            names = ", ".join(self.code.hosted.names)
            raise NotLocalError(f"{names}: something is kept from page to page ({self.page.file.src_uri})")
        return html

    def _call(self, method: Callable[..., Any], item: str) -> Any:
        code, what = self.code, named(self.code.config, method)
        # A plug-in may keep something between two events of one page.
        before = state(code.spaces)
        try:
            with _watched(code, self.said) as seen:
                found = method(item, page=self.page, config=code.config, files=code.files)
        except NotLocalError as error:
            raise NotLocalError(f"{what}: {error} ({self.page.file.src_uri})") from None
        except ConfinedError as error:
            raise EventFailedError(str(error)) from None
        except (Exception, SystemExit) as error:
            raise EventFailedError(f"{what} {_told(error)}") from None
        self.reads.update(seen.answers)
        if set_by_it := sorted(vars(self.page).keys() - self.usual):
            raise NotLocalError(f"{what}: it sets `page.{set_by_it[0]}` ({self.page.file.src_uri})")
        if state(code.spaces) != before:
            problem = f"{what}: it keeps something from page to page ({self.page.file.src_uri})"
            raise NotLocalError(problem)
        return found


def named(config: MkDocsConfig, method: Callable[..., Any]) -> str:
    """An event of a plug-in or a hook, to be told."""
    return f"{origin(config, method)}: `{getattr(method, '__name__', 'an event')}`"


@contextmanager
def watched(code: EventCode) -> Iterator[Recording]:
    """Record what events read."""
    with ExitStack() as around:
        for name, known in code.known.items():
            if known.around:
                around.enter_context(known.around(code.plugins[name]))
        seen = around.enter_context(recording(code.root, own=code.cache))
        code.files.watch, before = seen, code.files.watch
        try:
            yield seen
        finally:
            code.files.watch = before


@contextmanager
def _watched(code: EventCode, said: list[str]) -> Iterator[Recording]:
    """The same, and keep what they log as warnings."""
    handler = _Said(said)
    logger = logging.getLogger("mkdocs")
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        with watched(code) as seen:
            yield seen
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates


class _Said(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning, to tell it in each build."""
        self.said.append(record.getMessage())


def _told(error: BaseException) -> str:
    """Where and how code has failed."""
    frames = traceback.extract_tb(error.__traceback__)
    own = next((one for one in reversed(frames) if "site-packages" not in one.filename), frames[-1])
    place = f"{own.filename.rpartition('/')[2]}:{own.lineno}"
    return f"has failed at {place}: {type(error).__name__}: {error}"
