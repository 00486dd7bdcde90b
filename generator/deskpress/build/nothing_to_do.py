"""Recognises a build with nothing to do without reading the cached data of each page.

All inputs together are compared with those of the last build: files by what identifies them, configuration
and code by their recipe, templates by their digests, time by the span in which no document becomes due.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from deskpress.build.inputs import Inputs
from deskpress.build.recipes import page_recipe
from deskpress.engine.build_log import BuildLog
from deskpress.engine.fingerprint import digest, fingerprint
from deskpress.engine.snapshot import Snapshot, hold, is_unchanged
from deskpress.engine.stamps import Stamp
from deskpress.model.diagnostic import Diagnostic
from deskpress.plan.due import next_change
from deskpress.plan.left_out import left_out
from deskpress.write.site_folder import Tree

if TYPE_CHECKING:
    from deskpress.build.pipeline import Prepared


class UpToDate(Struct, frozen=True):
    """A site that was up to date, and the diagnostics to repeat.

    It is valid from `since` until time alone changes a page at `until`; `next_due` is about posts.
    """

    recipe: str
    content: Snapshot
    site: Snapshot
    files: dict[str, str]
    since: datetime
    until: datetime | None
    next_due: datetime | None
    pages: int
    diagnostics: msgspec.Raw
    left_out: str = ""

    @property
    def told(self) -> tuple[Diagnostic, ...] | None:
        """The diagnostics to repeat; there may be thousands, and a build with something to do needs none."""
        try:
            return msgspec.json.decode(self.diagnostics, type=tuple[Diagnostic, ...])
        except msgspec.MsgspecError:
            return None

    def holds(self, inputs: Inputs, tree: Tree, recipe: str) -> bool:
        """Whether there is nothing to do. `recipe` is the current one."""
        content, moment = inputs.content, inputs.moment
        found = content.found
        return (
            self.recipe == recipe
            and self.since <= moment.at
            and (self.until is None or moment.at < self.until)
            and not (content.diagnostics or found.diagnostics or tree.staging.exists())
            and is_unchanged(self.content, content.root, {**found.documents, **found.asset_statuses})
            and all(inputs.file(question) == answer for question, answer in self.files.items())
            and is_unchanged(self.site, tree.root, tree.listing())
        )


def up_to_date_recipe(inputs: Inputs) -> str:
    """The fingerprint of all inputs that are not files; empty if documents may read unknown files."""
    project, content, moment = inputs.project, inputs.content, inputs.moment
    if not content.recipe:
        return ""
    wanted = (moment.drafts, moment.future, moment.expired, project.config.strict)
    pages = page_recipe(project.config)
    # Diagnostics about the configuration contain its lines.
    lines = digest(project.config.file.read_bytes())
    return fingerprint(
        (
            pages,
            lines,
            content.recipe,
            wanted,
            sorted(inputs.theme),
            (content.committed, content.commits, content.newest),
            content.search,
            content.lists,
        )
    )


def remember_up_to_date(
    recipe: str,
    read: Mapping[str, Stamp],
    build_log: BuildLog,
    now: Callable[[str], str | None],
    prepared: Prepared,
    due: datetime | None,
) -> UpToDate:
    """Record a site as up to date.

    `read` are the stamps of all files of the content, `due` is when the next post is. `now` returns the
    answers that the pages were made from, which may differ for a file that was just saved.
    """
    outputs = {path: trace.stamp for path, trace in build_log.outputs.items()}
    asked = (
        question for question in build_log.given if question.startswith(("template:", "theme:", "read:"))
    )
    answers = {question: answer for question in asked if (answer := now(question)) is not None}
    moment = prepared.moment
    return UpToDate(
        recipe,
        content=hold(read),
        site=hold(outputs),
        files=answers,
        since=moment.at,
        until=next_change(prepared.everything, moment),
        next_due=due,
        pages=prepared.pages,
        diagnostics=msgspec.Raw(msgspec.json.encode(prepared.diagnostics)),
        left_out=left_out(prepared.site),
    )
