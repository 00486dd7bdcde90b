"""What publishing asks of a build: the site that was read or made, and the interface that does it."""

from __future__ import annotations

import enum
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field

from deskpress.model.diagnostic import Diagnostic
from deskpress.model.published import Published
from deskpress.publish.git import Repository

Say = Callable[[str], None]


class RemoteError(Exception):
    """The request cannot be carried out; the text says why."""


class Checked(Struct, frozen=True):
    """A site that was read: its problems, its public interface, its content's folder, its endpoints.

    `claims` are addresses that only maintainers may use, with the files that have them; `left_out` says in
    one line what is not live; `reserved` are patterns for the paths that outputs of Deskpress may have.
    """

    diagnostics: tuple[Diagnostic, ...]
    published: Published
    content: str
    url: str
    hub: str = ""
    indexnow: str = ""
    strict: bool = False
    claims: dict[str, str] = field(default_factory=dict)
    left_out: str = ""
    reserved: tuple[str, ...] = ()


class BuiltSite(Struct, frozen=True):
    """A site that was built: its files with their digests, and when time will next change it.

    `seconds` is the CPU time that it took in this process, without its workers.
    """

    files: dict[str, str]
    checked: Checked
    next_due: str
    pages: int
    seconds: float = 0.0


class Review(enum.IntEnum):
    """What is reviewed while a site is built: nothing, its content, or the search's queries, too."""

    NONE = 0
    CONTENT = 1
    SEARCH = 2


class SiteBuilder(Protocol):
    """Reads and builds sites. Both raise `ContentError` or `RemoteError`."""

    def check(
        self,
        folder: Path,
        repository: Repository,
        commit: str,
        say: Say,
        review: Review = Review.CONTENT,
    ) -> Checked:
        """Read the site in `folder`, a checkout of `commit`, and check it."""

    def build(
        self,
        folder: Path,
        site: Path,
        repository: Repository,
        commit: str,
        say: Say,
        *,
        preview: bool = False,
        review: Review = Review.NONE,
    ) -> BuiltSite:
        """Build it into `site`; a preview with drafts, and not to be indexed.

        With a `review`, the diagnostics of `check` are included.
        """
