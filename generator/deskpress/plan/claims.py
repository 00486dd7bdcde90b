"""Content that occupies an address which a future output of Deskpress may need."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from deskpress.model.document import AnyDocument, Page
from deskpress.model.output import path_of
from deskpress.model.site import Options, Site
from deskpress.plan.feeds import FEED_FILES
from deskpress.plan.language_sites import language_sites
from deskpress.plan.lists import TAXONOMIES
from deskpress.plan.reserved import PICTURES, in_language, own_pattern
from deskpress.plan.urls import FIELDS, document_address, folder_address

LOCK = "addresses.lock"

_VALUES = {"year": r"\d{4}", "month": r"\d{2}", "slug": "[^/]+"}


def list_pattern(options: Options) -> re.Pattern[str]:
    """The paths that lists and feeds of a language may have, and all below them."""
    lists = [_of(options, kind) for kind in ("month", "year", "series", *TAXONOMIES)]
    paged = [re.escape(options.addresses["blog"]), *(_of(options, kind) for kind in TAXONOMIES)]
    further = f"(?:{'|'.join(paged)})page/[0-9]+/"
    return re.compile(
        rf"(?:(?:{'|'.join((*lists, further))})index\.html|(?:.*/)?(?:{FEED_FILES}))(?:/.*)?", re.I
    )


def _of(options: Options, kind: str) -> str:
    pattern = re.escape(options.addresses[kind])
    for field in FIELDS[kind]:
        pattern = pattern.replace(re.escape(f"{{{field}}}"), _VALUES[field])
    return pattern


def reserved_patterns(site: Site) -> tuple[str, ...]:
    """The paths that outputs of Deskpress may have, and all below them: a pattern for each language.

    Matches begin with the folder of the language. Case is ignored.
    """
    return tuple(
        f"{list_pattern(one.options).pattern}|(?:{own_pattern(one.options)})(?:/.*)?"
        for one in language_sites(site)
    )


def claims(site: Site) -> dict[str, str]:
    """Addresses of documents, aliases and files that an output of Deskpress may need, with their files.

    The author of the first post of a month, or of the hundredth post, would be told that the address is
    taken. Lists that `addresses.lock` names count if something else has their address.
    """
    patterns = [
        (one.options.prefix, re.compile(pattern, re.I | re.S))
        for one, pattern in zip(language_sites(site), reserved_patterns(site), strict=True)
    ]

    def wanted(place: str) -> bool:
        return any(place.startswith(prefix) and found.fullmatch(place) for prefix, found in patterns)

    found: dict[str, str] = {}
    for document in site.documents:
        address = document_address(document, site.options)
        if any(map(wanted, _places(address))) and not _is_own_index(document, site.options):
            found[address] = document.path
        for alias in document.aliases:
            places = _places(alias)
            inner = in_language(places[0])
            if any(map(wanted, places)) or (inner and (inner == "index.html" or wanted(inner))):
                found[alias] = document.path
    pictures = re.compile(PICTURES, re.I | re.S)
    for asset in site.assets:
        if any(map(wanted, _places(asset.at))) and not pictures.fullmatch(asset.at):
            found[asset.at] = asset.path
    own = [re.compile(f"(?:{own_pattern(one.options)})(?:/.*)?", re.I | re.S) for one in language_sites(site)]
    for address in site.promised:
        if any(pattern.fullmatch(place) for pattern in own for place in _places(address)):
            found[address] = LOCK
    return found


def _places(address: str) -> tuple[str, ...]:
    """The file at an address; and the page whose folder it is in, unless it is a page itself."""
    path = path_of(address)
    return (path,) if path.endswith((".html", ".htm")) else (path, f"{path}/index.html")


def _is_own_index(document: AnyDocument, options: Options) -> bool:
    """Whether a page replaces the index of help or of notices, which is allowed."""
    own = options.of(document.path)
    return isinstance(document, Page) and folder_address(document) in (
        f"{own.help_dir}/",
        f"{own.notices_dir}/",
    )


def is_wanted(address: str, patterns: Iterable[str], files: Collection[str]) -> bool:
    """Whether an output of Deskpress among `files` needs `address`, by `reserved_patterns`."""
    found = [re.compile(pattern, re.I | re.S) for pattern in patterns]
    if not any(pattern.fullmatch(place) for pattern in found for place in _places(address)):
        return False
    path = path_of(address)
    parts = path.split("/")
    above = {"/".join(parts[:end]) for end in range(1, len(parts) + 1)}
    return not above.isdisjoint(files) or any(file.startswith(f"{path}/") for file in files)
