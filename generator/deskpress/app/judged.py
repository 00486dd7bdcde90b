"""Checks whether the judged queries of editors still find their pages."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable

from deskpress.build.pipeline import Prepared
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.search import Judgment
from deskpress.plan.lists import Named
from deskpress.plan.search import made_pages
from deskpress.render.query import Index
from deskpress.render.records import Records
from deskpress.source.searchfiles import QUERIES

JUDGING = 15
"""The limit for all judged queries, in multiples of that for one document: a minute by default."""


class _JudgingTimeError(Exception):
    """The CPU time for judged queries is used up."""


def index_of(records: Records) -> Index:
    """The search's index of a site in one language."""
    return Index.of(records)


def wanted_paths(records: Records, judgments: Iterable[Judgment]) -> list[tuple[Judgment, str]]:
    """Each judgment with the path of its page, as the index has it; empty if the site has no such page."""
    named, made = Named(records.site), made_pages(records.site)
    found = []
    for judgment in judgments:
        document = named.find(judgment.page)
        path = document.path if document else judgment.page if judgment.page in made else ""
        found.append((judgment, path))
    return found


def judge(prepared: Prepared, seconds: float | None = None) -> list[Diagnostic]:
    """The judged queries whose page does not come first.

    After that many `seconds` of CPU time a warning says how many were not judged; 0 judges none, None sets no
    limit.
    """
    if seconds == 0:
        return []
    end = math.inf if seconds is None else time.process_time() + seconds

    def check() -> None:
        if time.process_time() > end:
            raise _JudgingTimeError

    return [found for records in prepared.records.values() for found in _judge(records, check)]


def _judge(records: Records, check: Callable[[], None]) -> list[Diagnostic]:
    options = records.site.options
    judgments = records.files.judgments
    if not judgments or not options.search:
        return []
    label = f"{options.content}/{options.prefix}{QUERIES}"
    found = []
    index = Index.of(records, check)
    for number, (judgment, wanted) in enumerate(wanted_paths(records, judgments)):
        try:
            hits = index.search(judgment.query)
        except _JudgingTimeError:
            rest = len(judgments) - number
            problem = f"{rest} quer{'ies were' if rest > 1 else 'y was'} not judged: that takes too long"
            hint = "keep fewer queries here, or fewer synonyms for their words"
            found.append(Diagnostic(Span(label, judgment.line), Severity.WARNING, Kind.SEARCH, problem, hint))
            break
        if not wanted:
            problem, hint = f"`{judgment.page}` is not a page of the site", "correct it, or remove the entry"
        elif not hits:
            problem, hint = f"`{judgment.query}` finds nothing", "add a synonym, or the words to the page"
        elif hits[0].path == wanted:
            continue
        else:
            problem = f"`{judgment.query}` finds {hits[0].path} first, not {wanted}"
            hint = f'`deskpress search --why "{judgment.query}"` shows why'
        found.append(Diagnostic(Span(label, judgment.line), Severity.ERROR, Kind.SEARCH, problem, hint))
    return found
