"""Addresses and slugs."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from babel.dates import format_datetime
from msgspec.structs import replace

from deskpress.model.address import MAX_SEGMENT, problem_of
from deskpress.model.document import AnyDocument, Author, Month, Notice, Page, Post, Topic
from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import USUAL_SLUGS, Asset, Options
from deskpress.model.slugs import SlugFunction
from deskpress.model.words import locale_of

FIELDS = {
    "post": {"year", "month", "day", "slug", "date", "file", "categories"},
    "month": {"year", "month"},
    "year": {"year"},
    "category": {"slug"},
    "tag": {"slug"},
    "author": {"slug"},
    "series": {"slug"},
}
"""The placeholders of each address pattern; the others have none.

In that of a post, `date` takes a pattern of CLDR (`{date:yyyy/MM}`) and `categories` the number of them at
most (`{categories:2}`).
"""

_NEEDED = {"month": {"year", "month"}, "year": {"year"}}
_NAMING = {"slug", "file"}
"""One of these is needed to distinguish posts of the same day."""

MAX_SLUG = MAX_SEGMENT - len(".html")
"""The most bytes of a slug, which with an extension is a part of an address."""

USUAL_DATE = "yyyy/MM/dd"
"""The default format of dates in addresses of Material's blog."""

_SLASHES = lazy_pattern("/{2,}")


def slug_of(text: str, function: SlugFunction = USUAL_SLUGS) -> str:
    """The slug of a title or a name, as Material's blog makes it by the site's function; may be empty.

    Characters that are not allowed in addresses are removed, and long ones are cut.
    """
    return _bounded(function(text))


@cache
def _bounded(slug: str) -> str:
    if slug and problem_of(slug):
        slug = "".join(c for c in slug if c.isprintable() and c not in '/\\?#%"<>|*').strip(". ")
    while len(slug.encode()) > MAX_SLUG:
        slug = slug.rpartition("-")[0] or slug[: len(slug) // 2]
    return slug


def post_slug(post: Post, options: Options) -> str:
    """The slug in the front matter, else that of the title."""
    return post.slug or slug_of(post.slug_text or post.title, options.slug_function("post"))


def pattern_problem(name: str, pattern: str) -> str:
    """Why `pattern` is not valid as the address pattern `name`; empty if it is."""
    try:
        fields = [part for part in string.Formatter().parse(pattern) if part[1] is not None]
    except ValueError as error:
        return str(error)
    used = {str(field) for _, field, _, _ in fields}
    allowed = FIELDS.get(name, set())
    needed = _NEEDED.get(name, set() if name == "post" else allowed)
    if not used <= allowed:
        return f"`{{{min(used - allowed)}}}` is not known; these are: {', '.join(sorted(allowed)) or 'none'}"
    if not needed <= used:
        return f"`{{{min(needed - used)}}}` is missing"
    if name == "post" and not used & _NAMING:
        return "`{slug}` is missing, or `{file}`"
    for _, field, spec, conversion in fields:
        if conversion or (spec and field not in ("date", "categories")):
            return "braces hold a name and nothing else"
        if spec and field == "categories" and not spec.isdecimal():
            return "`{categories:…}` takes a number"
    try:
        sample = pattern.format(**dict.fromkeys(allowed - _FORMATTED, "1"), **_SAMPLES)
    except (ValueError, KeyError, AttributeError) as error:
        return f"the date cannot be written like this: {error}"
    if name == "blog" and not blog_folder(pattern):
        return ""
    if problem := problem_of(_tidy(sample)):
        return f"the address {problem}"
    if name not in ("post",) and not pattern.endswith("/"):
        return "the address must end in a slash"
    return ""


class _Date:
    """A date in an address pattern, `{date:yyyy/MM}`."""

    def __init__(self, instant: datetime, language: str) -> None:
        self._instant, self._language = instant, language

    def __format__(self, spec: str) -> str:
        return format_datetime(self._instant, spec or USUAL_DATE, locale=locale_of(self._language))


class _Categories:
    """Categories in an address pattern, `{categories:2}`."""

    def __init__(self, slugs: tuple[str, ...]) -> None:
        self._slugs = slugs

    def __format__(self, spec: str) -> str:
        return "/".join(self._slugs[: int(spec or 1)])


_FORMATTED = {"date", "categories"}
_SAMPLES: dict[str, Any] = {"date": _Date(datetime(2012, 3, 1), "en"), "categories": _Categories(("a", "b"))}


def _tidy(address: str) -> str:
    """An address as MkDocs writes it: empty parts are removed."""
    return _SLASHES.sub("/", address).removeprefix("/")


def blog_folder(pattern: str) -> str:
    """The address of the blog; `.` and `/` are the home page, as in Material's `blog_dir`."""
    return "" if pattern in (".", "./", "/") else pattern.removeprefix("/")


def post_address(post: Post, options: Options) -> str:
    """`2012/03/two-numbers-to-watch.html`."""
    return _post_address(post, options, post_slug(post, options))


def named_address(post: Post, options: Options) -> str:
    """MkDocs' address of a post whose heading has an emoji; empty if that is the post's own address."""
    if not post.named or post.slug:
        return ""
    slug = slug_of(post.named, options.slug_function("post"))
    address = _post_address(post, options, slug)
    return "" if problem_of(address) or address == post_address(post, options) else address


def _post_address(post: Post, options: Options, slug: str) -> str:
    pattern = options.addresses["post"]
    values: dict[str, Any] = {
        "year": f"{post.created.year:04}",
        "month": f"{post.created.month:02}",
        "day": f"{post.created.day:02}",
        "slug": slug,
    }
    # Only few patterns need these, and this is called again and again for thousands of posts.
    if "{date" in pattern:
        values["date"] = _Date(post.created, options.language)
    if "{file" in pattern:
        values["file"] = post.path.rpartition("/")[2].rpartition(".")[0]
    if "{categories" in pattern:
        function = options.slug_function("category")
        values["categories"] = _Categories(tuple(slug_of(name, function) for name in post.categories))
    return _tidy(pattern.format(**values))


def month_address(month: Month, patterns: Mapping[str, str]) -> str:
    """`2012/03/`."""
    return patterns["month"].format(year=f"{month.year:04}", month=f"{month.number:02}")


def year_address(year: int, patterns: Mapping[str, str]) -> str:
    """`2012/`."""
    return patterns["year"].format(year=f"{year:04}")


def placed(assets: Iterable[Asset], options: Options) -> tuple[Asset, ...]:
    """The assets; those next to posts where Material's blog has them: `blog/posts/a.png` at `blog/a.png`.

    Only if the folder of the posts is inside that of the blog; if there is a file already, they stay.
    """
    assets = tuple(assets)
    taken = {asset.path for asset in assets}
    found = []
    for asset in assets:
        own = options.of(asset.path)
        posts, blog = f"{own.posts_dir}/", own.addresses["blog"]
        if asset.path.startswith(posts) and posts.startswith(blog) and posts != blog:
            address = blog + asset.path[len(posts) :]
            found.append(asset if address in taken else replace(asset, address=address))
        else:
            found.append(asset)
    return tuple(found)


def folder_address(document: Topic | Page | Notice) -> str:
    """The address of a topic or page follows from its path: `help/a/b.md` is `help/a/b/`."""
    folder, _, name = document.path.rpartition("/")
    stem = name.rpartition(".")[0]
    if document.slug:
        stem = document.slug
    parts = [folder] if stem in ("index", "README") else [folder, stem]
    return "".join(f"{part}/" for part in parts if part)


def author_slug(author: Author) -> str:
    """The slug in `.authors.yml`, or the key there, as in Material; else that of the name."""
    return author.slug or name_slug(author.name)


def document_address(document: AnyDocument, options: Options) -> str:
    """The address of the document's own page; `options` are the site's, or those of its language."""
    if isinstance(document, Post):
        return post_address(document, options.of(document.path))
    return folder_address(document)


def page_address(base: str, number: int) -> str:
    """Page `number` (from 1) of a list at `base`: `blog/`, then `blog/page/2/`."""
    return base if number == 1 else f"{base}page/{number}/"


def anchor(post: Post, options: Options) -> str:
    """A prefix for ids of a post when several posts share a page, and the id of its heading.

    Day and slug distinguish posts under every address pattern. A slug made from a title has no colon, so ids
    of different posts never collide.
    """
    return f"{post.day.isoformat()}-{post_slug(post, options)}"


def name_slug(name: str, function: SlugFunction = USUAL_SLUGS) -> str:
    """The slug of a category, tag, author or series; never empty (an emoji becomes its code)."""
    return slug_of(name, function) or _codes(name)


def name_slugs(names: Iterable[str], function: SlugFunction = USUAL_SLUGS) -> dict[str, str]:
    """The slug of each name. Names that differ in a symbol (`C`, `C++`) get different slugs.

    The name that loses nothing in its slug keeps it, else the first; the others get the codes of the
    characters they lose. Names that differ only in case, spaces or punctuation are the same, and share a
    slug.
    """
    groups: dict[str, dict[str, list[str]]] = {}
    for name in sorted(set(names)):
        groups.setdefault(name_slug(name, function), {}).setdefault(_thing(name), []).append(name)
    found: dict[str, str] = {}
    for slug, things in groups.items():
        first = min(things, key=lambda thing: (bool(_symbols(thing)), thing))
        for thing, spellings in things.items():
            own = slug if thing == first else f"{slug}-{_codes(_symbols(thing)).removeprefix('u')}"
            while own != slug and own in groups:
                own += "-"
            found.update(dict.fromkeys(spellings, own))
    return found


def _thing(name: str) -> str:
    """The part of a name that distinguishes it from others."""
    folded = (" " if c in "-_" else c for c in unicodedata.normalize("NFKC", name).casefold())
    kept = (c for c in folded if c.isalnum() or c == " " or _is_symbol(c) or unicodedata.category(c) == "Mn")
    return " ".join("".join(kept).split())


def _symbols(name: str) -> str:
    return "".join(filter(_is_symbol, name))


def _is_symbol(char: str) -> bool:
    return char in "#&@%*" or unicodedata.category(char).startswith("S")


def _codes(name: str) -> str:
    return "u" + "-".join(f"{ord(c):x}" for c in name)
