"""Converts each option of Material's blog to Deskpress; names and defaults as in Material 9 and Zensical 0.1.

Addresses matter most: each pattern is written so that it gives the old address. If that is not possible, the
comparison of both sites (`addresses.py`) gives each page its old address by `slug` or `aliases`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from deskpress.compat.material.setting import Report, Setting, Status, Verbatim
from deskpress.model.address_patterns import DEFAULT_ADDRESSES
from deskpress.plan.urls import pattern_problem

_DATE = {"yyyy": "{year}", "y": "{year}", "MM": "{month}", "dd": "{day}"}
"""Patterns of CLDR for dates that Deskpress knows; others depend on the language, or have no zeros."""

_TOKENS = re.compile(r"'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+")

ALL_ON_ONE_PAGE = 10_000
"""Posts on a page where there is to be one page only."""


DEFAULTS: Mapping[str, Any] = {
    "blog_dir": "blog",
    "post_dir": "{blog}/posts",
    "post_url_date_format": "yyyy/MM/dd",
    "post_url_format": "{date}/{slug}",
    "post_url_max_categories": 1,
    "archive": True,
    "archive_url_date_format": "yyyy",
    "archive_url_format": "archive/{date}",
    "categories_url_format": "category/{slug}",
    "categories_pagination": None,
    "categories_pagination_per_page": None,
    "authors": True,
    "authors_file": "{blog}/.authors.yml",
    "authors_profiles": False,
    "authors_profiles_url_format": "author/{slug}",
    "authors_profiles_pagination_per_page": None,
    "pagination": True,
    "pagination_per_page": 10,
    "pagination_url_format": "page/{page}",
    "draft": False,
    "draft_if_future_date": False,
}
"""The options that addresses and lists depend on, with their defaults."""


class Blog(Struct, frozen=True):
    """The options of a blog as its plug-in reads them; `given` are those that the site sets itself.

    `place` gives the place of an option, `raw` its value as it stands in the file. The content folder has
    `files`, relative to it; `urls` is `use_directory_urls`, and `ahead` tells whether a post is dated ahead.
    """

    options: Mapping[str, Any]
    given: frozenset[str]
    place: Callable[[str], str]
    raw: Mapping[str, Verbatim] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    urls: bool = True
    ahead: bool = False

    @property
    def root(self) -> str:
        """The folder of the blog, `blog/`; empty if it is the home page."""
        folder = posixpath.normpath(str(self.options["blog_dir"]).strip("/") or ".")
        return "" if folder == "." else f"{folder}/"

    @property
    def posts_dir(self) -> str:
        """The folder of the posts."""
        path = str(self.options["post_dir"]).format(blog=self.options["blog_dir"])
        return posixpath.normpath(path).strip("/")


def translate(blog: Blog, report: Report) -> list[Setting]:
    """The options of Deskpress that make what the blog was; the report tells of each that the site sets."""
    settings = [Setting("posts_dir", blog.posts_dir)]
    if blog.posts_dir == ".":
        why = "posts need a folder of their own: move them, and name it as `posts_dir`"
        report.add("lost", "post_dir", why, blog.place("post_dir"))
    settings += _slugs(blog, report)
    settings += _authors(blog, report)
    settings += _pages(blog, report)
    settings += _drafts(blog, report)
    settings.append(Setting("addresses", tuple(_addresses(blog, report))))
    return settings


def _addresses(blog: Blog, report: Report) -> list[Setting]:
    root = blog.root
    post = _post(blog, report)
    year, month = _archive(blog, report)
    # All of the years lie below it.
    archive = year.partition("{year}")[0].rpartition("/")[0]
    archive = f"{archive}/" if archive and f"{archive}/" != root else f"{root}archive/"
    found = {
        "post": post,
        "blog": root,
        "archive": archive,
        "year": year,
        "month": month,
        "category": _list(blog, "categories_url_format", "category", report),
        "tag": f"{root}tag/{{slug}}/",
        "author": _list(blog, "authors_profiles_url_format", "author", report),
        "series": f"{root}series/{{slug}}/",
        "subscribe": f"{root}subscribe/",
    }
    return [Setting(name, pattern) for name, pattern in found.items() if pattern != DEFAULT_ADDRESSES[name]]


def _post(blog: Blog, report: Report) -> str:
    """The pattern of a post's address: that of the blog, with what its options say about dates in it."""
    options = blog.options
    date = str(options["post_url_date_format"])
    fields = {
        "date": dated(date) or f"{{date:{date}}}",
        "slug": "{slug}",
        "file": "{file}",
        "categories": f"{{categories:{options['post_url_max_categories']}}}",
    }
    try:
        path = posixpath.normpath(str(options["post_url_format"]).format(**fields).strip("/"))
    except (KeyError, IndexError, ValueError):
        path = ""
    pattern = f"{blog.root}{path}{'/' if blog.urls else '.html'}"
    problem = pattern_problem("post", pattern)
    if problem:
        problem = f"; `{pattern}`: {problem}"
        pattern = f"{blog.root}{{year}}/{{month}}/{{day}}/{{slug}}/"
    for name in ("post_url_format", "post_url_date_format", "post_url_max_categories"):
        if name in blog.given:
            status: Status = "changed" if problem else "kept"
            report.add(status, name, f"`addresses: post: {pattern}`{problem}", blog.place(name))
    return pattern


def _archive(blog: Blog, report: Report) -> tuple[str, str]:
    """The patterns of the years and of the months."""
    options, root = blog.options, blog.root
    date = dated(str(options["archive_url_date_format"])) if options["archive"] else ""
    wanted = str(options["archive_url_format"]).replace("{date}", date)
    path = f"{root}{posixpath.normpath(wanted.strip('/'))}/"
    year, month = f"{root}archive/{{year}}/", f"{root}archive/{{year}}/{{month}}/"
    good = bool(date)
    if "{month}" in path and not pattern_problem("month", path):
        month = path
        above = path.partition("{month}")[0].rstrip("/-_.")
        year = f"{above}/" if "{year}" in above else year
    elif "{year}" in path and not pattern_problem("year", path):
        year, month = path, f"{path}{{month}}/"
    else:
        good = False
    for name in ("archive_url_format", "archive_url_date_format"):
        if name in blog.given and options["archive"]:
            if good:
                report.add("kept", name, f"`addresses: year: {year}`, `month: {month}`", blog.place(name))
            else:
                report.add("changed", name, f"archives lie at `{year}` and `{month}`", blog.place(name))
    return year, month


def _list(blog: Blog, name: str, default: str, report: Report) -> str:
    wanted = str(blog.options[name]).replace("{name}", "{slug}")
    pattern = f"{blog.root}{posixpath.normpath(wanted.strip('/'))}/"
    kind = "category" if default == "category" else "author"
    if problem := pattern_problem(kind, pattern):
        report.add("changed", name, f"`{pattern}`: {problem}", blog.place(name))
        return f"{blog.root}{default}/{{slug}}/"
    if name in blog.given:
        report.add("kept", name, f"`addresses: {kind}: {pattern}`", blog.place(name))
    return pattern


def dated(pattern: str) -> str:
    """A CLDR pattern of a date with Deskpress's names, `{year}/{month}`; empty if it has no counterpart."""
    found = []
    for token in _TOKENS.finditer(pattern):
        text = token[0]
        if token[1]:
            if text not in _DATE:
                return ""
            found.append(_DATE[text])
        elif text.startswith("'"):
            found.append(text[1:-1].replace("''", "'") or "'")
        else:
            found.append(text)
    return "".join(found)


SLUGS = "post_slugify post_slugify_separator categories_slugify categories_slugify_separator".split()


def _slugs(blog: Blog, report: Report) -> list[Setting]:
    """The functions that make slugs, as they stand in the file."""
    settings = []
    for name in SLUGS:
        if name in blog.given and name in blog.raw:
            settings.append(Setting(name, blog.raw[name]))
            report.add("kept", name, f"`{name}`", blog.place(name))
    return settings


def _authors(blog: Blog, report: Report) -> list[Setting]:
    options, settings = blog.options, []
    path = posixpath.normpath(str(options["authors_file"]).format(blog=options["blog_dir"]))
    above = posixpath.dirname(blog.posts_dir)
    usual = {f"{blog.posts_dir}/.authors.yml", posixpath.join(above, ".authors.yml")}
    if path in blog.files and path not in usual:
        settings.append(Setting("authors_file", path))
    if "authors_file" in blog.given:
        report.add("kept", "authors_file", "`authors_file`, or found where it is", blog.place("authors_file"))
    if path in blog.files and not options["authors_profiles"]:
        settings.append(Setting("authors_profiles", False))
    if "authors_profiles" in blog.given:
        report.add("kept", "authors_profiles", "`authors_profiles`", blog.place("authors_profiles"))
    if "authors" in blog.given and not options["authors"]:
        report.add("changed", "authors", "posts show the authors that they name", blog.place("authors"))
    return settings


def _pages(blog: Blog, report: Report) -> list[Setting]:
    options = blog.options
    per_page = int(options["pagination_per_page"]) if options["pagination"] else ALL_ON_ONE_PAGE
    settings = [] if per_page == 10 else [Setting("posts_per_page", per_page)]
    names = ("categories_pagination_per_page", "authors_profiles_pagination_per_page")
    of_lists = [int(options[name] or per_page) for name in names]
    off = options["categories_pagination"] is False
    of_list = ALL_ON_ONE_PAGE if off else min(of_lists)
    settings.append(Setting("entries_per_page", of_list))
    for name in ("pagination", "pagination_per_page"):
        if name in blog.given:
            report.add("kept", name, "`posts_per_page`, and `entries_per_page` for lists", blog.place(name))
    for name in ("categories_pagination", *names, "authors_profiles_pagination"):
        if name in blog.given:
            report.add("changed", name, "`entries_per_page` is one number for all lists", blog.place(name))
    name = "pagination_url_format"
    if str(options[name]).strip("/") != "page/{page}":
        report.add(
            "changed", name, "further pages lie at `page/2/`; the old ones lead there", blog.place(name)
        )
    elif name in blog.given:
        report.add("kept", name, "further pages lie at `page/2/`", blog.place(name))
    return settings


def _drafts(blog: Blog, report: Report) -> list[Setting]:
    options, settings = blog.options, []
    if options["draft"]:
        settings.append(Setting("drafts", True))
        report.add("kept", "draft", "`drafts: true`", blog.place("draft"))
    elif "draft" in blog.given:
        report.add("kept", "draft", "drafts stay out unless asked for by `--drafts`", blog.place("draft"))
    if "draft_on_serve" in blog.given or "draft" in blog.given:
        why = "`deskpress serve --drafts` shows them"
        report.add("changed", "draft_on_serve", why, blog.place("draft_on_serve"))
    if blog.ahead and not options["draft_if_future_date"]:
        settings.append(Setting("future", True))
        why = "posts dated ahead are published at once, as before: `future: true`"
        report.add("kept", "draft_if_future_date", why, blog.place("draft_if_future_date"))
    elif "draft_if_future_date" in blog.given:
        why = "posts dated ahead wait for their date, always"
        report.add("kept", "draft_if_future_date", why, blog.place("draft_if_future_date"))
    return settings
