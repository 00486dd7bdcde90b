"""Where the search's files lie. Documents are kept in shards, so that an edit renews one of them.

Help, pages and notices are the shard `help`; posts are numbered from the oldest, so that a new one joins the
newest shard. Within a shard, terms are spread over buckets by their first letters: a query loads the buckets
of its own terms.
"""

from __future__ import annotations

from functools import lru_cache

from deskpress.model.output import OutputSpec
from deskpress.model.search import Shard
from deskpress.model.site import Site
from deskpress.plan.drafting import Draft, Owner

SPAN = 1000
"""Posts of a shard."""

CHUNK = 5
"""Documents that share a file of titles and sections."""

FOLDER = "search/"


@lru_cache(maxsize=4)
def _shards(posts: tuple[str, ...], others: tuple[str, ...]) -> tuple[Shard, ...]:
    oldest_first = posts[::-1]
    spans = range(0, len(oldest_first), SPAN)
    blog = [Shard(f"blog-{at // SPAN}", oldest_first[at : at + SPAN]) for at in spans]
    return (*([Shard("help", others)] if others else []), *reversed(blog))


def shards_of(site: Site) -> tuple[Shard, ...]:
    """The shards of a site, in the order in which readers want them: help, then posts, the newest first."""
    others = (*site.topics, *site.pages, *site.notices)
    shown = tuple(d.path for d in others if "search" not in d.hide)
    return _shards(tuple(post.path for post in site.posts if "search" not in post.hide), shown)


def buckets_of(shard: Shard) -> int:
    """How many buckets a shard has: a power of two, more for more documents."""
    return min(256, max(1, 1 << (len(shard.paths) // 4).bit_length()))


def plan_search(draft: Draft, site: Site) -> None:
    """Add the page of results and the files that it loads."""
    if not site.options.search:
        return
    draft.page(FOLDER, "search", ("search",), Owner("the search page"))
    draft.add(OutputSpec("opensearch.xml", "opensearch"), Owner("the description of the search"))
    owner = Owner("the search's files")
    draft.add(OutputSpec(f"{FOLDER}index.json", "search_index"), owner)
    for shard in shards_of(site):
        for number in range(buckets_of(shard)):
            path = f"{FOLDER}{shard.name}/t{number}.json"
            draft.add(OutputSpec(path, "search_terms", ("terms", shard.name, str(number))), owner)
        for number in range(-(-len(shard.paths) // CHUNK)):
            path = f"{FOLDER}{shard.name}/d{number}.json"
            draft.add(OutputSpec(path, "search_docs", ("docs", shard.name, str(number))), owner)
