"""Texts for programs that read: `llms.txt`, full texts by section and month, Markdown copies of pages."""

from __future__ import annotations

from collections.abc import Iterator

from deskpress.model.address import href
from deskpress.model.output import OutputSpec, copy_path, path_of
from deskpress.plan.texts import month_path, section_path
from deskpress.render.as_markdown import as_markdown
from deskpress.render.dates import month_text
from deskpress.render.library import Library


def text_list(library: Library) -> bytes:
    """`llms.txt`: what the site is, its topics by section, and where full texts are."""
    options, say = library.options, library.options.words
    blocks = [f"# {_line(options.name)}"]
    blocks += [f"> {_line(options.description)}"] if options.description else []
    full: list[str] = []
    if "help" in options.llms:
        for title, key, paths in _sections(library):
            blocks.append(f"## {_line(title)}\n\n" + "\n".join(_entry(path, library) for path in paths))
            full.append(f"- [{_line(title)}]({options.url}{href(section_path(key, options))})")
    if "blog" in options.llms:
        for month in (month for _, months in library.years() for month, _ in months):
            name = month_text(month, options.language)
            full.append(f"- [{_line(name)}]({options.url}{href(month_path(str(month), options))})")
    heading = say("Full texts")
    blocks.append(f"## {heading}\n\n" + "\n".join(full))
    return ("\n\n".join(blocks) + "\n").encode()


def section_text(spec: OutputSpec, library: Library) -> bytes:
    """The whole topics of a section."""
    key, top = spec.subject[1], library.index("")
    if key:
        paths = [path for child, _, page in top if child == key for path in _topics(key, page, library)]
    else:
        paths = _alone(library)
    return "\n".join(_document(path, library) for path in paths).encode()


def month_texts(spec: OutputSpec, library: Library) -> bytes:
    """The whole posts of a month, newest first."""
    return "\n".join(_document(path, library) for path in library.month(spec.subject[1])).encode()


def page_text(spec: OutputSpec, library: Library) -> bytes:
    """The Markdown copy of a page."""
    return _document(spec.subject[1], library).encode()


def _sections(library: Library) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The sections at the top with their topics in reading order; topics without a section come first."""
    if alone := _alone(library):
        yield library.options.words("Help"), "", tuple(alone)
    for key, title, path in library.index(""):
        if library.index(key):
            yield title, key, tuple(_topics(key, path, library))


def _alone(library: Library) -> list[str]:
    """The topics that are in no section."""
    return [path for key, _, path in library.index("") if path and not library.index(key)]


def _topics(key: str, path: str, library: Library) -> Iterator[str]:
    if path:
        yield path
    for child, _, page in library.index(key):
        yield from _topics(child, page, library)


def _entry(path: str, library: Library) -> str:
    card = library.card(path)
    about = f": {_line(card.description)}" if card.description else ""
    return f"- [{_line(card.link.title)}]({_url(path, library)}){about}"


def _url(path: str, library: Library) -> str:
    """The address of a document's page, or of its Markdown copy if there are any."""
    options, link = library.options, library.link(path)
    if "pages" in options.llms:
        return options.url + copy_path(path_of(link.href))
    return options.url + link.href


def _document(path: str, library: Library) -> str:
    """A whole text below its title, with its address; links are whole, too."""
    options, link = library.options, library.link(path)
    card = library.card(path)
    head = [f"# {_line(link.title)}", f"<{options.url}{link.href}>{f', {card.iso}' if card.iso else ''}"]
    body = as_markdown(library.placed(path, options.url))
    return "\n\n".join([*head, body]) if body else "\n\n".join(head) + "\n"


def _line(text: str) -> str:
    """A text in one line, in which nothing is Markdown for a link, nor HTML."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace("<", "&lt;")
    return plain.replace("[", "\\[").replace("]", "\\]")
