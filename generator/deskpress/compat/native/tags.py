"""`tags` of Material: listings of tags with their pages, and the tags of a page with links to a listing.

Everything is made from the documents' data (`Tagged`), in the order and under the names of the plug-in.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from functools import lru_cache
from typing import Any

from msgspec import Struct
from pymdownx.slugs import slugify

from deskpress.compat.native.tag_directives import ListingError, read_listing
from deskpress.model.addons import TagListing, Tags

MOST_LISTINGS = 300
"""The most listings of a site: each is compared with every document, and every document's tags with each."""

ENTRIES_AGAIN, ENTRIES_BEFORE = 10, 100_000
"""The most pages that all listings of a site may name: for each tag of each document, and in addition."""

MOST_COMPARED = 20_000_000
"""The most comparisons of a document's tag with a listing: each build does that for all of them."""

MOST_LEVELS = 20
"""The most levels of a tag in a hierarchy of tags."""


class Tagged(Struct, frozen=True):
    """A document for this plug-in: its file, its address, and the `listings` in its text."""

    source: str
    url: str
    title: str
    tags: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()


class Tag(Struct, frozen=True):
    """A tag; `names` are those of its parents and its own, the outermost first."""

    names: tuple[str, ...]
    hidden: bool = False

    @property
    def name(self) -> str:
        """Its full name, which identifies a tag."""
        return self.names[-1]


class TagNode(Struct, frozen=True):
    """A tag in a listing: its anchor, how deep it lies (from 0), pages as (title, URL), tags below it."""

    name: str
    slug: str
    depth: int
    hidden: bool
    items: tuple[tuple[str, str], ...]
    children: tuple[TagNode, ...]


class TagLink(Struct, frozen=True):
    """A tag of a page with the address of the closest listing that has it; empty if none has."""

    name: str
    hidden: bool
    url: str


def in_order(documents: Iterable[Tagged], tags: Tags) -> list[Tagged]:
    """The documents that count, in the order in which MkDocs lists files."""
    return sorted((one for one in documents if _counts(one.source, tags)), key=lambda one: _place(one.source))


def _counts(source: str, tags: Tags) -> bool:
    if tags.include and not any(fnmatch(source, pattern) for pattern in tags.include):
        return False
    return not any(fnmatch(source, pattern) for pattern in tags.exclude)


def _place(source: str) -> list[tuple[int, bool, str]]:
    """The sort key of a file: those of a folder before its subfolders, the index first."""
    *folders, name = source.split("/")
    index = name.rpartition(".")[0] in ("index", "README")
    return [*((1, False, folder) for folder in folders), (0, not index, name)]


def problems(document: Tagged, tags: Tags) -> Iterator[tuple[str, str]]:
    """What the plug-in refuses in a document: a key of front matter, empty for the text, and why."""
    for name in document.tags:
        if tags.allowed and name not in tags.allowed:
            yield "tags", f"`{name}` is not among `tags_allowed`"
        if _is_deep(name, tags):
            yield "tags", f"`{name[:40]}…` has more than {MOST_LEVELS} levels"
    for asked in document.listings:
        try:
            read_listing(asked, tags)
        except ListingError as error:
            yield "", f"`<!-- {tags.directive} {asked} -->`: {error}"


def too_many(documents: Sequence[Tagged], tags: Tags) -> tuple[str, str] | None:
    """A document with too many listings, or listings that name too many pages, and why."""
    asking = [document for document in documents if document.listings]
    number = sum(len(document.listings) for document in asking)
    if number > MOST_LISTINGS:
        where = max(asking, key=lambda document: len(document.listings)).source
        return where, f"the site has {number:,} listings of tags; {MOST_LISTINGS} are allowed"
    if not asking or not tags.listings:
        return None
    tagged = [one for one in documents if one.tags and _counts(one.source, tags)]
    compared = number * sum(len(one.tags) for one in tagged)
    if compared > MOST_COMPARED:
        where = max(asking, key=lambda document: len(document.listings)).source
        each = MOST_COMPARED // (compared // number)
        return where, f"the site has {number:,} listings of tags; {each:,} are allowed with its many tags"
    own = [(one, _tags_of(one, tags)) for one in tagged]
    named = {
        page.source: sum(
            len(_featured(config, page, document, found))
            for config in (_known(asked, tags) for asked in page.listings)
            for document, found in own
        )
        for page in asking
    }
    most = ENTRIES_BEFORE + ENTRIES_AGAIN * sum(len(found) for _, found in own)
    if (total := sum(named.values())) > most:
        where = max(named, key=lambda source: named[source])
        return where, f"the listings of tags name {total:,} pages; {most:,} are allowed for this site"
    return None


def links_of(page: Tagged, documents: Sequence[Tagged], tags: Tags) -> tuple[TagLink, ...]:
    """The tags of a page, each with the closest listing. `documents` with listings are `in_order`."""
    if not tags.shown or not page.tags or not _counts(page.source, tags):
        return ()
    own = _tags_of(page, tags)
    listings = [
        (other, found)
        for other in documents
        for asked in other.listings
        if (found := set(_featured(_known(asked, tags), other, page, own)))
    ]
    listings.sort(key=lambda one: len(posixpath.commonpath([page.url, one[0].url])), reverse=True)
    made = []
    for tag in sorted(own, key=lambda one: _tag_key(one.name, tags.sort), reverse=tags.reverse):
        at = next((other for other, found in listings if tag in found), None)
        url = f"{at.url or './'}#{slug_of(tag.name, tags)}" if at else ""
        made.append(TagLink(tag.name, tag.hidden, url))
    return tuple(made)


def tag_listing(
    page: Tagged, asked: str, documents: Sequence[Tagged], tags: Tags
) -> tuple[tuple[TagNode, ...], bool]:
    """The tags of one listing with their pages, and whether they are in the table of contents."""
    config = _known(asked, tags)
    shadow = tags.shadow if config.shadow is None else config.shadow
    tree: dict[str, _Branch] = {}
    for document in documents if tags.listings else ():
        for leaf in _featured(config, page, document, _tags_of(document, tags)):
            if leaf.hidden and not shadow:
                continue
            below = tree
            for depth in range(len(leaf.names)):
                branch = below.setdefault(leaf.names[depth], _Branch(_tag(leaf.names[depth], tags)))
                below = branch.children
            branch.items.append((document.title, document.url))
    return _sorted(tree, tags), tags.toc if config.toc is None else config.toc


def exported(documents: Iterable[Tagged], tags: Tags) -> bytes:
    """The file to which the plug-in exports the tags of each page."""
    mappings = [
        {
            "item": {"url": one.url, "title": one.title},
            "tags": sorted(tag.name for tag in _tags_of(one, tags)),
        }
        for one in documents
        if one.tags
    ]
    return json.dumps({"mappings": mappings}).encode()


def slug_of(name: str, tags: Tags) -> str:
    """The anchor of a tag in listings."""
    make = _slugify(tags.slugify)
    parts = name.split(tags.hierarchy_separator) if tags.hierarchy else [name]
    slugs = (str(make(part, tags.separator)) for part in parts)
    return tags.slug_format.format(slug=tags.hierarchy_separator.join(slugs))


@lru_cache(maxsize=8)
def _slugify(options: tuple[tuple[str, Any], ...]) -> Callable[[str, str], object]:
    made: Callable[[str, str], object] = slugify(**dict(options))
    return made


class _Branch(Struct):
    tag: Tag
    items: list[tuple[str, str]] = []
    children: dict[str, _Branch] = {}


def _sorted(tree: Mapping[str, _Branch], tags: Tags) -> tuple[TagNode, ...]:
    names = sorted(
        tree, key=lambda name: _tag_key(name, tags.listings_tags_sort), reverse=tags.listings_tags_reverse
    )
    at = 0 if tags.listings_sort == "title" else 1
    return tuple(
        TagNode(
            name,
            slug_of(name, tags),
            len(tree[name].tag.names) - 1,
            tree[name].tag.hidden,
            tuple(sorted(tree[name].items, key=lambda item: item[at], reverse=tags.listings_reverse)),
            _sorted(tree[name].children, tags),
        )
        for name in names
    )


def _known(asked: str, tags: Tags) -> TagListing:
    """The listing of a directive; mistakes are reported elsewhere."""
    try:
        return read_listing(asked, tags)
    except ListingError:
        return TagListing(include=frozenset(("",)))


def _featured(config: TagListing, page: Tagged, document: Tagged, own: list[Tag]) -> list[Tag]:
    """The tags of a document that a listing on `page` has."""
    if document.source == page.source:
        return []
    if config.scope:
        base = posixpath.dirname(posixpath.normpath(page.source))
        if not document.source.startswith(posixpath.join(base, "")):
            return []
    if config.exclude and not all(config.exclude.isdisjoint(tag.names) for tag in own):
        return []
    if config.include:
        return [tag for tag in own if not config.include.isdisjoint(tag.names)]
    return own


def _tags_of(document: Tagged, tags: Tags) -> list[Tag]:
    return [_tag(name, tags) for name in document.tags]


def _tag(name: str, tags: Tags) -> Tag:
    if not tags.hierarchy or _is_deep(name, tags):
        return Tag((name,), _is_shadow(name, name, tags))
    made = Tag(())
    separator = tags.hierarchy_separator
    for part in name.split(separator):
        whole = separator.join((made.name, part)) if made.names else part
        made = Tag((*made.names, whole), made.hidden or _is_shadow(whole, part, tags))
    return made


def _is_deep(name: str, tags: Tags) -> bool:
    return tags.hierarchy and name.count(tags.hierarchy_separator) >= MOST_LEVELS


def _is_shadow(name: str, part: str, tags: Tags) -> bool:
    return (
        name in tags.shadow_tags
        or bool(tags.shadow_prefix and part.startswith(tags.shadow_prefix))
        or bool(tags.shadow_suffix and part.endswith(tags.shadow_suffix))
    )


def _tag_key(name: str, how: str) -> str:
    return name.casefold() if how == "casefold" else name
