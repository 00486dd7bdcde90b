"""Views of all pages outside of the blog."""

from __future__ import annotations

from markupsafe import Markup
from msgspec.structs import replace

from deskpress.model.address import href
from deskpress.model.document import AnyDocument, Topic
from deskpress.model.output import OutputSpec
from deskpress.plan.feeds import FORMATS
from deskpress.render.frame import (
    DESCRIPTION_LENGTH,
    NAMES,
    NO_LINKS,
    NO_METADATA,
    PageLinks,
    PageMetadata,
    make_frame,
    root_from,
    shortened,
)
from deskpress.render.freshness import contact_link, edit_link, freshness, helpful_links
from deskpress.render.library import Library
from deskpress.render.metadata import breadcrumb_list, organization
from deskpress.render.pieces import FeedRow, HelpSection, Link, PostCard, SectionCard
from deskpress.render.structured import structured
from deskpress.render.views import (
    Frame,
    HelpView,
    HomeView,
    NotFoundView,
    NoticesView,
    NoticeView,
    PageView,
    RedirectView,
    SearchView,
    SubscribeView,
)

HEADLINES = 5
"""How many of the newest posts the home page lists."""


def page_view(spec: OutputSpec, library: Library) -> PageView:
    """A page, or a help topic with the posts on it."""
    path = spec.subject[1]
    document = library.document(path)
    assert document is not None  # the plan contains published documents only
    key = document.key if isinstance(document, Topic) else ""
    return _topic(spec, document, key, library) if key else _page(spec, document, library)


def _page(spec: OutputSpec, document: AnyDocument, library: Library) -> PageView:
    footer = "navigation.footer" in library.options.features and "footer" not in document.hide
    before, after = library.nav_around(spec.address) if footer else (None, None)
    return PageView(
        _frame(spec, document, library),
        html=Markup(library.placed(document.path, root_from(spec.address))),
        heading_id=document.heading_id,
        freshness=freshness(document, library),
        before=before,
        after=after,
        edit=edit_link(document, library),
    )


def _topic(spec: OutputSpec, document: AnyDocument, key: str, library: Library) -> PageView:
    posts = library.on_topic(key)
    before, after = library.topics_around(key)
    url = library.options.url + href(spec.address)
    breadcrumbs = _breadcrumbs(key, library)
    html = library.placed(document.path, root_from(spec.address))
    text = structured(html, document.title, url, library.options)
    return PageView(
        _frame(
            spec,
            document,
            library,
            PageLinks(
                feeds=((f"{document.title} – {library.options.name}", spec.address),) if posts else (),
                previous=before,
                following=after,
                branch=library.branch(key),
            ),
            PageMetadata(
                kind="article",
                things=(breadcrumb_list(breadcrumbs, document.title, library.options), *text.things),
            ),
        ),
        html=Markup(text.html),
        heading_id=document.heading_id,
        freshness=freshness(document, library),
        breadcrumbs=breadcrumbs,
        posts=library.cards(posts),
        subscribe=Link("", href(spec.address + FORMATS["atom"])) if posts else None,
        before=before,
        after=after,
        below=_section("", "", key, library) if library.index(key) else None,
        edit=edit_link(document, library),
        helpful=helpful_links(document.title, url, library),
        endpoint=library.options.helpful_endpoint,
        beside=() if library.index(key) else library.beside(key),
        contact=None
        if document.path == library.options.contact
        else contact_link(document.title, url, library),
    )


def _frame(
    spec: OutputSpec,
    document: AnyDocument,
    library: Library,
    links: PageLinks = NO_LINKS,
    metadata: PageMetadata = NO_METADATA,
) -> Frame:
    body = library.body(document.path)
    return make_frame(
        spec,
        library,
        document.title,
        description=document.description or shortened(body.beginning, DESCRIPTION_LENGTH),
        headings=() if "toc" in document.hide else body.headings,
        links=replace(links, hidden="navigation" in document.hide),
        metadata=metadata,
    )


def help_view(spec: OutputSpec, library: Library) -> HelpView:
    """The index of the help center, topics by section."""
    page = library.document(library.page_at(spec.address))
    return HelpView(
        make_frame(
            spec,
            library,
            page.title if page else library.options.words("Help"),
            description=page.description if page else "",
        ),
        html=Markup(library.placed(page.path, root_from(spec.address)) if page else ""),
        whole=_section("", "", "", library),
        contact=contact_link("", library.options.url, library),
    )


def _section(title: str, path: str, key: str, library: Library) -> HelpSection:
    """A section with everything below it; without children it is a topic."""
    topics: list[PostCard] = []
    sections: list[HelpSection] = []
    for child, name, page in library.index(key):
        if library.index(child):
            sections.append(_section(name, page, child, library))
        else:
            topics.append(library.card(page))
    count = len(topics) + sum(section.count + (section.card is not None) for section in sections)
    return HelpSection(title, library.card(path) if path else None, tuple(topics), tuple(sections), count)


def _section_card(key: str, title: str, path: str, library: Library) -> SectionCard:
    """The list entry of the section `key` with the page `path`, if it has one."""
    count, first = library.section_summary(key)
    return SectionCard(title, library.card(path) if path else None, first, count)


def home_view(spec: OutputSpec, library: Library) -> HomeView:
    """The home page."""
    page = library.document(library.page_at(spec.address))
    sections = tuple(one for one in library.index("") if one[2] != library.options.contact)
    standing = (*library.notices("current"), *library.notices("planned"))
    any_notices = standing or library.notices("past")
    say = library.options.words
    return HomeView(
        make_frame(
            spec,
            library,
            "",
            description=page.description if page else "",
            metadata=PageMetadata(things=(organization(library.options),)),
        ),
        html=Markup(library.placed(page.path, root_from(spec.address)) if page else ""),
        zones=library.options.home,
        notices=tuple(library.notice_card(path) for path in standing),
        all_notices=_all_notices(library) if any_notices else None,
        headlines=library.cards(library.newest(str(HEADLINES))),
        sections=tuple(_section_card(*section, library) for section in sections),
        blog=Link(say("All posts"), href(library.options.addresses["blog"])),
        help=Link(say("All help topics"), href(f"{library.options.help_dir}/")) if sections else None,
        contact=contact_link("", library.options.url, library),
        widgets=tuple(
            (tool, _about_tool(tool, library), link)
            for tool, at in library.options.widgets
            if (link := _widget_link(tool, at, library))
        ),
    )


def _widget_link(tool: str, target: str, library: Library) -> Link | None:
    """A link to the page of a tool; a translation may lack it."""
    page = library.found(target)
    if page is None and library.options.language_dir:
        return None
    say = library.options.words
    names = {
        "delivery-rate": say("On-time delivery rate"),
        "response-time": say("Contact response time"),
        "vacation-planner": say("Vacation planner"),
        "spoof-checklist": say("Is this mail genuine?"),
    }
    return Link(names[tool], page.href if page else target.removeprefix("/"))


def _about_tool(tool: str, library: Library) -> str:
    """A one-sentence description of a tool."""
    say = library.options.words
    return {
        "delivery-rate": say("How many of your packages arrive by the promised date."),
        "response-time": say("How many messages you answer in time."),
        "vacation-planner": say("When to set listings to Inactive before a vacation, and back to Active."),
        "spoof-checklist": say("What to look at in a mail that you doubt."),
    }[tool]


def notice_view(spec: OutputSpec, library: Library) -> NoticeView:
    """A notice with its updates."""
    path = spec.subject[1]
    notice = library.document(path)
    assert notice is not None  # the plan contains published documents only
    return NoticeView(
        _frame(spec, notice, library),
        html=Markup(library.placed(path, root_from(spec.address))),
        heading_id=notice.heading_id,
        card=library.notice_card(path),
        zone=library.options.timezone,
        all=_all_notices(library),
    )


def notices_view(spec: OutputSpec, library: Library) -> NoticesView:
    """Every notice by its state."""
    page = library.document(library.page_at(spec.address))
    say = library.options.words
    feeds = ((say("Notices – %(site)s", site=library.options.name), spec.address),)
    groups = (("current", say("Now")), ("planned", say("Planned")), ("past", say("Past")))
    return NoticesView(
        make_frame(spec, library, page.title if page else say("Notices"), links=PageLinks(feeds=feeds)),
        html=Markup(library.placed(page.path, root_from(spec.address)) if page else ""),
        groups=tuple(
            (standing, name, tuple(library.notice_card(path) for path in library.notices(standing)))
            for standing, name in groups
        ),
        zone=library.options.timezone,
        subscribe=Link("", href(spec.address + FORMATS["atom"])),
    )


def _all_notices(library: Library) -> Link:
    return Link(library.options.words("All notices"), href(f"{library.options.notices_dir}/"))


def subscribe_view(spec: OutputSpec, library: Library) -> SubscribeView:
    """Every feed, each with the full address of each format."""
    say = library.options.words
    patterns = {
        "notices": "%(title)s",
        "category": say("Category: %(title)s"),
        "tag": say("Tag: %(title)s"),
        "author": say("Author: %(title)s"),
        "topic": say("Help topic: %(title)s"),
    }
    rows = []
    for name, title, folder in library.feeds():
        kind = name.partition("/")[0]
        short = title.removesuffix(f" – {library.options.name}")
        rows.append(
            FeedRow(
                title=say("Everything") if kind == "blog" else patterns[kind] % {"title": short},
                link=Link(short, href(library.options.addresses["blog"] if kind == "blog" else folder)),
                formats=tuple(
                    (NAMES[format_], library.options.url + href(folder + file))
                    for format_, file in FORMATS.items()
                ),
            )
        )
    return SubscribeView(make_frame(spec, library, say("Subscribe")), tuple(rows))


def search_view(spec: OutputSpec, library: Library) -> SearchView:
    """The page of results; without JavaScript it lists the topics."""
    topics = library.topics()
    cards = library.cards(tuple(path for _, path in topics))
    return SearchView(
        make_frame(spec, library, library.options.words("Search")),
        _section("", "", "", library),
        tuple((key, card.link.title) for (key, _), card in zip(topics, cards, strict=True)),
        Link(library.options.words("All posts"), href(library.options.addresses["archive"])),
        library.options.search_missed,
        contact_link("", library.options.url, library),
    )


def not_found_view(spec: OutputSpec, library: Library) -> NotFoundView:
    """The page for status 404."""
    title = library.options.words("Page not found")
    return NotFoundView(make_frame(spec, library, title), _ways_out(library))


def gone_view(spec: OutputSpec, library: Library) -> NotFoundView:
    """The page for status 410."""
    title = library.options.words("No longer here")
    return NotFoundView(make_frame(spec, library, title), _ways_out(library))


def _ways_out(library: Library) -> tuple[Link, ...]:
    addresses, say = library.options.addresses, library.options.words
    links = [
        Link(say("Home"), library.options.prefix),
        Link(say("Blog"), href(addresses["blog"])),
        Link(say("Archive"), href(addresses["archive"])),
    ]
    if library.has("topics"):
        links.insert(1, Link(say("Help"), href(f"{library.options.help_dir}/")))
    return tuple(links)


def redirect_view(spec: OutputSpec, library: Library) -> RedirectView:
    """An old address and the new one."""
    _, target, *rest = spec.subject
    language = library.options.language
    if "external" in rest:
        return RedirectView(target, target, language)
    address = href(target) + (f"#{rest[0]}" if any(rest) else "")
    root = root_from(spec.address)
    return RedirectView(library.options.url + address, root + address, language)


def _breadcrumbs(key: str, library: Library) -> tuple[Link, ...]:
    """Help, then the sections above the topic that have a page of their own."""
    above = (library.topic(key[:at]) for at, char in enumerate(key) if char == "/")
    return (
        Link(library.options.words("Help"), href(f"{library.options.help_dir}/")),
        *(link for link in above if link),
    )
