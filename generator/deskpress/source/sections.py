"""Splits a body into sections at its headings, as text, for the search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from deskpress.model.search import TextSection

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNREAD = frozenset({"script", "style", "template"})


def sections_of(body: LexborNode) -> Iterator[TextSection]:
    """The sections of a body. Headings inside other elements (a tab, a box) do not start one."""
    head, title = "", ""
    texts: list[str] = []
    for node in body.iter(include_text=True):
        if node.tag in _HEADINGS:
            yield from _section(head, title, texts)
            head, title, texts = node.attributes.get("id") or "", _plain(node.text(separator=" ")), []
        elif node.tag not in _UNREAD:
            texts.append(node.text(separator=" "))
    yield from _section(head, title, texts)


def _section(head: str, title: str, texts: list[str]) -> Iterator[TextSection]:
    text = _plain(" ".join(texts))
    if text or title:
        yield TextSection(head, title, text)


def _plain(text: str) -> str:
    return " ".join(text.split())
