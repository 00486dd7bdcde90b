"""Compares the addresses of the site as stock builds it with the new ones, and keeps the old ones.

A page gets its old address by `slug`, or redirects from it by `aliases` in its front matter; a list by
`redirects` in `mkdocs.yml`. Everything else is reported as lost, one by one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from msgspec import Struct, field
from msgspec.structs import replace

from deskpress.importers.changes import Changes, is_inside
from deskpress.importers.front_matter import with_aliases, with_key, with_slug
from deskpress.importers.report import ImportReport
from deskpress.importers.yaml_text import YamlTextError
from deskpress.model.address import problem_of
from deskpress.model.output import address_of, path_of
from deskpress.source.front_matter_keys import nearest

_PAGE = re.compile(r"page/\d+(?:/|\.html)?$")
_REFRESH = re.compile(r"""http-equiv=["']?refresh["']?[^>]*?\burl=([^"'>\s]+)""", re.I)
_IDS = re.compile(r"<(?:guid|id)\b[^>]*>(?:<!\[CDATA\[)?([^<\]]+)", re.S)
_INTERNAL = (
    *("search/search_index.json", "search/search_index.js", "sitemap.xml.gz"),
    *("rss.xsl", "assets/_mkdocstrings.css"),
)
"""Files that plug-ins for the search, feeds and references write for their own pages."""

LARGEST_REDIRECT = 8000
"""The most bytes of a page that only redirects."""


class Old(Struct, frozen=True):
    """The site as stock builds it: `paths` of its files in `folder`, and where those of the content went.

    `own` are those made from a file of the content folder, not by a plug-in.
    """

    folder: Path
    paths: frozenset[str]
    source_of: Mapping[str, str] = field(default_factory=dict)
    pages: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


class New(Struct, frozen=True):
    """The site as Deskpress builds it: paths, and the address of each document by its path in the content."""

    paths: frozenset[str]
    address_of: Mapping[str, str]
    folder: Path | None = None

    @property
    def addresses(self) -> frozenset[str]:
        """The folder of its published files."""
        return frozenset(map(address_of, self.paths))


class Remedies(Struct):
    """What keeps old addresses: `slugs` and `aliases` by document, and `redirects` of lists.

    `apart` are slugs of documents whose address stock gives to another one, which hides them.
    """

    slugs: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.slugs or self.aliases or self.redirects or self.apart)


def old_site(folder: Path, paths: list[str], files: list[Mapping[str, Any]]) -> Old:
    """Those of a site's files whose addresses readers know; `files` are those of `compat/stock.py`.

    Without `files` (a site that was built elsewhere) sources are not known.
    """
    source_of = {str(one["path"]): str(one["source"]) for one in files}
    own = {str(one["path"]) for one in files if one["content"]}
    pages = frozenset(str(one["path"]) for one in files if one["page"])
    theme = ("assets/javascripts/", "assets/stylesheets/", "assets/images/favicon")
    kept = {
        path
        for path in paths
        if path not in _INTERNAL and not path.startswith(".") and (path in own or not path.startswith(theme))
    }
    return Old(folder, frozenset(kept), source_of, pages, frozenset(own))


def remedies(old: Old, new: New, files: frozenset[str]) -> Remedies:
    """How the old addresses that the new site does not have are kept, as far as that can be done.

    `files` are those of the content folder; others are made by plug-ins and hooks, and nobody can edit them.
    """
    found, there = Remedies(), new.addresses
    for path in sorted(old.paths - new.paths):
        address = address_of(path)
        if not path.endswith(".html") or problem_of(address):
            continue
        source = old.source_of.get(path, "")
        if (now := new.address_of.get(source)) is not None and source in files:
            _keep_document(found, source, address, now)
        elif now:
            found.redirects[address] = now
        elif (target := _nearest_list(address, there)) is not None and source not in new.address_of:
            # Of a site that was built elsewhere nobody knows which pages are lists.
            is_list = path in old.pages or not old.source_of
            if is_list and not _is_redirect(old.folder / path):
                found.redirects[address] = target
    found.apart.update(_hidden(old, new, files))
    return found


def _hidden(old: Old, new: New, files: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The documents that stock hides behind another one at the same address, each with a slug of its own."""
    taken = Counter(new.address_of.values())
    for source, address in new.address_of.items():
        shown = old.source_of.get(path_of(address), source)
        if taken[address] == 1 or shown == source or source not in files:
            continue
        above, slug = _split(address)
        above, number = f"{above}/" if above else "", 2
        while taken[own := f"{above}{slug}-{number}{_ending(address)}"]:
            number += 1
        taken[own] += 1
        yield source, f"{slug}-{number}"


def _keep_document(found: Remedies, source: str, address: str, now: str) -> None:
    above, slug = _split(address)
    if above == _split(now)[0] and slug and _ending(address) == _ending(now) and not problem_of(slug):
        found.slugs[source] = slug
    else:
        found.aliases.setdefault(source, []).append(address)


def _split(address: str) -> tuple[str, str]:
    """The folder of an address, and what a slug is in it."""
    above, _, last = address.rstrip("/").rpartition("/")
    return above, last.removesuffix(".html")


def _ending(address: str) -> str:
    return "/" if address.endswith("/") else ".html"


def _nearest_list(address: str, there: frozenset[str]) -> str | None:
    """The list of the new site that has what an old one had: itself, without its number, or above it."""
    plain = re.sub(r"\.html$", "/", address)
    for one in (plain, _PAGE.sub("", plain), _PAGE.sub("", address)):
        if one and one != address and one in there:
            return one
    above = _PAGE.sub("", plain).rstrip("/").rpartition("/")[0]
    siblings = [
        one for one in there if one.startswith(f"{above}/") and one.count("/") == above.count("/") + 2
    ]
    if above and (like := nearest(plain, siblings)):
        return like
    while above:
        if f"{above}/" in there:
            return f"{above}/"
        above = above.rpartition("/")[0]
    return None


def apply(found: Remedies, changes: Changes, content: str, report: ImportReport) -> None:
    """Write slugs and aliases into the documents, and tell of each; `content` is the content folder."""
    for source, slug in sorted(found.slugs.items()):
        label = f"{content}/{source}"
        try:
            text = _own_text(changes, label)
            new = with_key(text, "slug", slug)
            if new == text:
                raise YamlTextError("it has another `slug`")
            changes.write(label, new)
            report.add("kept", f"address of {source}", f"by `slug: {slug}`", _place(new, "slug:", label))
        except (YamlTextError, OSError, UnicodeDecodeError) as error:
            report.add("lost", f"address of {source}", f"it wants `slug: {slug}`: {error}", f"{label}:1")
    for source, slug in sorted(found.apart.items()):
        label = f"{content}/{source}"
        try:
            text = with_slug(_own_text(changes, label), slug)
            changes.write(label, text)
            why = f"another document hid it at the same address: `slug: {slug}` shows it"
            report.add("changed", f"address of {source}", why, _place(text, "slug:", label))
        except (YamlTextError, OSError, UnicodeDecodeError) as error:
            report.add("lost", f"address of {source}", f"it wants `slug: {slug}`: {error}", f"{label}:1")
    for source, old in sorted(found.aliases.items()):
        label = f"{content}/{source}"
        try:
            text = with_aliases(_own_text(changes, label), old)
            changes.write(label, text)
            for address in old:
                report.add(
                    "changed",
                    f"/{address}",
                    "leads to the new address: `aliases`",
                    _place(text, "aliases:", label),
                )
        except (YamlTextError, OSError, UnicodeDecodeError) as error:
            for address in old:
                report.add("lost", f"/{address}", f"no alias could be written: {error}", f"{label}:1")


def _own_text(changes: Changes, label: str) -> str:
    if not is_inside(changes.root, label):
        raise YamlTextError("a link leads to a file outside of the site's folder")
    return changes.read(label)


def _place(text: str, key: str, label: str) -> str:
    at = text.find(f"\n{key}")
    return f"{label}:{text.count(chr(10), 0, at) + 2 if at >= 0 else 1}"


def tell(old: Old, new: New, content: str, config: str, report: ImportReport) -> None:
    """Report the final addresses: how many are the same, and each that is not."""
    if not new.paths:
        report.note("the new site does not build, so addresses are not compared")
        return
    if not new.folder:
        report.note("the new site does not build yet: only addresses that are planned are compared")
        old = replace(old, paths=old.paths & (old.own | old.pages))
    missing = sorted(old.paths - new.paths)
    same = len(old.paths) - len(missing)
    report.add("kept", "addresses", f"{same} of {len(old.paths)} are there", f"{config}:1")
    for path in missing:
        address, source = address_of(path), old.source_of.get(path, "")
        place = f"{content}/{source}:1" if path in old.own else f"{config}:1"
        report.add("lost", f"/{address}", _why(path, source, old, new), place)
    if new.folder:
        _tell_feeds(old, new, config, report)
        _tell_redirects(old, new, config, report)


def _why(path: str, source: str, old: Old, new: New) -> str:
    if path != "index.html" and (problem := problem_of(address_of(path))):
        return f"such an address {problem}"
    if path in old.pages and source:
        if source in new.address_of:
            return f"the page lies at /{new.address_of[source]}"
        return "the page is not built"
    if source and source in new.paths:
        return f"the file lies at /{source}; links from other sites to the old address lead nowhere"
    if path.endswith((".xml", ".json")) and "/" not in path:
        return "no such file is made; subscribers of a feed at this address need another"
    return "nothing of the new site is at this address"


def _is_redirect(path: Path) -> bool:
    return bool(_target(path))


def _target(path: Path) -> str:
    """The target of a page that only redirects; empty for other pages."""
    try:
        if path.stat().st_size > LARGEST_REDIRECT:
            return ""
        found = _REFRESH.search(path.read_text("utf-8", "replace"))
    except OSError:
        return ""
    return found[1] if found else ""


def _tell_redirects(old: Old, new: New, config: str, report: ImportReport) -> None:
    """Redirects that were there before still have to lead somewhere."""
    assert new.folder is not None
    for path in sorted(old.paths & new.paths):
        if not path.endswith(".html") or not _is_redirect(old.folder / path):
            continue
        target = _target(new.folder / path)
        if not target or "://" in target:
            continue
        address = unquote(urljoin(f"/{address_of(path)}", target.partition("#")[0])).lstrip("/")
        if path_of(address) not in new.paths and f"{address}/index.html" not in new.paths:
            report.add(
                "lost",
                f"the redirect /{address_of(path)}",
                f"it leads to /{address}, which is not there",
                f"{config}:1",
            )


def _tell_feeds(old: Old, new: New, config: str, report: ImportReport) -> None:
    """Ids of entries by which feed readers recognise them."""
    assert new.folder is not None
    for path in sorted(old.paths & new.paths):
        if "sitemap" in path or not path.endswith((".xml", ".json")):
            continue
        before, after = _ids(old.folder / path), _ids(new.folder / path)
        if before and (gone := before - after):
            what = (
                f"{len(gone)} of {len(before)} entries have another id or are gone: subscribers see them anew"
            )
            report.add("changed", f"the feed /{path}", what, f"{config}:1")
        elif before:
            report.add(
                "kept", f"the feed /{path}", f"its {len(before)} entries have their ids", f"{config}:1"
            )


def _ids(path: Path) -> frozenset[str]:
    try:
        text = path.read_text("utf-8", "replace")
        if path.suffix == ".json":
            data = json.loads(text)
            items = data.get("items", []) if isinstance(data, dict) else []
            return frozenset(str(one.get("id")) for one in items if isinstance(one, dict))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(_IDS.findall(text)) if "<rss" in text or "<feed" in text else frozenset()
