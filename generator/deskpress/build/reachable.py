"""Finds pages that readers cannot reach: no other page of the site links to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from deskpress.build.reading import Reading
from deskpress.model.address import href
from deskpress.model.body import Reference
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.document import AnyDocument, Page, Post, RelatedLink
from deskpress.model.output import Plan
from deskpress.model.site import Site
from deskpress.plan.language_sites import language_sites
from deskpress.plan.odd import looks_like_post
from deskpress.render.linking import Linker
from deskpress.render.navigation import INDEXES, make_navigation
from deskpress.render.pieces import Link

_FEW = 5
"""So many pages of a folder are named one by one."""


def unreached(site: Site, plan: Plan, linker: Linker, readings: Mapping[str, Reading]) -> list[Diagnostic]:
    """A warning for each page that neither the navigation nor the footer nor a document links to."""
    pages = {spec.subject[1] for spec in plan if spec.kind == "page"}
    lonely = {linker.of_source[page.path]: page for page in _unnamed(site, linker, pages)}
    if lonely:
        for address in _linked(site, linker, readings, lonely.values()):
            lonely.pop(address, None)
    folders: dict[str, list[Page]] = {}
    for page in lonely.values():
        folders.setdefault(page.path.rpartition("/")[0], []).append(page)
    return [warning for item in folders.items() for warning in _warnings(site, *item)]


def _warnings(site: Site, folder: str, pages: Sequence[Page]) -> Iterator[Diagnostic]:
    """A warning for each page, or one for the folder if there are many: these are seldom an oversight."""
    content, file = site.options.content, site.options.config_file
    if len(pages) > _FEW:
        rest, meant = len(pages) - 1, f"{folder}/*" if folder else "*.md"
        problem = f"no page leads here, nor to {rest:,} other pages in `{content}/{folder or '.'}`"
        hint = f"add them to `nav` in {file}, link to them, or name `{meant}` in `not_in_nav` if meant"
        pages = pages[:1]
    else:
        problem = "no page leads here"
        hint = f"add it to `nav` in {file}, link to it, or name it in `not_in_nav` if that is meant"
    for page in pages:
        yield Diagnostic(Span(f"{content}/{page.path}"), Severity.WARNING, Kind.LINK, problem, hint)


def _unnamed(site: Site, linker: Linker, pages: set[str]) -> Iterator[Page]:
    """Those of `pages` that are in no navigation and no footer."""
    for language_site in language_sites(site):
        prefix = language_site.options.prefix

        def find(target: str, prefix: str = prefix) -> Link | None:
            path = next((one for one in (prefix + target, target) if one in linker.of_source), None)
            return None if path is None else Link(linker.titles[path], href(linker.of_source[path]))

        def address(document: AnyDocument) -> str:
            return linker.of_source[document.path]

        navigation = make_navigation(language_site, find, address)
        footer = {item.target.removeprefix("/") for item in language_site.options.footer}
        footer |= {link.href for target in footer if (link := find(target))}
        for page in language_site.pages:
            if page.path in pages and page.path not in site.unlisted:
                own = address(page)
                if looks_like_post(page):
                    continue  # reported where it lies
                if not navigation.holds(own) and not {own, href(own)} & footer:
                    yield page


def _linked(
    site: Site, linker: Linker, readings: Mapping[str, Reading], wanted: Iterable[Page]
) -> Iterator[str]:
    """The addresses that documents link to, with targets that may mean a page that is `wanted`."""
    names = "|".join(sorted({re.escape(_name(page)) for page in wanted}))
    may_mean = re.compile(names, re.I)
    for document in site.documents:
        targets = [reference.target for reference in readings[document.path].references]
        if isinstance(document, Post):
            targets += _related(document.links)
        for target in targets:
            if may_mean.search(target):
                found = linker.resolve(document, Reference("link", target), advise=False)
                if found.address not in (None, linker.of_source[document.path]):
                    yield str(found.address)


def _related(links: Iterable[RelatedLink]) -> Iterator[str]:
    for link in links:
        yield link.target
        yield from _related(link.children)


def _name(page: Page) -> str:
    """A text that every link to a page contains: the name of its file, or of its folder."""
    folder, _, name = page.path.rpartition("/")
    if page.slug:
        return page.slug
    return folder.rpartition("/")[2] if name in INDEXES else name.rpartition(".")[0]
