"""Makes the whole plan."""

from __future__ import annotations

from collections.abc import Iterable

from deskpress.compat.native.llmstxt import INDEX, chosen
from deskpress.compat.native.minify import minified_path
from deskpress.model.diagnostic import Diagnostic, Span
from deskpress.model.output import OutputSpec, Plan, copy_path, path_of
from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import Site
from deskpress.plan.blog import plan_blog
from deskpress.plan.drafting import Draft, Owner, owner_of
from deskpress.plan.feeds import plan_feeds, plan_ids
from deskpress.plan.gone import plan_gone
from deskpress.plan.help import plan_help, plan_pages
from deskpress.plan.language_sites import WORDS, language_sites
from deskpress.plan.lists import Lists, spelling_warnings
from deskpress.plan.notices import plan_notices
from deskpress.plan.pictures import plan_pictures
from deskpress.plan.redirects import plan_files, plan_moved, plan_promised, plan_redirect_maps, plan_redirects
from deskpress.plan.search import plan_search
from deskpress.plan.texts import plan_texts
from deskpress.plan.twins import report_twins
from deskpress.plan.urls import document_address

SHEETS = lazy_pattern(r"assets/stylesheets/(?:(?:main|palette)\.[0-9a-f]+\.min|deskpress|looks/[a-z]+)\.css")
"""The paths of the theme's style sheets: pages load them without what they do not need."""

MARKER = ".deskpress"
"""The file that marks the folder as written by builds."""


def plan_export(draft: Draft, site: Site) -> None:
    """Add the file to which the plug-in `tags` exports the tags of each page."""
    if (tags := site.options.addons.tags) and tags.export:
        draft.add(OutputSpec(tags.export, "tags_export"), Owner(f"the tags in {tags.export}"))


def plan_copies(draft: Draft, site: Site) -> None:
    """Add what the plug-in `llmstxt` makes: a Markdown copy of each page that it lists, and the list."""
    if (settings := site.options.addons.llmstxt) is None:
        return
    documents = {document.path: document for document in site.documents}
    for path in sorted({path for _, pages in chosen(settings, documents) for path, _ in pages}):
        address = document_address(documents[path], site.options)
        spec = OutputSpec(copy_path(path_of(address)), "copy", ("copy", path))
        draft.add(spec, owner_of(site, documents[path]))
    draft.add(OutputSpec(INDEX, "llms"), Owner(f"the {INDEX}"))


def minified(site: Site) -> dict[str, str]:
    """The path of each minified script and style sheet, by its path in the content."""
    minify = site.options.addons.minify
    return {path: minified_path(path) for path in (*minify.scripts, *minify.styles)} if minify else {}


def _plan_site_map(draft: Draft) -> None:
    for path in ("sitemap.xml", "sitemap.xml.gz"):
        # A site map of the site's own has no compressed form here.
        if path == "sitemap.xml" or "sitemap.xml" in draft.outputs:
            draft.add(OutputSpec(path, path.replace(".", "_")), Owner(f"the {path}"))


def make_plan(site: Site, theme_assets: Iterable[str]) -> tuple[Plan, list[Diagnostic]]:
    """Plan every output of the site, in each language; a conflict between two addresses is reported once.

    `theme_assets` are the paths of the theme's files. A file of the same path in the content folder replaces
    that of the theme.
    """
    content = site.options.content
    draft = Draft(
        site.options.config_file, own_files={asset.at: f"{content}/{asset.path}" for asset in site.assets}
    )
    for language_site in language_sites(site):
        draft.language_dir = language_site.options.language_dir
        lists = Lists(language_site)
        plan_blog(draft, language_site, lists)
        plan_help(draft, language_site)
        plan_notices(draft, language_site)
        plan_pages(draft, language_site)
        plan_feeds(draft, language_site, lists)
        plan_texts(draft, language_site, lists)
        if language_site.options.words.texts:
            draft.add(
                OutputSpec(language_site.options.prefix + WORDS, "words"), Owner("the words of the interface")
            )
        draft.diagnostics += spelling_warnings(lists, content)
    draft.language_dir = ""
    plan_ids(draft, site)
    _plan_site_map(draft)
    draft.add(OutputSpec(MARKER, "marker"), Owner("the marker of Deskpress"))
    # A site may provide these itself.
    own = {asset.at for asset in site.assets}
    for path, kind in (("_headers", "headers"), ("robots.txt", "robots")):
        if path not in own:
            draft.add(OutputSpec(path, kind), Owner(f"the {path}"))
    if key := site.options.indexnow_key:
        draft.add(OutputSpec(f"{key}.txt", "indexnow"), Owner("the key of IndexNow"))
    for language_site in language_sites(site):
        draft.language_dir = language_site.options.language_dir
        plan_redirects(draft, language_site)
    draft.language_dir = ""
    plan_redirect_maps(draft, site)
    plan_export(draft, site)
    plan_copies(draft, site)
    for path, kind in (
        ("redirects.map", "redirects_map"),
        ("redirects.caddy", "redirects_caddy"),
        ("_redirects", "redirects_list"),
    ):
        draft.add(OutputSpec(path, kind), Owner("the list of redirects"))
    smaller = minified(site)
    for asset in site.assets:
        label = f"{content}/{asset.path}"
        path = smaller.get(asset.path, asset.at)
        kind = "minified" if asset.path in smaller else "asset"
        draft.add(OutputSpec(path, kind, ("asset", asset.path)), Owner(label, Span(label)))
    plan_pictures(draft, site)
    plan_gone(draft, site)
    for language_site in language_sites(site):
        draft.language_dir = language_site.options.language_dir
        plan_search(draft, language_site)
    draft.language_dir = ""
    for path in sorted(theme_assets):
        # A file of the content may replace the theme's, and so may our site map; a page may not.
        taken = draft.outputs.get(path)
        if taken is None or taken.template:
            kind = "sheet" if SHEETS.fullmatch(path) else "theme"
            draft.add(OutputSpec(path, kind, ("theme", path)), Owner(f"the theme's {path}"))
    plan_moved(draft, site)
    # Last: redirects of former lists give way to anything at their address now.
    plan_promised(draft, site)
    plan_files(draft, site)
    report_twins(draft)
    outputs = tuple(draft.outputs[path] for path in sorted(draft.outputs))
    return Plan(outputs, draft.redirects), draft.diagnostics
