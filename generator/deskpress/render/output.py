"""From a spec to bytes: selects the view and the serialiser."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from deskpress.compat.native.finished import finished_page
from deskpress.compat.native.minify import minified_file
from deskpress.model.output import MARKER_TEXT, OutputSpec
from deskpress.render import blog, copies, entries, headers, jsonfeed, pages, search, sitemap, texts
from deskpress.render.dated import with_dates
from deskpress.render.library import Library
from deskpress.render.style_sheets import compact, trimmed
from deskpress.render.tags import with_tags
from deskpress.render.views import RedirectView, View

VIEWS: Mapping[str, Callable[[OutputSpec, Library], View | RedirectView]] = {
    "post": blog.post_view,
    "month": blog.month_view,
    "year": blog.year_view,
    "blog": blog.blog_view,
    "archive": blog.archive_view,
    "category": blog.list_view,
    "tag": blog.list_view,
    "author": blog.list_view,
    "series": blog.list_view,
    "topic": pages.page_view,
    "page": pages.page_view,
    "help": pages.help_view,
    "home": pages.home_view,
    "notice": pages.notice_view,
    "notices": pages.notices_view,
    "subscribe": pages.subscribe_view,
    "not_found": pages.not_found_view,
    "gone": pages.gone_view,
    "search": pages.search_view,
    "redirect": pages.redirect_view,
}

FILES: Mapping[str, Callable[[Library], bytes]] = {
    "marker": lambda library: MARKER_TEXT,
    "sitemap_xml": sitemap.sitemap,
    "sitemap_xml_gz": lambda library: sitemap.compressed(sitemap.sitemap(library)),
    "redirects_map": sitemap.redirects_map,
    "redirects_caddy": sitemap.redirects_caddy,
    "redirects_list": sitemap.redirects_list,
    "gone_map": sitemap.gone_map,
    "opensearch": search.opensearch,
    "words": lambda library: library.options.words.for_scripts(),
    "indexnow": lambda library: library.options.indexnow_key.encode(),
    "search_index": search.index_file,
    "tags_export": lambda library: library.tags_export(),
    "llms": copies.copies_index,
    "llms_list": texts.text_list,
    "robots": lambda library: headers.robots(library.options.url, noindex=library.options.noindex),
}


FEEDS = frozenset({"rss", "atom", "json", "atom_archive", "rss_file", "json_file"})


def _feed(spec: OutputSpec, library: Library) -> bytes:
    """A feed in its format."""
    view = _FEED_VIEWS.get(spec.kind, entries.feed_view)(spec, library)
    if spec.kind.startswith("json"):
        return jsonfeed.json_feed(view)
    from deskpress.render import xml_feeds  # feedgen loads slowly, and most builds make few feeds or none

    return xml_feeds.rss(view) if spec.kind.startswith("rss") else xml_feeds.atom(view)


_FEED_VIEWS = {
    "atom_archive": entries.archive_view,
    "rss_file": entries.file_view,
    "json_file": entries.file_view,
}


TEXTS: Mapping[str, Callable[[OutputSpec, Library], bytes]] = {
    "copy": copies.page_copy,
    "llms_section": texts.section_text,
    "llms_month": texts.month_texts,
    "page_copy": texts.page_text,
    "search_terms": search.terms_file,
    "search_docs": search.docs_file,
}


class Renderer(Struct, frozen=True):
    """Renders outputs.

    `fill` renders a template with a view; `load` reads an asset's bytes; `policy` returns the site's
    Content-Security-Policy, empty for none; `picture` returns the image of an output.
    """

    library: Library
    fill: Callable[[str, View | RedirectView], str]
    load: Callable[[OutputSpec], bytes]
    policy: Callable[[], str]
    picture: Callable[[OutputSpec, Library], bytes]

    def view(self, spec: OutputSpec) -> View | RedirectView:
        """Everything that the template of an HTML output may see."""
        library = self.library.by_language[spec.language_dir]
        view = VIEWS[spec.kind](spec, library)
        return with_dates(with_tags(view, spec, library), spec, library)

    def render(self, spec: OutputSpec) -> bytes:
        """The bytes of `spec`."""
        library = self.library.by_language[spec.language_dir]
        match spec.kind:
            case kind if kind in FEEDS:
                return _feed(spec, library)
            case kind if kind in FILES:
                return FILES[kind](library)
            case kind if kind in TEXTS:
                return TEXTS[kind](spec, library)
            case "headers":
                return headers.headers(self.policy())
            case "variant" | "card":
                return self.picture(spec, library)
            case "asset" | "theme":
                return self.load(spec)
            case "sheet":
                sheet = self.load(spec).decode()
                return trimmed(compact(sheet), library.options.unused_selectors).encode()
            case "minified":
                return minified_file(spec.path, self.load(spec).decode()).encode()
            case _:
                page = self.fill(spec.template, self.view(spec))
                return finished_page(page, spec.kind, library.options.addons.minify).encode()
