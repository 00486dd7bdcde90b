"""Subscribers notice nothing: old feeds lead to new ones, in which entries have the ids they had."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest

from deskpress.importers.platforms.feeds import with_redirects
from deskpress.importers.yaml_text import YamlTextError
from tests.importers.conftest import Desk
from tests.importers.test_wxr import blog, item

Write = Callable[[str, str | bytes], Path]

OLD_FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Shop</title>
<item><title>Text 1</title><guid isPermaLink="false">https://shop.example/?p=1</guid></item>
<item><title>Text 2</title><guid isPermaLink="false">https://shop.example/?p=2</guid></item>
</channel></rss>"""


@pytest.mark.slow
def test_a_reader_that_follows_the_redirect_sees_nothing_new(desk: Desk, source: Write) -> None:
    known = {entry.id for entry in feedparser.parse(OLD_FEED).entries}
    export = source("blog.xml", blog(item(1, "One"), item(2, "Two")))

    desk.keep("wxr", export)
    desk.build()

    lines = desk.page("_redirects").splitlines()
    led = {old: new for old, new, _ in (line.split() for line in lines if not line.startswith("#"))}
    for address in ("/feed/", "/feed/atom/"):
        target = led[address].removeprefix("/")
        assert {entry.id for entry in feedparser.parse(desk.page(target)).entries} == known
    before = desk.files()
    desk.keep("wxr", export)
    assert desk.files() == before


SAVED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Jars</title>
<entry><title>Two</title><id>tag:typepad.example,2003:post-7</id>
<link rel="replies" href="https://jars.example/2010/02/two.html#comments"/>
<link rel="alternate" type="text/html" href="https://jars.example/2010/02/two.html"/></entry></feed>"""
ENTRY = (
    "TITLE: {0}\nSTATUS: Publish\nUNIQUE URL: https://jars.example/2010/02/{0}.html\n"
    "DATE: 01/02/2010 03:04:05\n-----\nBODY:\nA jar.\n-----\n--------\n"
)


@pytest.mark.slow
def test_ids_that_an_export_does_not_name_are_those_of_saved_feeds(desk: Desk, source: Write) -> None:
    folder = source("typepad/export.txt", ENTRY.format("one") + ENTRY.format("two")).parent
    source("typepad/feeds/atom.xml", SAVED)
    source("typepad/feeds/broken.rss", "<rss><channel><item><guid>x")

    desk.run("mtif", folder)
    desk.build()

    assert "id:" not in desk.text("posts/2010-01-02-one.md")
    known = {entry.id for entry in feedparser.parse(SAVED).entries}
    assert known <= {entry.id for entry in feedparser.parse(desk.page("atom.xml")).entries}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "plugins:\n  - deskpress:\n      timezone: UTC\nnav: []\n",
            "plugins:\n  - deskpress:\n      timezone: UTC\n      redirects:\n        /rss/: /feed.xml\n"
            "nav: []\n",
        ),
        (
            "plugins:\n  - deskpress:\n      redirects:\n        /a/: /b/  # c\n      timezone: UTC\n",
            "plugins:\n  - deskpress:\n      redirects:\n        /a/: /b/  # c\n        /rss/: /feed.xml\n"
            "      timezone: UTC\n",
        ),
        (
            "plugins:\n  - deskpress:\n      redirects:\n        /rss: /b/\n",
            "plugins:\n  - deskpress:\n      redirects:\n        /rss: /b/\n",
        ),
    ],
)
def test_redirects_come_into_the_configuration(text: str, after: str) -> None:
    assert with_redirects("mkdocs.yml", text, {"/rss/": "/feed.xml"})[0] == after


@pytest.mark.parametrize(
    "text", ["plugins: [deskpress]\n", "site_name: x\n", "plugins:\n  - deskpress: {redirects: {a: b}}\n"]
)
def test_other_forms_are_told(text: str) -> None:
    with pytest.raises(YamlTextError, match="add these to `redirects`"):
        with_redirects("mkdocs.yml", text, {"/rss/": "/feed.xml"})
