"""Bounds how many files a site becomes: a few lines name thousands of lists, each with pages and feeds."""

from __future__ import annotations

import re
from itertools import chain

from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, Severity, Span
from deskpress.model.document import Post
from deskpress.model.site import Site
from deskpress.plan.feeds import FORMATS
from deskpress.plan.lists import taxonomies


def refuse_many(site: Site, most: int, planned: int = 0) -> None:
    """Raise `ContentError` for a site of more than `most` files; 0 is no bound.

    Addresses that are gone count, too: servers hold a list of them. Before it is `planned` the least is
    counted that it will have, since planning takes memory for each. Told is the post that has the most lists.
    """
    if not most or len(site.gone) + max(planned, _at_least(site)) <= most:
        return
    if len(site.gone) * 2 > most:
        problem = f"{len(site.gone):,} addresses are gone, of what has expired and its aliases"
        hint = f"give texts that expire fewer aliases: the site may have {most:,} files and such addresses"
        span = Span(site.options.content)
        raise ContentError([Diagnostic(span, Severity.ERROR, Kind.ADDRESS, problem, hint)])
    post = max(site.posts, key=_names, default=None)
    problem = f"the site would have more than {most:,} files"
    hint = "publish fewer at a time, or ask who keeps the server"
    span = Span(site.options.content)
    if post is not None and (names := _names(post)):
        key = "categories" if post.categories else "tags" if post.tags else "authors"
        span = Span(f"{site.options.content}/{post.path}", post.line(key))
        problem += (
            f": categories, tags and authors have pages of their own, and this post has {names:,} of them"
        )
        hint = "give posts fewer of them"
    raise ContentError([Diagnostic(span, Severity.ERROR, Kind.ADDRESS, problem, hint)])


def _names(post: Post) -> int:
    return len(post.categories) + len(post.tags) + len(post.authors)


def _plain(name: str) -> str:
    """A name as far as it surely has an address of its own."""
    return re.sub(r"[\W_]+", "", name.casefold())


def _at_least(site: Site) -> int:
    """How many files a site has at least; names that share an address count as one."""
    options = site.options
    copies = 2 if "pages" in options.llms else 1
    found = copies * len(site.documents) + len(site.assets)
    if found + sum(map(_names, site.posts)) == found:
        return found
    named = {
        "category": set(map(_plain, chain.from_iterable(post.categories for post in site.posts))),
        "tag": set(map(_plain, chain.from_iterable(post.tags for post in site.posts))),
    }
    for kind, names in named.items():
        if kind in taxonomies(options):
            found += len(names) * (1 + (len(FORMATS) if kind in options.list_feeds else 0))
    return found
