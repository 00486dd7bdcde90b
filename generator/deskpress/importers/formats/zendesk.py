"""Zendesk's help centers: the answers of its API, a folder of JSON files.

https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from msgspec import Struct, field

from deskpress.importers.platforms.help_center import Section, Sections
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.opening import Source
from deskpress.importers.platforms.records import Record, instant, number, records, text, texts
from deskpress.importers.report import ImportReport

_ARTICLE = re.compile(r"/hc/(?:([a-zA-Z]{2,3}(?:-[\w-]+)?)/)?(articles|sections|categories)/(\d+)")
_UNNAMED = re.compile(r"(/article_attachments/(\d+))/?(?=[\"'?\s>])")


class _Article(Struct):
    """What a translation needs to know of its article."""

    file: str
    section: str
    hidden: str
    labels: tuple[str, ...]
    promoted: bool
    order: int | None
    locales: set[str] = field(default_factory=set)


class _Attachment(Struct):
    name: str
    address: str


class _ZendeskCenter(Struct):
    sections: Sections = field(default_factory=Sections)
    articles: dict[str, _Article] = field(default_factory=dict)
    attachments: dict[str, _Attachment] = field(default_factory=dict)
    beside: dict[str, list[str]] = field(default_factory=dict)


def fits(source: Source) -> bool:
    """Whether a source has articles of Zendesk's shape."""
    found = next(records(source, "articles"), None)
    return found is not None and "section_id" in found[0]


def language(source: Source) -> str:
    """The language in which articles are written first."""
    for record, _ in records(source, "articles"):
        return text(record, "source_locale", "locale")
    return ""


def names(target: str, item: Item) -> Iterable[str]:
    """Links go by numbers, with any title behind them, in any language."""
    found = _ARTICLE.search(target)
    if found is None:
        return
    kind = "article" if found[2] == "articles" else "section"
    number_of = found[3] if kind == "article" else f"{found[2]}:{found[3]}"
    for locale in (item.language, (found[1] or "").lower()):
        if locale:
            yield f"{kind}:{number_of}:{locale}"
    yield f"{kind}:{number_of}"


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The sections and articles of a help center. Raises `SourceError`."""
    center = _center(source)
    yield from center.sections.items()
    for record, place in records(source, "articles"):
        article = center.articles.get(text(record, "id"))
        if article is not None:
            yield _item(record, text(record, "id"), article, center, place)
    seen: set[tuple[str, str]] = set()
    for record, place in records(source, "translations"):
        number_of, locale = text(record, "source_id"), text(record, "locale").lower()
        article = center.articles.get(number_of)
        if text(record, "source_type") not in ("", "Article"):
            continue
        if article is None:
            report.add("lost", f"a translation into `{locale}`", "its article is not in the source", place)
        elif locale not in article.locales and (number_of, locale) not in seen:
            seen.add((number_of, locale))
            yield _item(record, number_of, article, center, place)


def _center(source: Source) -> _ZendeskCenter:
    center = _ZendeskCenter()
    for kind, parent in (("categories", ""), ("sections", "category_id")):
        for record, place in records(source, kind):
            above = text(record, "parent_section_id")
            key = f"{kind}:{text(record, 'id')}"
            lies_in = f"sections:{above}" if above else f"categories:{text(record, parent)}" if parent else ""
            center.sections.add(
                Section(
                    key,
                    text(record, "name"),
                    lies_in,
                    text(record, "description"),
                    _addresses(text(record, "html_url")),
                    (),
                    place,
                    text(record, "locale").lower(),
                    number(record, "position"),
                )
            )
    for record, _ in records(source, "article_attachments"):
        name, address = (
            text(record, "file_name", "display_file_name"),
            text(record, "content_url", "relative_path"),
        )
        if name and address:
            center.attachments[text(record, "id")] = _Attachment(name, address)
            if record.get("inline") is False:
                center.beside.setdefault(text(record, "article_id"), []).append(text(record, "id"))
    for record, _ in records(source, "articles"):
        key, section = text(record, "id"), f"sections:{text(record, 'section_id')}"
        if key in center.articles:
            # A further language of it, as the API tells them by locale.
            center.articles[key].locales.add(text(record, "locale").lower())
            continue
        center.articles[key] = _Article(
            center.sections.file(section, text(record, "title", "name"), key),
            section,
            _hidden(record),
            texts(record, "label_names"),
            record.get("promoted") is True,
            number(record, "position"),
            {text(record, "locale").lower()},
        )
    return center


def _hidden(record: Record) -> str:
    if record.get("user_segment_id") or record.get("user_segment_ids"):
        return "only some users may read it (a user segment)"
    return "a draft" if record.get("draft") is True else ""


def _item(record: Record, key: str, article: _Article, center: _ZendeskCenter, place: str) -> Item:
    locale = text(record, "locale").lower()
    own = "a draft" if record.get("draft") is True else "hidden" if record.get("hidden") is True else ""
    address = text(record, "html_url")
    return Item(
        key=f"article:{key}:{locale}",
        kind="topic",
        title=text(record, "title", "name"),
        place=f"{place} ({key})",
        body=_body(text(record, "body"), key, center),
        base=address,
        created=instant(record, "created_at"),
        updated=instant(record, "edited_at", "updated_at"),
        file=article.file,
        tags=article.labels,
        addresses=_addresses(address),
        names=(f"article:{key}:{locale}", f"article:{key}"),
        hidden=article.hidden or own,
        language=locale,
        pinned=article.promoted,
        order=article.order,
    )


def _addresses(address: str) -> tuple[str, ...]:
    """An address with and without the title behind its number."""
    found = _ARTICLE.search(address)
    return tuple(dict.fromkeys([address, address[: found.end()]])) if found else (address,) if address else ()


def _body(body: str, key: str, center: _ZendeskCenter) -> str:
    """The text, with the names of its files, and with those below it that readers find there."""

    def named(found: re.Match[str]) -> str:
        attachment = center.attachments.get(found[2])
        return f"{found[1]}/{attachment.name}" if attachment else found[0]

    body = _UNNAMED.sub(named, body)
    listed = [
        center.attachments[one]
        for one in center.beside.get(key, [])
        if f"article_attachments/{one}" not in body
    ]
    if not listed:
        return body
    files = "".join(f'<li><a href="{escape(one.address)}">{escape(one.name)}</a></li>' for one in listed)
    return f"{body}<ul>{files}</ul>"
