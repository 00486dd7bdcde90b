"""The questions about lists: the paths of documents, in order; and about the search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from deskpress.compat.native.git_dates import site_variables, variables
from deskpress.compat.native.llmstxt import chosen
from deskpress.compat.native.tag_directives import UNCONFIGURED
from deskpress.compat.native.tags import TagLink, TagNode, exported, links_of, tag_listing
from deskpress.model.document import SEVERITIES, AnyDocument, Month
from deskpress.model.output import path_of
from deskpress.model.search import Shard, Synonyms
from deskpress.plan.changes import last_changes
from deskpress.plan.lists import Listing
from deskpress.plan.sections import in_order
from deskpress.render.dates import month_of
from deskpress.render.navigation import NavigationPlace, Node
from deskpress.render.page_times import page_times
from deskpress.render.pieces import Link, NoticeCard
from deskpress.render.questions import Questions, question

Paths = tuple[str, ...]

BESIDE = 4
"""Topics of the same section that a topic names below its text."""

FIRST_TOPICS = 3
"""The most topics and sections that the card of a section names."""


class ListQuestions(Questions):
    """The lists that views read."""

    @question
    def month(self, month: str) -> Paths:
        """The posts of the month `2012-03`, newest first."""
        return _paths(self._sources.lists.months[month_of(month)])

    @question
    def months_around(self, month: str) -> tuple[Month | None, Month | None]:
        """The (older, newer) month that has posts; a missing end stays missing."""
        months = self._sources.months
        at = months.index(month_of(month))
        return (months[at - 1] if at else None, months[at + 1] if at + 1 < len(months) else None)

    @question
    def newest_month(self, _: str) -> Month:
        """The newest month that has posts."""
        return self._sources.months[-1]

    @question
    def year(self, year: str) -> tuple[tuple[Month, Paths], ...]:
        """The months of a year with their posts, newest first."""
        return tuple(
            (m, _paths(self._sources.lists.months[m])) for m in reversed(self._sources.lists.years[int(year)])
        )

    @question
    def years(self, _: str) -> tuple[tuple[int, tuple[tuple[Month, int], ...]], ...]:
        """Every year with its months and their numbers of posts, newest first."""
        lists = self._sources.lists
        return tuple(
            (year, tuple((m, len(lists.months[m])) for m in reversed(lists.years[year])))
            for year in reversed(list(lists.years))
        )

    @question
    def categories(self, _: str) -> tuple[tuple[str, int], ...]:
        """The slug of every category with its number of posts."""
        return tuple(
            (slug, len(found.posts)) for slug, found in self._sources.lists.taxonomy("category").items()
        )

    @question
    def main(self, number: str) -> tuple[Paths, int]:
        """The posts on page `number` of the blog, and the total."""
        per_page = self.options.posts_per_page
        start = (int(number) - 1) * per_page
        shown = min(len(self._sources.lists.main), self.options.blog_length)
        return _paths(self._sources.lists.main[start : start + per_page]), shown

    @question
    def listing(self, name: str) -> tuple[str, str, Paths, tuple[int, ...], int]:
        """`category/metrics/1`: its name and text, the posts of that page with their parts, and the total."""
        kind, slug, number = name.split("/")
        listing = self._sources.listing(kind, slug)
        per_page = self.options.entries_per_page
        start = (int(number) - 1) * per_page
        posts = listing.posts if kind == "series" else listing.posts[start : start + per_page]
        parts = tuple(p.series.part for p in posts if p.series) if kind == "series" else ()
        return listing.name, _about(listing), _paths(posts), parts, len(listing.posts)

    @question
    def series(self, slug: str) -> tuple[str, tuple[tuple[int, str], ...]]:
        """The name of a series, and its parts with their posts."""
        listing = self._sources.lists.series[slug]
        return listing.name, tuple((p.series.part, p.path) for p in listing.posts if p.series)

    @question
    def on_topic(self, key: str) -> Paths:
        """The posts on a help topic."""
        return _paths(self._sources.lists.on_topic.get(key, ()))

    @question
    def branch(self, key: str) -> tuple[Link, ...]:
        """The part of the help center that a reader of the topic `key` sees.

        That is the sections above, open, with their other children, and what is below. Of many siblings, the
        nearest.
        """
        return self._sources.branch(self._sources.sections[""], key)

    @question
    def topics_around(self, key: str) -> tuple[Link | None, Link | None]:
        """Links to the topics (before, after) the topic `key`, in reading order."""
        at = self._sources.reading_order[key]
        before, _, after = self._sources.padded_topics[at : at + 3]
        return (self._sources.link(before) if before else None, self._sources.link(after) if after else None)

    @question
    def beside(self, key: str) -> tuple[Link, ...]:
        """Links to the next topics in the section of the topic `key`, from its beginning again at the end."""
        children = list(self._sources.sections[key.rpartition("/")[0]].children.values())
        at = next(number for number, child in enumerate(children) if child.key == key)
        others = (child.topic for child in (*children[at + 1 :], *children[:at]) if not child.children)
        return tuple(self._sources.link(topic) for topic in islice(filter(None, others), BESIDE))

    @question
    def index(self, key: str) -> tuple[tuple[str, str, str], ...]:
        """The children of the section `key`: the key of each, its title, the path of its page or nothing."""
        children = self._sources.sections[key].children.values()
        return tuple((c.key, c.title, c.topic.path if c.topic else "") for c in children)

    @question
    def section_summary(self, key: str) -> tuple[int, tuple[Link, ...]]:
        """How many topics are below the section `key`, and links to the first topics and sections in it."""
        children = list(self._sources.sections[key].children.values())
        shown = ((child.title, child.first()) for child in children[:FIRST_TOPICS])
        links = tuple(Link(title, self._sources.link(topic).href) for title, topic in shown if topic)
        return sum(len(in_order(child)) for child in children), links

    @question
    def top_nav(self, _: str) -> tuple[Link, ...]:
        """The entries at the top of the navigation."""
        return tuple(node.link for node in self._navigation.nodes)

    @question
    def nav_tree(self, _: str) -> tuple[Node, ...]:
        """The whole navigation."""
        return self._navigation.nodes

    @question
    def nav_place(self, address: str) -> NavigationPlace:
        """The position of the page at an address in the navigation."""
        return self._navigation.place(address)

    @question
    def nav_around(self, address: str) -> tuple[Link | None, Link | None]:
        """Links to the pages (before, after) the one at an address, in the order of the navigation."""
        return self._navigation.around(address)

    @question
    def committed(self, path: str) -> datetime | None:
        """When a topic or page was last committed, according to git."""
        return self._sources.site.committed.get(path)

    @question
    def overdue(self, path: str) -> bool:
        """Whether the review date of a document has passed."""
        return path in self._sources.overdue

    @question
    def topics(self, _: str) -> tuple[tuple[str, str], ...]:
        """Every help topic, its key and its path."""
        return tuple((topic.key, topic.path) for topic in self._sources.site.topics)

    @question
    def notices(self, standing: str) -> Paths:
        """The notices that are `planned`, `current` or `past`.

        Of the planned ones the next comes first; of the current ones the most severe, then the latest.
        """
        site = self._sources.site
        found = [n for n in site.notices if site.standing.get(n.path) == standing]
        if standing == "planned":
            found.reverse()
        elif standing == "current":
            found.sort(key=lambda notice: -SEVERITIES.index(notice.severity))
        return tuple(notice.path for notice in found)

    @question
    def notice_card(self, path: str) -> NoticeCard:
        """What lists show of a notice."""
        return self._sources.notice_card(path)

    @question
    def newest(self, count: str) -> Paths:
        """The newest posts."""
        return _paths(self._sources.site.posts[: int(count)])

    @question
    def has(self, what: str) -> bool:
        """Whether there are any `posts` or `topics`."""
        return bool(getattr(self._sources.site, what))

    @question
    def feed(self, name: str) -> tuple[str, str, Paths]:
        """`blog/` or `category/metrics`: the title, folder and newest posts of a feed."""
        source = self._sources.feeds[name]
        return source.title, source.folder, _paths(source.posts[: self.options.feed_length])

    @question
    def feed_file(self, path: str) -> Paths:
        """The posts of a feed at the address that another program had published."""
        file = next(file for file in self.options.feed_files if file.path == path)
        posts = [post for post in self._sources.site.posts if re.match(file.of, post.path)]
        if file.changed:
            posts.sort(key=lambda post: post.changed.timestamp(), reverse=True)
        return _paths(posts[: file.length])

    @question
    def feed_pages(self, path: str) -> tuple[tuple[str, datetime, datetime], ...]:
        """The documents of such a feed of pages, with the times at which each was created and changed."""
        file = next(file for file in self.options.feed_files if file.path == path)
        site = self._sources.site
        documents: tuple[AnyDocument, ...] = (*site.posts, *site.pages, *site.topics)
        found = [
            (one.path, *times)
            for one in documents
            if re.match(file.of, one.path) and (times := page_times(one, file, site))
        ]
        found.sort(key=lambda row: (-(row[2] if file.changed else row[1]).timestamp(), row[0]))
        return tuple(found[: file.length])

    @question
    def feeds(self, _: str) -> tuple[tuple[str, str, str], ...]:
        """Every feed: name, title, folder."""
        return tuple((name, source.title, source.folder) for name, source in self._sources.feeds.items())

    @question
    def changes(self, _: str) -> tuple[tuple[str, datetime | None], ...]:
        """Every page's address, with the time of its last change if editors' dates say it."""
        changed = last_changes(self._sources.site, self._sources.lists, self._sources.addresses)
        return tuple(
            (spec.address, changed.get(spec.address))
            for spec in self._sources.plan
            if spec.language_dir == self.options.language_dir
            and spec.template
            and spec.kind not in ("redirect", "not_found", "gone", "search")
        )

    @question
    def redirects(self, _: str) -> tuple[tuple[str, str], ...]:
        """Old addresses with the new ones."""
        return tuple(sorted(self._sources.plan.redirects.items()))

    @question
    def tags_at(
        self, address: str
    ) -> tuple[tuple[TagLink, ...], tuple[tuple[tuple[TagNode, ...], bool], ...]]:
        """The tags of the document at an address, and the listings of tags in its text."""
        tags = self.options.addons.tags or UNCONFIGURED
        page = self._sources.tagged_at.get(address)
        if page is None:
            return (), ()
        hidden = "tags" in self._sources.by_path[page.source].hide
        return (
            () if hidden else links_of(page, self._sources.with_tag_listings, tags),
            tuple(tag_listing(page, asked, self._sources.tagged, tags) for asked in page.listings),
        )

    @question
    def dates_at(self, address: str) -> dict[str, str]:
        """The commits of the document at an address for templates, if a plug-in shows them."""
        settings, page = self.options.addons.git_dates, self._sources.tagged_at.get(address)
        commits = self._sources.site.commits.get(page.source) if page else None
        return variables(commits, settings, self.options.language) if commits and settings else {}

    @question
    def site_dates(self, _: str) -> dict[str, str]:
        """The same for the newest commit of the content."""
        settings = self.options.addons.git_dates
        return site_variables(self._sources.site.newest, settings, self.options.language) if settings else {}

    @question
    def tags_export(self, _: str) -> bytes:
        """The file to which the plug-in `tags` exports the tags of each page."""
        return exported(self._sources.tagged, self.options.addons.tags or UNCONFIGURED)

    @question
    def copies(self, _: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """The sections of the plug-in `llmstxt`, with the files in each and what is said of them."""
        settings = self.options.addons.llmstxt
        return chosen(settings, self._sources.by_path) if settings else []

    @question
    def gone(self, _: str) -> Paths:
        """The addresses of what has expired, unless something else uses them now.

        One that ends in a slash also without it. Web servers may ignore case, and so does the plan: addresses
        that differ only in case are the same here.
        """
        taken = {spec.path.casefold() for spec in self._sources.plan}
        found: dict[str, str] = {}
        for address in self._sources.site.gone:
            if path_of(address).casefold() not in taken:
                for one in (address, address.removesuffix("/")):
                    if path_of(one).casefold() not in taken:
                        found.setdefault(one.casefold(), one)
        return tuple(found.values())

    @question
    def counterpart(self, subject: str) -> str | None:
        """The address of a subject in this language, by the name shared by all languages; or None."""
        return self._sources.counterparts.get(subject)

    # The search

    @question
    def shard(self, part: str) -> tuple[Paths, tuple[str, ...]]:
        """`blog-1/3`: the documents of a part of a shard, and the fingerprints of their records."""
        return self.records.state(part)

    def bucket(self, name: str) -> bytes:
        """`blog-1/17`: a bucket of terms. Recorded like a question; buckets are too large to be cached."""
        if self.notes.asked is not None:
            self.notes.asked.add(f"bucket:{self.mark}{name}")
        return self.records.bucket(name)

    @question
    def shards(self, _: str) -> tuple[Shard, ...]:
        """Every shard of the search."""
        return self.records.shards

    @question
    def synonyms(self, _: str) -> Synonyms:
        """The synonyms of the search."""
        return self.records.files.synonyms


def _paths(documents: Sequence[AnyDocument]) -> Paths:
    return tuple(document.path for document in documents)


def _about(listing: Listing) -> str:
    if listing.kind != "author":
        return ""
    authors = (author for post in listing.posts for author in post.authors if author.name == listing.name)
    return next((author.description for author in authors if author.description), "")
