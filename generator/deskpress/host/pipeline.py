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

from deskpress.engine.pool import fork_map
from deskpress.host.contract import has_template
from deskpress.host.options import ConfigReport
from deskpress.model.body import Body, Converted
from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, errors
from deskpress.model.document import AnyDocument, Author, Page, Post, Topic, Withheld
from deskpress.model.output import Plan
from deskpress.model.site import Moment, NavItem, Options, Site, newest_first
from deskpress.plan.due import due, why_withheld
from deskpress.plan.lists import Lists, make_lists
from deskpress.plan.make import make_plan
from deskpress.plan.review import review, unknown_references
from deskpress.render.library import Library
from deskpress.render.linking import Linker, alt_text_warnings
from deskpress.source.authors import read_authors
from deskpress.source.dates import zone
from deskpress.source.fields import nearest
from deskpress.source.markdown import Converter, NestingError
from deskpress.source.read import Context, read
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
    converted: dict[str, Converted]
    bodies: dict[str, Body]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def library(self) -> Library:
        """The door for views."""
        return Library(self.site, self.plan, self.lists, self.bodies)


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, read and converted."""

    path: str
    document: AnyDocument | None
    converted: Converted | None
    diagnostics: tuple[Diagnostic, ...]


def prepare(
    config: MkDocsConfig,
    options: Options,
    moment: Moment,
    theme_assets: list[str],
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
    converter = Converter(config.markdown_extensions, config.mdx_configs)

    is_draft = _drafts(config)

    def work(path: str) -> Reading:
        return read_one(root, path, context, converter, moment, draft=is_draft(path))

    tick = progress("Reading", len(found.documents))
    readings = fork_map(work, found.documents, jobs, tick)
    diagnostics = [*found.diagnostics, *diagnostics]
    for reading in readings:
        diagnostics += reading.diagnostics
    everything, site = assemble(options, readings, found, authors, moment)
    lists = make_lists(site)
    plan, planning = make_plan(site, lists, theme_assets)
    diagnostics += planning
    converted = {r.path: r.converted for r in readings if r.converted}
    linker = Linker(site, plan, {path: c.ids for path, c in converted.items()})
    bodies = {}
    for document in site.documents:
        body, problems = linker.link(document, converted[document.path])
        bodies[document.path] = body
        diagnostics += problems
        diagnostics += linker.related_warnings(document)
        if editorial:
            diagnostics += alt_text_warnings(site, document, converted[document.path])
    diagnostics += unknown_references(site)
    diagnostics += missing_templates(site, config)
    diagnostics += _navigation_warnings(config, options, linker)
    if editorial:
        diagnostics += review(site, lists, moment.at.astimezone(context.timezone).date())
    prepared = Prepared(
        everything, site, lists, plan, linker, converted, bodies, tuple(sorted(set(diagnostics)))
    )
    if not editorial and errors(prepared.diagnostics, strict=strict):
        raise ContentError(prepared.diagnostics)
    return prepared


def read_one(
    root: Path, path: str, context: Context, converter: Converter, moment: Moment, *, draft: bool = False
) -> Reading:
    """Read one file, and convert it if it is going to be published; `draft` makes it one."""
    label = f"{context.options.content}/{path}"
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        report = Report(label)
        report.error(Kind.CONTENT, f"the file cannot be read: {error.strerror}")
        return Reading(path, None, None, tuple(report.found))
    document, diagnostics = read(path, data, context)
    if document and draft:
        document = replace(document, draft=True)
    if document is None or why_withheld(document, moment):
        return Reading(path, document, None, diagnostics)
    try:
        return Reading(path, document, converter.convert(document.text), diagnostics)
    except NestingError as error:
        report = Report(label, document.text)
        report.error(
            Kind.CONTENT,
            "lists, quotes or brackets nest too deeply",
            "use fewer levels; a few are all that readers can follow",
            line=error.line + 1,
        )
        mended = [
            replace(d, span=replace(d.span, line=d.span.line + document.text_line - 1)) for d in report.found
        ]
        return Reading(path, None, None, (*diagnostics, *mended))


def assemble(
    options: Options, readings: list[Reading], found: Found, authors: dict[str, Author], moment: Moment
) -> tuple[Site, Site]:
    """All that could be read, and what of it is published at `moment`."""
    documents = [
        r.document
        for r in readings
        if r.document is not None and (r.converted or why_withheld(r.document, moment))
    ]
    everything = Site(
        options,
        posts=newest_first([d for d in documents if isinstance(d, Post)]),
        topics=tuple(d for d in documents if isinstance(d, Topic)),
        pages=tuple(d for d in documents if isinstance(d, Page)),
        assets=found.assets,
        authors=authors,
    )
    site = due(everything, moment)
    broken: dict[str, Withheld] = {r.path: "broken" for r in readings if r.document is None}
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


def _drafts(config: MkDocsConfig) -> Callable[[str], bool]:
    patterns = config.draft_docs
    return (lambda path: bool(patterns.match_file(path))) if patterns else (lambda path: False)


def missing_templates(site: Site, config: MkDocsConfig) -> list[Diagnostic]:
    """Documents that ask for a template which neither the site nor a theme has."""
    found = []
    for document in site.documents:
        if document.template and not has_template(config, document.template):
            report = Report(f"{site.options.content}/{document.path}")
            report.error(
                Kind.FRONT_MATTER,
                f"there is no template `{document.template}`",
                "leave the key out for the usual one",
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
