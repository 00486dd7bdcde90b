"""Jekyll's sites: a folder of Markdown with Liquid in it, and addresses that a pattern gives."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from deskpress.importers.formats.liquid import Liquid
from deskpress.importers.platforms.front import Values, configuration, split, text_of, when, words
from deskpress.importers.platforms.items import Item, Kind, Person
from deskpress.importers.platforms.limits import converted
from deskpress.importers.platforms.opening import Source, SourceError
from deskpress.importers.report import ImportReport

_NAME = re.compile(r"(?:(\d{2,4})-(\d{1,2})-(\d{1,2})-)?(.*)\.([A-Za-z]+)")
_MARKDOWN = frozenset("markdown mkdown mkdn mkd md text textile".split())
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


class _JekyllSite(Struct):
    """The configuration, with what links and authors need."""

    config: Values
    authors: Values

    @property
    def pattern(self) -> str:
        return text_of(self.config, "permalink") or "date"


def fits(source: Source) -> bool:
    """Whether a folder holds a site of Jekyll."""
    return any(name == "_config.yml" or "_posts/" in name for name in source.names)


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The posts and pages of a site. Raises `SourceError`."""
    site = _JekyllSite(_yaml(source, "_config.yml", report), _yaml(source, "_data/authors.yml", report))
    for name in source.names:
        base = name.rpartition("/")[2]
        found = _NAME.fullmatch(base)
        ending = found[5].lower() if found else ""
        if found is None or ending not in (*_MARKDOWN, "html", "htm"):
            continue
        item = _item(source, name, found, site, report)
        if item is not None:
            yield item


def _yaml(source: Source, name: str, report: ImportReport) -> Values:
    if not source.has(name):
        return {}
    try:
        return configuration(source.text(name), "yaml")
    except SourceError as error:
        report.add("changed", name, f"it is not used: {error}", source.place(name))
        return {}


def _kind(name: str, site: _JekyllSite) -> tuple[Kind, str] | None:
    """What a file becomes, and the collection it is of; None for what Jekyll shows nowhere."""
    parts = name.split("/")[:-1]
    if "_posts" in parts or "_drafts" in parts:
        return "post", ""
    hidden = next((part for part in parts if part.startswith(("_", "."))), "")
    if not hidden:
        return ("page", "") if not name.startswith("_") else None
    collections = site.config.get("collections")
    known = collections if isinstance(collections, dict) else {key: {} for key in collections or []}
    given = known.get(hidden[1:])
    if isinstance(given, dict) and given.get("output") is True:
        return "topic", hidden[1:]
    return None


def _item(
    source: Source, name: str, found: re.Match[str], site: _JekyllSite, report: ImportReport
) -> Item | None:
    kind = _kind(name, site)
    if kind is None:
        return None
    place = source.place(name)
    values, body, line = split(source.text(name), place, report)
    if values is None:
        # Without front matter Jekyll copies a file as it is; of Markdown it makes nothing then.
        if kind[0] == "post":
            report.add("changed", f"{name} is left out", "without front matter it is not a post", place)
        return None
    ending = found[5].lower()
    created = when(values.get("date")) or _day_of_name(found)
    slug = found[4] or "index"
    page = {"date": created, "name": name.rpartition("/")[2], "path": name, **values}
    liquid = Liquid(source, site.config, page, f"{place}:{line}", report)
    addresses = [_address(name, kind, site, values, created, slug, ending)]
    liquid.url = addresses[0]
    addresses += [_from_root(one) for one in words(values.get("redirect_from"))]
    title = text_of(values, "title") or " ".join(part.capitalize() for part in slug.split("-"))
    base = str(site.config.get("url") or "").rstrip("/") + str(site.config.get("baseurl") or "").rstrip("/")
    stem = name.rpartition(".")[0]
    separator = text_of(values, "excerpt_separator") or text_of(site.config, "excerpt_separator")
    text = converted(body, liquid.rendered, report, f"{place}:{line}")
    if separator and separator.strip() in ("<!--more-->", "<!-- more -->"):
        text = text.replace(separator.strip(), "<!-- more -->")
    return Item(
        key=name,
        kind=kind[0],
        title=title,
        place=f"{place}:{line}",
        body=text,
        markup="html" if ending in ("html", "htm") else "markdown",
        base=base + quote(addresses[0], safe="/%:~!$&'()*+,;=@") if base else addresses[0],
        created=created,
        updated=when(values.get("last_modified_at")),
        slug=text_of(values, "slug") or slug,
        file=_file(kind, stem, slug),
        file_in_source=name,
        description=text_of(values, "description") or text_of(values, "excerpt"),
        categories=_categories(name, values),
        tags=tuple(dict.fromkeys((*words(values.get("tag")), *words(values.get("tags"), spaces=True)))),
        people=tuple(_people(values, site)),
        addresses=tuple(dict.fromkeys(filter(None, addresses))),
        names=(f"file:{name}", f"post:{stem.rpartition('/')[2]}", f"post:{posixpath.basename(stem)}"),
        hidden=_hidden(name, values),
        pinned=values.get("pin") is True,
    )


def _file(kind: tuple[Kind, str], stem: str, slug: str) -> str:
    if kind[0] == "page":
        return stem
    if kind[0] == "topic":
        return stem.replace(f"_{kind[1]}/", f"{kind[1]}/", 1)
    return ""


def _hidden(name: str, values: Values) -> str:
    if values.get("published") is False or str(values.get("published")).lower() == "false":
        return "`published: false`"
    return "a draft" if "_drafts" in name.split("/") or values.get("draft") is True else ""


def _day_of_name(found: re.Match[str]) -> date | None:
    if not found[1]:
        return None
    year = int(found[1]) + (2000 if len(found[1]) == 2 else 0)
    try:
        return date(year, int(found[2]), int(found[3]))
    except ValueError:
        return None


def _categories(name: str, values: Values) -> tuple[str, ...]:
    """Categories of both keys, and of the folders in which `_posts` lies."""
    parts = name.split("/")
    folders = parts[: parts.index("_posts")] if "_posts" in parts else []
    one = values.get("category")
    listed = (
        *folders,
        *words(one if isinstance(one, list) else [one]),
        *words(values.get("categories"), spaces=True),
    )
    return tuple(dict.fromkeys(listed))


def _people(values: Values, site: _JekyllSite) -> Iterator[Person]:
    for key in ("author", "authors"):
        given = values.get(key)
        for one in given if isinstance(given, list) else [given]:
            known: Any = site.authors.get(str(one).lower()) if isinstance(one, str) else one
            name = known.get("name", known.get("display_name")) if isinstance(known, dict) else one
            if isinstance(name, str) and name.strip():
                yield Person(name, name)


def _from_root(address: str) -> str:
    return address if address.startswith(("/", "http://", "https://")) else f"/{address}"


def _address(
    name: str,
    kind: tuple[Kind, str],
    site: _JekyllSite,
    values: Values,
    created: datetime | date | None,
    slug: str,
    ending: str,
) -> str:
    """The address by `permalink`, of the front matter, of the collection or of the site."""
    own = text_of(values, "permalink")
    stem = name.rpartition(".")[0]
    if kind[0] == "page" and not own:
        folder, _, base = stem.rpartition("/")
        path = f"/{folder}/" if folder else "/"
        if base == "index":
            return path
        pretty = site.pattern == "pretty" or site.pattern.endswith("/")
        return f"{path}{base}/" if pretty else f"{path}{base}.html"
    pattern = own or site.pattern
    if kind[1] and not own:
        collections = site.config.get("collections")
        given = collections.get(kind[1], {}) if isinstance(collections, dict) else {}
        pretty = site.pattern == "pretty" or site.pattern.endswith("/")
        usual = "/:collection/:path/" if pretty else "/:collection/:path:output_ext"
        pattern = text_of(given, "permalink") or usual
    elif kind[0] == "post":
        pattern = _STYLES.get(pattern, pattern)
    return _filled(pattern, _tokens(name, kind, values, created, slug))


def _tokens(
    name: str, kind: tuple[Kind, str], values: Values, created: datetime | date | None, slug: str
) -> dict[str, str]:
    title = _slugified(text_of(values, "slug") or slug, cased=True)
    # Of both keys Jekyll takes the one in the singular for addresses.
    one = values.get("category")
    own = {"category": one} if one is not None else {"categories": values.get("categories")}
    categories = [category.lower() for category in _categories(name, own)]
    tokens = {
        "title": title,
        "slug": _slugified(text_of(values, "slug") or slug),
        "categories": "/".join(categories),
        "slugified_categories": "/".join(map(_slugified, categories)),
        "output_ext": ".html",
        "collection": kind[1],
        "name": slug,
        "path": name.rpartition(".")[0].partition(f"_{kind[1]}/")[2] if kind[1] else "",
    }
    if created is not None:
        clock = (
            created if isinstance(created, datetime) else datetime(created.year, created.month, created.day)
        )
        tokens |= {
            "year": f"{clock.year:04}",
            "short_year": f"{clock.year % 100:02}",
            "month": f"{clock.month:02}",
            "i_month": str(clock.month),
            "short_month": clock.strftime("%b"),
            "long_month": clock.strftime("%B"),
            "day": f"{clock.day:02}",
            "i_day": str(clock.day),
            "y_day": f"{clock.timetuple().tm_yday:03}",
            "week": f"{clock.isocalendar()[1]:02}",
            "short_day": clock.strftime("%a"),
            "hour": f"{clock.hour:02}",
            "minute": f"{clock.minute:02}",
            "second": f"{clock.second:02}",
        }
    return tokens


def _filled(pattern: str, tokens: dict[str, str]) -> str:
    """The longest names come first: `:title` is no part of `:titles`, `:month` none of `:i_month`."""
    names = "|".join(sorted(tokens, key=len, reverse=True))
    path = re.sub(rf":({names})", lambda found: tokens[found[1]], pattern)
    return re.sub("/{2,}", "/", f"/{path}")


def _slugified(text: str, *, cased: bool = False) -> str:
    """As Jekyll's `slugify` in the mode `pretty`."""
    slug = re.sub(r"[^\w.~!$&'()+,;=@-]|_(?<!_)", "-", text)
    slug = re.sub("-{2,}", "-", slug).strip("-")
    return slug if cased else slug.lower()
