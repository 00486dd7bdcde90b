"""Freshdesk's solutions: the answers of its API, a folder of JSON files that are lists.

https://developers.freshdesk.com/api/#solutions
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from deskpress.importers.platforms.documents import name_for
from deskpress.importers.platforms.help_center import Section, Sections
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.opening import Source
from deskpress.importers.platforms.records import Record, instant, listed, number, rows, text, texts
from deskpress.importers.report import ImportReport

_ARTICLE = re.compile(r"/solutions/(articles|folders)/(\d+)|/solutions/(\d+)")
_EVERYBODY = 1
_VISIBLE = {2: "users who are logged in", 3: "agents", 4: "some companies", 5: "bots", 6: "some contacts"}
_DRAFT = 1


def fits(source: Source) -> bool:
    """Whether a source has articles of Freshdesk's shape."""
    return any(_is_article(record) for record, _ in listed(source))


def names(target: str, item: Item) -> Iterable[str]:
    """Links go by numbers, with any title behind them, in any language."""
    found = _ARTICLE.search(target)
    if found is None:
        return
    if found[1] == "articles":
        yield f"article:{found[2]}"
    else:
        yield f"section:folder:{found[2]}" if found[2] else f"section:category:{found[3]}"


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The categories, folders and articles. Raises `SourceError`."""
    sections = Sections()
    for record, place in listed(source):
        if _is_article(record) or "name" not in record:
            continue
        key = text(record, "id")
        if "category_id" in record or "visibility" in record:
            above = text(record, "parent_folder_id")
            parent = f"folder:{above}" if above else f"category:{text(record, 'category_id')}"
            visible = number(record, "visibility") if "visibility" in record else _EVERYBODY
            who = _VISIBLE.get(visible or 0, "some")
            hidden = "" if visible == _EVERYBODY else f"only {who} may read its folder"
            path, kind = f"/support/solutions/folders/{key}", "folder"
        else:
            parent, hidden, path, kind = "", "", f"/support/solutions/{key}", "category"
        sections.add(
            Section(
                f"{kind}:{key}",
                text(record, "name"),
                parent,
                escape(text(record, "description"), quote=False),
                (path,),
                (),
                place,
                hidden=hidden,
            )
        )
    yield from sections.items()
    files: dict[str, tuple[str, str]] = {}
    for translated in (False, True):
        for record, place in listed(source):
            if not _is_article(record):
                continue
            key, section = text(record, "id"), f"folder:{text(record, 'folder_id')}"
            locale = text(record, "language")
            if key in files and files[key][1] == locale:
                continue
            if key not in files and not translated:
                files[key] = (sections.file(section, text(record, "title"), key), locale)
                yield _item(record, key, files[key][0], "", sections.hidden(section), place)
            elif translated and locale and key in files:
                yield _item(record, key, files[key][0], locale, sections.hidden(section), place)


def _is_article(record: Record) -> bool:
    return "folder_id" in record and "title" in record


def _item(record: Record, key: str, file: str, locale: str, hidden: str, place: str) -> Item:
    path = f"/support/solutions/articles/{key}"
    slug = name_for(text(record, "title"), "")
    below = f"/{locale}" if locale else ""
    seo = record.get("seo_data")
    status = "a draft" if record.get("status") == _DRAFT else ""
    return Item(
        key=f"article:{key}" + (f":{locale}" if locale else ""),
        kind="topic",
        title=text(record, "title"),
        place=f"{place} ({key})",
        body=text(record, "description") + _files(record),
        base=f"{below}{path}",
        created=instant(record, "created_at"),
        updated=instant(record, "updated_at"),
        file=file,
        description=text(seo, "meta_description") if isinstance(seo, dict) else "",
        tags=texts(record, "tags"),
        addresses=(f"{below}{path}", *((f"{below}{path}-{slug}",) if slug else ())),
        names=(f"article:{key}",),
        hidden=hidden or status,
        language=locale,
    )


def _files(record: Record) -> str:
    """The files below an article."""
    links = [
        f'<li><a href="{escape(text(one, "attachment_url"))}">{escape(text(one, "name"))}</a></li>'
        for one in rows(record, "attachments")
        if text(one, "attachment_url")
    ]
    return f"<ul>{''.join(links)}</ul>" if links else ""
