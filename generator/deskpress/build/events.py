"""What other people's plug-ins and hooks do to one document, as far as a build knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from deskpress.model.document import AnyDocument

HELD_BACK_LATE = (
    "a plug-in holds this back (`draft: true`) too late: it would be published",
    "write `draft: true` into its own front matter",
)
"""What is said of a document that a plug-in makes a draft of, and what to do."""


class EventFailedError(Exception):
    """The code of a plug-in or a hook has failed on a document; says where and how."""


class PageRun(Protocol):
    """The events of one document: its text as they left it, and what they read on the way.

    `added` is what they put into its front matter, `said` what they warned of.
    """

    text: str
    reads: dict[str, str]
    said: list[str]

    @property
    def title(self) -> str:
        """The title, which they may set."""

    @property
    def added(self) -> Mapping[str, Any]:
        """See above."""

    def content(self, html: str) -> str:
        """The HTML of the text, as they leave it. Raises `NotLocalError` or `EventFailedError`."""


class PageEvents(Protocol):
    """Events that run as documents are read, each document for itself.

    `recipe` is the fingerprint of their code and options, empty where that is not known; `root` is the folder
    that the names of what they read are relative to.
    """

    @property
    def recipe(self) -> str:
        """See above."""

    @property
    def root(self) -> str:
        """See above."""

    def run(self, document: AnyDocument, text: str) -> PageRun:
        """The events of a document before it is converted. Raises `NotLocalError` or `EventFailedError`."""
