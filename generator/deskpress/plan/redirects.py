"""Redirects: each alias becomes a page that leads to the new address.

So does the address of each published list that has no posts any more: it leads to the archive.
"""

from __future__ import annotations

from collections import Counter
from math import ceil

from deskpress.model.address import problem_of
from deskpress.model.address_patterns import DEFAULT_ADDRESSES
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.document import MARKDOWN, Post
from deskpress.model.output import OutputSpec, Subject, address_of, path_of
from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import Site
from deskpress.plan.drafting import Draft, Owner, owner_of
from deskpress.plan.feeds import FEED_FILES
from deskpress.plan.urls import document_address, month_address, named_address, page_address, year_address

_NO_LIST = lazy_pattern(rf"(?:^|/)(?:page/[0-9]+/|index\.html/|(?:{FEED_FILES})(?:/|$))")
"""Paths of feeds and of further pages, and paths below a page: there was never a list."""

_FURTHER = lazy_pattern(r"(?<=/)page/[0-9]+/$")


def plan_redirects(draft: Draft, site: Site) -> None:
    """Add a redirect page for each alias, and for pages that Material's blog has at other addresses."""
    for further, first in further_pages(site).items():
        _lead(draft, further, first, Owner(f"a further page of /{first}"))
    for document in site.documents:
        if isinstance(document, Post) and (named := named_address(document, site.options)):
            _lead(draft, named, document_address(document, site.options), owner_of(site, document))
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
            _lead(draft, alias, address, Owner(f"the alias /{alias} of {label}", span))


def further_pages(site: Site) -> dict[str, str]:
    """The further pages of years and months, which have one page here, each with that.

    Only if a site sets the address of further pages: it may come from Material's blog, which has them.
    """
    patterns = site.options.addresses
    moved = [
        kind for kind in ("year", "month") if patterns[kind] != site.options.prefix + DEFAULT_ADDRESSES[kind]
    ]
    counts: Counter[str] = Counter()
    for post in site.posts if moved else ():
        if "year" in moved:
            counts[year_address(post.created.year, patterns)] += 1
        if "month" in moved:
            counts[month_address(post.month, patterns)] += 1
    return {
        page_address(address, number): address
        for address, posts in sorted(counts.items())
        for number in range(2, ceil(posts / site.options.posts_per_page) + 1)
    }


def _lead(draft: Draft, old: str, address: str, owner: Owner) -> None:
    """Add a page at an `old` address that leads to another."""
    spec = OutputSpec(path_of(old), "redirect", ("redirect", address), "deskpress/redirect.html")
    if draft.add(spec, owner):
        draft.redirects[old] = address


def plan_moved(draft: Draft, site: Site) -> None:
    """Add a redirect page for each old address in `redirects` of the configuration.

    Most are those of lists and other pages without a file, which cannot have an alias.
    """
    gone, span = {path_of(address) for address in site.gone}, Span(site.options.config_file)
    for old, named in site.options.redirects.items():
        # Readers are redirected only once, not from page to page.
        new = _still_there(draft, site, draft.redirects.get(named, named))
        there = draft.outputs.get(path_of(new))
        if there is None and path_of(new) in gone:
            problem = f"redirects: /{old} leads to /{new}, which has expired"
            hint = "name another page, or leave it: both are answered as gone"
            draft.diagnostics.append(Diagnostic(span, Severity.WARNING, Kind.EXPIRED, problem, hint))
        elif there is None or there.kind == "redirect":
            problem = f"redirects: /{old} leads to /{new}, which does not exist"
            hint = "name the address of a page"
            draft.diagnostics.append(Diagnostic(span, Severity.WARNING, Kind.ADDRESS, problem, hint))
        elif draft.owner(path_of(old)) is not None:
            problem = f"redirects: /{old} is the address of a page"
            hint = "remove it from `redirects`"
            draft.diagnostics.append(Diagnostic(span, Severity.WARNING, Kind.ADDRESS, problem, hint))
        else:
            _lead(draft, old, new, Owner(f"the old address /{old}"))


def _still_there(draft: Draft, site: Site, new: str) -> str:
    """The target of an old address of a list that has become shorter: the first page, else the archive."""
    first = _FURTHER.sub("", new)
    for address in (new, first):
        if path_of(address) in draft.outputs:
            return address
    return site.options.of(first).addresses["archive"] if first in site.promised else new


def plan_redirect_maps(draft: Draft, site: Site) -> None:
    """Add the redirects of the plug-in `redirects`: a page for each old file that leads to a new one.

    If a page has the address of the old file, it stays.
    """
    addresses = {document.path: document_address(document, site.options) for document in site.documents}
    # Of two old files with the same address the last counts, as in the plug-in.
    wanted = {path_of_file(old): (old, target) for old, target in site.options.addons.redirects}
    made: dict[str, Subject] = {}
    for path, (old, target) in wanted.items():
        file, _, fragment = target.partition("#")
        if target.lower().startswith(("http://", "https://")):
            subject: Subject = ("redirect", target, "", "external")
        elif file in addresses:
            subject = ("redirect", addresses[file], fragment)
        else:
            continue  # reported when the configuration is read
        if problem_of(address_of(path)):
            continue
        spec = OutputSpec(path, "redirect", subject, "deskpress/redirect.html")
        if made.get(path.casefold()) == subject:
            # Old addresses that differ in case lead to the same page.
            draft.outputs[path] = spec
        elif draft.owner(path) or not draft.add(spec, Owner(f"the redirect of {old}")):
            continue
        made[path.casefold()] = subject
        if not fragment and len(subject) == 3:
            draft.redirects[address_of(path)] = subject[1]


def path_of_file(source: str) -> str:
    """The path in the site that MkDocs gives a file of the content (`File.dest_uri`)."""
    stem, dot, ending = source.rpartition(".")
    if not dot or f".{ending.lower()}" not in MARKDOWN:
        return source
    folder, slash, name = stem.rpartition("/")
    return f"{folder}{slash}index.html" if name in ("index", "README") else f"{stem}/index.html"


def plan_files(draft: Draft, site: Site) -> None:
    """Redirect `a.html` to the page at `a/`: the address that `use_directory_urls: false` gives it in MkDocs.

    The old addresses of the plug-in `redirects` are such files, too. A document or an alias at such a place
    is an error, unless it leads to the same page: it would take what was published from another document.
    A file of the site's own stays: editors publish no HTML.
    """
    if not site.options.page_files:
        return
    old = {path_of_file(source) for source, _ in site.options.addons.redirects}
    for path, spec in [*draft.outputs.items()]:
        file = f"{path.removesuffix('/index.html')}.html"
        is_page = spec.template and (spec.kind != "redirect" or path in old)
        if not (is_page and path.endswith("/index.html")):
            continue
        taken = draft.owner(file)
        own = file in draft.outputs and draft.outputs[file].kind == "asset"
        if taken and taken.span and not own and draft.redirects.get(file) != spec.address:
            problem = f"{taken.name} takes the address /{file}, which leads to /{spec.address}"
            draft.error(taken.span, problem, "give it another `slug`, file name or alias")
        elif taken is None:
            subject = spec.subject if spec.kind == "redirect" else ("redirect", spec.address)
            draft.language_dir = spec.language_dir
            draft.add(OutputSpec(file, "redirect", subject, "deskpress/redirect.html"), Owner(f"/{file}"))
            if len(subject) == 2:
                draft.redirects[file] = spec.address
    draft.language_dir = ""


def plan_promised(draft: Draft, site: Site) -> None:
    """Redirect every published list without posts to the archive."""
    for address in site.promised:
        path = path_of(address)
        options = site.options.of(address)
        if problem_of(address) or draft.owner(path) or _NO_LIST.search(path):
            continue
        archive = options.addresses["archive"]
        spec = OutputSpec(path, "redirect", ("redirect", archive), "deskpress/redirect.html")
        draft.language_dir = options.language_dir
        draft.add(spec, Owner(f"the former list /{address}"))
        draft.redirects[address] = archive
    draft.language_dir = ""
