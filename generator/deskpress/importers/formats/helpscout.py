"""Help Scout's Docs: the answers of its API, a folder of JSON files.

https://developer.helpscout.com/docs-api/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from deskpress.importers.platforms.help_center import Section, Sections
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.opening import Source
from deskpress.importers.platforms.records import Record, instant, number, records, text, texts
from deskpress.importers.report import ImportReport

_ARTICLE = re.compile(r"/(article|category|collection)/(\d+)")


class _HelpScoutCenter(Struct):
    sections: Sections = field(default_factory=Sections)
    redirects: dict[str, list[str]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    """Old addresses whose articles are not in the source."""


def fits(source: Source) -> bool:
    """Whether a source has articles of Help Scout's shape."""
    return any(
        "publicUrl" in one and "collectionId" in one for one, _ in records(source, "article", "articles")
    )


def names(target: str, item: Item) -> Iterable[str]:
    """Links go by numbers, with any title behind them."""
    found = _ARTICLE.search(target)
    if found is not None:
        yield f"{found[1]}:{found[2]}"


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The collections, categories and articles. Raises `SourceError`."""
    center = _center(source, report)
    yield from center.sections.items()
    seen: set[str] = set()
    # A list of articles has no texts: those are in an answer for each.
    for keys in (("article",), ("articles",)):
        for record, place in records(source, *keys):
            key = text(record, "id")
            if "text" in record and key not in seen:
                seen.add(key)
                yield _item(record, key, center, f"{place} ({text(record, 'number')})", report)
    yield from (Item.left_out("redirects", old) for old in center.lost)


def _center(source: Source, report: ImportReport) -> _HelpScoutCenter:
    center = _HelpScoutCenter()
    for kind, parent in (("collections", ""), ("categories", "collectionId")):
        for record, place in records(source, kind, "collection" if kind == "collections" else "category"):
            address = text(record, "publicUrl")
            center.sections.add(
                Section(
                    text(record, "id"),
                    text(record, "name"),
                    text(record, parent) if parent else "",
                    text(record, "description"),
                    (address,) if _ARTICLE.search(address) else (),
                    (f"{kind[:-1] if kind == 'collections' else 'category'}:{text(record, 'number')}",),
                    place,
                    order=number(record, "order"),
                    hidden="its collection is private" if text(record, "visibility") == "private" else "",
                )
            )
    for record, _ in records(source, "redirects", "redirect"):
        if (old := text(record, "urlMapping")) and (document := text(record, "documentId")):
            center.redirects.setdefault(document, []).append(old)
    known = {text(record, "id") for record, _ in records(source, "article", "articles")}
    for document in sorted(center.redirects.keys() - known):
        for old in center.redirects[document]:
            why = "its article is not in the source: it answers 410 (gone)"
            report.add("changed", f"the old address {old}", why, "redirects")
            center.lost.append(old)
    return center


def _item(record: Record, key: str, center: _HelpScoutCenter, place: str, report: ImportReport) -> Item:
    categories = [one for one in texts(record, "categories") if one in center.sections.known]
    section = categories[0] if categories else text(record, "collectionId")
    address, count = text(record, "publicUrl"), text(record, "number")
    if text(record, "code"):
        report.add("changed", "code of the article", "left out: content may not run code", place)
    status = text(record, "status")
    own = "" if status in ("", "published") else "not published"
    further = [center.sections.known[one].name for one in categories[1:]]
    bare = _ARTICLE.search(address)
    return Item(
        key=f"article:{key}",
        kind="topic",
        title=text(record, "name"),
        place=place,
        body=text(record, "text"),
        base=address,
        created=instant(record, "createdAt"),
        updated=instant(record, "updatedAt"),
        file=center.sections.file(section, text(record, "name"), count),
        tags=(*texts(record, "keywords"), *further),
        addresses=tuple(
            dict.fromkeys(
                [address, *([address[: bare.end()]] if bare else []), *center.redirects.get(key, [])]
            )
        ),
        names=(f"article:{count}",),
        hidden=center.sections.hidden(section) or own,
    )
