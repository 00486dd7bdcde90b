"""The feeds of the plug-in rss (mkdocs-rss-plugin), which Deskpress makes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from deskpress.compat.configuration import NAME as OURS
from deskpress.compat.configuration import Configuration
from deskpress.model.site import FeedFile

NAME = "rss"

FILES = {
    "rss_created": "feed_rss_created.xml",
    "rss_updated": "feed_rss_updated.xml",
    "json_created": "feed_json_created.json",
    "json_updated": "feed_json_updated.json",
}
"""The plug-in's own names of feeds."""

STYLE = "rss.xsl"

_LEFT_OUT: Mapping[str, tuple[tuple[Any, ...], str]] = {
    "abstract_chars_count": ((-1, 160), "entries have their whole texts"),
    "abstract_delimiter": (("<!-- more -->",), "entries have their whole texts"),
    "categories": ((["categories"],), "entries of posts have their categories"),
    "comments_path": ((), "entries lead to the page"),
    "feed_ttl": ((1440,), "feeds do not say how often to read them"),
    "image": ((), "feeds have no picture"),
    "url_parameters": ((), "links are those of the pages"),
}
"""Options without effect: the values that need no line, and why."""


def feed_files(config: Configuration, posts_dir: str, *, exact: bool = True) -> tuple[FeedFile, ...]:
    """The feeds that the plug-in makes; none where it is off, or is asked for what is not done here.

    If they need not be `exact`, links in feeds of pages go without parameters.
    """
    plugin = config.plugins.get(NAME)
    given = getattr(plugin, "config", None)
    pattern = str(given.get("match_path", ".*")) if given else ""
    if not given or not given.get("enabled", True) or not _is_pattern(pattern):
        return ()
    pages = not _of_posts(pattern, posts_dir)
    if exact and pages and given.get("url_parameters"):
        return ()
    named = given.get("date_from_meta") or {}
    dates = (_key(named.get("as_creation")), _key(named.get("as_update"))) if pages else ("", "")
    title = given.get("feed_title") or config.site_name
    about = given.get("feed_description") or ""
    found = []
    for format_ in ("rss", "json"):
        for by in ("created", "updated"):
            name = {**FILES, **(given.get("feeds_filenames") or {})}[f"{format_}_{by}"]
            if name and given.get(f"{format_}_feed_enabled", True):
                length, changed = int(given.get("length", 20)), by == "updated"
                found.append(FeedFile(name, format_, title, pattern, length, changed, pages, dates, about))
    return tuple(found)


def left_out(config: Configuration) -> Iterator[str]:
    """Options of the plug-in that feeds made here do not have."""
    plugin, ours = config.plugins.get(NAME), cast("Any", config.plugins[OURS])
    if plugin is None or not getattr(ours, "feeds", ()):
        return
    for name, (usual, why) in _LEFT_OUT.items():
        if (given := plugin.config.get(name)) and given not in usual:
            yield f"`plugins: rss: {name}` has no effect: {why}"


def take_over(
    config: Configuration, posts_dir: str, before: tuple[FeedFile, ...] = (), *, exact: bool = True
) -> tuple[FeedFile, ...]:
    """The feeds of the plug-in, which is switched off if they are ours; `before`: those of the last build."""
    plugin = config.plugins.get(NAME)
    if plugin is None:
        return ()
    found = feed_files(config, posts_dir, exact=exact)
    if found:
        plugin.config["enabled"] = False
    return found or (() if plugin.config.get("enabled", True) else before)


def style_files(config: Configuration) -> dict[str, str]:
    """A style sheet where the plug-in writes its own beside feeds: saved copies of them name it."""
    plugin = config.plugins.get(NAME)
    ours = cast("Any", config.plugins[OURS])
    if plugin is None or not getattr(ours, "feeds", ()) or plugin.config.get("stylesheet", "auto") != "auto":
        return {}
    return {STYLE: str(Path(__file__).with_name(STYLE))}


def _key(value: object) -> str:
    """The key of front matter that has a date; empty for git."""
    return value if isinstance(value, str) and value != "git" else ""


def _is_pattern(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _of_posts(pattern: str, posts_dir: str) -> bool:
    """Whether a pattern matches posts, and nothing outside of their folder."""
    matches = re.compile(pattern).match
    above = posixpath.dirname(posts_dir)
    others = ("index.md", "a.md", "a/b.md", *([f"{above}/a.md"] if above else []))
    return bool(matches(f"{posts_dir}/a.md")) and not any(map(matches, others))
