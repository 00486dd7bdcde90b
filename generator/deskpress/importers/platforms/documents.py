"""An imported document as a file: its place in the content, its front matter, its old addresses."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from html import unescape

from msgspec import Struct, field

from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.links import alias_of, old_path
from deskpress.importers.platforms.numbering import Numbering
from deskpress.importers.report import ImportReport
from deskpress.model.address import problem_of
from deskpress.model.site import Options
from deskpress.plan.urls import name_slug, slug_of
from deskpress.source.controls import without_controls
from deskpress.source.dates import MAX_YEAR, MIN_YEAR
from deskpress.source.fields import MAX_ITEMS
from deskpress.source.leftovers import leftover
from deskpress.source.titles import MAX_TITLE

UNDATED = date(1970, 1, 1)
"""The day of a post without a date in the source."""

MAX_NAME = 100
"""Characters of a file's name: systems stop at 255 bytes, and old ones at 260 characters of a whole path."""

MAX_PATH = 800
"""Bytes of a path below the folder of its kind: systems stop at 4,096, that of the site included."""

MOST_FOLDERS = 20
"""Folders within one another."""

_PLAIN = re.compile(r"/?[A-Za-z_][A-Za-z0-9_./-]*(?: [A-Za-z_][A-Za-z0-9_./-]*)*|/[A-Za-z0-9_./-]+")
_TAGS = re.compile(r"<[^<>]*>")


def plain(text: str) -> str:
    """A title or a name as text of one line: without tags, references and controls."""
    return " ".join(without_controls(unescape(_TAGS.sub("", text))).split())


def quoted(text: str) -> str:
    """Text as a YAML scalar that means just that; JSON's strings are YAML's."""
    if _PLAIN.fullmatch(text) and not _reserved(text):
        return text
    return (
        json.dumps(text, ensure_ascii=False)
        .replace("\x85", "\\N")
        .replace("\u2028", "\\L")
        .replace("\u2029", "\\P")
    )


def _reserved(text: str) -> bool:
    return text.lower() in ("true", "false", "yes", "no", "on", "off", "null", "y", "n")


class DocumentFiles(Struct):
    """The file of each document. Existing files keep their names, including those of former imports."""

    options: Options
    known: dict[str, str]
    taken: set[str] = field(default_factory=set)
    slugs: set[tuple[str, str]] = field(default_factory=set)
    numbering: Numbering = field(default_factory=Numbering)

    def path_of(self, item: Item, language_dir: str) -> str:
        """The path of a document, relative to the content folder."""
        if item.key in self.known:
            path = self.known[item.key]
            self.taken.add(path.lower())
            return path
        options = next(
            (one for one in self.options.other_languages if one.language_dir == language_dir), self.options
        )
        stem = self._stem(item, options)
        path = f"{self.numbering.free(stem, lambda one: f'{one}.md'.lower() in self.taken)}.md"
        self.taken.add(path.lower())
        return path

    def _stem(self, item: Item, options: Options) -> str:
        name = slug_for(item)
        if item.kind == "post":
            day = _day(item)
            file = item.file or (name if re.match(r"\d{4}-\d\d-\d\d-", name) else f"{day}-{name}")
            return f"{options.posts_dir}/{_short(file)}"
        sections = [name_for(section, name_slug(section)) for section in item.sections]
        inner = item.file or "/".join([*sections, name])
        inner = "/".join(_bounded([_short(part) for part in inner.split("/") if part not in ("", ".", "..")]))
        if item.kind == "topic":
            return f"{options.help_dir}/{inner}"
        first, _, rest = inner.partition("/")
        own = {self.options.posts_dir, self.options.help_dir, self.options.notices_dir, "media", "templates"}
        own |= {one.language_dir for one in self.options.other_languages} | {"search", "assets", "llms"}
        own |= {address.partition("/")[0] for address in options.addresses.values()}
        if first in own:
            inner = f"{first}-page/{rest}" if rest else f"{first}-page"
        return f"{options.prefix}{inner}"


def name_for(title: str, other: str) -> str:
    """A name of a file or a folder for a title; `other` if the title has no letters."""
    return re.sub("-{2,}", "-", slug_of(plain(title))) or other


def slug_for(item: Item) -> str:
    """The last part of a document's address: the source's own if it is valid."""
    own = item.slug.strip().strip("/")
    if own and "/" not in own and not problem_of(own) and leftover(own) is None:
        return own
    return name_for(own.replace("/", "-"), "") or name_for(item.title, f"text-{_digest(item.key):08x}")


def _bounded(parts: list[str]) -> list[str]:
    """The first parts of a path and its last, as many as a path may have."""
    if len(parts) > MOST_FOLDERS:
        parts = [*parts[:MOST_FOLDERS], parts[-1]]
    while len(parts) > 1 and sum(len(part.encode()) + 1 for part in parts) > MAX_PATH:
        del parts[-2]
    return parts


def _digest(text: str) -> int:
    from zlib import crc32

    return crc32(text.encode("utf-8", "replace"))


def _short(name: str) -> str:
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f#%]+', "-", name).strip(". ")
    while len(name) > MAX_NAME or len(name.encode()) > 2 * MAX_NAME:
        name = name.rpartition("-")[0] or name[: len(name) // 2]
    return name if leftover(f"{name}.md") is None else f"text-{name}"


def _day(item: Item) -> str:
    when = item.created or item.updated or UNDATED
    return when.date().isoformat() if isinstance(when, datetime) else when.isoformat()


def front_matter(item: Item, slug: str, authors: Iterable[str], report: ImportReport) -> list[str]:
    """The lines between `---` but for `aliases`; what cannot be kept is reported."""
    title = plain(item.title)[:MAX_TITLE]
    lines = [f"title: {quoted(title or untitled(item))}"]
    if item.kind == "post":
        created = _valid(item.created, item, report)
        if created is None:
            created = _valid(item.updated, item, report) or UNDATED
            report.add("changed", f"“{title[:60]}” has no date", f"it has {created}", item.place)
        lines.append(f"date: {_written(created)}")
    updated = _valid(item.updated, item, report)
    if item.kind != "post" and updated is None:
        updated = _valid(item.created, item, report)
    if updated is not None and (item.kind != "post" or updated != item.created):
        lines.append(f"updated: {_written(updated)}")
    if slug:
        lines.append(f"slug: {quoted(slug)}")
    if description := plain(item.description)[:1000]:
        lines.append(f"description: {quoted(description)}")
    lines += _terms(item, report)
    if item.kind == "post" and (names := [*authors]):
        lines.append(f"authors: [{', '.join(map(quoted, names))}]")
    if item.pinned and item.kind in ("post", "topic"):
        lines.append("pin: true")
    if item.order is not None and item.order >= 0 and item.kind == "topic":
        lines.append(f"order: {item.order}")
    if item.id:
        lines.append(f"id: {quoted(plain(item.id))}")
    if item.hidden:
        lines.append("draft: true")
    return lines


def _terms(item: Item, report: ImportReport) -> Iterator[str]:
    listed = {"categories": item.categories, "tags": item.tags, "topics": item.topics}
    if item.kind != "post":
        # Only posts have categories: what is filed under one here has it as a tag.
        listed = {"tags": (*item.categories, *item.tags)}
    for key, names in listed.items():
        shown = [*dict.fromkeys(filter(None, map(plain, names)))]
        if len(shown) > MAX_ITEMS:
            what, why = f"{len(shown) - MAX_ITEMS} {key}", f"no more than {MAX_ITEMS} may be"
            report.add("lost", what, why, item.place)
        if shown:
            yield f"{key}: [{', '.join(map(quoted, shown[:MAX_ITEMS]))}]"


def untitled(item: Item) -> str:
    """A title for a document that has none: its first words."""
    return " ".join(plain(item.body[:2000]).split()[:8])[:80] or "Untitled"


def _valid(when: datetime | date | None, item: Item, report: ImportReport) -> datetime | date | None:
    if when is not None and not MIN_YEAR <= when.year <= MAX_YEAR:
        report.add("lost", f"the date {when}", f"years are {MIN_YEAR} to {MAX_YEAR}", item.place)
        return None
    return when


def _written(when: datetime | date) -> str:
    if not isinstance(when, datetime):
        return when.isoformat()
    when = when.replace(microsecond=0)
    return when.isoformat() if when.tzinfo else when.isoformat(sep=" ")


class Aliases(Struct):
    """The document of each old address, and of each id: each has only one."""

    claimed: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    following: dict[str, int] = field(default_factory=dict)
    """The number of the next document that would have an address: a source may have thousands of one name."""

    def id_of(self, item: Item, path: str, report: ImportReport) -> str:
        """The id of a document, unless another one has it."""
        holder = self.ids.setdefault(item.id, path) if item.id else path
        if holder != path:
            report.add("lost", f"the id {item.id}", f"{holder} claims it, too", item.place)
            return ""
        return item.id

    def reserve(self, address: str, path: str) -> None:
        """Keep an address for a document that the site had before."""
        self.claimed.setdefault(_as_file(f"/{address.lstrip('/')}"), path)

    def of(self, item: Item, path: str, own: str, report: ImportReport) -> list[str]:
        """The old addresses of a document, whose own is `own` now, as aliases."""
        found: list[str] = []
        for address in item.addresses:
            alias, problem = alias_of(address)
            if problem:
                if old_path(address):
                    report.add("changed", f"the address {address[:200]}", problem, item.place)
                continue
            place = _as_file(alias)
            if place == _as_file(f"/{own}"):
                self.claimed.setdefault(place, path)
                continue
            holder = self.claimed.setdefault(place, path)
            if holder != path:
                report.add(
                    "lost", f"the address {alias}", f"it leads to {holder}, which claims it too", item.place
                )
            elif alias not in found:
                found.append(alias)
        if len(found) > MAX_ITEMS:
            report.add("lost", f"{len(found) - MAX_ITEMS} addresses", f"no more than {MAX_ITEMS}", item.place)
        return found[:MAX_ITEMS]


def _as_file(alias: str) -> str:
    """What two aliases for one file of the site have in common."""
    if not alias.endswith("/") and "." not in posixpath.basename(alias):
        alias += "/"
    return alias.removesuffix("index.html").lower()


def document(lines: list[str], aliases: list[str], body: str) -> str:
    """The whole file."""
    if aliases:
        lines = [*lines, "aliases:", *(f"  - {quoted(alias)}" for alias in aliases)]
    return (
        "---\n"
        + "".join(f"{line}\n" for line in lines)
        + "---\n"
        + (f"\n{body.strip(chr(10))}\n" if body.strip() else "")
    )
