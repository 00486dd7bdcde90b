"""Confluence's HTML export of a space: a page for each page, and attachments beside them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.opening import Source
from deskpress.importers.report import ImportReport

_NUMBER = re.compile(r"(?:^|_)(\d+)$")
_PAGE_ID = re.compile(r"[?&]pageId=(\d+)|/pages/(\d+)(?:/|$)")
_CREATED = re.compile(r"\bon (\w{3}\.? \d{1,2}, \d{4}|\d{1,2} \w{3}\.? \d{4})")
_BRUSH = re.compile(r"brush:\s*([\w+#-]+)")
_DONE, _OPEN = "\ue00a", "\ue00b"
"""Marks of tasks while the tree is changed, which takes text only."""

_MACROS = {"tip": "tip", "note": "warning", "warning": "danger", "information": "info"}
"""Confluence's boxes by the words in their classes; what it calls a note is what others call a warning."""


def fits(source: Source) -> bool:
    """Whether a source holds pages of Confluence."""
    for name in _files(source)[:5]:
        with source.open(name) as file:
            start = file.read(100_000)
        if b"confluence" in start.lower() and b'id="main-content"' in start:
            return True
    return False


def names(target: str, item: Item) -> Iterable[str]:
    """Links go to files, or to addresses of the server with the number of the page."""
    found = _PAGE_ID.search(target)
    if found is not None:
        yield f"id:{found[1] or found[2]}"
    elif "://" not in target:
        yield f"file:{posixpath.basename(unquote(target.partition('?')[0]))}"


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The pages of a space. Raises `SourceError`."""
    for name in _files(source):
        page = LexborHTMLParser(source.text(name))
        body = page.css_first("#main-content")
        if body is not None:
            yield _item(name, page, body, source.place(name))


def _files(source: Source) -> list[str]:
    """All pages but the list of them."""
    found = (name for name in source.names if name.lower().endswith((".html", ".htm")))
    return [name for name in found if posixpath.basename(name).lower() != "index.html"]


def _item(name: str, page: LexborHTMLParser, body: LexborNode, place: str) -> Item:
    stem = posixpath.basename(name).rpartition(".")[0]
    number = _NUMBER.search(stem)
    crumbs = [" ".join(node.text().split()) for node in page.css("#breadcrumbs li")]
    space = crumbs[0] if crumbs else ""
    shown = page.css_first("#title-text") or page.css_first("title")
    title = " ".join(shown.text().split()) if shown is not None else stem
    # Titles begin with the name of the space; a colon may stand in either.
    title = (
        title.removeprefix(f"{space} : ")
        if space and title.startswith(f"{space} : ")
        else title.partition(" : ")[2] or title
    )
    said = page.css_first(".page-metadata")
    days = _CREATED.findall(" ".join(said.text().split())) if said is not None else []
    _mend(body)
    labels = [node.text().strip() for node in page.css("#labels-section .label, .label-list .label a")]
    return Item(
        key=f"page:{number[1]}" if number else f"file:{name}",
        kind="topic",
        title=title,
        place=place,
        body=_with_boxes(body.inner_html or ""),
        created=_day(days[0]) if days else None,
        updated=_day(days[-1]) if days else None,
        slug=_NUMBER.sub("", stem).lower() if number and _NUMBER.sub("", stem) else "",
        file_in_source=name,
        sections=tuple(crumbs[1:]),
        tags=tuple(dict.fromkeys(filter(None, labels))),
        addresses=(f"/{posixpath.basename(name)}",),
        names=(f"file:{posixpath.basename(name)}", *((f"id:{number[1]}",) if number else ())),
    )


def _mend(body: LexborNode) -> None:
    """Macros as elements that say what they are."""
    for node in body.css(".confluence-information-macro"):
        classes = node.attributes.get("class") or ""
        kinds = (kind for word, kind in _MACROS.items() if f"confluence-information-macro-{word}" in classes)
        node.attrs["class"] = f"callout callout-{next(kinds, 'note')}"
        for inner in node.css(".confluence-information-macro-body, .confluence-information-macro-icon"):
            if "class" in inner.attributes:
                del inner.attrs["class"]
    for pre in body.css("pre[data-syntaxhighlighter-params]"):
        found = _BRUSH.search(pre.attributes.get("data-syntaxhighlighter-params") or "")
        if found is not None and found[1] not in ("text", "none", "plain"):
            pre.attrs["class"] = f"language-{found[1]}"
    for node in body.css(".panel, .panelContent, .panelHeader, .codeContent, .codeHeader"):
        # Their classes would be taken for those of boxes.
        if "class" in node.attributes:
            del node.attrs["class"]
    for item in body.css("ul.inline-task-list li"):
        done = "checked" in (item.attributes.get("class") or "").split()
        first = next(iter(item.iter(include_text=True)), None)
        if first is not None:
            first.insert_before(_DONE if done else _OPEN)


def _with_boxes(html: str) -> str:
    """Marks of tasks as boxes."""
    html = html.replace(_DONE, '<input type="checkbox" checked>')
    return html.replace(_OPEN, '<input type="checkbox">')


def _day(text: str) -> date | None:
    text = text.replace(".", "")
    for form in ("%b %d, %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
