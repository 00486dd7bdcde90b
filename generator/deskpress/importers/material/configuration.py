"""Takes over `mkdocs.yml`: the blog's options become those of Deskpress, all else stays as it is written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import yaml
from msgspec import Struct, field

from deskpress.importers.changes import Changes
from deskpress.importers.material.blog import Blog, translate
from deskpress.importers.material.plugins import ORDERLESS, bare, tell_other, tell_search, translate_social
from deskpress.importers.material.untranslated import tell_untranslated
from deskpress.importers.report import Report
from deskpress.importers.yaml_text import (
    PluginEdit,
    Plugins,
    Setting,
    Verbatim,
    YamlText,
    YamlTextError,
    add_plugins,
    plugins_of,
    written,
)

NAME = "deskpress"
MOST_FILES = 20
"""Files that may follow one another by `INHERIT`."""


class Stock(Struct):
    """What MkDocs says of the configuration (`host/stock.py`), and what lies in the content folder.

    `files` are paths in the content folder; `ahead` tells whether a post is dated ahead. `redirects` are old
    addresses of lists with those that they are to lead to.
    """

    data: Mapping[str, Any]
    files: frozenset[str] = frozenset()
    ahead: bool = False
    redirects: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> list[tuple[str, Any]]:
        """The plug-ins in their order, with their options."""
        return [(str(name), options) for name, options in self.data["given"]]


class Sources(Struct):
    """The configuration file and those it inherits from, in turn.

    Of these, `outside` is the first that lies outside the site's folder, where nothing is written.
    """

    files: list[YamlText] = field(default_factory=list)
    outside: YamlText | None = None

    @property
    def main(self) -> YamlText:
        """The file that MkDocs is given."""
        return self.files[0]


class Found(Struct, frozen=True):
    """Where a plug-in is named: the list, and which entry of it."""

    plugins: Plugins
    at: int

    @property
    def options(self) -> list[tuple[yaml.Node, yaml.Node]]:
        """The nodes of its options."""
        node = self.plugins.entries[self.at].options
        return node.value if isinstance(node, yaml.MappingNode) else []

    def place(self, option: str = "") -> str:
        """`path:line` of the plug-in, or of one of its options."""
        lines = (key.start_mark.line for key, _ in self.options if key.value == option)
        line = next(lines, self.plugins.entries[self.at].first)
        return f"{self.plugins.file.label}:{line + 1}"

    @property
    def raw(self) -> dict[str, Verbatim]:
        """The values of its options as they stand in the file."""
        return {str(key.value): self.plugins.file.source(value) for key, value in self.options}

    @property
    def comments(self) -> dict[str, tuple[tuple[str, ...], str]]:
        """The comments of its options: those on lines above, and the one behind."""
        node = self.plugins.entries[self.at].options
        if getattr(node, "flow_style", True):
            return {}
        file = self.plugins.file
        return {
            str(key.value): (file.above(key.start_mark.line), file.behind(value))
            for key, value in self.options
        }


def read_sources(changes: Changes, config_file: str) -> Sources:
    """Read the configuration and what it inherits from. Raises `YamlTextError`, `OSError`."""
    found, label = Sources(), config_file
    for _ in range(MOST_FILES):
        inside = not label.startswith(("../", "/"))
        try:
            text = changes.read(label) if inside else (changes.root / label).read_text("utf-8")
        except UnicodeDecodeError:
            raise YamlTextError(f"{label}: this is not UTF-8") from None
        source = YamlText(label, text.replace("\r\n", "\n"))
        if not inside:
            found.outside = source
            return found
        found.files.append(source)
        pair = source.pair("INHERIT")
        if pair is None:
            return found
        label = posixpath.normpath(posixpath.join(posixpath.dirname(label), str(pair[1].value)))
    return found


def _lists(sources: Sources) -> list[Plugins]:
    """The lists of plug-ins that count: the first, and those that MkDocs merges with a mapping."""
    lists: list[Plugins] = []
    for file in (*sources.files, *([sources.outside] if sources.outside else [])):
        if plugins := plugins_of(file):
            if lists and not plugins.is_mapping:
                break
            lists.append(plugins)
            if not plugins.is_mapping:
                break
    return lists


def take_over(changes: Changes, config_file: str, stock: Stock, report: Report) -> bool:
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
        _write(changes, sources.main, add_plugins(sources.main.text, NAME, settings))
    home = plan.home or (plan.lists[0] if plan.lists else None)
    for plugins in plan.lists:
        edit = plan.edits.get(plugins.file.label, PluginEdit())
        if plugins is home:
            edit.name, edit.options = NAME, settings
        if edit.name or edit.gone:
            text = edit.apply(plugins)
            if plugins.file is sources.outside:
                text = _own_list(sources, text, report)
                _write(changes, sources.main, text)
            else:
                _write(changes, plugins.file, text)
    _set_url(read_sources(changes, config_file), stock, report, changes)
    return True


def _own_list(sources: Sources, text: str, report: Report) -> str:
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

    def __init__(self, sources: Sources, stock: Stock, report: Report) -> None:
        self.sources, self.stock, self.report = sources, stock, report
        self.lists = _lists(sources)
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
        if not self.has_blog:
            self.settings[:0] = _without_blog(stock, report, sources.main.place("plugins"))

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
    described: Mapping[str, Any], found: Found | None, stock: Stock, place: Any, report: Report
) -> list[Setting]:
    given = frozenset(described["set"])
    blog = Blog(
        described["options"],
        given,
        place,
        found.raw if found else {},
        stock.files,
        bool(stock.data.get("use_directory_urls", True)),
        stock.ahead,
    )
    report.add("changed", "plug-in blog", "`deskpress` takes its place, with the same addresses", place())
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


def _tell_further_blog(described: Mapping[str, Any], place: Any, report: Report) -> None:
    folder = described["options"]["blog_dir"]
    why = f"Deskpress has one blog; the posts of `{folder}` become pages at the addresses of their files"
    report.add("lost", "a further blog", why, place())


def _without_blog(stock: Stock, report: Report, place: str) -> list[Setting]:
    """Settings of a site that has no blog: what Deskpress makes may take no address of a page."""
    settings, addresses = list[Setting](), list[Setting]()
    for name, default in (("posts_dir", "posts"), ("help_dir", "help"), ("notices_dir", "notices")):
        if any(path.startswith(f"{default}/") for path in stock.files):
            free = _free(stock.files, f"{default}-of-the-desk", f"desk/{default}")
            settings.append(Setting(name, free))
            report.add("kept", f"{default}/", f"its files stay pages: `{name}` is another folder", place)
    for name in ("blog", "archive", "subscribe"):
        if not _is_free(stock.files, name):
            free = _free(stock.files, f"desk/{name}", f"deskpress/{name}")
            addresses.append(Setting(name, f"{free}/"))
            report.add(
                "kept", f"/{name}/", f"the page keeps its address: `addresses: {name}: {free}/`", place
            )
    report.add("changed", "plug-in deskpress", "added", place)
    return [*settings, *([Setting("addresses", tuple(addresses))] if addresses else [])]


def _is_free(files: frozenset[str], name: str) -> bool:
    """Whether no page of the content has the address of a name."""
    taken = (f"{name}.md", f"{name}/index.md", f"{name}/README.md", f"{name}.html", f"{name}/index.html")
    return not any(one in files for one in taken)


def _free(files: frozenset[str], *names: str) -> str:
    """The first of the names that no file has."""
    free = (
        name for name in names if _is_free(files, name) and not any(f.startswith(f"{name}/") for f in files)
    )
    return next(free, f"{names[-1]}-2")


def _set_url(sources: Sources, stock: Stock, report: Report, changes: Changes) -> None:
    """Feeds and canonical links need the site's own address, which MkDocs can do without."""
    given = str(stock.data.get("site_url") or "")
    if urlsplit(given).scheme in ("http", "https") and urlsplit(given).netloc:
        return
    file = next((one for one in sources.files if one.pair("site_url")), sources.main)
    pair = file.pair("site_url")
    url, why = _guess(stock, changes)
    report.add("changed", "site_url", f"`{url}`: {why}", file.place("site_url"))
    lines = list(file.lines)
    if pair is not None and getattr(pair[1], "tag", "") == "!ENV":
        # The variable still decides where it is set.
        names = [pair[1]] if not isinstance(pair[1].value, list) else [n for n in pair[1].value if n.value]
        text = f"!ENV [{', '.join(str(name.value) for name in names)}, {written(url)}]"
    else:
        text = written(url)
    if pair is not None:
        first, last = pair[0].start_mark.line, file.last_line(pair[1], pair[0].start_mark.line)
        lines[first : last + 1] = [f"site_url: {text}"]
    else:
        at = file.pair("site_name")
        after = file.last_line(at[1], at[0].start_mark.line) + 1 if at else 0
        lines.insert(after, f"site_url: {text}")
    _write(changes, file, "\n".join(lines))


def _guess(stock: Stock, changes: Changes) -> tuple[str, str]:
    """The address at which the site is likely to be, and how that was found."""
    folder = str(stock.data.get("docs") or "docs")
    if "CNAME" in stock.files:
        name = changes.read(f"{folder}/CNAME").strip()
        if re.fullmatch(r"[A-Za-z0-9.-]+", name):
            return f"https://{name}/", f"from {folder}/CNAME; correct it if the site is elsewhere"
    found = re.fullmatch(
        r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?", str(stock.data.get("repo_url") or "")
    )
    if found:
        return (
            f"https://{found[1].lower()}.github.io/{found[2]}/",
            "from `repo_url`; correct it if the site is elsewhere",
        )
    return "https://example.com/", "feeds and canonical links need it: write the site's own address here"


def _write(changes: Changes, file: YamlText, text: str) -> None:
    windows = "\r\n" in changes.read(file.label)
    changes.write(file.label, text.replace("\n", "\r\n") if windows else text)
