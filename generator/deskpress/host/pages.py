"""Our pages in MkDocs' loop: other plug-ins get their events, the rendering is ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from deskpress.compat.plugins.page_objects import BlogAuthor, authors_of
from deskpress.model.body import Body, Converted, place
from deskpress.model.document import AnyDocument
from deskpress.model.output import OutputSpec
from deskpress.render.frame import root_from
from deskpress.source.frontmatter import read_meta
from deskpress.source.limits import NestingError
from deskpress.source.markdown import NO_VALUES, Converter


class OutputPage(Page):
    """A page of the plan. `document` is None for what Deskpress makes from lists.

    Other plug-ins see the Markdown as the editor wrote it and the HTML as placed on this page.
    """

    def __init__(
        self,
        spec: OutputSpec,
        file: File,
        config: MkDocsConfig,
        document: AnyDocument | None,
        body: Body | None,
        converter: Converter,
        source: str,
    ) -> None:
        self.spec = spec
        self.document = document
        self.converter = converter
        self.source = source
        self.headings = body.headings if body else ()
        self.html = place(body.html, root=root_from(spec.address)) if body else ""
        self.again = False
        self.refused: NestingError | None = None
        self.given: dict[str, Any] = {}
        super().__init__(document.title if document else spec.address, file, config)
        self._usual = frozenset((*vars(self), "toc", "title", "_usual"))

    def read_source(self, config: MkDocsConfig) -> None:
        """Set what was read before the build began."""
        self.meta = {"template": self.spec.template}
        if self.document is not None:
            names = ("title", "description", "tags", "categories", "hide")
            values = {name: getattr(self.document, name, None) for name in names}
            self.meta |= read_meta(self.document.front)
            self.meta |= {k: list(v) if isinstance(v, tuple) else v for k, v in values.items() if v}
            self.meta |= self.document.added
            self.meta["template"] = self.spec.template
            self.given = dict(self.meta)
        self.markdown = self.source

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Use the conversion made before the build, unless a plug-in changed the Markdown."""
        self.toc = TableOfContents([])
        self.again = self.markdown != self.source
        if self.again:
            try:
                self.html, self.headings = self.converter.html(self.markdown or "", self._meta)
            except NestingError as error:
                self.refused = error
        self.content = self.html
        self.present_anchor_ids = {heading.id for heading in self.headings}
        self.links_to_anchors = {}

    @property
    def authors(self) -> list[BlogAuthor]:
        """The authors of a post."""
        return authors_of(self.document)

    @property
    def added(self) -> dict[str, Any]:
        """What other plug-ins and hooks have added to the front matter, or changed there."""
        return {k: v for k, v in self.meta.items() if k not in self.given or self.given[k] != v}

    @property
    def attributes(self) -> dict[str, Any]:
        """What they have set on the page besides what MkDocs sets."""
        return {name: value for name, value in vars(self).items() if name not in self._usual}

    @property
    def changed(self) -> bool:
        """Whether another plug-in changed the Markdown or the HTML."""
        return self.again or self.content != self.html

    def reconverted(self) -> Converted:
        """The page's HTML after all plug-ins, portable again. Raises `NestingError`."""
        if self.refused:
            raise self.refused
        return self.converter.portable(self.content or "", self.headings, self.spec.language_dir, self._meta)

    @property
    def _meta(self) -> Mapping[str, object]:
        """The front matter for other plug-ins."""
        return self.document.for_plugins if self.document else NO_VALUES

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Do nothing: our links are checked before the build."""


def make_file(spec: OutputSpec, config: MkDocsConfig, source: str | None) -> File:
    """A MkDocs file for an HTML output; `source` is the Markdown file that it is made from."""
    values: dict[str, Any] = {"inclusion": InclusionLevel.NOT_IN_NAV, "dest_uri": spec.path}
    if source is not None:
        return File(source, config.docs_dir, config.site_dir, True, **values)
    # A unique name that a file of the content cannot have.
    file = File(f".deskpress/{spec.path}.md", None, config.site_dir, True, **values)
    file.generated_by = "deskpress"
    file.abs_src_path = None
    file._content = ""  # the way MkDocs itself makes a generated file
    return file
