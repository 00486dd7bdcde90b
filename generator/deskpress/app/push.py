"""Reads and builds sites that are pushed to a server."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from deskpress.app.build import build
from deskpress.app.check import check, reviewed
from deskpress.app.loading import config_in
from deskpress.build.cpu_limit import cpu_limit
from deskpress.build.pipeline import Prepared
from deskpress.build.request import Request, SetupError
from deskpress.engine.limited import DEFAULT_SECONDS
from deskpress.engine.pool import LimitReachedError, default_jobs
from deskpress.model.diagnostic import errors
from deskpress.model.document import Post
from deskpress.model.site import Site
from deskpress.plan.claims import claims, reserved_patterns
from deskpress.plan.left_out import left_out
from deskpress.plan.promises import promises
from deskpress.plan.urls import document_address
from deskpress.publish.builder import BuiltSite, Checked, RemoteError, Review, Say
from deskpress.publish.configured_paths import content_folder
from deskpress.publish.git import Repository
from deskpress.publish.kinds import why_no_address, why_no_alias
from deskpress.publish.limits import is_full
from deskpress.publish.targets import files_of
from deskpress.source.history import Past
from deskpress.write.site_folder import MARKER, Room, any_room

JUDGE_SECONDS = 10.0
"""CPU seconds for all judged queries of a push that changes them, or the synonyms."""

MARGIN = 3.0
"""The margin for a text close to its limit, which may take longer another time."""


class PushBuilder:
    """Checks and builds like the commands of these names, with the dates of the bare repository.

    A document may take that many CPU `seconds`; no limit for 0. What is `accepted` already may take longer,
    and any time in total: it was checked part by part, and is read as a whole if the cache was lost. `room`
    is called for what is staged. A site may have `most_files`; no limit for 0.
    """

    def __init__(
        self,
        seconds: float = DEFAULT_SECONDS,
        *,
        accepted: bool = False,
        room: Room = any_room,
        most_files: int = 0,
    ) -> None:
        self._room = room
        self._most_files = most_files
        # Shared by all calls in this process: what was refused during the build is not tried again by
        # `check`.
        each, margin = (seconds * MARGIN, 1.0) if accepted else (seconds, MARGIN)
        self._limit = cpu_limit(each, lambda message: None, total=not accepted, margin=margin)

    def check(
        self,
        folder: Path,
        repository: Repository,
        commit: str,
        say: Say,
        review: Review = Review.CONTENT,
    ) -> Checked:
        """Read the site in `folder`. Raises `ContentError` or `RemoteError`."""
        request = replace(self._request(folder, repository, commit, say), judging=_judging(review))
        # Paths relative to the working directory (snippets) mean the site's folder.
        os.chdir(folder)
        with _plainly(folder):
            content = content_folder(folder, config_in(folder).name)
            return _in(content, checked_of(check(request)))

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
        """Build it into `site`. Raises `ContentError` or `RemoteError`."""
        began = time.process_time()
        usual = self._request(folder, repository, commit, say)
        os.chdir(folder)
        request = replace(usual, site_dir=site, drafts=preview, future=preview, preview=preview)
        with _plainly(folder):
            content = content_folder(folder, config_in(folder).name)
            result = build(request)
            # A build with nothing to do has not read anything.
            prepared = result.prepared or check(request)
            if review:
                prepared = reviewed(prepared, prepared.bodies.reader.root, _judging(review))
            checked = checked_of(prepared)
            checked = _in(content, checked)
            if review:
                checked = _with_mistakes_to_come(request, prepared, checked)
        files = {path: known for path, known in (result.digests or files_of(site)).items() if path != MARKER}
        due = f"{result.next_due:%Y-%m-%d %H:%M %Z}" if result.next_due else ""
        seconds = round(time.process_time() - began, 1)
        return BuiltSite(files, checked, due, result.pages, seconds)

    def _request(self, folder: Path, repository: Repository, commit: str, say: Say) -> Request:
        past = Past(repository.path, commit, folder, repository.environment)
        # Next to the folder: inside it, every name belongs to the content.
        memory = folder.with_name("cache")
        config = config_in(folder)
        return Request(
            config,
            jobs=default_jobs(),
            lenient=True,
            say=say,
            past=past,
            memory=memory,
            limit=self._limit,
            judging=0,
            room=self._room,
            review="all",
            server=True,
            most_files=self._most_files,
        )


def _judging(review: Review) -> float:
    """CPU seconds for judged queries; 0 if the result would not be reported."""
    return JUDGE_SECONDS if review is Review.SEARCH else 0


def _with_mistakes_to_come(request: Request, prepared: Prepared, checked: Checked) -> Checked:
    """Adds the errors that the site will have when everything dated ahead is published, or has expired.

    They would otherwise appear with time, and prevent any publishing from then on.
    """
    at, documents = prepared.moment.at, [d for d in prepared.everything.documents if not d.draft]
    later = [d for d in documents if isinstance(d, Post) and d.created > at]
    ends = [d.expires for d in documents if d.expires is not None and d.expires > at]
    # Also warnings about what is dated ahead: on a strict site, they would block everybody later.
    paths = [post.path for post in later]
    found = list(check(replace(request, future=True), paths).diagnostics) if later else []
    if ends:
        last = max([*ends, *(post.created for post in later)]) + timedelta(days=2)
        found += errors(check(replace(request, as_of=f"{last:%Y-%m-%d}"), ()).diagnostics)
    return replace(checked, diagnostics=tuple(dict.fromkeys([*checked.diagnostics, *found])))


def _in(content: str, checked: Checked) -> Checked:
    """What was read, if its content folder is the expected one. Raises `RemoteError`."""
    if checked.content != content:
        raise RemoteError(
            f"the content lies in {checked.content}/, which is not what the configuration says plainly:"
            f" write `docs_dir: {checked.content}` there"
        )
    return checked


def _claims(site: Site) -> dict[str, str]:
    """Addresses that editors may not use: also those of unpublished documents, checked only once."""
    aliases = {alias: document.path for document in site.documents for alias in document.aliases}
    pages = {document_address(document, site.options): document.path for document in site.documents}
    found = claims(site) | {alias: path for alias, path in aliases.items() if why_no_alias(alias)}
    return found | {address: path for address, path in pages.items() if why_no_address(address)}


def checked_of(prepared: Prepared) -> Checked:
    """The checks of a site before it is published."""
    options = prepared.site.options
    return Checked(
        prepared.diagnostics,
        promises(prepared.site, prepared.plan),
        options.content,
        options.url,
        options.websub_hub,
        options.indexnow_key,
        prepared.strict,
        _claims(prepared.everything),
        left_out(prepared.site),
        reserved_patterns(prepared.site),
    )


@contextmanager
def _plainly(folder: Path) -> Iterator[None]:
    """Raise `RemoteError`, with paths as editors know them, for errors of the block; limits stay limits."""
    try:
        yield
    except (SetupError, OSError) as error:
        if is_full(error) or isinstance(error, LimitReachedError):
            raise
        raise RemoteError(str(error).replace(f"{folder}/", "")) from None
