"""The formats that can be imported; each read by the module of its name in `deskpress.importers.formats`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from types import ModuleType

from msgspec import Struct

from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.links import Names, no_names
from deskpress.importers.platforms.opening import Source, SourceError
from deskpress.importers.report import ImportReport

Reader = Callable[[Source, ImportReport], Iterable[Item]]
"""Reads a source; called more than once, so it keeps nothing. Raises `SourceError`."""


class Format(Struct, frozen=True):
    """A platform's export: its name, what people call it, what SOURCE is, and a name that it may have."""

    name: str
    title: str
    source: str
    example: str

    @property
    def module(self) -> ModuleType:
        """The module that reads it, loaded when it is needed."""
        return import_module(f"deskpress.importers.formats.{self.name}")

    def read(self, source: Source, report: ImportReport) -> Iterator[Item]:
        """The documents of a source. Raises `SourceError`."""
        yield from self.module.read(source, report)

    def language(self, source: Source) -> str:
        """The language of a whole source, where it says so."""
        own = getattr(self.module, "language", None)
        return str(own(source)) if own else ""

    @property
    def names(self) -> Names:
        """How links of this format name documents besides their addresses."""
        found: Names = getattr(self.module, "names", no_names)
        return found

    def fits(self, source: Source) -> bool:
        """Whether a source looks like this format."""
        return bool(self.module.fits(source))


FORMATS = (
    Format("wxr", "WordPress", "its export, an XML file", "blog.xml"),
    Format("blogger", "Blogger", "the blog's Atom file, or what Google Takeout gives", "feed.atom"),
    Format("ghost", "Ghost", "its export, a JSON file", "blog.ghost.json"),
    Format("zendesk", "Zendesk", "a folder of the JSON that its API gives", "zendesk"),
    Format("intercom", "Intercom", "a folder of the JSON that its API gives", "intercom"),
    Format("freshdesk", "Freshdesk", "a folder of the JSON that its API gives", "freshdesk"),
    Format("helpscout", "Help Scout", "a folder of the JSON that its API gives", "helpscout"),
    Format("confluence", "Confluence", "the HTML export of a space, a zip or a folder", "space.zip"),
    Format("notion", "Notion", "an export as Markdown and CSV, a zip or a folder", "notion.zip"),
    Format("docx", "Word", "a document, or a folder of them", "manual.docx"),
    Format("jekyll", "Jekyll", "the site's folder, with its `_config.yml`", "site"),
    Format("hugo", "Hugo", "the site's folder, with its configuration", "site"),
    Format("docusaurus", "Docusaurus", "the site's folder, with its configuration", "site"),
    Format("medium", "Medium", "the archive of an account, a zip or a folder", "medium-export.zip"),
    Format("mtif", "TypePad and Movable Type", "the export, a text file", "export.txt"),
)
"""All formats, those first that can be told by a sign which no other has."""


def format_named(name: str, source: Source) -> Format:
    """A format by its name; for `auto` the one that the source looks like. Raises `SourceError`."""
    for one in FORMATS:
        if one.name == name or (name == "auto" and one.fits(source)):
            return one
    known = ", ".join(one.name for one in FORMATS)
    raise SourceError(f"{source.label}: it looks like no format that is known; name one of {known}")
