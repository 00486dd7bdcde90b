"""Old addresses: each alias becomes a page that leads to the new one.

So does each list that was published and has no posts any more: it leads to the archive.
"""

from __future__ import annotations

import re

from deskpress.model.address import problem_of
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.output import OutputSpec, path_of
from deskpress.model.site import Options, Site
from deskpress.plan.drafting import Draft, Owner
from deskpress.plan.feeds import FORMATS
from deskpress.plan.lists import TAXONOMIES
from deskpress.plan.urls import document_address

_FURTHER = re.compile(r"(.*)page/\d+/index\.html")


def plan_redirects(draft: Draft, site: Site) -> None:
    """Add a redirect page for each alias."""
    for document in site.documents:
        if not document.aliases:
            continue
        label = f"{site.options.content}/{document.path}"
        span = Span(label, document.line("aliases"))
        address = document_address(document, site.options)
        for alias in document.aliases:
            if path_of(alias) == path_of(address):
                draft.diagnostics.append(
                    Diagnostic(
                        span,
                        Severity.WARNING,
                        Kind.ADDRESS,
                        f"the alias /{alias} is the document's own address",
                        "remove it",
                    )
                )
                continue
            if is_of_lists(alias, site.options):
                problem = (
                    f"/{alias} is an address that Deskpress gives to feeds and to further pages of lists"
                )
                draft.error(span, problem, "leave this alias out")
                continue
            spec = OutputSpec(path_of(alias), "redirect", ("redirect", address), "deskpress/redirect.html")
            if draft.add(spec, Owner(f"the alias /{alias} of {label}", span)):
                draft.redirects[alias] = address


def is_of_lists(address: str, options: Options) -> bool:
    """Whether a feed, or a further page of a list, may come to lie at an address.

    A claim to it would keep others from publishing once the list is long enough, or the month has a post.
    """
    path = path_of(address)
    if path.rpartition("/")[2] in FORMATS.values():
        return True
    page = _FURTHER.fullmatch(path)
    return page is not None and any(
        re.fullmatch(re.escape(options.addresses[kind]).replace(r"\{slug\}", "[^/]+"), page[1])
        for kind in ("blog", *TAXONOMIES)
    )


def plan_promised(draft: Draft, site: Site) -> None:
    """Lead every list that was published, and has no posts any more, to the archive."""
    for address in site.promised:
        path = path_of(address)
        options = site.options.of(address)
        if problem_of(address) or draft.owner(path) or is_of_lists(address, options):
            continue
        archive = options.addresses["archive"]
        spec = OutputSpec(path, "redirect", ("redirect", archive), "deskpress/redirect.html")
        draft.edition = options.edition
        draft.add(spec, Owner(f"the former list /{address}"))
        draft.redirects[address] = archive
    draft.edition = ""
