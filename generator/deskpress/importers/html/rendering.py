"""Renders Markdown as on the target site, to compare the result with the source."""

from __future__ import annotations

import re

from msgspec import Struct

from deskpress.build.config import SiteConfig
from deskpress.build.rules import make_converter
from deskpress.importers.html.measure import Measure, measure
from deskpress.model.body import HERE, ID, REFERENCE
from deskpress.source.limits import NestingError
from deskpress.source.markdown import Converter, SnippetError

_OPEN = re.compile(f"{REFERENCE}(\\d+){REFERENCE}")


class RefusedTextError(Exception):
    """The site refuses a text; the message says why."""


class RenderedBody(Struct):
    """The body for readers, and what the sanitiser removed from it."""

    html: str
    removed: tuple[str, ...] = ()


class SiteConverter(Struct):
    """The site's own converter, as a build uses it."""

    converter: Converter

    @classmethod
    def of(cls, config: SiteConfig) -> SiteConverter:
        """The renderer of a site."""
        return cls(make_converter(config))

    def rendered(self, markdown: str) -> RenderedBody:
        """The result for readers, with the targets of its links as written. Raises `RefusedTextError`."""
        try:
            converted = self.converter.convert(markdown)
        except (NestingError, SnippetError) as error:
            raise RefusedTextError(str(error)) from None
        targets = [reference.target.replace("&", "&amp;") for reference in converted.references]
        html = _OPEN.sub(lambda found: targets[int(found[1])].replace('"', "&quot;"), converted.html)
        return RenderedBody(html.replace(HERE, "").replace(ID, ""), converted.removed)

    def measure(self, markdown: str) -> Measure:
        """The result for readers of a text, counted. Raises `RefusedTextError`."""
        return measure(self.rendered(markdown).html)
