"""What other people's plug-ins and hooks do as pages are rendered, as far as templates know of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import jinja2


class PageRun(Protocol):
    """The events of one page."""

    def context(self, context: dict[str, Any]) -> dict[str, Any]:
        """What the template is filled with, as they leave it. Raises `NotLocalError`."""

    def finished(self, output: str) -> str:
        """The page, as they leave it. Raises `NotLocalError`."""

    def end(self) -> Mapping[str, str]:
        """What they have read, with the answers. Raises `NotLocalError` if they keep something."""


class RenderEvents(Protocol):
    """Events that run as pages are rendered, each page for itself.

    `recipe` is the fingerprint of their code and options, and of what they knew before the first page.
    """

    @property
    def recipe(self) -> str:
        """See above."""

    def prepare(self, env: jinja2.Environment) -> Mapping[str, str]:
        """Give them the environment of the templates; what they have read. Raises `NotLocalError`."""

    def begin(self, page: Any) -> PageRun:
        """The events of a `page` (see `render/template_page.py`)."""
