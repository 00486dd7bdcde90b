"""The feeds of the plug-in rss (mkdocs-rss-plugin), which Deskpress makes where they are feeds of posts."""

from __future__ import annotations

import re

from mkdocs.config.defaults import MkDocsConfig

from deskpress.model.site import FeedFile

NAME = "rss"


def feed_files(config: MkDocsConfig, posts_dir: str) -> tuple[FeedFile, ...]:
    """The feeds that the plug-in makes of posts alone; none where it is off, or makes them of all pages."""
    plugin = config.plugins.get(NAME)
    given = getattr(plugin, "config", None)
    if (
        not given
        or not given.get("enabled", True)
        or not _of_posts(str(given.get("match_path", ".*")), posts_dir)
    ):
        return ()
    title = given.get("feed_title") or config.site_name
    found = []
    for format_ in ("rss", "json"):
        for by in ("created", "updated"):
            name = (given.get("feeds_filenames") or {}).get(f"{format_}_{by}")
            if name and given.get(f"{format_}_feed_enabled", True):
                of, length = str(given.get("match_path", ".*")), int(given.get("length", 20))
                found.append(FeedFile(name, format_, title, of, length, by == "updated"))
    return tuple(found)


def take_over(config: MkDocsConfig, posts_dir: str, before: tuple[FeedFile, ...]) -> tuple[FeedFile, ...]:
    """The feeds of the plug-in, which is switched off if they are ours; `before`: those of the last time."""
    plugin = config.plugins.get(NAME)
    if plugin is None:
        return ()
    found = feed_files(config, posts_dir)
    if found:
        plugin.config["enabled"] = False
    return found or (() if plugin.config.get("enabled", True) else before)


def _of_posts(pattern: str, posts_dir: str) -> bool:
    """Whether a pattern takes posts, and nothing that lies elsewhere."""
    try:
        matches = re.compile(pattern).match
    except re.error:
        return False
    return bool(matches(f"{posts_dir}/a.md")) and not any(map(matches, ("index.md", "a.md", "a/b.md")))
