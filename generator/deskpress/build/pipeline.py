"""Processes content up to the point where outputs can be rendered.

Both `mkdocs build` and `deskpress build` use this, so every mistake in content is known before the first byte
is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from deskpress.build.amount import refuse_many
from deskpress.build.bodies import Bodies, StoredSearchRecords, link_all
from deskpress.build.cache import Cache, CachedReadings, KeptPlan
from deskpress.build.config import SiteConfig
from deskpress.build.config_warnings import languages_without_words, navigation_warnings, redirect_warnings
from deskpress.build.content import Content
from deskpress.build.images import look_at_all, measured, picture_warnings
from deskpress.build.inputs import Inputs
from deskpress.build.reachable import unreached
from deskpress.build.reader import Reader, read_all
from deskpress.build.reading import Reading
from deskpress.build.request import Progress, Reviewed, no_progress
from deskpress.build.reviewing import review_all
from deskpress.build.rules import dialect_of, known_rules, make_converter
from deskpress.build.snippets import Snippets
from deskpress.build.tag_problems import tag_problems
from deskpress.build.unknown_keys import told_once
from deskpress.engine.fingerprint import digest, fingerprint
from deskpress.engine.stamps import Stamp, stamp
from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, errors, in_order
from deskpress.model.document import Withheld
from deskpress.model.output import Plan
from deskpress.model.site import Asset, Moment, Options, Site, latest_first, newest_first
from deskpress.plan.due import due
from deskpress.plan.language_sites import language_sites
from deskpress.plan.lists import Lists
from deskpress.plan.make import make_plan
from deskpress.plan.odd import large_pictures, odd_dates, odd_places, office_files, updates_ahead
from deskpress.plan.review import review, unknown_references
from deskpress.plan.urls import placed
from deskpress.render.library import Library, make_libraries
from deskpress.render.linking import Linker
from deskpress.render.made_pages import made_records
from deskpress.render.records import Records
from deskpress.source.dates import zone
from deskpress.source.lexicon import terms_in
from deskpress.source.read import Context
from deskpress.source.report import Report
from deskpress.source.versions import tools
from deskpress.templating.theme import has_template


class Prepared(Struct, frozen=True):
    """Read, converted, planned and linked: ready to render. Diagnostics are sorted.

    `everything` is the site before time and drafts were considered, `site` what is published, `structure` the
    fingerprint of all of it except the bodies. `records` are by language, the main one's under an empty name.
    """

    everything: Site
    site: Site
    structure: str
    plan: Plan
    linker: Linker
    readings: dict[str, Reading]
    assets: dict[str, Stamp]
    bodies: Bodies
    records: Mapping[str, Records]
    diagnostics: tuple[Diagnostic, ...]
    moment: Moment
    strict: bool = False

    @property
    def pages(self) -> int:
        """How many pages readers can open, without redirects."""
        return sum(1 for spec in self.plan if spec.template and spec.kind not in ("redirect", "gone"))

    @property
    def library(self) -> Library:
        """The interface for views."""
        sites = language_sites(self.site)
        return make_libraries(sites, self.plan, self.linker, self.bodies, self.records)


def prepare(
    inputs: Inputs,
    cache: Cache,
    *,
    jobs: int = 1,
    progress: Progress = no_progress,
    tolerant: bool = False,
    review: Reviewed = "nothing",
    meanwhile: Callable[[], None] = lambda: None,
) -> Prepared:
    """Do everything before rendering; something may be prepared `meanwhile`.

    The readings include what only `check` reports, depending on `review`. Raises `ContentError` if mistakes
    in the content prevent publishing, unless it is to be `tolerant`.
    """
    config, options, moment = inputs.project.config, inputs.project.options, inputs.moment
    content, theme_assets = inputs.content, sorted(inputs.theme)
    found, authors = content.found, content.authors
    languages = (options, *options.other_languages)
    converter = make_converter(config)
    context = Context(
        options,
        zone(options.timezone),
        authors,
        converter.heading_text,
        content.defaults,
        content.commits,
        content.newest,
        converter.heading_id,
    )
    drafts = config.drafts
    reader = Reader(
        root=content.root,
        context=context,
        converter=converter,
        moment=moment,
        recipe=content.recipe,
        is_draft=(lambda path: bool(drafts.match_file(path))) if drafts else (lambda path: False),
        rules=(*known_rules(), *options.rules),
        terms={one.language_dir: terms_in(one.language) for one in languages} if options.search else {},
        limit=inputs.project.limit,
        dialect=dialect_of(config),
        snippets=Snippets.of(config),
        events=config.events,
        reviews=review != "nothing",
    )
    readings = read_all(reader, found.documents, cache.read.documents, cache.blobs, jobs, progress, meanwhile)
    if review == "all":
        readings = review_all(reader, readings, cache.blobs, jobs, progress)
    assets = {
        path: stamp(content.root / path, status, cache.read.assets.get(path))
        for path, status in found.asset_statuses.items()
    }
    pictures = look_at_all(content.root, assets, cache.read.pictures, jobs)
    everything, site = assemble(options, readings, content, measured(found.assets, pictures), moment)
    if config.unlisted:
        unlisted = config.unlisted
        left_out = frozenset(page.path for page in site.pages if unlisted.match_file(page.path))
        site = replace(site, unlisted=left_out)
    structure = _structure(site, readings, theme_assets)
    anchors = {path: r.ids for path, r in readings.items()}
    kept, linker = plan_of(structure, site, theme_assets, anchors, cache, inputs.project.most_files)
    bodies = Bodies(readings, reader, cache.blobs, linker)
    published = {document.path: document for document in site.documents}
    link_all(readings, bodies, linker, fingerprint((kept.book, anchors)), published, jobs)
    cache.save_read(CachedReadings(readings, assets, pictures))
    diagnostics = [*content.diagnostics, *found.diagnostics, *kept.diagnostics]
    diagnostics += picture_warnings(pictures, options.content)
    for path, reading in readings.items():
        diagnostics += reading.diagnostics
        if path in published:
            diagnostics += reading.inside
            diagnostics += reading.linked.diagnostics if reading.linked else ()
    for post in site.posts:
        if post.links:
            diagnostics += linker.related_warnings(post)
    diagnostics += missing_templates(site, config)
    diagnostics += tag_problems(site)
    diagnostics += navigation_warnings(config, linker)
    diagnostics += unreached(site, kept.plan, linker, readings)
    diagnostics += redirect_warnings(config, linker)
    diagnostics += languages_without_words(config)
    diagnostics += inputs.project.odd
    told = told_once(in_order(diagnostics), config.keys)
    if not tolerant and errors(told, strict=config.strict and not inputs.project.lenient, by_time=False):
        raise ContentError(told)
    marks = {path: r.mark for path, r in readings.items() if r.mark}
    made = {
        path: data
        for language_site in language_sites(site)
        for path, data in made_records(language_site).items()
    }
    marks |= {path: digest(data) for path, data in made.items()}
    recorded = StoredSearchRecords(readings, reader, cache.blobs, made)
    records = {
        language_site.options.language_dir: Records(
            language_site, recorded, marks, content.search[language_site.options.language_dir]
        )
        for language_site in language_sites(site)
    }
    return Prepared(
        everything,
        site,
        structure,
        kept.plan,
        linker,
        readings,
        assets,
        bodies,
        records,
        told,
        moment,
        config.strict,
    )


def editorial(prepared: Prepared) -> list[Diagnostic]:
    """Warnings about content that can be published but should be checked by an editor."""
    site = prepared.site
    found: list[Diagnostic] = []
    for language_site in language_sites(site):
        found += review(language_site, Lists(language_site), prepared.moment.today)
    for document in site.documents:
        found += prepared.readings[document.path].editorial or ()
    if not prepared.moment.future:
        found += odd_dates(prepared.everything, prepared.moment.today)
        found += updates_ahead(site, prepared.moment.today)
    found += odd_places(site)
    found += large_pictures(site)
    found += office_files(site, (r.target for one in prepared.readings.values() for r in one.references))
    return found


def _structure(site: Site, readings: Mapping[str, Reading], theme_assets: list[str]) -> str:
    """The fingerprint of everything that the plan and the lists are made from, without bodies."""
    heads = [(document.path, readings[document.path].head) for document in site.documents]
    updates = [notice.updates for notice in site.notices]
    now = (
        site.committed,
        site.commits,
        site.newest,
        site.overdue,
        site.standing,
        site.gone,
        sorted(site.former),
        site.promised,
        sorted(site.unlisted),
        updates,
    )
    return fingerprint((tools(), site.options, heads, site.assets, site.withheld, now, theme_assets))


def plan_of(
    structure: str,
    site: Site,
    theme_assets: list[str],
    anchors: Mapping[str, str],
    cache: Cache,
    most_files: int = 0,
) -> tuple[KeptPlan, Linker]:
    """The plan, from memory if nothing that it is made from has changed, and who links by it.

    Raises `ContentError` for more than `most_files`, unless that is 0.
    """
    if kept := cache.plan(structure):
        refuse_many(site, most_files, len(kept.plan))
        return kept, Linker(site, kept.plan, anchors)
    refuse_many(site, most_files)
    plan, found = make_plan(site, theme_assets)
    refuse_many(site, most_files, len(plan))
    for language_site in language_sites(site):
        found += unknown_references(language_site)
    linker = Linker(site, plan, anchors)
    kept = KeptPlan(structure, plan, fingerprint(linker.book), tuple(found))
    cache.save_plan(kept)
    return kept, linker


def assemble(
    options: Options,
    readings: dict[str, Reading],
    content: Content,
    assets: tuple[Asset, ...],
    moment: Moment,
) -> tuple[Site, Site]:
    """Everything that was read, and the part of it that is published at `moment`."""
    everything = Site(
        options,
        posts=newest_first([r.post for r in readings.values() if r.post]),
        topics=tuple(r.topic for r in readings.values() if r.topic),
        pages=tuple(r.page for r in readings.values() if r.page),
        notices=latest_first([r.notice for r in readings.values() if r.notice]),
        assets=placed(assets, options),
        authors=content.authors,
        committed=content.committed,
        commits=content.commits,
        newest=content.newest,
        promised=content.lists,
    )
    site = due(everything, moment)
    broken: dict[str, Withheld] = {path: "broken" for path, r in readings.items() if r.document is None}
    return everything, replace(site, withheld={**site.withheld, **broken})


def missing_templates(site: Site, config: SiteConfig) -> list[Diagnostic]:
    """Documents with a template that the site does not have."""
    found = []
    for document in site.documents:
        if document.template and not has_template(config.theme, document.template):
            report = Report(f"{site.options.content}/{document.path}")
            report.error(
                Kind.FRONT_MATTER,
                f"there is no template `{document.template}`",
                "put it into the theme's `custom_dir`, or leave the key out for the usual one",
                line=document.line("template"),
            )
            found += report.found
    return found
