"""Files and dates that are probably mistakes: far dates, misplaced posts, names, pictures."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import takewhile
from unicodedata import normalize

from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.document import AnyDocument, Page, Topic
from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import Asset, Site
from deskpress.model.slugs import SAFE
from deskpress.plan.urls import folder_address

FAR = timedelta(days=366)
"""Days ahead from which on a date is questioned."""

EARLIEST = 1990
"""No post on the web is older."""

MOST_SIDE, MOST_BYTES = 6000, 5_000_000
"""Pixels of a side, and bytes, above which a picture is larger than readers need."""

_DAY_IN_NAME = lazy_pattern(r"\d{4}-\d\d-\d\d-")
_PLAIN_PATH = lazy_pattern(r"[\w./~-]+")
_COPY = lazy_pattern(r"(?:[ _-]*\(\d+\)|[ _-]+copy(?: \d+)?|^copy of )", re.I)
_RASTER = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_OFFICE = frozenset("doc docx docm odt rtf pages gdoc wps".split())


def odd_dates(everything: Site, today: date) -> Iterator[Diagnostic]:
    """Posts dated more than a year ahead, or before there was a web. The newest come first."""
    ahead = takewhile(lambda post: post.day > today + FAR, everything.posts)
    early = takewhile(lambda post: post.day.year < EARLIEST, reversed(everything.posts))
    for post in (*ahead, *early):
        if post.draft:
            continue
        like = _meant(post.day, today)
        if post.day > today:
            years = post.day.year - today.year
            span = f"{years} years" if years > 1 else f"{(post.day - today).days} days"
            problem = f"{post.day} is {span} ahead: the post stays out of the site until then"
        else:
            problem = f"{post.day} is long ago: the post would be the oldest of all"
        column = len("date: ") + 1
        place = Span(_label(everything, post), post.line("date"), column)
        hint = f"is the year right? Did you mean `{like}`?"
        yield Diagnostic(place, Severity.WARNING, Kind.FRONT_MATTER, problem, hint)


def updates_ahead(site: Site, today: date) -> Iterator[Diagnostic]:
    """Published documents whose `updated` has not come yet."""
    for document in site.documents:
        if document.updated is not None and document.updated.date() > today and document.line("updated") > 1:
            day = document.updated.date()
            like = _meant(day, today)
            problem = f"`updated` is {day}, which has not come yet: readers see a day in the future"
            hint = f"write `updated: {like if like <= today.isoformat() else today}`"
            span = Span(_label(site, document), document.line("updated"), len("updated: ") + 1)
            yield Diagnostic(span, Severity.WARNING, Kind.FRONT_MATTER, problem, hint)


def _meant(day: date, today: date) -> str:
    """The same day of the year in a year with the same digits, or in this year."""
    digits = sorted(f"{day.year:04}")
    years = (today.year, today.year - 1, today.year + 1)
    year = next((year for year in years if sorted(f"{year:04}") == digits), today.year)
    return f"{year:04}{day.isoformat()[4:]}"


def odd_places(site: Site) -> Iterator[Diagnostic]:
    """Pages that look like posts, and those whose names make unreadable addresses."""
    options = site.options
    documents: tuple[Topic | Page, ...] = (*site.topics, *site.pages)
    for document in documents:
        path = document.path
        if looks_like_post(document):
            folder = f"{options.content}/{options.of(path).posts_dir}/"
            problem = "this looks like a post (a day in its name, a date), but lies outside " + folder
            hint = f"move it to {folder}; here it is a page to which nothing leads"
            yield _warning(site, document, problem, hint, Kind.CONTENT)
        elif (
            not document.slug
            and not _PLAIN_PATH.fullmatch(normalize("NFC", path))
            and (found := _odd_name(site, document))
        ):
            yield found


def looks_like_post(document: Topic | Page) -> bool:
    """Whether a document that is not a post has a day in its name, and a date."""
    return bool(_DAY_IN_NAME.match(posixpath.basename(document.path))) and document.line("date") > 1


def _odd_name(site: Site, document: Topic | Page) -> Diagnostic | None:
    path = document.path
    stem = posixpath.basename(path).rpartition(".")[0]
    slug = re.sub(SAFE, "-", _COPY.sub("", stem)).strip("-").lower()
    if not slug or (slug == stem and " " not in path):
        return None
    shown = folder_address(document).replace(" ", "%20")
    hint = f"rename the file to `{slug}.md`, or give it `slug: {slug}`"
    return _warning(site, document, f"its address is `/{shown}`", hint, Kind.ADDRESS)


def large_pictures(site: Site) -> Iterator[Diagnostic]:
    """Pictures straight from a camera: many pixels and bytes."""
    for asset in site.assets:
        side = max(asset.width, asset.height)
        if not asset.path.lower().endswith(_RASTER) or (side <= MOST_SIDE and asset.size <= MOST_BYTES):
            continue
        pixels = f"{asset.width} × {asset.height} pixels and " if asset.width else ""
        problem = f"{pixels}{asset.size / 1e6:.1f} MB is more than readers need"
        span = Span(f"{site.options.content}/{asset.path}")
        hint = "save it at most 3000 pixels wide"
        yield Diagnostic(span, Severity.WARNING, Kind.IMAGE, problem, hint)


def office_files(site: Site, linked: Iterable[str]) -> Iterator[Diagnostic]:
    """Office documents among the texts that are not linked to; `linked` are targets of links."""
    options = site.options
    folders = tuple(f"{one}/" for one in (options.posts_dir, options.help_dir, options.notices_dir))
    found = [asset for asset in site.assets if _is_office(asset) and asset.path.startswith(folders)]
    names = {posixpath.basename(target.partition("#")[0]) for target in linked} if found else set()
    for asset in found:
        name = posixpath.basename(asset.path)
        if name in names or name.replace(" ", "%20") in names:
            continue
        stem = name.rpartition(".")[0]
        problem = "an office document is not shown: only names that end in .md are read"
        hint = f"save its text as `{stem}.md`, or link to it for readers to download"
        yield Diagnostic(
            Span(f"{options.content}/{asset.path}"), Severity.WARNING, Kind.CONTENT, problem, hint
        )


def _is_office(asset: Asset) -> bool:
    return asset.path.rpartition(".")[2].lower() in _OFFICE


def _label(site: Site, document: AnyDocument) -> str:
    return f"{site.options.content}/{document.path}"


def _warning(site: Site, document: AnyDocument, problem: str, hint: str, kind: Kind) -> Diagnostic:
    return Diagnostic(Span(_label(site, document)), Severity.WARNING, kind, problem, hint)
