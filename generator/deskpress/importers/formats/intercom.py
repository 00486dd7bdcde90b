"""Intercom's help centers: the answers of its API, a folder of JSON files.

https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deskpress.importers.platforms.help_center import Section, Sections
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.opening import Source
from deskpress.importers.platforms.records import Record, instant, number, records, rows, text
from deskpress.importers.report import ImportReport

_KEYS = ("data", "articles", "collections", "sections")
_NUMBERED = re.compile(r"/(articles|collections|sections)/(\d+)")
_GROUPS = ("collection", "section")


def fits(source: Source) -> bool:
    """Whether a source has articles of Intercom's shape."""
    return any(one.get("type") == "article" and "state" in one for one, _ in records(source, *_KEYS))


def language(source: Source) -> str:
    """The language in which articles are written first."""
    return next(
        (text(one, "default_locale") for one, _ in records(source, *_KEYS) if one.get("type") == "article"),
        "",
    )


def names(target: str, item: Item) -> Iterable[str]:
    """Links go by numbers, with any title behind them."""
    found = _NUMBERED.search(target)
    if found is not None:
        yield f"article:{found[2]}" if found[1] == "articles" else f"section:{found[2]}"


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The collections and articles of a help center. Raises `SourceError`."""
    sections = Sections()
    for record, place in records(source, *_KEYS):
        if record.get("type") in _GROUPS:
            sections.add(
                Section(
                    text(record, "id"),
                    text(record, "name"),
                    text(record, "parent_id"),
                    text(record, "description"),
                    _addresses(text(record, "url")),
                    (),
                    place,
                    text(record, "default_locale"),
                    number(record, "order"),
                )
            )
    yield from sections.items()
    for record, place in records(source, *_KEYS):
        if record.get("type") == "article":
            yield from _items(record, sections, f"{place} ({text(record, 'id')})")


def _items(record: Record, sections: Sections, place: str) -> Iterator[Item]:
    key, section = text(record, "id"), text(record, "parent_id")
    file = sections.file(section, text(record, "title"), key)
    spoken = text(record, "default_locale")
    yield _item(record, record, key, file, spoken, place)
    translated = record.get("translated_content")
    for locale, one in translated.items() if isinstance(translated, dict) else []:
        if isinstance(one, dict) and locale != spoken and text(one, "title", "body"):
            yield _item(one, record, key, file, locale, place)


def _item(one: Record, article: Record, key: str, file: str, locale: str, place: str) -> Item:
    address = text(one, "url")
    return Item(
        key=f"article:{key}:{locale}",
        kind="topic",
        title=text(one, "title"),
        place=place,
        body=text(one, "body"),
        base=address or text(article, "url"),
        created=instant(one, "created_at"),
        updated=instant(one, "updated_at"),
        file=file,
        description=text(one, "description"),
        tags=tuple(text(tag, "name") for tag in rows(article.get("tags"), "tags")),
        addresses=_addresses(address),
        names=(f"article:{key}",),
        hidden=_hidden(one, article),
        language=locale,
    )


def _hidden(one: Record, article: Record) -> str:
    if text(one, "state") not in ("", "published"):
        return "a draft"
    audiences = article.get("audience_ids") or article.get("help_center_audiences")
    return "only some users may read it (an audience)" if audiences else ""


def _addresses(address: str) -> tuple[str, ...]:
    """An address with and without the title behind its number."""
    found = _NUMBERED.search(address)
    return tuple(dict.fromkeys([address, address[: found.end()]])) if found else (address,) if address else ()
