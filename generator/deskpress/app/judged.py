"""Whether the queries that editors judged still find their pages."""

from __future__ import annotations

from deskpress.build.pipeline import Prepared
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.plan.lists import Named
from deskpress.render.query import Index
from deskpress.render.records import Records
from deskpress.source.searchfiles import QUERIES
from deskpress.source.terms import stemmer


def index_of(records: Records) -> Index:
    """The search's index of a site in one language."""
    return Index(records, stemmer(records.site.options.language))


def judge(prepared: Prepared) -> list[Diagnostic]:
    """The judged queries whose page does not come first."""
    return [found for records in prepared.records.values() for found in _judge(records)]


def _judge(records: Records) -> list[Diagnostic]:
    options = records.site.options
    judgments = records.files.judgments
    if not judgments or not options.search:
        return []
    index = index_of(records)
    label = f"{options.content}/{options.prefix}{QUERIES}"
    found = []
    named = Named(records.site)
    for judgment in judgments:
        wanted = named.find(judgment.page)
        hits = index.search(judgment.query)
        if wanted is None:
            problem, hint = f"`{judgment.page}` is not a page of the site", "correct it, or remove the entry"
        elif not hits:
            problem, hint = f"`{judgment.query}` finds nothing", "add a synonym, or the words to the page"
        elif hits[0].path == wanted.path:
            continue
        else:
            problem = f"`{judgment.query}` finds {hits[0].path} first, not {wanted.path}"
            hint = f'`deskpress search --why "{judgment.query}"` tells why'
        found.append(Diagnostic(Span(label, judgment.line), Severity.ERROR, Kind.SEARCH, problem, hint))
    return found
