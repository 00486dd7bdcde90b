"""Views of everything outside the blog."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup

from deskpress.model.address import href
from deskpress.model.document import Topic
from deskpress.model.output import OutputSpec
from deskpress.plan.feeds import FORMATS
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

FEED_NAMES = {"blog": "Everything", "category": "Category: ", "topic": "Help topic: "}
HEADLINES = 5
"""How many of the newest posts the home page lists."""


def page_view(spec: OutputSpec, library: Library) -> PageView:
    """A page, or a help topic with the posts on it."""
    path = spec.subject[1]
    document = library.document(path)
    assert document is not None  # the plan names what is published
    body = library.body(path)
    key = document.key if isinstance(document, Topic) else ""
    posts = library.on_topic(key) if key else ()
    feeds = ((f"{document.title} – {library.options.name}", spec.address),) if posts else ()
    return PageView(
        make_frame(
            spec,
            library,
            document.title,
            description=document.description or shortened(body.plain, DESCRIPTION_LENGTH),
            headings=() if "toc" in document.hide else body.headings,
            feeds=feeds,
        ),
        html=Markup(library.placed(path, root_from(spec.address))),
        breadcrumbs=_breadcrumbs(key, library) if key else (),
        posts=library.cards(posts),
        supersedes=library.found(document.supersedes) if document.supersedes else None,
        superseded_by=library.superseding(path),
        subscribe=Link("Feed", href(spec.address + FORMATS["atom"])) if posts else None,
    )


def help_view(spec: OutputSpec, library: Library) -> HelpView:
    """The index of the help center, topics by section."""
    page = library.document(library.page_at(spec.address))

    def section(topic: tuple[str, str]) -> str:
        return topic[0].partition("/")[0] if "/" in topic[0] else ""

    ordered = sorted(library.topics(), key=lambda topic: (section(topic), topic[1]))
    titles = {key: library.card(path).link.title for key, path in ordered}
    return HelpView(
        make_frame(
            spec, library, page.title if page else "Help", description=page.description if page else ""
        ),
        html=Markup(library.placed(page.path, root_from(spec.address)) if page else ""),
        sections=tuple(
            (titles.get(name, name), library.cards(tuple(path for _, path in topics)))
            for name, topics in groupby(ordered, section)
        ),
    )


def home_view(spec: OutputSpec, library: Library) -> HomeView:
    """The home page."""
    page = library.document(library.page_at(spec.address))
    topics = library.topics()
    return HomeView(
        make_frame(spec, library, "", description=page.description if page else ""),
        html=Markup(library.placed(page.path, root_from(spec.address)) if page else ""),
        headlines=library.cards(library.newest(str(HEADLINES))),
        topics=library.cards(tuple(path for key, path in topics if "/" not in key)),
        blog=Link("All posts", href(library.options.addresses["blog"])),
        help=Link("All help topics", href(f"{library.options.help_dir}/")) if topics else None,
    )


def subscribe_view(spec: OutputSpec, library: Library) -> SubscribeView:
    """Every feed, each with the full address of each format."""
    rows = []
    for name, title, folder in library.feeds():
        kind = {"blog": "Everything", "category": "Category: ", "topic": "Help topic: "}[
            name.partition("/")[0]
        ]
        short = title.removesuffix(f" – {library.options.name}")
        rows.append(
            FeedRow(
                title=kind if name == "blog" else kind + short,
                link=Link(short, href(folder or library.options.addresses["blog"])),
                formats=tuple(
                    (NAMES[format_], library.options.url + href(folder + file))
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
    if library.has_topics():
        links.insert(1, Link("Help", href(f"{library.options.help_dir}/")))
    return NotFoundView(make_frame(spec, library, "Page not found"), tuple(links))


def redirect_view(spec: OutputSpec, library: Library) -> RedirectView:
    """An old address and the new one."""
    address = href(spec.subject[1])
    root = root_from(spec.address)
    return RedirectView(library.options.url + address, root + address, library.options.language)


def _breadcrumbs(key: str, library: Library) -> tuple[Link, ...]:
    """Help, then the sections above the topic that have a page of their own."""
    above = (library.topic(key[:at]) for at, char in enumerate(key) if char == "/")
    return (Link("Help", href(f"{library.options.help_dir}/")), *(link for link in above if link))
