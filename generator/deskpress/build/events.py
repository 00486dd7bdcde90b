"""What other people's plug-ins and hooks do to one document, as far as a build needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from msgspec.structs import replace

from deskpress.compat.native.references import why_of_text
from deskpress.engine.reads import NotLocalError
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.document import AnyDocument, Post
from deskpress.model.site import Options
from deskpress.source.report import Report

HELD_BACK_LATE = (
    "a plug-in holds this back (`draft: true`) too late: it would be published",
    "write `draft: true` into its own front matter",
)
"""The problem and the hint for a document that a plug-in makes a draft of."""


class EventFailedError(Exception):
    """The code of a plug-in or a hook has failed on a document; with the place, the error and a hint."""

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.hint = hint


class EventRun(Protocol):
    """The events of one document: its text after them, and what they read meanwhile.

    `added` is what they put into its front matter, `said` are their warnings.
    """

    text: str
    reads: dict[str, str]
    said: list[str]

    @property
    def title(self) -> str:
        """The title, which they may set."""

    @property
    def added(self) -> Mapping[str, Any]:
        """As in the class."""

    def content(self, html: str) -> str:
        """The HTML of the text after the events. Raises `NotLocalError` or `EventFailedError`."""


class PageEvents(Protocol):
    """Events that run as documents are read, for each document separately.

    `recipe` is the fingerprint of their code and options, empty if that is not known; `root` is the folder
    that the names of what they read are relative to.
    """

    @property
    def recipe(self) -> str:
        """As in the class."""

    @property
    def root(self) -> str:
        """As in the class."""

    def run(self, document: AnyDocument, text: str) -> EventRun:
        """The events of a document before it is converted. Raises `NotLocalError` or `EventFailedError`."""


def accepted(
    run: EventRun | None, document: AnyDocument, markdown: str, options: Options, *, drafts: bool
) -> str:
    """The text of a document after its events.

    Raises `EventFailedError` if they withhold the document, and `NotLocalError` if the text needs a plug-in
    that was considered unused.
    """
    if run and run.added.get("draft") is True and not drafts:
        raise EventFailedError(*HELD_BACK_LATE)
    text = run.text if run else markdown
    unused = options.addons.unused
    if unused and (why := why_of_text(text)):
        raise NotLocalError(f"{unused[0]}: {why} ({document.path})")
    return text


def with_run(document: AnyDocument, run: EventRun) -> AnyDocument:
    """A document with the front matter as changed by plug-ins; its address stays."""
    if isinstance(document, Post) and run.title != document.title:
        document = replace(document, slug_text=document.slug_text or document.title)
    return replace(document, title=run.title, added=dict(run.added))


def said(label: str, run: EventRun | None) -> list[Diagnostic]:
    """The warnings of plug-ins."""
    report = Report(label)
    for text in run.said if run else ():
        report.warning(Kind.CONTENT, text)
    return report.found
