"""Views of everything outside the blog."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup

from deskpress.model.address import href
from deskpress.model.document import Topic
from deskpress.model.output import OutputSpec
from deskpress.plan.feeds import FORMATS, feed_sources
from deskpress.render.frame import DESCRIPTION_LENGTH, NAMES, make_frame, root_from, shortened
from deskpress.render.library import Library
from deskpress.render.views import (
    FeedRow,
    HelpView,
    HomeView,
    Link,
    NotFoundView,
    PageView,
    RedirectView,
    SubscribeView,
)

HEADLINES = 5
"""How many of the newest posts the home page lists."""


def page_view(spec: OutputSpec, library: Library) -> PageView:
    """A page, or a help topic with the posts on it."""
    document = library.document(spec.subject[1])
    body = library.body(document)
    topic = document if isinstance(document, Topic) else None
    posts = library.lists.on_topic[topic.key] if topic else ()
    superseded = library.find(document.supersedes) if document.supersedes else None
    superseding = library.superseding(document)
    return PageView(
        make_frame(
            spec,
            library,
            document.title,
            description=document.description or shortened(body.plain, DESCRIPTION_LENGTH),
            headings=() if "toc" in document.hide else body.headings,
            feeds=((f"{document.title} – {library.options.name}", spec.address),) if posts else (),
        ),
        html=Markup(library.placed(document, root_from(spec.address))),
        breadcrumbs=_breadcrumbs(topic, library) if topic else (),
        posts=tuple(library.card(post) for post in posts),
        supersedes=library.link(superseded) if superseded else None,
        superseded_by=library.link(superseding) if superseding else None,
        subscribe=Link("Feed", href(spec.address + FORMATS["atom"])) if posts else None,
    )


def help_view(spec: OutputSpec, library: Library) -> HelpView:
    """The index of the help center, topics by section."""
    page = library.page_at(spec.address)

    def section(topic: Topic) -> str:
        return topic.key.partition("/")[0] if "/" in topic.key else ""

    titles = {topic.key: topic.title for topic in library.site.topics}
    ordered = sorted(library.site.topics, key=lambda topic: (section(topic), topic.path))
    return HelpView(
        make_frame(
            spec, library, page.title if page else "Help", description=page.description if page else ""
        ),
        html=Markup(library.placed(page, root_from(spec.address)) if page else ""),
        sections=tuple(
            (titles.get(name, name), tuple(library.card(topic) for topic in topics))
            for name, topics in groupby(ordered, section)
        ),
    )


def home_view(spec: OutputSpec, library: Library) -> HomeView:
    """The home page."""
    page = library.page_at(spec.address)
    help_dir = f"{library.options.help_dir}/"
    return HomeView(
        make_frame(spec, library, "", description=page.description if page else ""),
        html=Markup(library.placed(page, root_from(spec.address)) if page else ""),
        headlines=tuple(library.card(post) for post in library.site.posts[:HEADLINES]),
        topics=tuple(library.card(topic) for topic in library.site.topics if "/" not in topic.key),
        blog=Link("All posts", href(library.options.addresses["blog"])),
        help=Link("All help topics", href(help_dir)) if library.site.topics else None,
    )


def subscribe_view(spec: OutputSpec, library: Library) -> SubscribeView:
    """Every feed, each with the full address of each format."""
    rows = []
    for source in feed_sources(library.site, library.lists):
        folder = source.folder or library.options.addresses["blog"]
        kind = {"blog": "Everything", "category": "Category: ", "topic": "Help topic: "}[source.subject[0]]
        name = source.title.removesuffix(f" – {library.options.name}")
        rows.append(
            FeedRow(
                title=kind if source.subject[0] == "blog" else kind + name,
                link=Link(name, href(folder)),
                formats=tuple(
                    (NAMES[format_], library.options.url + href(source.folder + file))
                    for format_, file in FORMATS.items()
                ),
            )
        )
    return SubscribeView(make_frame(spec, library, "Subscribe"), tuple(rows))


def not_found_view(spec: OutputSpec, library: Library) -> NotFoundView:
    """The page for addresses that lead nowhere."""
    addresses = library.options.addresses
    links = [
        Link("Home", ""),
        Link("Blog", href(addresses["blog"])),
        Link("Archive", href(addresses["archive"])),
    ]
    if library.site.topics:
        links.insert(1, Link("Help", href(f"{library.options.help_dir}/")))
    return NotFoundView(make_frame(spec, library, "Page not found"), tuple(links))


def redirect_view(spec: OutputSpec, library: Library) -> RedirectView:
    """An old address and the new one."""
    address = href(spec.subject[1])
    root = root_from(spec.address)
    return RedirectView(library.options.url + address, root + address, library.options.language)


def _breadcrumbs(topic: Topic, library: Library) -> tuple[Link, ...]:
    """Help, then the sections above the topic that have a page of their own."""
    above = [topic.key[:at] for at, char in enumerate(topic.key) if char == "/"]
    by_key = {t.key: t for t in library.site.topics}
    crumbs = [Link("Help", href(f"{library.options.help_dir}/"))]
    return (*crumbs, *(library.link(by_key[key]) for key in above if key in by_key))
