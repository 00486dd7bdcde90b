"""The paths of the search's files. Documents are split into shards, so that an edit updates one of them.

Help, pages and notices are the shard `help`; posts are numbered from the oldest, so that a new one joins the
newest shard. Within a shard, terms are spread over buckets by their first letters: a query loads the buckets
of its own terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deskpress.model.document import Document
from deskpress.model.output import OutputSpec
from deskpress.model.search import Shard
from deskpress.model.site import Site
from deskpress.plan.drafting import Draft, Owner
from deskpress.plan.urls import folder_address

SPAN = 1000
"""Posts of a shard."""

CHUNK = 5
"""Documents that share a file of titles and sections."""

BUCKETS = 256
"""The most buckets of a shard: a power of two, so that a smaller number merges several into one."""

HELP = "help"
"""The shard of everything but posts."""

FOLDER = "search/"
"""The folder of the search's files, below the home page of their language."""


def shards_of(site: Site) -> tuple[Shard, ...]:
    """The shards of a site, in order of priority: help, then posts, the newest first."""
    others = (*site.topics, *site.pages, *site.notices)
    shown = [document for document in others if "search" not in document.hide]
    posts = [post for post in reversed(site.posts) if "search" not in post.hide]
    blog = [_shard(f"blog-{at // SPAN}", posts[at : at + SPAN]) for at in range(0, len(posts), SPAN)]
    help_shard = _shard(HELP, shown, made_pages(site))
    return (*([help_shard] if help_shard.paths else []), *reversed(blog))


def made_pages(site: Site) -> dict[str, str]:
    """Entries for pages without a file that readers search for, by their paths in shards."""
    options = site.options
    written = {folder_address(page) for page in site.pages}
    pages = {options.addresses["subscribe"]: "subscribe"}
    if site.posts:
        pages[options.addresses["archive"]] = "archive"
    if site.notices:
        pages[f"{options.notices_dir}/"] = "notices"
    return {f"/{address}": what for address, what in pages.items() if address not in written}


def _shard(name: str, documents: Sequence[Document], more: Iterable[str] = ()) -> Shard:
    boosts = tuple((number, d.boost) for number, d in enumerate(documents) if d.boost != 1)
    return Shard(name, (*(document.path for document in documents), *more), boosts)


def buckets_of(shard: Shard) -> int:
    """The number of buckets of a shard: a power of two, larger for more documents."""
    return min(BUCKETS, max(1, 1 << (len(shard.paths) // 4).bit_length()))


def plan_search(draft: Draft, site: Site) -> None:
    """Add the page of results and the files that it loads."""
    if not site.options.search:
        return
    home = site.options.prefix
    folder = home + FOLDER
    draft.page(folder, "search", ("search",), Owner("the search page"))
    draft.add(OutputSpec(f"{home}opensearch.xml", "opensearch"), Owner("the description of the search"))
    owner = Owner("the search's files")
    draft.add(OutputSpec(f"{folder}index.json", "search_index"), owner)
    for shard in shards_of(site):
        for number in range(buckets_of(shard)):
            path = f"{folder}{shard.name}/t{number}.json"
            draft.add(OutputSpec(path, "search_terms", ("terms", shard.name, str(number))), owner)
        for number in range(-(-len(shard.paths) // CHUNK)):
            path = f"{folder}{shard.name}/d{number}.json"
            draft.add(OutputSpec(path, "search_docs", ("docs", shard.name, str(number))), owner)
