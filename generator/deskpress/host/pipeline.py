"""Walks content through the rooms up to the point where outputs can be rendered.

Both ways in, `mkdocs build` and `deskpress build`, come through here, so everything that is wrong
with content is known before the first byte is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from pathspec.gitignore import GitIgnoreSpec

from deskpress.host.cache import Cache
from deskpress.host.contract import has_template
from deskpress.host.options import ConfigReport
from deskpress.host.readings import Bodies, Reader, Reading, link_all, read_all
from deskpress.host.recipes import reading_recipe
from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, errors
from deskpress.model.document import Author, Withheld
from deskpress.model.output import Plan
from deskpress.model.site import Moment, NavItem, Options, Site, newest_first
from deskpress.plan.due import due
from deskpress.plan.lists import Lists, make_lists
from deskpress.plan.make import make_plan
from deskpress.plan.review import review, unknown_references
from deskpress.render.library import Library
from deskpress.render.linking import Linker
from deskpress.source.authors import read_authors
from deskpress.source.dates import zone
from deskpress.source.fields import nearest
from deskpress.source.markdown import Converter
from deskpress.source.read import Context
from deskpress.source.report import Report
from deskpress.source.scan import Found, scan

Progress = Callable[[str, int], Callable[[int], None]]
"""`progress(what, total)` begins a stage and gives the function to call as work is done."""


def no_progress(what: str, total: int) -> Callable[[int], None]:
    """Says nothing."""
    return lambda done: None


@dataclass(frozen=True, slots=True)
class Prepared:
    """Read, converted, planned and linked: ready to render. Diagnostics are sorted.

    `everything` is the site before time and drafts were considered, `site` what is published.
    """

    everything: Site
    site: Site
    lists: Lists
    plan: Plan
    linker: Linker
    readings: dict[str, Reading]
    bodies: Bodies
    diagnostics: tuple[Diagnostic, ...]

    @property
    def pages(self) -> int:
        """How many pages readers can open; redirects are none."""
        return sum(1 for spec in self.plan if spec.template and spec.kind != "redirect")

    @property
    def library(self) -> Library:
        """The door for views."""
        return Library(self.site, self.plan, self.lists, self.linker, self.bodies)


def prepare(
    config: MkDocsConfig,
    options: Options,
    moment: Moment,
    theme_assets: list[str],
    cache: Cache,
    *,
    jobs: int = 1,
    progress: Progress = no_progress,
    editorial: bool = False,
    strict: bool = False,
) -> Prepared:
    """Do everything short of rendering. Raises `ContentError` when content forbids publishing.

    With `editorial`, also look for what can be published but wants an editor's eye.
    """
    root = Path(config.docs_dir)
    found = scan(root, options.content, _excluded(config, options))
    authors, diagnostics = _authors(root, options, config)
    context = Context(options, zone(options.timezone), authors)
    drafts = config.draft_docs
    patterns = [pattern.pattern for pattern in drafts.patterns] if drafts else []
    reader = Reader(
        root=root,
        context=context,
        converter=Converter(config.markdown_extensions, config.mdx_configs),
        moment=moment,
        recipe=reading_recipe(config, options, authors, [str(p) for p in patterns]),
        is_draft=(lambda path: bool(drafts.match_file(path))) if drafts else (lambda path: False),
    )
    readings = read_all(reader, found.documents, cache.readings, cache.shelf, jobs, progress)
    everything, site = assemble(options, readings, found, authors, moment)
    lists = make_lists(site)
    plan, planning = make_plan(site, lists, theme_assets)
    linker = Linker(site, plan, {path: frozenset(r.ids) for path, r in readings.items()})
    bodies = Bodies(readings, reader, cache.shelf, linker)
    published = {document.path: document for document in site.documents}
    link_all(readings, bodies, linker, published)
    cache.save_readings(readings)
    diagnostics += [*found.diagnostics, *planning]
    for path, reading in readings.items():
        diagnostics += reading.diagnostics
        if path in published:
            diagnostics += reading.linked.diagnostics if reading.linked else ()
            diagnostics += linker.related_warnings(published[path])
            diagnostics += reading.editorial if editorial else ()
    diagnostics += unknown_references(site)
    diagnostics += missing_templates(site, config)
    diagnostics += _navigation_warnings(config, options, linker)
    if editorial:
        diagnostics += review(site, lists, moment.at.astimezone(context.timezone).date())
    diagnostics = sorted(set(diagnostics))
    if not editorial and errors(diagnostics, strict=strict):
        raise ContentError(diagnostics)
    return Prepared(everything, site, lists, plan, linker, readings, bodies, tuple(diagnostics))


def assemble(
    options: Options, readings: dict[str, Reading], found: Found, authors: dict[str, Author], moment: Moment
) -> tuple[Site, Site]:
    """All that could be read, and what of it is published at `moment`."""
    everything = Site(
        options,
        posts=newest_first([r.post for r in readings.values() if r.post]),
        topics=tuple(r.topic for r in readings.values() if r.topic),
        pages=tuple(r.page for r in readings.values() if r.page),
        assets=found.assets,
        authors=authors,
    )
    site = due(everything, moment)
    broken: dict[str, Withheld] = {path: "broken" for path, r in readings.items() if r.document is None}
    return everything, replace(site, withheld={**site.withheld, **broken})


def _authors(
    root: Path, options: Options, config: MkDocsConfig
) -> tuple[dict[str, Author], list[Diagnostic]]:
    """The first of the places where `.authors.yml` may lie: given, with the posts, above them."""
    above = options.posts_dir.rpartition("/")[0]
    places = [f"{options.posts_dir}/.authors.yml", f"{above}/.authors.yml".lstrip("/")]
    for place in [options.authors_file] if options.authors_file else dict.fromkeys(places):
        path = root / place
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            label = f"{options.content}/{place}"
            authors, diagnostics = read_authors(path.read_bytes(), label, options.max_document_size)
            return authors, list(diagnostics)
    if options.authors_file:
        report = ConfigReport(config)
        problem = f"`{options.authors_file}` does not exist"
        report.error("authors_file", problem, "it is sought in the content folder")
        return {}, report.found
    return {}, []


def _excluded(config: MkDocsConfig, options: Options) -> Callable[[str], bool]:
    """What MkDocs leaves out: hidden files, `templates/`, `exclude_docs`; and the authors' data."""
    lines = [".*", "/templates/", *([f"/{options.authors_file}"] if options.authors_file else [])]
    patterns = GitIgnoreSpec.from_lines(lines)
    if config.exclude_docs:
        patterns += config.exclude_docs
    return lambda path: bool(patterns.match_file(path))


def missing_templates(site: Site, config: MkDocsConfig) -> list[Diagnostic]:
    """Documents that ask for a template which the site does not have."""
    found = []
    for document in site.documents:
        if document.template and not has_template(config, document.template):
            report = Report(f"{site.options.content}/{document.path}")
            report.error(
                Kind.FRONT_MATTER,
                f"there is no template `{document.template}`",
                "put it into the theme's `custom_dir`, or leave the key out for the usual one",
                line=document.line("template"),
            )
            found += report.found
    return found


def _navigation_warnings(config: MkDocsConfig, options: Options, linker: Linker) -> list[Diagnostic]:
    """Entries of `nav` and `footer` that lead nowhere."""
    report = ConfigReport(config)

    def check(items: tuple[NavItem, ...]) -> None:
        for item in items:
            check(item.children)
            target = item.target
            external = "://" in target or target.startswith(("mailto:", "#", "//"))
            known = target.removeprefix("/") in linker.known or target in linker.of_source
            if target and not external and not known:
                choices = [*linker.of_source, *(f"/{address}" for address in linker.known)]
                like = nearest(target, choices)
                hint = f"the nearest is `{like}`" if like else ""
                report.warning(target, f"the navigation leads to `{target}`, which does not exist", hint)

    check(options.nav)
    check(options.footer)
    return report.found
