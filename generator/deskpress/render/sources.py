"""The data behind the library's answers: the site, its plan, and values derived on first use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from deskpress.compat.native.tag_directives import UNCONFIGURED
from deskpress.compat.native.tags import Tagged
from deskpress.compat.native.tags import in_order as in_order_of_files
from deskpress.model.address import href
from deskpress.model.document import AnyDocument, Month, Notice, Post, Topic
from deskpress.model.output import Plan
from deskpress.model.site import Site
from deskpress.plan.feeds import FeedSource, feed_sources
from deskpress.plan.language_sites import neutral
from deskpress.plan.lists import TAXONOMIES, Listing, Lists, Named, neighbours
from deskpress.plan.sections import TopicGroup, in_order, make_sections
from deskpress.render.dates import day_text, instant_text
from deskpress.render.pieces import Link, NoticeCard, PostCard

BESIDE = 40
"""The most topics of a section that the navigation of a page shows."""


@dataclass
class Sources:
    """The published site and its plan; `addresses` are those of its documents, by path."""

    site: Site
    plan: Plan
    addresses: Mapping[str, str]
    _links: dict[str, Link] = field(default_factory=dict)

    @cached_property
    def lists(self) -> Lists:
        """Every list of the blog."""
        return Lists(self.site)

    @cached_property
    def by_path(self) -> dict[str, AnyDocument]:
        """Every document."""
        return {d.path: d for d in self.site.documents}

    @cached_property
    def page_at(self) -> dict[str, str]:
        """The pages that editors wrote by address; of several the first."""
        return {self.address(page): page.path for page in reversed(self.site.pages)}

    @cached_property
    def document_at(self) -> dict[str, str]:
        """The documents by address."""
        return {self.address(document): document.path for document in reversed(self.site.documents)}

    @cached_property
    def sections(self) -> dict[str, TopicGroup]:
        """The sections of the help center by key."""
        return make_sections(self.site)

    @cached_property
    def tagged(self) -> list[Tagged]:
        """Every document as the plug-in `tags` sees it, in its order."""
        tags = self.site.options.addons.tags or UNCONFIGURED
        documents = (
            Tagged(d.path, self.address(d), d.title, d.tags, d.listings) for d in self.site.documents
        )
        return in_order_of_files(documents, tags)

    @cached_property
    def with_tag_listings(self) -> list[Tagged]:
        """Those of them that contain listings of tags: each page searches these."""
        return [one for one in self.tagged if one.listings]

    @cached_property
    def tagged_at(self) -> dict[str, Tagged]:
        """Every document by its address, whether its tags count or not."""
        documents = self.site.documents
        return {
            self.address(d): Tagged(d.path, self.address(d), d.title, d.tags, d.listings) for d in documents
        }

    @cached_property
    def padded_topics(self) -> list[Topic | None]:
        """The topics in reading order, with None before the first and after the last."""
        return [None, *in_order(self.sections[""]), None]

    @cached_property
    def reading_order(self) -> dict[str, int]:
        """The index of each topic in `padded_topics`, less one, by key."""
        return {topic.key: at for at, topic in enumerate(filter(None, self.padded_topics))}

    @cached_property
    def overdue(self) -> frozenset[str]:
        """The documents whose review is overdue."""
        return frozenset(self.site.overdue)

    def branch(self, section: TopicGroup, key: str) -> tuple[Link, ...]:
        """The children of `section`; those that lead to the topic `key` open."""
        children = list(section.children.values())
        at = next((n for n, child in enumerate(children) if child.leads_to(key)), 0)
        start = max(0, min(at - BESIDE // 2, len(children) - BESIDE))
        links = []
        for child in children[start : start + BESIDE]:
            page = child.first()
            assert page is not None  # a section has at least one topic
            below = self.branch(child, key) if child.leads_to(key) else ()
            links.append(Link(child.title, href(self.address(page)), active=key == child.key, children=below))
        return tuple(links)

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """The topics by key."""
        return {topic.key: topic for topic in self.site.topics}

    @cached_property
    def months(self) -> list[Month]:
        """The months that have posts, oldest first."""
        return list(self.lists.months)

    @cached_property
    def neighbours(self) -> dict[str, tuple[Post | None, Post | None]]:
        """Each post's (older, newer) neighbour."""
        return neighbours(self.site.posts)

    @cached_property
    def named(self) -> Named:
        """The documents by their names."""
        return Named(self.site)

    @cached_property
    def superseding(self) -> dict[str, AnyDocument]:
        """The newer document, by the path of the one that it replaces."""
        newer = (d for d in self.site.documents if d.supersedes)
        pairs = ((self.named.find(document.supersedes), document) for document in newer)
        return {older.path: document for older, document in pairs if older}

    @cached_property
    def counterparts(self) -> dict[str, str]:
        """The addresses of this language's pages, by the subjects shared by all languages.

        Only the first page of a list has a counterpart: the second has other posts in each language.
        """
        options = self.site.options
        return {
            neutral(spec.subject, options): spec.address
            for spec in self.plan
            if spec.language_dir == options.language_dir
            and spec.template
            and spec.kind not in ("redirect", "not_found", "gone")
            and (spec.kind not in ("blog", *TAXONOMIES) or spec.subject[-1] == "1")
        }

    @cached_property
    def feeds(self) -> dict[str, FeedSource]:
        """Every feed by name."""
        return {"/".join(source.subject): source for source in feed_sources(self.site, self.lists)}

    def listing(self, kind: str, slug: str) -> Listing:
        """The posts of a taxonomy's term, or of a series."""
        return self.lists.series[slug] if kind == "series" else self.lists.taxonomy(kind)[slug]

    def link(self, document: AnyDocument) -> Link:
        """A link to a document; its page, its neighbours and every list show it."""
        found = self._links.get(document.path)
        if found is None:
            found = self._links[document.path] = Link(document.title, href(self.address(document)))
        return found

    def card(self, document: AnyDocument) -> PostCard:
        """What lists show of a document."""
        link = self.link(document)
        note = self.site.options.words("There is a newer text.") if document.path in self.superseding else ""
        if not isinstance(document, Post):
            return PostCard(link, "", "", document.description, note=note, icon=document.icon)
        day = day_text(document.day, self.site.options.language)
        return PostCard(link, document.created.isoformat(), day, document.description, document.pin, note)

    def address(self, document: AnyDocument) -> str:
        """The address of a document's own page."""
        return self.addresses[document.path]

    def notice_card(self, path: str) -> NoticeCard:
        """What lists show of a notice."""
        notice = self.by_path[path]
        if not isinstance(notice, Notice):
            raise KeyError(path)  # a question about a notice names a notice
        language = self.site.options.language

        def moment(at: datetime) -> tuple[str, str]:
            return instant_text(at, language), at.isoformat()

        return NoticeCard(
            self.link(notice),
            notice.severity,
            self.site.standing[path],
            moment(notice.start),
            moment(notice.end) if notice.end else None,
            notice.description,
            tuple((*moment(update.at), update.text) for update in notice.updates),
        )
