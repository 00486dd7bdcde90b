"""Medium's archive of an account: a page of HTML for each post, draft and response."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from deskpress.importers.platforms.items import Item, Person
from deskpress.importers.platforms.opening import Source
from deskpress.importers.platforms.records import moment
from deskpress.importers.report import ImportReport

_NUMBER = re.compile(r"-([0-9a-f]{8,12})$")


def fits(source: Source) -> bool:
    """Whether a source holds posts of Medium."""
    for name in _files(source)[:20]:
        with source.open(name) as file:
            if b"h-entry" in file.read(20_000):
                return True
    return False


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The posts of an archive; its other pages (claps, lists, sessions) are the account's own affair."""
    for name in _files(source):
        page = LexborHTMLParser(source.text(name))
        article = page.css_first("article.h-entry")
        body = page.css_first('section[data-field="body"]')
        if article is None or body is None:
            continue
        yield _item(name, article, body, source.place(name))


def _files(source: Source) -> list[str]:
    names = [name for name in source.names if name.lower().endswith((".html", ".htm"))]
    posts = [name for name in names if "posts" in name.split("/")[:-1]]
    return posts or names


def _item(name: str, article: LexborNode, body: LexborNode, place: str) -> Item:
    stem = name.rpartition("/")[2].rpartition(".")[0]
    published = _attribute(article, "time.dt-published", "datetime")
    address = _attribute(article, "a.p-canonical", "href")
    author = _text(article, "a.p-author")
    is_draft = stem.startswith("draft_") or not published
    slug = address.rstrip("/").rpartition("/")[2] or re.sub(r"^(?:draft_|\d{4}-\d\d-\d\d_)", "", stem)
    number = _NUMBER.search(slug)
    short = next(
        (
            link
            for link in _hrefs(article, "footer a")
            if re.fullmatch(r"https://medium\.com/p/[0-9a-f]+", link)
        ),
        "",
    )
    return Item(
        key=name,
        kind="post",
        title=_text(article, "h1.p-name") or _text(article, "h3.graf--title"),
        place=place,
        body=body.inner_html or "",
        base=address,
        created=moment(published),
        slug=slug[: number.start()] if number else slug,
        description=_text(article, 'section[data-field="subtitle"]'),
        tags=tuple(filter(None, (tag.text().strip() for tag in article.css("footer a.p-tag")))),
        people=(Person(author, author),) if author else (),
        addresses=tuple(filter(None, (address,))),
        names=(f"number:{short.rpartition('/')[2]}",) if short else (),
        id=short,
        hidden="a draft" if is_draft else "",
    )


def names(target: str, item: Item) -> Iterator[str]:
    """Every address of a text ends with its number."""
    found = re.search(r"(?:/p/|-)([0-9a-f]{8,12})/?$", target.partition("?")[0])
    if found and "medium.com" in target:
        yield f"number:{found[1]}"


def _text(top: LexborNode, selector: str) -> str:
    found = top.css_first(selector)
    return " ".join(found.text().split()) if found is not None else ""


def _attribute(top: LexborNode, selector: str, name: str) -> str:
    found = top.css_first(selector)
    return (found.attributes.get(name) or "").strip() if found is not None else ""


def _hrefs(top: LexborNode, selector: str) -> list[str]:
    return [node.attributes.get("href") or "" for node in top.css(selector)]
