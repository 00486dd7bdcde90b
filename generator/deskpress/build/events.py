"""What other people's plug-ins and hooks do to one document, as far as a build knows of it."""

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
"""What is said of a document that a plug-in makes a draft of, and what to do."""


class EventFailedError(Exception):
    """The code of a plug-in or a hook has failed on a document; says where and how, and what to do."""

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.hint = hint


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


def accepted(
    run: PageRun | None, document: AnyDocument, markdown: str, options: Options, *, drafts: bool
) -> str:
    """The text of a document as its events have left it.

    Raises `EventFailedError` where these hold the document back, and `NotLocalError` where the text asks for
    a plug-in that was taken for unused.
    """
    if run and run.added.get("draft") is True and not drafts:
        raise EventFailedError(*HELD_BACK_LATE)
    text = run.text if run else markdown
    unused = options.addons.unused
    if unused and (why := why_of_text(text)):
        raise NotLocalError(f"{unused[0]}: {why} ({document.path})")
    return text


def with_run(document: AnyDocument, run: PageRun) -> AnyDocument:
    """A document with what plug-ins have made of its front matter; its address stays."""
    if isinstance(document, Post) and run.title != document.title:
        document = replace(document, slug_text=document.slug_text or document.title)
    return replace(document, title=run.title, added=dict(run.added))


def said(label: str, run: PageRun | None) -> list[Diagnostic]:
    """What plug-ins have warned of."""
    report = Report(label)
    for text in run.said if run else ():
        report.warning(Kind.CONTENT, text)
    return report.found
