"""Converts `mkdocs.yml`: the blog's options become those of Deskpress, everything else stays as written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deskpress.compat.material.blog import Blog, translate
from deskpress.compat.material.setting import Setting, Verbatim
from deskpress.compat.material.untranslated import tell_untranslated
from deskpress.compat.material.without_blog import without_blog
from deskpress.importers.changes import Changes
from deskpress.importers.material.plugins import ORDERLESS, bare, tell_other, tell_search, translate_social
from deskpress.importers.material.site_url import set_url
from deskpress.importers.material.sources import ConfigFiles, Found, Stock, lists_of, read_sources, rewrite
from deskpress.importers.report import ImportReport
from deskpress.importers.yaml_text import (
    PluginEdit,
    Plugins,
    YamlText,
    add_plugins,
)

NAME = "deskpress"


def take_over(changes: Changes, config_file: str, stock: Stock, report: ImportReport) -> bool:
    """Write the new configuration into `changes`; whether there was anything to do.

    Raises `YamlTextError` if the file cannot be edited, with its place.
    """
    sources = read_sources(changes, config_file)
    if any(bare(name) == NAME for name, _ in stock.given):
        report.add(
            "kept", "plug-in deskpress", "the site is taken over already", sources.main.place("plugins")
        )
        return False
    plan = _Plan(sources, stock, report)
    moved = tuple(Setting(f'"/{old}"', f"/{new}") for old, new in sorted(stock.redirects.items()))
    settings = (*plan.settings, *([Setting("redirects", moved)] if moved else []))
    if not plan.lists:
        rewrite(changes, sources.main, add_plugins(sources.main.text, NAME, settings))
    home = plan.home or (plan.lists[0] if plan.lists else None)
    for plugins in plan.lists:
        edit = plan.edits.get(plugins.file.label, PluginEdit())
        if plugins is home:
            edit.name, edit.options = NAME, settings
        if edit.name or edit.gone:
            text = edit.apply(plugins)
            if plugins.file is sources.outside:
                text = _own_list(sources, text, report)
                rewrite(changes, sources.main, text)
            else:
                rewrite(changes, plugins.file, text)
    set_url(read_sources(changes, config_file), stock, report, changes)
    return True


def _own_list(sources: ConfigFiles, text: str, report: ImportReport) -> str:
    """The text of the main file with the list of plug-ins of one outside, which `text` is as it should be."""
    outside = YamlText("", text)
    pair = outside.pair("plugins")
    assert pair is not None
    assert sources.outside is not None
    first = pair[0].start_mark.line
    lines = outside.lines[first : outside.last_line(pair[1], first) + 1]
    outer = sources.outside.label
    why = f"{outer} lies outside the site's folder: its list of plug-ins is copied, and changed here"
    report.add("changed", "plugins", why, f"{sources.main.label}:1")
    return sources.main.text.rstrip() + "\n\n" + "\n".join(lines) + "\n"


class _Plan:
    """What is to become of the plug-ins: the options of Deskpress, and the edits by file.

    `home` is the list in which `deskpress` takes the place of the blog; without it, it comes first.
    """

    def __init__(self, sources: ConfigFiles, stock: Stock, report: ImportReport) -> None:
        self.sources, self.stock, self.report = sources, stock, report
        self.lists = lists_of(sources)
        self.edits: dict[str, PluginEdit] = {}
        self.settings: list[Setting] = []
        self.home: Plugins | None = None
        self.above: set[str] = set()
        self.blogs = list(stock.data["blogs"])
        self.has_blog = False
        for index, (name, options) in enumerate(stock.given):
            self._plan(index, name, options if isinstance(options, Mapping) else {})
            if not self.has_blog:
                self.above.add(bare(name))
        if stock.given and not any(bare(name) == "search" for name, _ in stock.given):
            why = "the site gets one; `search: false` under `deskpress` takes it away"
            report.add("changed", "search", why, sources.main.place("plugins"))
        if not self.has_blog:
            self.settings[:0] = without_blog(stock.files, report, sources.main.place("plugins"))

    def _plan(self, index: int, name: str, options: Mapping[str, Any]) -> None:
        found = self._find(index, name)
        place: Any = found.place if found else lambda option="": self.sources.main.place("plugins")
        if bare(name) == "blog":
            self._blog(found, place)
        elif bare(name) == "social":
            self.settings += translate_social(options, found.raw if found else {}, place, self.report)
            self._drop(found)
        elif bare(name) == "search":
            tell_search(options, str(self.stock.data.get("language", "en")), place, self.report)
        else:
            tell_other(name, options, place, name in self.stock.data["missing"], self.report)

    def _find(self, index: int, name: str) -> Found | None:
        for plugins in self.lists:
            entries = plugins.entries
            if not plugins.is_mapping and index < len(entries) and entries[index].name == name:
                return Found(plugins, index)
            for at, entry in enumerate(entries):
                if entry.name == name:
                    return Found(plugins, at)
        return None

    def _blog(self, found: Found | None, place: Any) -> None:
        described = self.blogs.pop(0)
        if self.has_blog:
            _tell_further_blog(described, place, self.report)
            self._drop(found)
        elif _is_off(described, found):
            self.report.add("kept", "plug-in blog", "it is switched off, and may stay in the list", place())
        else:
            self.has_blog = True
            self.settings[:0] = _of_blog(described, found, self.stock, place, self.report)
            if found and self.above <= ORDERLESS:
                self.home = found.plugins
                self._edit(found).at = found.at
            else:
                self._drop(found)
                others = ", ".join(sorted(self.above - ORDERLESS))
                why = f"it comes first: {others} may make files of the content, which it has to see"
                self.report.add("changed", "plug-in deskpress", why, self.sources.main.place("plugins"))

    def _edit(self, found: Found) -> PluginEdit:
        return self.edits.setdefault(found.plugins.file.label, PluginEdit())

    def _drop(self, found: Found | None) -> None:
        if found:
            self._edit(found).gone.add(found.at)


def _of_blog(
    described: Mapping[str, Any], found: Found | None, stock: Stock, place: Any, report: ImportReport
) -> list[Setting]:
    given = frozenset(described["set"])
    blog = Blog(
        described["options"],
        given,
        place,
        found.raw if found else {},
        stock.files,
        stock.directory_urls,
        stock.ahead,
    )
    report.add("changed", "plug-in blog", "`deskpress` takes its place, with the same addresses", place())
    new = "pages of months, tags and series, the archive, `/subscribe/`, and feeds of categories are new"
    report.add("changed", "new pages", new, place())
    if "enabled" in given:
        report.add("changed", "enabled", "the blog is always there", place("enabled"))
    for error in described["errors"]:
        report.add("lost", "blog", f"the option is not valid: {error}", place())
    settings = translate(blog, report)
    tell_untranslated(blog, report)
    comments = found.comments if found else {}
    return [_commented(setting, comments) for setting in settings]


_FROM = {
    "posts_dir": ("post_dir", "blog_dir"),
    "posts_per_page": ("pagination_per_page", "pagination"),
    "entries_per_page": ("categories_pagination_per_page",),
    "authors_file": ("authors_file",),
    "authors_profiles": ("authors_profiles",),
    "drafts": ("draft",),
    **{name: (name,) for name in ("post_slugify", "categories_slugify")},
    "post": ("post_url_format", "post_url_date_format"),
    "year": ("archive_url_format", "archive_url_date_format"),
    "category": ("categories_url_format",),
    "author": ("authors_profiles_url_format",),
}
"""Which options a setting comes from, so that their comments go along."""


def _commented(setting: Setting, comments: Mapping[str, tuple[tuple[str, ...], str]]) -> Setting:
    if isinstance(setting.value, tuple):
        return Setting(setting.key, tuple(_commented(one, comments) for one in setting.value))
    found = [comments[name] for name in _FROM.get(setting.key, ()) if name in comments]
    above = tuple(line for lines, behind in found for line in (*lines, *([behind] if behind else [])))
    if len(found) == 1 and found[0][1]:
        return Setting(setting.key, setting.value, found[0][0], found[0][1])
    return Setting(setting.key, setting.value, above)


def _is_off(described: Mapping[str, Any], found: Found | None) -> bool:
    """Whether the blog is switched off on every machine; `!ENV` may switch it on."""
    depends = found is not None and found.raw.get("enabled", Verbatim("")).startswith("!")
    return not described["options"].get("enabled", True) and not depends


def _tell_further_blog(described: Mapping[str, Any], place: Any, report: ImportReport) -> None:
    folder = described["options"]["blog_dir"]
    why = f"Deskpress has one blog; the posts of `{folder}` become pages at the addresses of their files"
    report.add("lost", "a further blog", why, place())
