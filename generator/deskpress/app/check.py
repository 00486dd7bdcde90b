"""`deskpress check`: everything that is read, and what an editor should check."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from deskpress.app.loading import load
from deskpress.build.inputs import look
from deskpress.build.lock import lock
from deskpress.build.request import Project, Request
from deskpress.engine.cache_key import cache_key
from deskpress.engine.reads import NotLocalError
from deskpress.model.diagnostic import with_more
from deskpress.source.addresses import NAME as LOCK

if TYPE_CHECKING:
    from deskpress.build.pipeline import Prepared


def check(request: Request, shown: Collection[str] | None = None) -> Prepared:
    """Read everything; write nothing but the cache and, to fix it, `addresses.lock`.

    If paths are to be `shown`, the documents there, and the pages that list the newest, are rendered to see
    whether templates fail. Raises `ContentError` for mistakes in the configuration.
    """
    project = load(request)
    for remark in project.config.remarks:
        request.say(remark)
    try:
        return _checked(project, request, shown)
    except NotLocalError as error:
        return _checked(load(request, str(error)), request, shown)


def _checked(project: Project, request: Request, shown: Collection[str] | None) -> Prepared:
    from deskpress.build.address_lock import fix_lock
    from deskpress.build.cache import Cache
    from deskpress.build.pipeline import prepare

    inputs = look(project)
    folder = inputs.project.config.cache_dir
    held = lock(folder, request.say)
    try:
        cache = Cache.open(folder, cache_key(), clean=False)
        prepared = prepare(
            inputs, cache, jobs=request.jobs, progress=request.progress, tolerant=True, review="all"
        )
        if request.fix and (added := fix_lock(prepared, inputs.content.root)):
            request.say(f"{LOCK}: {added} line{'s' if added != 1 else ''} added")
        if shown is not None:
            from deskpress.build.update import failing_templates

            failing = failing_templates(inputs, prepared, shown)
            prepared = replace(prepared, diagnostics=with_more(prepared.diagnostics, failing))
        return reviewed(prepared, inputs.content.root, request.judging)
    finally:
        if held is not None:
            held.release()


def reviewed(prepared: Prepared, content: Path, judging: float | None) -> Prepared:
    """What was read, with all diagnostics for editors; `content` is the content folder.

    `judging` is the CPU time for judged queries, as in a `Request`.
    """
    from deskpress.app.judged import judge
    from deskpress.build.address_lock import lock_review
    from deskpress.build.pipeline import editorial

    more = (*editorial(prepared), *lock_review(prepared, content), *judge(prepared, judging))
    return replace(prepared, diagnostics=with_more(prepared.diagnostics, more))


def accepted(prepared: Prepared) -> Prepared:
    """What was checked, with what a server would also refuse when an editor pushes it."""
    from deskpress.app.push_warnings import acceptance

    more = acceptance(prepared, prepared.bodies.reader.root)
    return replace(prepared, diagnostics=with_more(prepared.diagnostics, more))
