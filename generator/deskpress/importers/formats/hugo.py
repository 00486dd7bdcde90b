"""Hugo's sites: a folder of Markdown in sections and bundles, with shortcodes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct, field

from deskpress.importers.formats.hugo_shortcodes import Shortcodes
from deskpress.importers.platforms.front import Values, configuration, split, text_of, when, words
from deskpress.importers.platforms.items import Item, Kind, Person
from deskpress.importers.platforms.limits import converted
from deskpress.importers.platforms.marked_html import from_commonmark, outside_code
from deskpress.importers.platforms.opening import Source, SourceError
from deskpress.importers.report import ImportReport

_CONFIGS = tuple(
    f"{folder}{name}.{ending}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for ending in ("toml", "yaml", "yml", "json")
)
_PART = re.compile(
    r"config/_default/(?:(languages|permalinks|params|uglyURLs)|languages\.([\w-]+))\.(?:toml|ya?ml|json)",
    re.I,
)
_BLOGS = frozenset(
    "post posts blog blogs news article articles journal announcements releases updates".split()
)
_NAMED = re.compile(r"(.+?)(?:\.([a-z]{2,3}(?:-[a-z]{2,4})?))?\.(md|markdown|mdown|html|htm)", re.I)


class _Language(Struct):
    """A language: its code, its folder of content, and what its addresses begin with."""

    code: str
    folder: str
    prefix: str


class _HugoSite(Struct):
    config: Values
    languages: list[_Language]
    permalinks: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return text_of(self.config, "baseurl")

    def is_blog(self, section: str) -> bool:
        """Whether a section holds posts: by its name, its addresses, or what the site says."""
        main = self.config.get("params")
        listed = main.get("mainSections", main.get("mainsections", [])) if isinstance(main, dict) else []
        given = isinstance(listed, list) and section in listed
        return section.lower() in _BLOGS or ":year" in self.permalinks.get(section, "") or given

    def is_ugly(self, section: str) -> bool:
        """Whether pages of a section are files, and no folders: as the site says, or of that section."""
        given = self.config.get("uglyurls")
        return given is True or (isinstance(given, dict) and given.get(section) is True)


def fits(source: Source) -> bool:
    """Whether a folder holds a site of Hugo."""
    has_config = any(source.has(name) for name in _CONFIGS) or any(
        n.startswith("config/") for n in source.names
    )
    return has_config and any(name.startswith("content/") for name in source.names)


def language(source: Source) -> str:
    """The language in which the site is written first."""
    return text_of(_config(source, ImportReport()), "defaultcontentlanguage", "languagecode")


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The pages of a site. Raises `SourceError`."""
    site = _site(source, report)
    for name in source.names:
        found = _NAMED.fullmatch(name.rpartition("/")[2])
        home = next((one for one in site.languages if name.startswith(f"{one.folder}/")), None)
        if found is None or home is None:
            continue
        spoken = home
        if found[2]:
            spoken = next((one for one in site.languages if one.code.lower() == found[2].lower()), home)
        if spoken is home and found[2] and found[2].lower() != home.code.lower():
            spoken = _Language(home.code, home.folder, home.prefix)
        item = _item(source, name, found, site, spoken, report)
        if item is not None:
            yield item


def _config(source: Source, report: ImportReport) -> Values:
    """The configuration, in one file or in several of a folder."""
    values: Values = {}
    for name in _CONFIGS:
        if source.has(name):
            values |= _read(source, name, report)
            break
    for name in source.names:
        found = _PART.fullmatch(name)
        if found and found[2]:
            # A language, by its code in the name of the file.
            listed = values.get("languages")
            languages = listed if isinstance(listed, dict) else {}
            values["languages"] = {**languages, found[2].lower(): _read(source, name, report)}
        elif found:
            values[found[1].lower()] = _read(source, name, report)
    return values


def _read(source: Source, name: str, report: ImportReport) -> Values:
    ending = name.rpartition(".")[2]
    try:
        return configuration(source.text(name), "yaml" if ending == "yml" else ending)
    except SourceError as error:
        report.add("lost", f"the configuration {name}", str(error), source.place(name))
        return {}


def _site(source: Source, report: ImportReport) -> _HugoSite:
    config = _config(source, report)
    default = text_of(config, "defaultcontentlanguage") or "en"
    folder = text_of(config, "contentdir") or "content"
    below = config.get("defaultcontentlanguageinsubdir") is True
    languages: list[_Language] = []
    listed = config.get("languages")
    for code, values in listed.items() if isinstance(listed, dict) else []:
        own = {str(key).lower(): value for key, value in values.items()} if isinstance(values, dict) else {}
        prefix = "/" if code == default and not below else f"/{code}/"
        languages.append(_Language(code, (text_of(own, "contentdir") or folder).strip("/"), prefix))
    if not any(one.code == default for one in languages):
        languages.insert(0, _Language(default, folder.strip("/"), "/"))
    # The longest folder first, and of one folder the language in which a name says none.
    languages.sort(key=lambda one: (-len(one.folder), one.code != default))
    site = _HugoSite(config, languages)
    permalinks = config.get("permalinks")
    for key, value in permalinks.items() if isinstance(permalinks, dict) else []:
        if isinstance(value, str):
            site.permalinks[key] = value
        elif key == "page" and isinstance(value, dict):
            site.permalinks |= {inner: str(pattern) for inner, pattern in value.items()}
    return site


def _item(
    source: Source, name: str, found: re.Match[str], site: _HugoSite, spoken: _Language, report: ImportReport
) -> Item | None:
    place = source.place(name)
    values, body, line = split(source.text(name), place, report)
    inner = name.removeprefix(f"{spoken.folder}/")
    folder = posixpath.dirname(inner)
    base = found[1]
    section = inner.partition("/")[0] if "/" in inner else ""
    if values is None:
        values = {}
    is_section = base == "_index"
    if is_section and not body.strip() and not text_of(values, "title"):
        return None
    created = when(values.get("date")) or when(values.get("publishdate"))
    kind = _kind(site, section, is_section=is_section)
    address = _address(site, spoken, inner, base, values, created)
    addresses = [address, *(_alias(one, folder, spoken) for one in words(values.get("aliases")))]
    if expires := when(values.get("expirydate")):
        report.add(
            "changed", f"“{text_of(values, 'title')[:60]}” was to expire", f"on {expires}: it stays", place
        )
    title = text_of(values, "title") or base.replace("-", " ").capitalize()
    shortcodes = Shortcodes(source, values, f"{place}:{line}", report, folder)
    return Item(
        key=name,
        kind=kind,
        title=title,
        place=f"{place}:{line}",
        body=converted(
            _more(body), lambda text: from_commonmark(shortcodes.rendered(text)), report, f"{place}:{line}"
        ),
        markup="html" if found[3].lower() in ("html", "htm") else "markdown",
        base=site.base.rstrip("/") + address if site.base else address,
        created=created,
        updated=when(values.get("lastmod")),
        slug=text_of(values, "slug") or (posixpath.basename(folder) if base == "index" else base),
        file=_file(kind, inner, base),
        file_in_source=name,
        description=text_of(values, "description", "summary", "deck"),
        categories=words(values.get("categories")),
        tags=tuple(dict.fromkeys((*words(values.get("tags")), *words(values.get("topics"))))),
        people=tuple(_people(values)),
        addresses=tuple(dict.fromkeys(addresses)),
        names=tuple(_names(inner, base)),
        hidden="a draft" if values.get("draft") is True else "",
        language=spoken.code,
        order=values.get("weight") if isinstance(values.get("weight"), int) else None,
    )


def _kind(site: _HugoSite, section: str, *, is_section: bool) -> Kind:
    if not section:
        return "page"
    if site.is_blog(section):
        return "page" if is_section else "post"
    return "topic"


def _file(kind: Kind, inner: str, base: str) -> str:
    """A topic lies where it lay; a bundle is its folder."""
    stem = inner[: len(inner) - len(posixpath.basename(inner))]
    if base == "_index":
        return f"{stem}index" if stem and kind == "topic" else stem.strip("/") or "home"
    if kind == "post":
        return ""
    return stem.strip("/") or "home" if base == "index" else f"{stem}{base}"


def _names(inner: str, base: str) -> Iterator[str]:
    """The paths by which `ref` names a page: whole or its end, with an ending or without."""
    path = re.sub(r"(?:\.[a-z]{2})?\.\w+$", "", inner, flags=re.I).lower()
    for one in (path, path.removesuffix("/index").removesuffix("/_index")):
        yield f"ref:{one}"
        yield f"ref:{posixpath.basename(one)}"


def _people(values: Values) -> Iterator[Person]:
    for key in ("author", "authors"):
        given: Any = values.get(key)
        for one in given if isinstance(given, list) else [given]:
            name = one.get("name") if isinstance(one, dict) else one
            if isinstance(name, str) and name.strip():
                yield Person(name, name.strip())


def _more(body: str) -> str:
    return outside_code(body, lambda part: re.sub(r"<!--\s*more\s*-->", "<!-- more -->", part))


def _alias(alias: str, folder: str, spoken: _Language) -> str:
    """An alias is meant from the root, or from the folder of the file."""
    if alias.startswith("/") or "://" in alias:
        return alias
    return posixpath.normpath(f"{spoken.prefix}{folder}/{alias}") + ("/" if alias.endswith("/") else "")


def _address(
    site: _HugoSite, spoken: _Language, inner: str, base: str, values: Values, created: datetime | date | None
) -> str:
    """The address by `url`, by `permalinks`, or by the path of the file."""
    own = text_of(values, "url")
    if own:
        path = urlsplit(own).path if "://" in own else own
        return path if path.startswith("/") else f"{spoken.prefix}{path}"
    folder = posixpath.dirname(inner)
    section = inner.partition("/")[0] if "/" in inner else ""
    name = posixpath.basename(folder) if base in ("index", "_index") else base
    slug = text_of(values, "slug")
    pattern = site.permalinks.get(section, "")
    if pattern and base != "_index":
        tokens = _tokens(folder, section, name, slug, text_of(values, "title") or name, created)
        longest = "|".join(sorted(tokens, key=len, reverse=True))
        path = re.sub(rf":({longest})", lambda found: tokens[found[1]], pattern)
        if re.search(r"\.\w+$", path):
            return _tidy(f"{spoken.prefix}/{path}")
        return _tidy(f"{spoken.prefix}/{path.rstrip('/')}{'.html' if site.is_ugly(section) else '/'}")
    above = posixpath.dirname(folder) if base in ("index", "_index") else folder
    # A slug is the last part of an address, for bundles too.
    parts = [_path(above), _urlized(slug) if slug and base != "_index" else _path(name)]
    path = "/".join(part for part in parts if part)
    if site.is_ugly(section) and base not in ("_index",):
        return _tidy(f"{spoken.prefix}/{path}.html")
    return _tidy(f"{spoken.prefix}/{path}/")


def _tidy(path: str) -> str:
    return re.sub("/{2,}", "/", path)


def _tokens(
    folder: str, section: str, name: str, slug: str, title: str, created: datetime | date | None
) -> dict[str, str]:
    tokens = {
        "section": _path(section),
        "sections": _path(folder),
        "title": _urlized(title),
        "slug": _urlized(slug or title),
        "slugorfilename": _urlized(slug or name),
        "slugorcontentbasename": _urlized(slug or name),
        "filename": _urlized(name),
        "contentbasename": _urlized(name),
    }
    if created is not None:
        tokens |= {
            "year": f"{created.year:04}",
            "month": f"{created.month:02}",
            "monthname": created.strftime("%B").lower(),
            "day": f"{created.day:02}",
            "yearday": str(created.timetuple().tm_yday),
            "weekday": str(created.isoweekday() % 7),
            "weekdayname": created.strftime("%A").lower(),
        }
    return tokens


def _path(path: str) -> str:
    return "/".join(_urlized(part) for part in path.split("/"))


def _urlized(text: str) -> str:
    """As Hugo's `urlize`: spaces are hyphens, what no path may hold goes, capitals become small."""
    text = re.sub(r"\s+", "-", text.strip())
    kept = "".join(c for c in text if c.isalnum() or c in "._#+~-@" or ord(c) > 0x2FF)
    return re.sub("-{2,}", "-", kept).replace("#", "").lower()
