"""Ghost's exports: JSON with texts as HTML, Lexical, Mobiledoc or Markdown, of the versions 0 to 5."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from deskpress.importers.formats.ghost_texts import lexical_html, mobiledoc_html
from deskpress.importers.platforms.items import Item, Person
from deskpress.importers.platforms.opening import Source, SourceError
from deskpress.importers.platforms.records import Record, decoded_json, instant, rows, text, utc
from deskpress.importers.report import ImportReport

_HERE = "__GHOST_URL__"
_HIDDEN = {
    "draft": "a draft",
    "scheduled": "it was to be published later",
    "sent": "it was sent by mail only",
}


def fits(source: Source) -> bool:
    """Whether a source is Ghost's JSON, or holds it."""
    for name in _files(source)[:20]:
        with source.open(name) as file:
            start = file.read(5000)
        if b'"exported_on"' in start or (b'"db"' in start and b'"data"' in start):
            return True
    return False


def names(target: str, item: Item) -> Iterable[str]:
    """Links hold a sign in the place of the blog's address."""
    return (f"slug:{target.removeprefix(_HERE).strip('/')}",) if target.startswith(_HERE) else ()


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The posts and pages of a blog. Raises `SourceError`."""
    for name in _files(source):
        answer = decoded_json(source, name, source.read(name))
        for data in _data(answer):
            yield from _posts(data, source.place(name), report)


def _files(source: Source) -> list[str]:
    return [name for name in source.names if source.is_file or name.lower().endswith(".json")]


def _data(answer: Any) -> Iterator[Record]:
    """The tables: below `db` or at the top, below `data` or not."""
    if not isinstance(answer, dict):
        return
    listed = answer.get("db")
    for one in listed if isinstance(listed, list) else [answer]:
        tables = one.get("data", one) if isinstance(one, dict) else None
        if isinstance(tables, dict) and isinstance(tables.get("posts"), list):
            yield tables


def _by_post(data: Record, table: str, key: str) -> dict[str, list[str]]:
    """What a table says of each post, in its order."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in rows(data, table):
        order = row.get("sort_order")
        found.setdefault(text(row, "post_id"), []).append(
            (order if isinstance(order, int) else 0, text(row, key))
        )
    return {
        post: [one for _, one in sorted(listed, key=lambda pair: pair[0])] for post, listed in found.items()
    }


def _posts(data: Record, place: str, report: ImportReport) -> Iterator[Item]:
    tags = {text(row, "id"): row for row in rows(data, "tags")}
    people = {text(row, "id"): row for row in rows(data, "users")}
    tagged, written = _by_post(data, "posts_tags", "tag_id"), _by_post(data, "posts_authors", "author_id")
    metas = {text(row, "post_id"): row for row in rows(data, "posts_meta")}
    for row in rows(data, "posts"):
        key, slug = text(row, "id"), text(row, "slug")
        here = f"{place} ({slug or key})"
        if any(text(row, one) for one in ("codeinjection_head", "codeinjection_foot")):
            report.add("changed", "code of the post", "left out: content may not run code", here)
        body, markup = _body(row, report, here)
        authors = (people.get(one, {}) for one in written.get(key, [text(row, "author_id")]))
        is_page = text(row, "type") == "page" or row.get("page") in (1, True)
        yield Item(
            key=text(row, "uuid") or key or slug,
            kind="page" if is_page else "post",
            title=text(row, "title"),
            place=here,
            body=_picture(row, metas.get(key, {}), markup) + body.replace(_HERE, ""),
            markup="markdown" if markup == "markdown" else "html",
            base=f"/{slug}/",
            created=utc(instant(row, "published_at", "created_at")),
            updated=utc(instant(row, "updated_at")),
            slug=slug,
            file=slug if is_page else "",
            description=text(row, "custom_excerpt") or text(metas.get(key, row), "meta_description"),
            tags=tuple(_tags(tags, tagged.get(key, []))),
            people=tuple(
                Person(text(one, "slug"), text(one, "name"), text(one, "bio")) for one in authors if one
            ),
            addresses=(f"/{slug}/",) if slug else (),
            names=(f"slug:{slug}",),
            hidden=_hidden(row),
            pinned=row.get("featured") in (1, True),
        )


def _tags(known: dict[str, Record], ids: list[str]) -> Iterator[str]:
    """The names of tags; those that begin with `#` are for the theme only."""
    for one in ids:
        tag = known.get(one, {})
        name = text(tag, "name")
        if name and not name.startswith("#") and text(tag, "visibility") in ("", "public"):
            yield name


def _hidden(row: Record) -> str:
    status = text(row, "status")
    if status and status != "published":
        return _HIDDEN.get(status, f"its status is `{status}`")
    visibility = text(row, "visibility")
    return f"only `{visibility}` may read it" if visibility not in ("", "public") else ""


def _body(row: Record, report: ImportReport, place: str) -> tuple[str, str]:
    """The text and what it is: HTML if there is any, else what Ghost would make it of."""
    if html := text(row, "html"):
        return html, "html"
    try:
        if lexical := text(row, "lexical"):
            return lexical_html(lexical, lambda what: _unknown(what, report, place)), "html"
        if mobiledoc := text(row, "mobiledoc"):
            return mobiledoc_html(mobiledoc, lambda what: _unknown(what, report, place)), "html"
    except SourceError as error:
        report.add("lost", "the text", str(error), place)
        return text(row, "plaintext"), "html"
    if markdown := text(row, "markdown"):
        return markdown, "markdown"
    return escape(text(row, "plaintext")), "html"


def _unknown(what: str, report: ImportReport, place: str) -> None:
    report.add("lost", what, "Deskpress does not know what Ghost shows for it", place)


def _picture(row: Record, meta: Record, markup: str) -> str:
    """The picture above a text."""
    source = text(row, "feature_image", "image").replace(_HERE, "")
    if not source:
        return ""
    alt, caption = text(meta, "feature_image_alt"), text(meta, "feature_image_caption")
    image = f'<img src="{escape(source)}" alt="{escape(alt)}">'
    said = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{image}{said}</figure>\n" + ("\n" if markup == "markdown" else "")
