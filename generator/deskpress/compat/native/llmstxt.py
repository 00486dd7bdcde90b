"""`llmstxt` (mkdocs-llmstxt): Markdown copies of pages, by the plug-in's own function, and `llms.txt`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from importlib import import_module
from typing import Any

from deskpress.model.addons import LlmsTxt

KNOWN = frozenset({"autoclean", "preprocess", "markdown_description", "full_output", "sections", "base_url"})
"""Options of the plug-in that are known here."""

INDEX = "llms.txt"


def read_llmstxt(given: Mapping[str, Any], versions: tuple[str, ...]) -> tuple[LlmsTxt | None, str]:
    """What the plug-in is asked for, or which option is not honoured.

    `versions` are those of the plug-in and of what it needs.
    """
    for name in ("preprocess", "full_output", "base_url", *sorted(set(given) - KNOWN)):
        if given.get(name):
            return None, f"`{name}`"
    try:
        _converter()
    except (ImportError, AttributeError):
        return None, "its release is not known"
    sections = tuple(
        (str(title), tuple(pair for one in entries for pair in _entries(one)))
        for title, entries in (given.get("sections") or {}).items()
    )
    about = str(given.get("markdown_description") or "")
    return LlmsTxt(sections, about, bool(given.get("autoclean", True)), versions), ""


def _entries(one: object) -> Iterator[tuple[str, str]]:
    """Patterns with what is said of the pages."""
    if isinstance(one, Mapping):
        yield from ((str(pattern), str(text or "")) for pattern, text in one.items())
    else:
        yield str(one), ""


def chosen(settings: LlmsTxt, paths: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The sections with the files in them and what is said of each, in the order of MkDocs."""
    ordered = sorted(paths, key=_order)
    found = []
    for title, entries in settings.sections:
        said: dict[str, str] = {}
        for pattern, text in entries:
            for path in ordered if "*" in pattern else [pattern]:
                if fnmatchcase(path, pattern) or path == pattern:
                    said.setdefault(path, text)
        found.append((title, [(path, said[path]) for path in ordered if path in said]))
    return found


def _order(path: str) -> tuple[tuple[str, ...], bool, str]:
    """As MkDocs walks through folders: the files of each first, the index before the others."""
    *folders, name = path.split("/")
    return tuple(folders), name.rpartition(".")[0] not in ("index", "README"), name


def copied(html: str, settings: LlmsTxt, path: str) -> str:
    """The Markdown copy of a page; `path` is its own."""
    made: str = _converter()(html, should_autoclean=settings.autoclean, preprocess=None, path=path)
    return made


def _converter() -> Any:
    return import_module("mkdocs_llmstxt._internal.plugin")._generate_page_markdown


def index(
    name: str, description: str, settings: LlmsTxt, sections: list[tuple[str, list[tuple[str, str, str]]]]
) -> str:
    """The file `llms.txt`: each section has titles, URLs and what is said of the pages."""
    lines = [f"# {name}\n"]
    lines += [f"> {description}\n"] if description else []
    lines += [f"{settings.description}\n"] if settings.description else []
    for title, pages in sections:
        lines.append(f"## {title}\n")
        lines += [f"- [{page}]({url}){f': {said}' if said else ''}" for page, url, said in pages]
        lines.append("")
    return "\n".join(lines) + "\n"
