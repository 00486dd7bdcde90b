"""Addresses and slugs."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import cache

from pymdownx.slugs import slugify

from deskpress.model.address import MAX_SEGMENT, problem_of
from deskpress.model.document import AnyDocument, Author, Month, Notice, Page, Post, Topic
from deskpress.model.site import Options

FIELDS = {
    "post": {"year", "month", "day", "slug"},
    "month": {"year", "month"},
    "year": {"year"},
    "category": {"slug"},
    "tag": {"slug"},
    "author": {"slug"},
    "series": {"slug"},
}
"""What may stand in braces in each address pattern; the others hold nothing in braces."""

_NEEDED = {"post": {"slug"}, "month": {"year", "month"}, "year": {"year"}}
_slugify = slugify(case="lower")


@cache
def slug_of(text: str) -> str:
    """The slug of a title or a name, as pymdownx (and so Material's blog) makes it; may be empty."""
    slug = re.sub(r"-{2,}", "-", str(_slugify(text, "-"))).strip("-._ ")
    while len(slug.encode()) > MAX_SEGMENT // 2:
        slug = slug.rpartition("-")[0] or slug[: len(slug) // 2]
    return slug


def post_slug(post: Post) -> str:
    """The slug an editor gave, else that of the title."""
    return post.slug or slug_of(post.title)


def pattern_problem(name: str, pattern: str) -> str:
    """Why `pattern` cannot be the address pattern `name`; empty if it can."""
    try:
        fields = [part for part in string.Formatter().parse(pattern) if part[1] is not None]
    except ValueError as error:
        return str(error)
    if any(spec or conversion for _, _, spec, conversion in fields):
        return "braces hold a name and nothing else"
    used = {str(field) for _, field, _, _ in fields}
    allowed = FIELDS.get(name, set())
    needed = _NEEDED.get(name, allowed)
    if not used <= allowed:
        return f"`{{{min(used - allowed)}}}` is not known; these are: {', '.join(sorted(allowed)) or 'none'}"
    if not needed <= used:
        return f"`{{{min(needed - used)}}}` is missing"
    sample = dict.fromkeys(allowed, "1")
    if problem := problem_of(pattern.format(**sample).removeprefix("/")):
        return f"the address {problem}"
    if name not in ("post",) and not pattern.endswith("/"):
        return "the address must end in a slash"
    return ""


def post_address(post: Post, patterns: Mapping[str, str]) -> str:
    """`2012/03/two-numbers-to-watch.html`."""
    return patterns["post"].format(
        year=f"{post.created.year:04}",
        month=f"{post.created.month:02}",
        day=f"{post.created.day:02}",
        slug=post_slug(post),
    )


def month_address(month: Month, patterns: Mapping[str, str]) -> str:
    """`2012/03/`."""
    return patterns["month"].format(year=f"{month.year:04}", month=f"{month.number:02}")


def year_address(year: int, patterns: Mapping[str, str]) -> str:
    """`2012/`."""
    return patterns["year"].format(year=f"{year:04}")


def folder_address(document: Topic | Page | Notice) -> str:
    """The address of a topic or page follows its place: `help/a/b.md` is `help/a/b/`."""
    folder, _, name = document.path.rpartition("/")
    stem = name.rpartition(".")[0]
    if document.slug:
        stem = document.slug
    parts = [folder] if stem in ("index", "README") else [folder, stem]
    return "".join(f"{part}/" for part in parts if part)


def author_slug(author: Author) -> str:
    """The slug that `.authors.yml` gives, else that of the name."""
    return slug_of(author.slug) or name_slug(author.name)


def document_address(document: AnyDocument, options: Options) -> str:
    """Where the document's own page lies; `options` are those of the site, or of the document's language."""
    if isinstance(document, Post):
        return post_address(document, options.of(document.path).addresses)
    return folder_address(document)


def page_address(base: str, number: int) -> str:
    """Page `number` (from 1) of a list at `base`: `blog/`, then `blog/page/2/`."""
    return base if number == 1 else f"{base}page/{number}/"


def anchor(post: Post) -> str:
    """The id of a post's heading where several posts share a page; before a colon, of all its ids.

    Day and slug tell posts apart under every pattern of addresses. A colon stands in no slug that is
    made from a title, so one post's ids never run into another's.
    """
    return f"{post.day.isoformat()}-{post_slug(post)}"


def name_slug(name: str) -> str:
    """The slug of a category, tag, author or series; never empty (an emoji gives its code)."""
    return slug_of(name) or "u" + "-".join(f"{ord(c):x}" for c in name)
