"""The navigation as a tree: the entries of `nav`, or the folders, as in MkDocs.

A page shows the top entries and, next to its text, the part of the tree around it. So a title affects only
the pages that show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from deskpress.model.address import cleaned, href, is_elsewhere
from deskpress.model.document import AnyDocument, Page
from deskpress.model.site import NavItem, Options, Site
from deskpress.plan.sections import readable
from deskpress.render.pieces import Link

AROUND = 80
"""The most entries of a section that are shown next to a page: those around it."""

INDEXES = ("index.md", "README.md")

Find = Callable[[str], Link | None]
"""A link to the document that an entry names by its file; None if there is none."""


class Node(Struct, frozen=True):
    """An entry. A section leads to its own page, if it has one (`own`), else to the first below it."""

    link: Link
    children: tuple[Node, ...] = ()
    own: bool = True


class NavigationPlace(Struct, frozen=True):
    """The position of a page: the top entry (-1 for none), and what is shown next to the page."""

    top: int = -1
    branch: tuple[Link, ...] = ()


class Navigation:
    """The tree of a language. `nodes` are its top; `expanded` levels below that are always open."""

    def __init__(self, nodes: Iterable[Node], expanded: int = 0) -> None:
        self.nodes = tuple(nodes)
        self._expanded = expanded
        self._trails: dict[str, tuple[int, ...]] = {}
        self._pages: list[Link] = []
        self._at: dict[str, int] = {}
        self._index(self.nodes, ())

    def _index(self, nodes: tuple[Node, ...], above: tuple[int, ...]) -> None:
        for number, node in enumerate(nodes):
            trail = (*above, number)
            if node.own and not node.link.external and node.link.href not in self._trails:
                self._trails[node.link.href] = trail
                self._at[node.link.href] = len(self._pages)
                self._pages.append(node.link)
            self._index(node.children, trail)

    def holds(self, address: str) -> bool:
        """Whether an entry leads to the page at an address."""
        return href(address) in self._trails

    def place(self, address: str) -> NavigationPlace:
        """The position of the page at an address; a page below another's address belongs to its entry."""
        here = href(address)
        trail = self._trails.get(here)
        if trail is None:
            above = (known for known in self._trails if known.endswith("/") and here.startswith(known))
            longest = max(above, key=len, default="")
            return NavigationPlace(self._trails[longest][0]) if longest else NavigationPlace()
        return NavigationPlace(trail[0], self._branch(self.nodes[trail[0]], trail[1:], here, 0))

    def around(self, address: str) -> tuple[Link | None, Link | None]:
        """The pages (before, after) the one at an address, in reading order."""
        at = self._at.get(href(address))
        if at is None:
            return None, None
        before, _, after = [None, *self._pages, None][at : at + 3]
        return before, after

    def _branch(self, node: Node, trail: tuple[int, ...], here: str, level: int) -> tuple[Link, ...]:
        """The entries below `node`: those on the `trail` open."""
        at = trail[0] if trail else 0
        start = max(0, min(at - AROUND // 2, len(node.children) - AROUND))
        found = []
        for number, child in enumerate(node.children[start : start + AROUND], start):
            on_trail = bool(trail) and number == at
            below: tuple[Link, ...] = ()
            if child.children and (on_trail or level < self._expanded):
                below = self._branch(child, trail[1:] if on_trail else (), here, level + 1)
            active = child.own and not child.link.external and child.link.href == here
            link = child.link
            found.append(Link(link.title, link.href, link.external, active, below))
        return tuple(found)


def make_navigation(site: Site, find: Find, address: Callable[[AnyDocument], str]) -> Navigation:
    """The navigation of a site in one language."""
    options = site.options
    items = options.nav or tuple(_usual(site, address))
    merged = not options.nav or "navigation.indexes" in options.features
    expanded = 1 if "navigation.sections" in options.features else 0
    if "navigation.expand" in options.features:
        expanded = 20
    return Navigation(_nodes(items, find, merged=merged), expanded)


def _nodes(items: Iterable[NavItem], find: Find, *, merged: bool) -> Iterator[Node]:
    for item in items:
        if item.children:
            yield from _section(item, find, merged=merged)
        elif is_elsewhere(item.target) or item.target.startswith("#"):
            yield Node(Link(item.title or item.target, cleaned(item.target), external=True))
        elif found := find(item.target):
            yield Node(Link(item.title or found.title, found.href))
        else:
            address = item.target.removeprefix("/")
            yield Node(Link(item.title or address, href(address)))


def _section(item: NavItem, find: Find, *, merged: bool) -> Iterator[Node]:
    """A section; its first entry is its own page if that is the index of a folder, and those are `merged`."""
    first = item.children[0]
    index = merged and not first.children and first.target.rpartition("/")[2] in INDEXES
    children = tuple(_nodes(item.children[1:] if index else item.children, find, merged=merged))
    own = find(first.target) if index else None
    if own is not None:
        yield Node(Link(item.title or own.title, own.href), children)
    elif children:
        lead = children[0].link
        yield Node(Link(item.title, lead.href, lead.external), children, own=False)


def _usual(site: Site, address: Callable[[AnyDocument], str]) -> Iterator[NavItem]:
    """The navigation of a site that configures none: the home page, folders, the blog, the help."""
    options, say = site.options, site.options.words
    addresses, prefix = options.addresses, options.prefix
    folders = _folders(site, address)
    any_blog = bool(site.posts) or not folders
    yield NavItem(say("Home"), f"/{prefix}")
    yield from folders
    if any_blog and addresses["blog"] != prefix:
        yield NavItem(say("Blog"), f"/{addresses['blog']}")
    if any_blog:
        yield NavItem(say("Archive"), f"/{addresses['archive']}")
    if site.topics:
        yield NavItem(say("Help"), f"/{options.help_dir}/")
    if any_blog or site.notices:
        yield NavItem(say("Subscribe"), f"/{addresses['subscribe']}")


def _folders(site: Site, address: Callable[[AnyDocument], str]) -> list[NavItem]:
    """The pages that no other entry leads to, by folder: pages first, then the subfolders."""
    options = site.options
    elsewhere = {
        options.prefix,
        *(options.addresses[name] for name in ("blog", "archive")),
        f"{options.help_dir}/",
        f"{options.notices_dir}/",
    }
    named = set(_targets(options.footer))
    pages = [
        page
        for page in site.pages
        if address(page) not in elsewhere
        and not {page.path.removeprefix(options.prefix), page.path, f"/{address(page)}"} & named
        and page.path not in site.unlisted
    ]
    return _tree(pages, options, len(options.prefix.split("/")) - 1)


def _targets(items: Iterable[NavItem]) -> Iterator[str]:
    for item in items:
        yield item.target
        yield from _targets(item.children)


def _tree(pages: list[Page], options: Options, depth: int) -> list[NavItem]:
    """The pages below one folder, which is `depth` folders deep."""
    own = [page for page in pages if page.path.count("/") == depth]
    own.sort(key=lambda page: (not page.path.endswith(INDEXES), page.path))
    found = [NavItem("", page.path.removeprefix(options.prefix)) for page in own]
    below: dict[str, list[Page]] = {}
    for page in pages:
        if page.path.count("/") > depth:
            below.setdefault(page.path.split("/")[depth], []).append(page)
    return found + [
        NavItem(readable(folder), "", tuple(_tree(below[folder], options, depth + 1)))
        for folder in sorted(below)
    ]
