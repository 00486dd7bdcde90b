"""Converts the other plug-ins of a site, and each of their options.

Most stay in the list as they are, and run their own code if Deskpress does not replace it natively.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from deskpress.compat.material.setting import Setting, Status, Verbatim
from deskpress.importers.report import ImportReport

PACKAGES = {
    "awesome-nav": "mkdocs-awesome-nav",
    "awesome-pages": "mkdocs-awesome-pages-plugin",
    "exclude": "mkdocs-exclude",
    "gen-files": "mkdocs-gen-files",
    "git-committers": "mkdocs-git-committers-plugin-2",
    "git-revision-date": "mkdocs-git-revision-date-plugin",
    "git-revision-date-localized": "mkdocs-git-revision-date-localized-plugin",
    "glightbox": "mkdocs-glightbox",
    "include-markdown": "mkdocs-include-markdown-plugin",
    "literate-nav": "mkdocs-literate-nav",
    "macros": "mkdocs-macros-plugin",
    "minify": "mkdocs-minify-plugin",
    "redirects": "mkdocs-redirects",
    "rss": "mkdocs-rss-plugin",
    "section-index": "mkdocs-section-index",
    "table-reader": "mkdocs-table-reader-plugin",
}
"""The packages that bring plug-ins whose names do not say it."""

REPLACED = frozenset({"blog", "social"})
"""Plug-ins that leave the list: Deskpress does their work itself."""

ORDERLESS = frozenset(
    "search tags rss redirects minify git-revision-date git-revision-date-localized git-committers glightbox"
    " meta social offline privacy optimize info typeset group".split()
)
"""Plug-ins that make no files of the content: `deskpress` may stand below them."""

_SEARCH: dict[str, tuple[Status, str]] = {
    "lang": (
        "changed",
        "words are cut to their stems in the language of `theme: language` and of `languages`",
    ),
    "separator": ("lost", "the search splits texts into words by itself"),
    "pipeline": ("lost", "the search has a pipeline of its own"),
    "fields": ("lost", "titles count more than texts; `search: {boost: …}` in front matter stays"),
    "jieba_dict": ("lost", "the search has no dictionary of Chinese words"),
    "jieba_dict_user": ("lost", "the search has no dictionary of Chinese words"),
    "indexing": ("changed", "titles and texts are always searched"),
    "prebuild_index": ("changed", "the index is always built ahead"),
    "min_search_length": ("changed", "words of one letter are searched, too"),
}

_NO_WORK = "there is nothing of the kind to set"
_SOCIAL: dict[str, tuple[Status, str]] = {
    "cards_dir": ("changed", "a card lies beside its post"),
    "cards_layout": ("lost", "cards show title and date of a post in the theme's colours"),
    "cards_layout_dir": ("lost", "cards show title and date of a post in the theme's colours"),
    "cards_layout_options": ("lost", "cards have the theme's colours; `card_font` names their font"),
    "cards_color": ("lost", "cards have the theme's colours"),
    "cards_font": ("changed", "`card_font` names a .ttf or .otf beside mkdocs.yml"),
    "cards_include": ("lost", "every post gets a card"),
    "cards_exclude": ("lost", "every post gets a card"),
    **dict.fromkeys(
        (
            "cache cache_dir concurrency debug debug_on_build debug_grid debug_grid_step debug_color"
            " log log_level"
        ).split(),
        ("changed", _NO_WORK),
    ),
}

Places = Callable[..., str]


def bare(name: str) -> str:
    """The name of a plug-in without that of the theme: `material/search` is `search`."""
    return name.removeprefix("material/")


def translate_social(
    options: Mapping[str, Any], raw: Mapping[str, Verbatim], place: Places, report: ImportReport
) -> list[Setting]:
    """Deskpress's own cards in place of those of `social`; `raw` are the values as they stand in the file."""
    told = "cards are drawn natively, for posts only: `cards: true`"
    on = options.get("cards", True)
    settings = []
    for name in ("enabled", "cards"):
        if name in raw and raw[name].startswith("!ENV"):
            # What differs from machine to machine stays as it is.
            settings = [Setting("cards", raw[name])]
    if not settings and options.get("enabled", True) and on:
        settings = [Setting("cards", True)]
    report.add("changed", "plug-in social", told if settings else "it is switched off", place())
    if settings:
        report.add("lost", "cards of pages that are no posts", "only posts get cards", place())
    for name in options:
        if name in ("enabled", "cards"):
            report.add("kept", f"social: {name}", "`cards`", place(name))
        else:
            status, why = _SOCIAL.get(name, ("lost", "no such option is known"))
            report.add(status, f"social: {name}", why, place(name))
    return settings


def tell_search(options: Mapping[str, Any], language: str, place: Places, report: ImportReport) -> None:
    """Material's search stays in the list, switched off: Deskpress has its own."""
    report.add(
        "kept", "plug-in search", "Deskpress's own search takes its place; it may stay in the list", place()
    )
    for name, value in options.items():
        if name == "enabled":
            if value is False:
                why = "the site gets a search; `search: false` under `deskpress` takes it away"
                report.add("changed", "search: enabled", why, place(name))
            continue
        status, why = _SEARCH.get(name, ("lost", "no such option is known"))
        if name == "lang" and value in (language, [language]):
            status = "kept"
        report.add(status, f"search: {name}", why, place(name))


def tell_other(name: str, options: Any, place: Places, missing: bool, report: ImportReport) -> None:
    """A plug-in that stays as it is."""
    size = len(options) if isinstance(options, Mapping) else 0
    with_options = f" with its {size} options" if size > 1 else " with its option" if size else ""
    report.add("kept", f"plug-in {name}", f"stays in the list{with_options}", place())
    if missing:
        package = PACKAGES.get(bare(name), f"the package of `{name}`")
        report.note(
            f"{place()}: the plug-in `{name}` is not installed beside Deskpress: install {package}, or the"
            " site cannot be built"
        )
