"""The feeds of the plug-in rss: at its addresses, with its ids, made here."""

from __future__ import annotations

import json
import os
import subprocess
from types import SimpleNamespace
from typing import Any, cast

import pytest
from lxml import etree
from mkdocs.config.defaults import MkDocsConfig
from msgspec.structs import replace

from deskpress.build.request import Clock
from deskpress.build.site import build_site, claimed
from deskpress.compat.plugins.rss import feed_files, style_files, take_over
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
    config = configured(length=5, feed_title="News", feed_description="All", json_feed_enabled=False)
    found = feed_files(config, "posts")
    assert found == (
        FeedFile("feed_rss_created.xml", "rss", "News", "posts/.*", 5, description="All"),
        FeedFile("feed_rss_updated.xml", "rss", "News", "posts/.*", 5, changed=True, description="All"),
    )
    assert take_over(config, "posts", ()) == found
    # Told again of the same configuration, it is ours still.
    assert take_over(config, "posts", found) == found


@pytest.mark.parametrize(
    "given", [{"enabled": False}, {"match_path": ".*", "url_parameters": {"a": "b"}}, {"match_path": "("}]
)
def test_feeds_that_are_not_made_here_are_left_to_the_plug_in(given: dict[str, Any]) -> None:
    assert feed_files(configured(**given), "posts") == ()


def test_a_style_sheet_of_feeds_stays_where_it_was(site: Site) -> None:
    config = configured(stylesheet="auto")
    ours = SimpleNamespace(feeds=())
    config.plugins["deskpress"] = cast("Any", ours)
    assert style_files(config) == {}
    ours.feeds = feed_files(config, "posts")
    (sheet,) = style_files(config).values()
    site.post("2012-03-12-a.md", title="Two & three")
    site.build()
    page = etree.XSLT(etree.parse(sheet))(etree.fromstring(site.read("feed.xml").encode()))
    assert page.xpath("//li/a/@href") == ["https://desk.example/2012/03/two--three.html"]
    assert page.xpath("string(//li/a)") == "Two & three"
    config.plugins["rss"].config["stylesheet"] = "own.xsl"
    assert style_files(config) == {}


def test_the_ids_are_the_urls_of_the_posts(site: Site) -> None:
    site.post("2012-03-01-a.md", updated="2012-05-01")
    site.post("2012-03-02-b.md")
    site.write("posts/other/c.md", "---\ntitle: C\ndate: 2012-03-03\n---\nText.\n")
    project = load(site.request()).project
    feeds = (
        FeedFile("created.xml", "rss", "Desk", r"posts/2012.*", description="All that is new"),
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
    assert root.findtext("channel/description") == "All that is new"


def test_feeds_of_all_pages_have_the_dates_of_front_matter_or_git(site: Site) -> None:
    config = configured(match_path="(?!other).*", length=9, date_from_meta={"as_creation": "date.created"})
    dates = ("date.created", "")
    assert feed_files(config, "posts")[:2] == (
        FeedFile("feed_rss_created.xml", "rss", "Desk", "(?!other).*", 9, False, True, dates),
        FeedFile("feed_rss_updated.xml", "rss", "Desk", "(?!other).*", 9, True, True, dates),
    )
    site.configure()
    site.post("2012-03-01-a.md", "A post.\n")
    site.write(
        "old.md", "---\ntitle: Old\ndate:\n  created: 2011-05-01\n---\nSee [it](posts/2012-03-01-a.md).\n"
    )
    site.write("new.md", "---\ntitle: New\ndescription: Said of it.\n---\nText.\n")
    site.write("other.md", "---\ntitle: Other\ndate: {created: 2012-01-01}\n---\nText.\n")
    committed(site, "2012-02-01T12:00:00Z")
    site.write("later.md", "# Never committed\n\nText.\n")
    feeds = (
        FeedFile("created.xml", "rss", "All", "(?!other).*", 9, False, True, dates),
        FeedFile("updated.json", "json", "All", "(?!other).*", 9, True, True, dates),
    )

    def built() -> list[str]:
        project = load(site.request()).project
        options = replace(project.options, feed_files=feeds)
        project = replace(project, config=replace(project.config, options=options))
        clock = Clock()
        with claimed(project, site.request(), clock) as tree:
            return sorted(build_site(project, site.request(), tree, clock).reasons)

    built()
    url = "https://desk.example/"
    items = json.loads(site.read("updated.json"))["items"]
    assert [one["id"] for one in items] == [f"{url}2012/03/a.html", f"{url}new/", f"{url}old/"]
    assert items[1]["summary"] == "Said of it."
    assert f'href="{url}2012/03/a.html"' in items[2]["content_html"]
    assert [one["date_published"][:10] for one in items] == ["2012-03-01", "2012-02-01", "2011-05-01"]
    links = etree.fromstring(site.read("created.xml").encode()).xpath("//item/link/text()")
    assert links == [f"{url}2012/03/a.html", f"{url}new/", f"{url}old/"]
    assert built() == []
    site.write("new.md", "---\ntitle: New\n---\nOther text.\n")
    assert {"created.xml", "updated.json", "new/index.html"} <= set(built())
    made = site.tree()
    (site.folder / ".cache").rename(site.folder / "before")
    built()
    assert site.tree() == made


def test_a_page_without_dates_in_front_matter_has_those_of_git_in_feeds(site: Site) -> None:
    site.configure()
    site.write("dated.md", "---\ntitle: Dated\ndate: 2012-04-01\nupdate: 2012-04-02\n---\nText.\n")
    site.write("plain.md", "# Plain\n\nText.\n")
    committed(site, "2012-02-01T12:00:00Z")
    feed = FeedFile("created.json", "json", "All", "(dated|plain).md", pages=True, dates=("date", "update"))
    project = load(site.request()).project
    project = replace(
        project, config=replace(project.config, options=replace(project.options, feed_files=(feed,)))
    )
    clock = Clock()
    with claimed(project, site.request(), clock) as tree:
        build_site(project, site.request(), tree, clock)
    dates = [one["date_published"][:10] for one in json.loads(site.read("created.json"))["items"]]
    assert dates == ["2012-04-01", "2012-02-01"]


def committed(site: Site, when: str) -> None:
    """Commit all that lies there."""
    people = {
        f"GIT_{who}_{what}": "x@y.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    plain = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        environment = {**os.environ, **people, **dates, **plain}
        subprocess.run(["git", *command], cwd=site.folder, env=environment, check=True)
