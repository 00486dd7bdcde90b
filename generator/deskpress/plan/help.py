"""The help center's outputs and the site's other pages."""

from __future__ import annotations

from msgspec.structs import replace

from deskpress.model.document import Page
from deskpress.model.output import path_of
from deskpress.model.site import Site
from deskpress.plan.drafting import Draft, Owner, owner_of
from deskpress.plan.urls import folder_address


def plan_help(draft: Draft, site: Site) -> None:
    """Add the help index and every topic."""
    for topic in site.topics:
        draft.page(
            folder_address(topic), "topic", ("topic", topic.path), owner_of(site, topic), topic.template
        )
    # The index stays when its last topic has expired: others may link to it.
    listed = bool(site.topics) or site.has_expired(f"{site.options.help_dir}/")
    if listed and f"{site.options.help_dir}/" not in _addresses(site):
        owner = Owner("the index of the help center")
        draft.page(f"{site.options.help_dir}/", "help", ("help",), owner)


def plan_pages(draft: Draft, site: Site) -> None:
    """Add the home page, the pages that editors wrote, and the page for status 404.

    The last is the same for all languages: servers support only one.
    """
    home = site.options.prefix
    for page in site.pages:
        kind = page_kind(site, page)
        draft.addresses[("page", page.path)] = folder_address(page)
        if kind == "blog" or _heads_a_list(draft, page):
            # Planned with the blog; the page's text is shown above the posts.
            continue
        subject = ("page", page.path) if kind == "page" else (kind,)
        draft.page(folder_address(page), kind, subject, owner_of(site, page), page.template)
    if home not in _addresses(site) and home != site.options.addresses["blog"]:
        draft.page(home, "home", ("home",), Owner("the home page"))
    draft.page(site.options.addresses["subscribe"], "subscribe", ("subscribe",), Owner("the feeds' page"))
    if not home:
        draft.page("404.html", "not_found", ("not_found",), Owner("the page for lost readers"))


LISTS = frozenset({"category", "tag", "author", "series", "month", "year", "archive"})
"""Lists that take a title, a description, a text and a template from a page at their address."""


def _heads_a_list(draft: Draft, page: Page) -> bool:
    """Whether a list is at the address of a page, as Material documents it for categories."""
    spec = draft.outputs.get(path_of(folder_address(page)))
    if spec is None or spec.kind not in LISTS or spec.language_dir != draft.language_dir:
        return False
    if page.template:
        draft.outputs[spec.path] = replace(spec, template=page.template)
    return True


def page_kind(site: Site, page: Page) -> str:
    """Which template shows the page: home page, help index and the blog's main page show lists too."""
    options = site.options
    lists = {options.prefix: "home", f"{options.help_dir}/": "help", options.addresses["blog"]: "blog"}
    if site.notices:
        lists[f"{options.notices_dir}/"] = "notices"
    return lists.get(folder_address(page), "page")


def _addresses(site: Site) -> set[str]:
    return {folder_address(page) for page in site.pages}
