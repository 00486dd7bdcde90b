"""The blog's outputs: posts, months, years, the main page, taxonomies, series."""

from __future__ import annotations

from math import ceil

from deskpress.model.diagnostic import Span
from deskpress.model.site import Site
from deskpress.plan.drafting import Draft, Owner, owner_of
from deskpress.plan.lists import Lists, taxonomies
from deskpress.plan.urls import month_address, page_address, post_address, post_slug, year_address


def plan_blog(draft: Draft, site: Site, lists: Lists) -> None:
    """Add every page of the blog."""
    options = site.options
    patterns = options.addresses
    for post in site.posts:
        owner = owner_of(site, post)
        if post_slug(post, options):
            draft.page(post_address(post, options), "post", ("post", post.path), owner, post.template)
            continue
        draft.error(
            Span(owner.name, post.line("title")),
            "the title has no letter or digit to make an address from",
            "add `slug: …` to the front matter",
        )
    for month in lists.months:
        owner = Owner(f"the archive of {month}")
        draft.page(month_address(month, patterns), "month", ("month", str(month)), owner)
    for year in lists.years:
        draft.page(year_address(year, patterns), "year", ("year", str(year)), Owner(f"the archive of {year}"))
    name = "the main page of the blog"
    # A new post moves all others on: without a limit the cost would grow with the length of the blog.
    shown = min(len(lists.main), options.blog_length)
    _pages(draft, patterns["blog"], "blog", (), shown, options.posts_per_page, name)
    draft.page(patterns["archive"], "archive", ("archive",), Owner("the archive"))
    for kind in taxonomies(options):
        for slug, listing in lists.taxonomy(kind).items():
            base = patterns[kind].format(slug=slug)
            name = f"the {kind} `{listing.name}`"
            _pages(draft, base, kind, (slug,), len(listing.posts), options.entries_per_page, name)
    for slug, listing in lists.series.items():
        owner = Owner(f"the series `{listing.name}`")
        draft.page(patterns["series"].format(slug=slug), "series", ("series", slug), owner)


def _pages(
    draft: Draft, base: str, kind: str, subject: tuple[str, ...], total: int, per_page: int, name: str
) -> None:
    """Add the pages of a list of `total` posts; an empty list still has its first page."""
    for number in range(1, max(1, ceil(total / per_page)) + 1):
        owner = Owner(f"{name}, page {number}" if number > 1 else name)
        draft.page(page_address(base, number), kind, (kind, *subject, str(number)), owner)
