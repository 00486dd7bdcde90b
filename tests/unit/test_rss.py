"""The feeds of the plug-in rss: at its addresses, with its ids, made here."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest
from lxml import etree
from mkdocs.config.defaults import MkDocsConfig
from msgspec.structs import replace

from deskpress.build.request import Clock
from deskpress.build.site import build_site, claimed
from deskpress.compat.plugins.rss import feed_files, take_over
from deskpress.host.load import load
from deskpress.model.site import FeedFile
from tests.conftest import Site

NAMES = {
    "rss_created": "feed_rss_created.xml",
    "rss_updated": "feed_rss_updated.xml",
    "json_created": "feed_json_created.json",
    "json_updated": "feed_json_updated.json",
}


def configured(**given: Any) -> MkDocsConfig:
    """A configuration with the plug-in."""
    options = {"enabled": True, "match_path": "posts/.*", "feeds_filenames": NAMES, **given}
    plugins = {"rss": SimpleNamespace(config=options)}
    return cast("MkDocsConfig", SimpleNamespace(plugins=plugins, site_name="Desk"))


def test_the_feeds_are_those_that_the_plug_in_makes() -> None:
    config = configured(length=5, feed_title="News", json_feed_enabled=False)
    found = feed_files(config, "posts")
    assert found == (
        FeedFile("feed_rss_created.xml", "rss", "News", "posts/.*", 5),
        FeedFile("feed_rss_updated.xml", "rss", "News", "posts/.*", 5, changed=True),
    )
    assert take_over(config, "posts", ()) == found
    # Told again of the same configuration, it is ours still.
    assert take_over(config, "posts", found) == found


@pytest.mark.parametrize("given", [{"enabled": False}, {"match_path": ".*"}, {"match_path": "("}])
def test_feeds_of_more_than_posts_are_left_to_the_plug_in(given: dict[str, Any]) -> None:
    assert feed_files(configured(**given), "posts") == ()


def test_the_ids_are_the_urls_of_the_posts(site: Site) -> None:
    site.post("2012-03-01-a.md", updated="2012-05-01")
    site.post("2012-03-02-b.md")
    site.write("posts/other/c.md", "---\ntitle: C\ndate: 2012-03-03\n---\nText.\n")
    project = load(site.request()).project
    feeds = (
        FeedFile("created.xml", "rss", "Desk", r"posts/2012.*"),
        FeedFile("updated.json", "json", "Desk", r"posts/2012.*", changed=True),
    )
    options = replace(project.options, feed_files=feeds)
    project = replace(project, config=replace(project.config, options=options))
    request, clock = site.request(), Clock()
    with claimed(project, request, clock) as tree:
        build_site(project, request, tree, clock)
    root = etree.fromstring(site.read("created.xml").encode())
    ids = [(guid.text, guid.get("isPermaLink")) for guid in root.iter("guid")]
    urls = [f"https://desk.example/2012/03/{name}.html" for name in ("b", "a")]
    assert ids == [(url, "true") for url in urls]
    assert [item["id"] for item in json.loads(site.read("updated.json"))["items"]] == urls[::-1]
    assert root.findtext("channel/title") == "Desk"
