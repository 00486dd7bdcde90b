"""Options of Material's blog without a counterpart in Deskpress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deskpress.compat.material.blog import Blog
from deskpress.compat.material.setting import Report, Status

_SAME: dict[str, tuple[Status, str]] = {
    "blog_dir": ("kept", "`addresses: blog`, and the patterns below it"),
    "post_dir": ("kept", "`posts_dir`"),
    "post_excerpt_max_authors": ("changed", "lists name all authors of a post"),
    "post_excerpt_max_categories": ("changed", "lists name all categories of a post"),
    "archive_date_format": ("changed", "archives are called by year and month, in the site's language"),
    "archive_pagination": ("changed", "a year or a month is one page; further pages lead there"),
    "archive_pagination_per_page": ("changed", "a year or a month is one page; further pages lead there"),
    "categories_allowed": ("changed", "`deskpress check` warns of categories spelt in two ways"),
    "categories_sort_by": ("lost", "categories go by name"),
    "categories_sort_reverse": ("lost", "categories go by name"),
    "pagination_format": ("changed", "pages of lists link to the one before and the one after"),
    "pagination_if_single_page": ("lost", "a list of one page names no pages"),
    "pagination_keep_content": ("lost", "the text of a list stands on its first page only"),
    "pagination_template": ("changed", "pages of lists link to the one before and the one after"),
}
"""Options whose value makes no difference to what becomes of them."""

Verdict = tuple[Status, str]


def _if_usual(usual: Any, why: str, otherwise: str, status: Status = "changed") -> Callable[[Any], Verdict]:
    """Kept at the usual value; at another one it is changed, or lost."""
    return lambda value: ("kept", why) if value == usual else (status, otherwise)


_TOC = _if_usual(False, "lists of posts have none", "lists of posts have no table of contents", "lost")
_NO_SECTION = "the navigation has no such section; add entries to `nav` for what is to stand there"
_OF_VALUE: dict[str, Callable[[Any], Verdict]] = {
    "post_date_format": _if_usual(
        "long", "dates are written out", "dates are written out in the site's language"
    ),
    "post_excerpt_separator": lambda value: (
        ("kept", "`<!-- more -->` ends the excerpt")
        if value == "<!-- more -->"
        else ("changed", f"`<!-- more -->` ends the excerpt; it takes the place of `{value}`")
    ),
    "post_excerpt": _if_usual(
        "optional",
        "`<!-- more -->` is optional",
        "a post without `<!-- more -->` is not an error; lists show it whole",
    ),
    "post_readtime": _if_usual(True, "the reading time is shown", "the reading time is always shown", "lost"),
    "post_readtime_words_per_minute": _if_usual(
        265, "265 words a minute", "265 words a minute; `readtime` in a post is shown as it is"
    ),
    "archive": _if_usual(True, "archives are always there", "archives are always there"),
    "categories": _if_usual(True, "categories are always there", "categories are always there"),
    "blog_toc": _TOC,
    "archive_toc": lambda value: _TOC(bool(value)),
    "categories_toc": lambda value: _TOC(bool(value)),
    "authors_profiles_toc": lambda value: _TOC(bool(value)),
    "archive_name": lambda value: ("lost", _NO_SECTION),
    "categories_name": lambda value: ("lost", _NO_SECTION),
    "authors_profiles_name": lambda value: ("lost", _NO_SECTION),
}
"""Options of which the value decides."""


def tell_untranslated(blog: Blog, report: Report) -> None:
    """Report each option that the site sets and that was not reported yet."""
    told = {line.what for line in report.lines} | {"enabled"}
    for name in sorted(blog.given - told):
        if name in _SAME:
            status, why = _SAME[name]
        elif name in _OF_VALUE:
            status, why = _OF_VALUE[name](blog.options[name])
        elif name == "authors":
            status, why = "kept", "posts show their authors"
        else:
            status, why = "lost", "no such option is known"
        report.add(status, name, why, blog.place(name))
