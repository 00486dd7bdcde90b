"""Markdown copies of pages and their list, as the plug-in `llmstxt` makes them."""

from __future__ import annotations

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from deskpress.compat.native.llmstxt import copied, index
from deskpress.model.addons import LlmsTxt
from deskpress.model.output import OutputSpec, copy_path, path_of
from deskpress.render.as_markdown import as_markdown, is_deep
from deskpress.render.frame import root_from
from deskpress.render.library import Library


def page_copy(spec: OutputSpec, library: Library) -> bytes:
    """The copy of a page."""
    path = spec.subject[1]
    link = library.head(path)
    assert link is not None  # planned for documents alone
    html = library.placed(path, root_from(link.href), base=1)
    if "<h1" not in html:
        html = Markup("<h1>{}</h1>\n").format(link.title) + Markup(html)
    body = LexborHTMLParser(html).body
    if body is not None and is_deep(body):
        return as_markdown(html).encode()  # the plug-in's function goes down level by level
    return copied(html, library.options.addons.llmstxt or LlmsTxt(), spec.path).encode()


def copies_index(library: Library) -> bytes:
    """The list of the copies."""
    options = library.options
    sections = []
    for title, pages in library.copies(""):
        links = [(library.head(path), said) for path, said in pages]
        rows = [(one.title, options.url + copy_path(path_of(one.href)), said) for one, said in links if one]
        sections.append((title, rows))
    return index(options.name, options.description, options.addons.llmstxt or LlmsTxt(), sections).encode()
