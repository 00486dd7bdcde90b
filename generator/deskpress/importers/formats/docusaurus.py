"""Docusaurus' sites: a blog and docs in MDX, with addresses from names, numbers and front matter."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct, field

from deskpress.importers.formats.mdx import markdown_of
from deskpress.importers.platforms.front import Values, configuration, split, text_of, when, words
from deskpress.importers.platforms.items import Item, Person
from deskpress.importers.platforms.limits import converted
from deskpress.importers.platforms.opening import Source, SourceError
from deskpress.importers.report import ImportReport

_CONFIGS = tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs"))
_DATED = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[-/](.*)")
_NUMBER = re.compile(r"^\d+\s*[-_.]+\s*(?=[^\d\s-])")
_TRUNCATE = re.compile(r"(?:<!--\s*truncate\s*-->|\{/\*\s*truncate\s*\*/\})")


class _DocusaurusSite(Struct):
    """What the configuration says; it is a program, and never run."""

    url: str = ""
    base: str = "/"
    blog: tuple[str, str] = ("blog", "blog")
    docs: tuple[str, str] = ("docs", "docs")
    people: dict[str, Person] = field(default_factory=dict)
    labels: dict[str, Values] = field(default_factory=dict)


def fits(source: Source) -> bool:
    """Whether a folder holds a site of Docusaurus."""
    return any(source.has(name) for name in _CONFIGS)


def names(target: str, item: Item) -> Iterable[str]:
    """Links between files, with an ending or not, from the folder of the file or from the site's."""
    path = target.partition("?")[0]
    if path.startswith("@site/"):
        yield f"file:{path.removeprefix('@site/').lower()}"
    elif re.search(r"\.mdx?$", path) and not path.startswith("/") and "://" not in path:
        folder = posixpath.dirname(item.file_in_source)
        yield f"file:{posixpath.normpath(posixpath.join(folder, path)).lower()}"
    elif re.search(r"\.mdx?$", path) and path.startswith("/"):
        yield f"file:{path.lstrip('/').lower()}"


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The posts and pages of a site. Raises `SourceError`."""
    site = _site(source, report)
    for name in source.names:
        if not name.lower().endswith((".md", ".mdx")) or posixpath.basename(name).startswith("_"):
            continue
        if name.startswith(f"{site.blog[0]}/"):
            yield _post(source, name, site, report)
        elif name.startswith(f"{site.docs[0]}/"):
            yield _doc(source, name, site, report)
        elif name.startswith("src/pages/"):
            yield _page(source, name, site, report)


def _site(source: Source, report: ImportReport) -> _DocusaurusSite:
    site = _DocusaurusSite()
    for name in _CONFIGS:
        if source.has(name):
            text = re.sub(r"(?<![:\"'])//[^\n]*|/\*.*?\*/", "", source.text(name), flags=re.S)
            site.url = _setting(text, "url")
            site.base = _setting(text, "baseUrl") or "/"
            site.blog = _folders(text, "blog")
            site.docs = _folders(text, "docs")
            break
    for name in source.names:
        if name == f"{site.blog[0]}/authors.yml":
            for key, values in _read(source, name, "yaml", report).items():
                shown = values.get("name") if isinstance(values, dict) else None
                if isinstance(shown, str):
                    site.people[key] = Person(key, shown, str(values.get("title") or ""))
        elif re.search(r"/_category_\.(json|ya?ml)$", name):
            kind = "json" if name.endswith(".json") else "yaml"
            site.labels[posixpath.dirname(name)] = _read(source, name, kind, report)
    return site


def _read(source: Source, name: str, kind: str, report: ImportReport) -> Values:
    try:
        return configuration(source.text(name), kind)
    except SourceError as error:
        report.add("changed", name, f"it is not used: {error}", source.place(name))
        return {}


def _setting(text: str, key: str) -> str:
    found = re.search(rf"\b{key}\s*:\s*(['\"`])(.*?)\1", text)
    return found[2] if found else ""


def _folders(text: str, key: str) -> tuple[str, str]:
    """Where the files of a plug-in lie, and where their pages."""
    found = re.search(rf"\b{key}\s*:\s*\{{", text)
    inner = text[found.end() : _closing(text, found.end())] if found else ""
    folder = (_setting(inner, "path") or key).removeprefix("./").strip("/")
    route = re.search(r"\brouteBasePath\s*:\s*(['\"`])(.*?)\1", inner)
    return folder, route[2].strip("/") if route else key


def _closing(text: str, at: int) -> int:
    depth = 1
    for place in range(at, min(len(text), at + 20_000)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return len(text)


def _common(
    source: Source, name: str, values: Values, body: str, line: int, report: ImportReport
) -> dict[str, Any]:
    place = f"{source.place(name)}:{line}"
    text = _TRUNCATE.sub("<!-- more -->", body)
    changed: Any = values.get("last_update")
    updated = when(changed.get("date")) if isinstance(changed, dict) else None
    return {
        "key": name,
        "place": place,
        "body": converted(text, lambda text: markdown_of(text, place, report), report, place),
        "markup": "markdown",
        "updated": updated,
        "file_in_source": name,
        "description": text_of(values, "description"),
        "tags": tuple(dict.fromkeys((*words(values.get("tags")), *words(values.get("keywords"))))),
        "names": (f"file:{name.lower()}",),
        "hidden": _hidden(values),
    }


def _hidden(values: Values) -> str:
    if values.get("draft") is True:
        return "a draft"
    return "unlisted" if values.get("unlisted") is True else ""


def _post(source: Source, name: str, site: _DocusaurusSite, report: ImportReport) -> Item:
    values, body, line = split(source.text(name), source.place(name), report)
    values = values or {}
    inner = re.sub(r"(?:/index)?\.mdx?$", "", name.removeprefix(f"{site.blog[0]}/"), flags=re.I)
    found = _DATED.fullmatch(inner)
    created = when(values.get("date")) or (_day(found) if found else None)
    stem = found[4] if found else inner
    day = f"{found[1]}/{int(found[2]):02}/{int(found[3]):02}/" if found else ""
    address = _joined(site, site.blog[1], text_of(values, "slug") or f"{day}{stem}")
    people = [*_people(values.get("authors"), site), *_people(values.get("author"), site)]
    title, body = _titled(values, body, stem)
    return Item(
        **_common(source, name, values, body, line, report),
        kind="post",
        title=title,
        base=site.url.rstrip("/") + address if site.url else address,
        created=created,
        slug=posixpath.basename(text_of(values, "slug").strip("/")) or stem,
        categories=words(values.get("categories")),
        people=tuple(people),
        addresses=(address,),
    )


def _people(given: Any, site: _DocusaurusSite) -> Iterator[Person]:
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, dict):
            key = str(one.get("key") or "")
            name = str(one.get("name") or "")
            if key in site.people or name:
                yield site.people.get(key) or Person(name, name)
        elif isinstance(one, str) and one.strip():
            yield site.people.get(one.lower()) or site.people.get(one) or Person(one, one)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _doc(source: Source, name: str, site: _DocusaurusSite, report: ImportReport) -> Item:
    values, body, line = split(source.text(name), source.place(name), report)
    values = values or {}
    inner = re.sub(r"\.mdx?$", "", name.removeprefix(f"{site.docs[0]}/"), flags=re.I)
    parts = [_NUMBER.sub("", part) for part in inner.split("/")]
    base = parts[-1]
    is_index = base.lower() in ("index", "readme") or (len(parts) > 1 and base.lower() == parts[-2].lower())
    own = text_of(values, "id")
    folder = "/".join(parts[:-1])
    slug = text_of(values, "slug")
    if slug.startswith("/"):
        path = slug
    elif slug:
        path = posixpath.normpath(posixpath.join(folder, slug))
    else:
        path = folder if is_index else posixpath.join(folder, own or base)
    address = _joined(site, site.docs[1], path)
    position = values.get("sidebar_position")
    title, body = _titled(values, body, base)
    return Item(
        **_common(source, name, values, body, line, report),
        kind="topic",
        title=title or text_of(values, "sidebar_label"),
        base=site.url.rstrip("/") + address if site.url else address,
        slug=own or base,
        file="/".join([*parts[:-1], "index" if is_index and len(parts) > 1 else own or base]),
        addresses=(address,),
        order=position if isinstance(position, int) else None,
    )


def _page(source: Source, name: str, site: _DocusaurusSite, report: ImportReport) -> Item:
    values, body, line = split(source.text(name), source.place(name), report)
    values = values or {}
    inner = re.sub(r"\.mdx?$", "", name.removeprefix("src/pages/"), flags=re.I)
    path = inner.removesuffix("/index") if inner != "index" else ""
    address = _joined(site, "", path)
    title, body = _titled(values, body, posixpath.basename(inner))
    return Item(
        **_common(source, name, values, body, line, report),
        kind="page",
        title=title,
        base=site.url.rstrip("/") + address if site.url else address,
        file=inner,
        addresses=(address,),
    )


def _titled(values: Values, body: str, stem: str) -> tuple[str, str]:
    """The title, which may be the first heading; that then stands in the text no more."""
    if title := text_of(values, "title"):
        return title, body
    found = re.match(r"\s*(?:import [^\n]*\n\s*)*# +(.+?) *(?:\{#[\w-]+\})?\n", f"{body}\n")
    if found is not None:
        return found[1], body[: found.start(1)].rpartition("#")[0] + f"{body}\n"[found.end() :]
    return text_of(values, "sidebar_label") or stem.replace("-", " ").capitalize(), body


def _joined(site: _DocusaurusSite, route: str, path: str) -> str:
    whole = "/".join(part.strip("/") for part in (site.base, route, path) if part.strip("/"))
    return f"/{whole}" if whole else "/"
