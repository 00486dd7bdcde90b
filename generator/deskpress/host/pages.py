"""Our pages as MkDocs' loop sees them: other plug-ins get their events, we keep the rendering."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from deskpress.model.body import Converted
from deskpress.model.document import AnyDocument
from deskpress.model.output import OutputSpec
from deskpress.source.markdown import Converter


class OutputPage(Page):
    """A page of the plan. `document` is None for what Deskpress makes from lists."""

    def __init__(
        self,
        spec: OutputSpec,
        file: File,
        config: MkDocsConfig,
        document: AnyDocument | None,
        converted: Converted | None,
        converter: Converter,
    ) -> None:
        self.spec = spec
        self.document = document
        self.converted = converted
        self.converter = converter
        super().__init__(document.title if document else spec.address, file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        """Hand over what was read before the build began."""
        self.meta = {"template": self.spec.template}
        if self.document is not None:
            self.meta |= {"title": self.document.title, "description": self.document.description}
        self.markdown = self.document.text if self.document else ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Use the conversion made before the build, unless a plug-in changed the Markdown."""
        self.toc = TableOfContents([])
        if self.document is None or self.converted is None:
            self.content = ""
            return
        if self.markdown != self.document.text:
            self.converted = self.converter.convert(self.markdown or "")
        self.content = self.converted.html

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Ours are checked before the build."""


def make_file(spec: OutputSpec, config: MkDocsConfig, source: str | None) -> File:
    """A MkDocs file for an HTML output; `source` is the Markdown file it is made from."""
    values: dict[str, Any] = {"inclusion": InclusionLevel.NOT_IN_NAV, "dest_uri": spec.path}
    if source is not None:
        return File(source, config.docs_dir, config.site_dir, True, **values)
    # A name of its own that no file of the content can have.
    file = File(f".deskpress/{spec.path}.md", None, config.site_dir, True, **values)
    file.generated_by = "deskpress"
    file.abs_src_path = None
    file._content = ""  # the way MkDocs itself makes a generated file
    return file
