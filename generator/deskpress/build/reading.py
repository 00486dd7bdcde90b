"""What is remembered of a file that was read."""

from __future__ import annotations

from msgspec import Struct

from deskpress.engine.blob_store import Place
from deskpress.engine.fingerprint import fingerprint
from deskpress.engine.stamps import Stamp
from deskpress.model.body import Reference
from deskpress.model.diagnostic import Diagnostic
from deskpress.model.document import AnyDocument, Notice, Page, Post, Topic


class Linked(Struct, frozen=True, array_like=True):
    """The links of a document, resolved for one state of the site with the fingerprint `book`.

    `outcome` is the fingerprint of their targets, `body` that of the linked body.
    """

    book: str
    outcome: str
    diagnostics: tuple[Diagnostic, ...]
    body: str


class Reading(Struct, frozen=True, omit_defaults=True):
    """One file as it was read: the document (one of four, or none after an error) and the findings.

    `head` is the fingerprint of the document, `content` that of its HTML. `place` is where its converted body
    lies, `record` its search record and `mark` the digest of that, None while it is not published. `ids` are
    those of its HTML, a line each: few are needed, and one string is decoded faster than six. `references`
    are those into the site. `inside` are findings in its text, reported while it is published; `editorial`
    are those that only `check` reports, None until they are needed. `seconds` is the CPU time that it took,
    to a tenth of a second. `reads` is what events of plug-ins have read besides, with the answers.
    """

    stamp: Stamp
    recipe: str
    post: Post | None = None
    topic: Topic | None = None
    page: Page | None = None
    notice: Notice | None = None
    head: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    inside: tuple[Diagnostic, ...] = ()
    editorial: tuple[Diagnostic, ...] | None = None
    place: Place | None = None
    record: Place | None = None
    mark: str = ""
    content: str = ""
    ids: str = ""
    references: tuple[Reference, ...] = ()
    linked: Linked | None = None
    seconds: float = 0.0
    reads: dict[str, str] = {}

    @property
    def document(self) -> AnyDocument | None:
        """The document, of any kind."""
        return self.post or self.topic or self.page or self.notice


def reading_of(
    mark: Stamp, recipe: str, document: AnyDocument | None, diagnostics: tuple[Diagnostic, ...]
) -> Reading:
    """The reading of a file with the stamp `mark`: its document, if it has one, and what was found."""
    return Reading(
        mark,
        recipe,
        post=document if isinstance(document, Post) else None,
        topic=document if isinstance(document, Topic) else None,
        page=document if isinstance(document, Page) else None,
        notice=document if isinstance(document, Notice) else None,
        head=fingerprint(document),
        diagnostics=diagnostics,
    )


def refused_reading(diagnostic: Diagnostic) -> Reading:
    """The reading of a document that took too much time, without a recipe: it is read again next time."""
    return Reading(Stamp(0, 0, 0, 0, "", settled=False), "", diagnostics=(diagnostic,))
