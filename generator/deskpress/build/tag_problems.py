"""Mistakes in the tags of a site's documents, and in the listings of tags in them."""

from __future__ import annotations

from deskpress.compat.native.tag_directives import UNCONFIGURED
from deskpress.compat.native.tags import Tagged, problems, too_many
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.site import Site
from deskpress.source.report import Report


def tag_problems(site: Site) -> list[Diagnostic]:
    """Tags and directives that Material's plug-in `tags` refuses; without the plug-in they are allowed.

    Too many listings are always an error: a few lines could list the names of any number of pages.
    """
    configured = site.options.addons.tags
    tags = configured or UNCONFIGURED
    tagged_ones = [d for d in site.documents if d.tags or d.listings]
    documents = [Tagged(d.path, "", d.title, d.tags, d.listings) for d in tagged_ones]
    if many := too_many(documents, tags):
        report = Report(f"{site.options.content}/{many[0]}")
        report.error(Kind.CONTENT, many[1], "keep fewer, and narrow them by `scope` or `include`")
        return report.found
    found = []
    for document, tagged in zip(tagged_ones, documents, strict=True):
        report = Report(f"{site.options.content}/{document.path}")
        tell = report.error if configured else report.warning
        for key, problem in problems(tagged, tags):
            tell(Kind.FRONT_MATTER, problem, line=document.line(key) if key else 1)
        found += report.found
    return found
