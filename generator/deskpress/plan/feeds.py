"""Which feeds there are, and the permanent ids in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from deskpress.model.address import href
from deskpress.model.diagnostic import Span
from deskpress.model.document import Dated
from deskpress.model.output import OutputSpec, Subject
from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import Options, Site
from deskpress.plan.drafting import Draft, Owner
from deskpress.plan.lists import TAXONOMIES, Lists
from deskpress.plan.urls import document_address, folder_address, month_address

FORMATS = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
"""The formats of a feed, with the names of their files."""

FEED_FILES = "|".join(map(re.escape, FORMATS.values()))
"""A pattern for the names of the files."""

_URI = lazy_pattern(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_YEAR = lazy_pattern(r"(?:^|/)([12]\d{3})(?=/|-)")


class FeedSource(Struct, frozen=True):
    """A feed: its subject, its folder (`category/metrics/`), and its posts."""

    subject: Subject
    folder: str
    title: str
    posts: tuple[Dated, ...]


def feed_sources(site: Site, lists: Lists) -> Iterator[FeedSource]:
    """The blog's feed, then the notices', then those of categories, tags, authors, topics."""
    name, say = site.options.name, site.options.words
    if site.posts:
        yield FeedSource(("blog",), site.options.prefix, name, site.posts)
    if site.notices:
        newest = tuple(sorted(site.notices, key=lambda n: (-n.created.timestamp(), n.path)))
        title = say("Notices – %(site)s", site=name)
        yield FeedSource(("notices",), f"{site.options.notices_dir}/", title, newest)
    for kind in (one for one in TAXONOMIES if one in site.options.list_feeds):
        if kind == "author" and not site.options.authors_profiles:
            continue
        for slug, listing in lists.taxonomy(kind).items():
            folder = site.options.addresses[kind].format(slug=slug)
            yield FeedSource((kind, slug), folder, f"{listing.name} – {name}", listing.posts)
    for topic in site.topics:
        if posts := lists.on_topic[topic.key]:
            yield FeedSource(("topic", topic.key), folder_address(topic), f"{topic.title} – {name}", posts)


def plan_feeds(draft: Draft, site: Site, lists: Lists) -> None:
    """Add every feed in every format, and an archive document for each month (RFC 5005 §4)."""
    for source in feed_sources(site, lists):
        owner = Owner(f"the feed of {source.title}")
        for kind, name in FORMATS.items():
            draft.add(OutputSpec(source.folder + name, kind, source.subject), owner)
    for file in site.options.feed_files if not site.options.language_dir else ():
        if site.posts or file.pages:
            kind = f"{file.format}_file"
            draft.add(OutputSpec(file.path, kind, ("feed_file", file.path)), Owner(f"the feed {file.path}"))
    for month in lists.months:
        path = month_address(month, site.options.addresses) + FORMATS["atom"]
        owner = Owner(f"the feed archive of {month}")
        draft.add(OutputSpec(path, "atom_archive", ("month", str(month))), owner)


def entry_id(post: Dated, options: Options) -> str:
    """The post's permanent id: a `tag:` URI (RFC 4151), or the URI in `id` of the front matter.

    It is made from `id`, else from the first address at which the post was published: its first alias, else
    its current address. So a new title or slug with an alias does not change it.
    """
    if _URI.fullmatch(post.id):
        return post.id
    first = post.aliases[0] if post.aliases else document_address(post, options)
    authority = options.id_authority
    if not authority:
        year = _YEAR.search(first)
        authority = f"{options.host},{year[1] if year else post.created.year}"
    return f"tag:{authority}:{href(post.id or '/' + first)}"


def plan_ids(draft: Draft, site: Site) -> None:
    """Report posts that share an id: feed readers would merge them."""
    if not any(dated.id for dated in (*site.posts, *site.notices)):
        return  # ids that come from addresses are as unique as those
    owners: dict[str, Dated] = {}
    dated: tuple[Dated, ...] = (*reversed(site.posts), *site.notices)
    for post in dated:
        twin = owners.setdefault(entry_id(post, site.options), post)
        if twin is not post:
            label = f"{site.options.content}/{post.path}"
            problem = f"{label} and {site.options.content}/{twin.path} have the same id in feeds"
            hint = "give one another `id`, or leave it out"
            draft.error(Span(label, post.line("id")), problem, hint)


def feed_id(folder: str, options: Options) -> str:
    """The permanent id of the feed in `folder`: a `tag:` URI under `id_authority`, else its own URL."""
    path = folder + FORMATS["atom"]
    if options.id_authority:
        return f"tag:{options.id_authority}:/{href(path)}"
    return options.url + href(path)
