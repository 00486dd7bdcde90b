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
from deskpress.importers.platforms.marked_html import outside_code
from deskpress.importers.platforms.opening import Source, SourceError
from deskpress.importers.report import ImportReport

_CONFIGS = tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs"))
_DATED = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[-/](.*)")
_NUMBER = re.compile(r"^\d+\s*[-_.]+\s*(?=[^\d\s-])")
_PLUGIN = re.compile(r"['\"`](?:@docusaurus/plugin-)?content-(blog|docs)['\"`]\s*,\s*\{")
_TRUNCATE = re.compile(r"(?:<!--\s*truncate\s*-->|\{/\*\s*truncate\s*\*/\})")


class _Part(Struct, frozen=True):
    """A blog or docs: where the files lie in the source, where their pages; `name` of further docs."""

    kind: str
    folder: str
    route: str
    name: str = ""


class _DocusaurusSite(Struct):
    """What the configuration says; it is a program, and never run. `root` is its folder."""

    url: str = ""
    base: str = "/"
    root: str = ""
    parts: list[_Part] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    labels: dict[str, Values] = field(default_factory=dict)


def fits(source: Source) -> bool:
    """Whether a folder holds a site of Docusaurus, or a folder in it does."""
    return bool(_config_in(source))


def _config_in(source: Source) -> str:
    """The configuration, in the folder itself or one below; empty if there is none."""
    found = [name for name in source.names if name.count("/") < 2 and posixpath.basename(name) in _CONFIGS]
    return min(
        found, key=lambda name: (name.count("/"), _CONFIGS.index(posixpath.basename(name))), default=""
    )


def names(target: str, item: Item) -> Iterable[str]:
    """Links between files, with an ending or not, from the folder of the file or from the site's."""
    path = target.partition("?")[0]
    if path.startswith("@site/"):
        # The site's folder is that of the source, or one below.
        top = item.file_in_source.partition("/")[0]
        yield f"file:{posixpath.normpath(path.removeprefix('@site/')).lower()}"
        yield f"file:{posixpath.normpath(posixpath.join(top, path.removeprefix('@site/'))).lower()}"
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
        part = next((one for one in site.parts if name.startswith(f"{one.folder}/")), None)
        if part is None:
            if name.startswith(f"{site.root}src/pages/"):
                yield _page(source, name, site, report)
        elif part.kind == "blog":
            yield _post(source, name, site, part, report)
        else:
            yield _doc(source, name, site, part, report)


def _site(source: Source, report: ImportReport) -> _DocusaurusSite:
    site = _DocusaurusSite()
    text = ""
    if name := _config_in(source):
        text = re.sub(r"(?<![:\"'])//[^\n]*|/\*.*?\*/", "", source.text(name), flags=re.S)
        site.url = _setting(text, "url")
        site.base = _setting(text, "baseUrl") or "/"
        site.root = name[: len(name) - len(posixpath.basename(name))]
    for kind, inner, own in _settings(text):
        folder = posixpath.normpath(f"{site.root}{_setting(inner, 'path') or own or kind}")
        route = re.search(r"\brouteBasePath\s*:\s*(['\"`])(.*?)\1", inner)
        site.parts.append(_Part(kind, folder, route[2].strip("/") if route else own or kind, own))
        if folder.startswith("../"):
            why = "it lies outside of SOURCE: give the folder that holds both"
            report.add("lost", f"the {kind} in `{folder}`", why, source.place(name))
    # The longest folder first: one may lie in another.
    site.parts.sort(key=lambda part: -len(part.folder))
    for name in source.names:
        if any(name == f"{part.folder}/authors.yml" for part in site.parts if part.kind == "blog"):
            for key, values in _read(source, name, "yaml", report).items():
                shown = values.get("name") if isinstance(values, dict) else None
                if isinstance(shown, str):
                    site.people[key] = Person(key, shown, str(values.get("title") or ""))
        elif re.search(r"/_category_\.(json|ya?ml)$", name):
            kind = "json" if name.endswith(".json") else "yaml"
            site.labels[posixpath.dirname(name)] = _read(source, name, kind, report)
    return site


def _settings(text: str) -> Iterator[tuple[str, str, str]]:
    """The settings of each blog and docs: those of the preset, and those of plug-ins, with their name."""
    for kind in ("blog", "docs"):
        found = re.search(rf"\b{kind}\s*:\s*\{{", text)
        yield kind, text[found.end() : _closing(text, found.end())] if found else "", ""
    for plugin in _PLUGIN.finditer(text):
        inner = text[plugin.end() : _closing(text, plugin.end())]
        if own := _setting(inner, "id"):
            yield plugin[1], inner, own


def _read(source: Source, name: str, kind: str, report: ImportReport) -> Values:
    try:
        return configuration(source.text(name), kind)
    except SourceError as error:
        report.add("changed", name, f"it is not used: {error}", source.place(name))
        return {}


def _setting(text: str, key: str) -> str:
    found = re.search(rf"\b{key}\s*:\s*(['\"`])(.*?)\1", text)
    return found[2] if found else ""


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
    text = outside_code(body, lambda part: _TRUNCATE.sub("<!-- more -->", part))
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


def _post(source: Source, name: str, site: _DocusaurusSite, part: _Part, report: ImportReport) -> Item:
    values, body, line = split(source.text(name), source.place(name), report)
    values = values or {}
    inner = re.sub(r"(?:/index)?\.mdx?$", "", name.removeprefix(f"{part.folder}/"), flags=re.I)
    found = _DATED.fullmatch(inner)
    created = when(values.get("date")) or (_day(found) if found else None)
    stem = found[4] if found else inner
    day = f"{found[1]}/{int(found[2]):02}/{int(found[3]):02}/" if found else ""
    address = _joined(site, part.route, text_of(values, "slug") or f"{day}{stem}")
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


def _doc(source: Source, name: str, site: _DocusaurusSite, part: _Part, report: ImportReport) -> Item:
    values, body, line = split(source.text(name), source.place(name), report)
    values = values or {}
    inner = re.sub(r"\.mdx?$", "", name.removeprefix(f"{part.folder}/"), flags=re.I)
    parts = [_NUMBER.sub("", one) for one in inner.split("/")]
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
    address = _joined(site, part.route, path)
    position = values.get("sidebar_position")
    title, body = _titled(values, body, base)
    return Item(
        **_common(source, name, values, body, line, report),
        kind="topic",
        title=title or text_of(values, "sidebar_label"),
        base=site.url.rstrip("/") + address if site.url else address,
        slug=own or base,
        file="/".join(
            [*filter(None, [part.name]), *parts[:-1], "index" if is_index and len(parts) > 1 else own or base]
        ),
        addresses=(address,),
        order=position if isinstance(position, int) else None,
    )


def _page(source: Source, name: str, site: _DocusaurusSite, report: ImportReport) -> Item:
    values, body, line = split(source.text(name), source.place(name), report)
    values = values or {}
    inner = re.sub(r"\.mdx?$", "", name.removeprefix(f"{site.root}src/pages/"), flags=re.I)
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
    title = text_of(values, "title")
    found = re.match(r"\s*(?:import [^\n]*\n\s*)*# +(.+?) *(?:\{#[\w-]+\})?\n", f"{body}\n")
    if found is not None and (not title or _plain(found[1]) == _plain(title)):
        return title or found[1], body[: found.start(1)].rpartition("#")[0] + f"{body}\n"[found.end() :]
    if title:
        return title, body
    return text_of(values, "sidebar_label") or stem.replace("-", " ").capitalize(), body


def _plain(title: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", title.casefold()))


def _joined(site: _DocusaurusSite, route: str, path: str) -> str:
    whole = "/".join(part.strip("/") for part in (site.base, route, path) if part.strip("/"))
    return f"/{whole}" if whole else "/"
